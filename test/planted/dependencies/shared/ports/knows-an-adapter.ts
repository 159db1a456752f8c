// breaks: ports-know-care-only
export { memoryStore } from "../aws/memory-store.ts";
