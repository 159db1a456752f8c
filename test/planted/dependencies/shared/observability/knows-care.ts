// breaks: middleware-is-thin
export { plan } from "../care/plan.ts";
