// breaks: infra-takes-functions-by-path
export { dependencies } from "../functions/one/dependencies.ts";
