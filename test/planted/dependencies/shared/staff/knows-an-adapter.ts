// breaks: staff-see-through-the-store
export { memoryStore } from "../aws/memory-store.ts";
