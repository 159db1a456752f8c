// breaks: keys-import-nothing
export { plan } from "../care/plan.ts";
