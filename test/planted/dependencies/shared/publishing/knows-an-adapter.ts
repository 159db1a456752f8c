// breaks: programs-are-read-with-zod-and-yaml
export { memoryStore } from "../aws/memory-store.ts";
