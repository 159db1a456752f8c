// breaks: no-unresolvable
export { nothing } from "./no-such-file.ts";
