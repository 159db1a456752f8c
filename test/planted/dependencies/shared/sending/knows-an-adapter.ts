// breaks: sending-uses-ports
export { memoryStore } from "../aws/memory-store.ts";
