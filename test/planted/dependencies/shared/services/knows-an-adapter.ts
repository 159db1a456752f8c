// breaks: services-use-ports
export { memoryStore } from "../adapters/memory-store.ts";
