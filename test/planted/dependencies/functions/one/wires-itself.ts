// breaks: function-logic-not-wired-by-itself
export { dependencies } from "./dependencies.ts";
