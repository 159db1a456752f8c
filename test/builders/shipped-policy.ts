import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Policy } from "../../shared/care/program/policy.ts";
import { policyFileSchema } from "../../shared/contracts/program-seed-files.ts";

/** The policy that ships. */
export function shippedPolicy(): Policy {
  return policyFileSchema.parse(parse(readFileSync("programs/policy.yaml", "utf8")));
}
