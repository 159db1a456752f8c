// breaks: shared-has-known-folders
export { plan } from "../care/plan.ts";
