import type { FunctionName } from "../../functions/catalogue.ts";

/** Which function answers what, longest prefix first; the local run serves the same ones. */
export const routes = [
  { prefix: "/api/v1/intakes", answeredBy: "receive-intake" },
  { prefix: "/api/v1", answeredBy: "staff-api" },
  { prefix: "/staff", answeredBy: "staff-site" },
  { prefix: "/", answeredBy: "participant-site" },
] as const satisfies readonly { readonly prefix: string; readonly answeredBy: FunctionName }[];

export type WebFunction = (typeof routes)[number]["answeredBy"];
