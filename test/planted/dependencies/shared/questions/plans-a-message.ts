// breaks: questions-know-care-only
export { planned } from "../messages/planned.ts";
