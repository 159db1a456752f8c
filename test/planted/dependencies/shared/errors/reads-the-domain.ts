// breaks: errors-import-nothing
export { plan } from "../domain/plan.ts";
