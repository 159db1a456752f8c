// breaks: function-logic-without-adapters
export { memoryStore } from "../../shared/adapters/memory-store.ts";
