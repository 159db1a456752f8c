// allowed: a type of a contract
export type { Answer } from "../shared/contracts/answer.ts";
