// breaks: shared-has-known-folders
export { plan } from "../domain/plan.ts";
