import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import type { Resource, SpecDatabase } from "@aws-cdk/service-spec-types";

let loaded: SpecDatabase | undefined;

/** What AWS publishes of its resource types, metrics and logs; read once, which takes a second. */
export function publishedSpec(): SpecDatabase {
  loaded ??= loadAwsServiceSpecSync();
  return loaded;
}

/** A type of resource, as `AWS::SNS::Topic`; `undefined` where AWS publishes none of the name. */
export function publishedType(type: string): Resource | undefined {
  return publishedSpec().lookup("resource", "cloudFormationType", "equals", type)[0];
}
