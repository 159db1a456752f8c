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
import { type AlarmId, type AlarmOwner, alarmCatalogue } from "../operations/alarm-catalogue.ts";

export type AlarmTopics = Readonly<Record<AlarmOwner, ITopic>>;

export type CareAlarmProps = {
  readonly alarm: AlarmId;
  readonly metric: IMetric;
  readonly threshold?: number;
  readonly periods?: number;
  /** For "it has gone quiet": fires when the value is below the threshold or missing. */
  readonly isSilence?: boolean;
};

/** An alarm that says what it means, whose it is and what to do; see the catalogue. */
export function careAlarm(
  scope: Construct,
  id: string,
  topics: AlarmTopics,
  props: CareAlarmProps,
): Alarm {
  const { impact, owner, runbook } = alarmCatalogue[props.alarm];
  const isSilence = props.isSilence ?? false;
  const alarm = new Alarm(scope, id, {
    metric: props.metric,
    threshold: props.threshold ?? 1,
    evaluationPeriods: props.periods ?? 1,
    comparisonOperator: isSilence
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: isSilence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    alarmDescription: `${props.alarm}: ${impact} Owner: ${owner}. Runbook: docs/runbooks/${runbook}.md`,
  });
  const action = new SnsAction(topics[owner]);
  alarm.addAlarmAction(action);
  alarm.addOkAction(action);
  return alarm;
}

export const oneMinute = Duration.minutes(1);
export const fiveMinutes = Duration.minutes(5);
