// breaks: messages-know-care-only
export type { Store } from "../ports/store.ts";
