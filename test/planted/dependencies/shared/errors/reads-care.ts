// breaks: errors-import-nothing
export { plan } from "../care/plan.ts";
