// breaks: programs-are-read-with-zod-and-yaml
export { memoryStore } from "../../adapters/memory-store.ts";
