// breaks: table-imports-nothing
export { plan } from "../domain/plan.ts";
