import { at, listOf } from "../rules/template.ts";
import { isKey, queueUses, topicUses } from "./publishers.ts";
import type { Placed, StageView } from "./stage-view.ts";

/** Keys whose policies let a service of AWS in that hands nothing over which is under them. */
export function openKeyFindings(view: StageView): readonly string[] {
  return view.resources("AWS::KMS::Key").flatMap((key) => {
    const users = usersOf(view, key);
    const open = listOf(view.read(key, "KeyPolicy", "Statement"))
      .filter((statement) => at(statement, "Effect") === "Allow")
      .flatMap((statement) => listOf(at(statement, "Principal", "Service")).map(String));
    return [...new Set(open)]
      .filter((service) => !users.has(service))
      .map((service) => `${key.logicalId}: is open to ${service}, which has no use for it`);
  });
}

function usersOf(view: StageView, key: Placed): ReadonlySet<string> {
  const under = (type: string, ...property: readonly string[]) =>
    view.resources(type).filter((placed) => isKey(view, key, view.read(placed, ...property)));
  const handedOver = [
    ...under("AWS::SNS::Topic", "KmsMasterKeyId").flatMap((topic) =>
      topicUses(view, view.arn(topic)),
    ),
    ...under("AWS::SQS::Queue", "KmsMasterKeyId").flatMap((queue) =>
      queueUses(view, view.arn(queue)),
    ),
  ].map(({ service }) => service);
  const logs = under("AWS::Logs::LogGroup", "KmsKeyId").map(
    () => `logs.${view.region}.amazonaws.com`,
  );
  const machines = under(
    "AWS::StepFunctions::StateMachine",
    "EncryptionConfiguration",
    "KmsKeyId",
  ).map(() => "delivery.logs.amazonaws.com");
  return new Set([...handedOver, ...logs, ...machines]);
}
