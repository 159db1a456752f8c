// breaks: messages-render-only
export type { Store } from "../ports/store.ts";
