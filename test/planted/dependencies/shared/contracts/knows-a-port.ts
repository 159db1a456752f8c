// breaks: contracts-are-schemas
export type { Store } from "../ports/store.ts";
