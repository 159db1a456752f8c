// breaks: scripts-know-shared-only
export { dependencies } from "../infra/stack.ts";
