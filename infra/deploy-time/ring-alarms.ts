import {
  type CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";

const reason = "A trial: does this alarm reach people? Nothing is wrong.";
const pauseSeconds = 5;
const longestWaitSeconds = 120;

/** What became of one alarm that was set off. */
export type Rung = {
  readonly alarm: string;
  readonly topic: string;
  /** CloudWatch's own words for how it handed the alarm over. */
  readonly outcome: string;
  readonly isHandedOver: boolean;
};

/**
 * Sets one alarm of each topic off, waits until CloudWatch says whether the topic took it, and calms it again.
 * @param input.stackPrefix - what the names of the stage's alarms begin with, such as `throughcare-dev-`
 * @throws Error when the stage has no alarm that could be set off
 */
export async function ringAlarms(input: {
  readonly client: Pick<CloudWatchClient, "send">;
  readonly stackPrefix: string;
  readonly wait: (seconds: number) => Promise<void>;
}): Promise<readonly Rung[]> {
  const { client, wait } = input;
  const rung: Rung[] = [];
  for (const [topic, alarm] of oneForEachTopic(await quietAlarms(client, input.stackPrefix))) {
    await client.send(
      new SetAlarmStateCommand({ AlarmName: alarm, StateValue: "ALARM", StateReason: reason }),
    );
    const outcome = await outcomeOf(client, alarm, topic, wait);
    await client.send(
      new SetAlarmStateCommand({ AlarmName: alarm, StateValue: "OK", StateReason: reason }),
    );
    rung.push({ alarm, topic, outcome, isHandedOver: outcome.startsWith("Successfully") });
  }
  if (rung.length === 0)
    throw new Error(`There is no quiet alarm whose name begins with ${input.stackPrefix}.`);
  return rung;
}

async function quietAlarms(
  client: Pick<CloudWatchClient, "send">,
  AlarmNamePrefix: string,
): Promise<readonly MetricAlarm[]> {
  const found: MetricAlarm[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new DescribeAlarmsCommand({
        AlarmNamePrefix,
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    found.push(...(page.MetricAlarms ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found.filter(({ StateValue }) => StateValue !== "ALARM");
}

function oneForEachTopic(alarms: readonly MetricAlarm[]): ReadonlyMap<string, string> {
  const chosen = new Map<string, string>();
  for (const { AlarmName, AlarmActions = [] } of alarms)
    for (const topic of AlarmActions)
      if (AlarmName !== undefined && !chosen.has(topic)) chosen.set(topic, AlarmName);
  return chosen;
}

async function outcomeOf(
  client: Pick<CloudWatchClient, "send">,
  AlarmName: string,
  topic: string,
  wait: (seconds: number) => Promise<void>,
): Promise<string> {
  for (let waited = 0; waited < longestWaitSeconds; waited += pauseSeconds) {
    await wait(pauseSeconds);
    const { AlarmHistoryItems = [] } = await client.send(
      new DescribeAlarmHistoryCommand({
        AlarmName,
        HistoryItemType: "Action",
        ScanBy: "TimestampDescending",
        MaxRecords: 1,
      }),
    );
    const summary = AlarmHistoryItems[0]?.HistorySummary;
    if (summary?.includes(topic)) return summary;
  }
  return `Nothing was handed over within ${longestWaitSeconds} s`;
}
