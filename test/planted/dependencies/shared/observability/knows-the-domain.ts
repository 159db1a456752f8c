// breaks: middleware-is-thin
export { plan } from "../domain/plan.ts";
