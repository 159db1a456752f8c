// breaks: function-logic-without-adapters
export { memoryStore } from "../../shared/aws/memory-store.ts";
