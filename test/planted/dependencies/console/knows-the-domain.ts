// breaks: console-talks-to-the-api
export { plan } from "../shared/domain/plan.ts";
