import { Duration, type Stack } from "aws-cdk-lib";
import { EventField, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { SnsTopic } from "aws-cdk-lib/aws-events-targets";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { AlarmTopics } from "../../constructs/alarm.ts";
import { AlarmedQueue } from "../../constructs/alarmed-queue.ts";

/**
 * Backups that did not come about, as AWS Backup itself reports them: which table, and why. The alarm counts
 * these reports, since a count of failures is kept for vaults and kinds that had one, and for no others.
 */
export function followBackups(
  stack: Stack,
  props: { readonly topics: AlarmTopics; readonly key: IKey },
): Rule {
  const undelivered = new AlarmedQueue(stack, "BackupReports", props);
  const topic: ITopic = props.topics.operations;
  return new Rule(stack, "BackupNotMade", {
    description: "Tells of a backup that failed, was stopped or ran out of time",
    eventPattern: {
      source: ["aws.backup"],
      detailType: ["Backup Job State Change"],
      detail: { state: ["FAILED", "ABORTED", "EXPIRED"] },
    },
    targets: [
      new SnsTopic(topic, {
        message: RuleTargetInput.fromText(
          `A backup was not made (${EventField.fromPath("$.detail.state")}): ${EventField.fromPath("$.detail.resourceArn")}. ${EventField.fromPath("$.detail.statusMessage")} Runbook: docs/runbooks/backup-failed.md`,
        ),
        deadLetterQueue: undelivered.queue,
        retryAttempts: 185,
        maxEventAge: Duration.hours(24),
      }),
    ],
  });
}
