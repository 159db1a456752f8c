// breaks: workflow-contracts-are-schemas
export type { Store } from "../../shared/ports/store.ts";
