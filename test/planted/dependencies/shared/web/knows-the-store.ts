// breaks: web-is-a-kit-of-parts
export { memoryStore } from "../aws/memory-store.ts";
