// breaks: care-is-pure
import { readFileSync } from "node:fs";

export const text = readFileSync("plan.txt", "utf8");
