import { loadAwsServiceSpec } from "@aws-cdk/aws-service-spec";
import type { SpecDatabase } from "@aws-cdk/service-spec-types";

let loaded: Promise<SpecDatabase> | undefined;

/** AWS's resource schemas, read once for a test file. */
export function serviceSpec(): Promise<SpecDatabase> {
  loaded ??= loadAwsServiceSpec();
  return loaded;
}
