// breaks: scripts-know-workflows-and-shared-only
export { dependencies } from "../infra/stack.ts";
