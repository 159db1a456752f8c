// breaks: care-is-pure
import type { Store } from "../ports/store.ts";

export type PlannedStore = Store;
