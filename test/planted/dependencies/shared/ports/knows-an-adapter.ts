// breaks: ports-know-the-domain-only
export { memoryStore } from "../adapters/memory-store.ts";
