// breaks: cli-is-an-api-client
export type { Store } from "../shared/ports/store.ts";
