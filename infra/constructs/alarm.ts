import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";

export const alarmOwners = ["care", "operations", "security"] as const;
export type AlarmOwner = (typeof alarmOwners)[number];
export type AlarmTopics = Readonly<Record<AlarmOwner, ITopic>>;

export type CareAlarmProps = {
  readonly metric: IMetric;
  /** What it means for people when this fires, in one sentence. */
  readonly impact: string;
  readonly owner: AlarmOwner;
  /** A file of docs/runbooks, without its ending. */
  readonly runbook: string;
  readonly threshold?: number;
  readonly periods?: number;
  /** For "it has gone quiet": fires when the value is below the threshold or missing. */
  readonly isSilence?: boolean;
};

/** An alarm that says what it means, whose it is and what to do. */
export function careAlarm(
  scope: Construct,
  id: string,
  topics: AlarmTopics,
  props: CareAlarmProps,
): Alarm {
  const isSilence = props.isSilence ?? false;
  const alarm = new Alarm(scope, id, {
    metric: props.metric,
    threshold: props.threshold ?? 1,
    evaluationPeriods: props.periods ?? 1,
    comparisonOperator: isSilence
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: isSilence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    alarmDescription: `${props.impact} Owner: ${props.owner}. Runbook: docs/runbooks/${props.runbook}.md`,
  });
  const action = new SnsAction(topics[props.owner]);
  alarm.addAlarmAction(action);
  alarm.addOkAction(action);
  return alarm;
}

export const fiveMinutes = Duration.minutes(5);
