import { expect, test } from "vitest";
import { ringAlarms } from "../../infra/deploy-time/ring-alarms.ts";

const topic = (name: string) => `arn:aws:sns:us-east-1:111111111111:${name}`;
const alarm = (AlarmName: string, on: string, StateValue = "OK") => ({
  AlarmName,
  AlarmActions: [topic(on)],
  StateValue,
});

/** A CloudWatch whose topics take alarms or not, and that needs a while to say so. */
function cloudWatch(refuses: readonly string[]) {
  const said: string[] = [];
  let asked = 0;
  const pages = [
    { MetricAlarms: [alarm("one", "care", "ALARM"), alarm("two", "care")], NextToken: "second" },
    { MetricAlarms: [alarm("three", "care"), alarm("four", "security")] },
  ];
  return {
    said,
    client: {
      send: async (command: {
        readonly constructor: { readonly name: string };
        readonly input: unknown;
      }): Promise<object> => {
        const input: Readonly<Record<string, unknown>> = { ...(command.input as object) };
        switch (command.constructor.name) {
          case "DescribeAlarmsCommand":
            said.push(`list ${String(input.AlarmNamePrefix)}`);
            return pages[input.NextToken === "second" ? 1 : 0] ?? {};
          case "SetAlarmStateCommand":
            said.push(`${String(input.AlarmName)} ${String(input.StateValue)}`);
            asked = 0;
            return {};
          default: {
            asked += 1;
            const on = input.AlarmName === "four" ? "security" : "care";
            const verb = refuses.includes(on) ? "Failed to execute" : "Successfully executed";
            if (asked === 1) return {};
            // What it did before stands there first, and says nothing about this topic.
            const summary =
              asked === 2
                ? `Successfully executed action ${topic("another")}`
                : `${verb} action ${topic(on)}`;
            return { AlarmHistoryItems: [{ HistorySummary: summary }] };
          }
        }
      },
    },
  };
}

test("one quiet alarm of each topic is set off, waited for and calmed again", async () => {
  const { client, said } = cloudWatch([]);
  let waited = 0;
  const rung = await ringAlarms({
    client,
    stackPrefix: "throughcare-dev-",
    wait: async (seconds) => {
      waited += seconds;
    },
  });
  expect(rung.map(({ alarm: name, isHandedOver }) => [name, isHandedOver])).toEqual([
    ["two", true],
    ["four", true],
  ]);
  expect(said).toEqual([
    "list throughcare-dev-",
    "list throughcare-dev-",
    "two ALARM",
    "two OK",
    "four ALARM",
    "four OK",
  ]);
  expect(waited).toBe(30);
});

test("a topic that keeps alarms out is told, in CloudWatch's own words", async () => {
  const { client } = cloudWatch(["security"]);
  const rung = await ringAlarms({ client, stackPrefix: "throughcare-dev-", wait: async () => {} });
  expect(rung.filter(({ isHandedOver }) => !isHandedOver)).toEqual([
    {
      alarm: "four",
      topic: topic("security"),
      outcome: `Failed to execute action ${topic("security")}`,
      isHandedOver: false,
    },
  ]);
});

test("a stage without an alarm, or one that never answers, is no success", async () => {
  const none = { send: async () => ({}) };
  await expect(
    ringAlarms({ client: none, stackPrefix: "throughcare-dev-", wait: async () => {} }),
  ).rejects.toThrow("no quiet alarm");
  const silent = { send: async () => ({ MetricAlarms: [alarm("two", "care")] }) };
  const [only] = await ringAlarms({ client: silent, stackPrefix: "t", wait: async () => {} });
  expect(only?.isHandedOver).toBe(false);
  expect(only?.outcome).toContain("Nothing was handed over within 120 s");
});
