// breaks: console-takes-types-only
export { answer } from "../shared/contracts/answer.ts";
