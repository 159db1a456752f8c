// breaks: functions-never-import-each-other
export { dependencies } from "../one/dependencies.ts";
