export { open } from "../tasks/open.ts";
