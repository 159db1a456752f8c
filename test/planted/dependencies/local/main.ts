// breaks: local-runs-handlers
export { dependencies } from "../functions/one/dependencies.ts";
