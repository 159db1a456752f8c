import { beforeAll, describe, expect, test } from "vitest";
import { stageNamed } from "../../infra/config/stage-named.ts";
import { type Placed, StageView } from "../../infra/published/stage-view.ts";
import { at, listOf } from "../../infra/rules/template.ts";
import { type Stage, stages, synthesised, type Templates } from "./support/synthesised.ts";

beforeAll(() => {
  for (const stage of stages) synthesised(stage);
}, 900_000);

/** Everything that hands events over, with the ARN of the queue that keeps what is not taken. */
function sourcesIn(view: StageView) {
  const of = (type: string, ...path: readonly string[]) =>
    view
      .resources(type)
      .map((placed) => ({ name: `${type} ${placed.logicalId}`, kept: view.read(placed, ...path) }));
  return [
    ...of("AWS::Lambda::EventSourceMapping", "DestinationConfig", "OnFailure", "Destination"),
    ...of("AWS::SNS::Subscription", "RedrivePolicy", "deadLetterTargetArn"),
    // What calls without waiting for the answer: a topic, a rule, another function.
    // The check of the origin is called by the API alone, which gets its answer.
    ...of("AWS::Lambda::Function", "DeadLetterConfig", "TargetArn").filter(
      ({ name }) => !name.includes("CheckOrigin"),
    ),
    ...view.resources("AWS::Events::Rule").flatMap((rule) =>
      listOf(view.read(rule, "Targets")).map((target) => ({
        name: `AWS::Events::Rule ${rule.logicalId}`,
        kept: at(target, "DeadLetterConfig", "Arn"),
      })),
    ),
  ];
}

/** Queues whose first message sets an alarm off that somebody is told of. */
function alarmedQueues(view: StageView): ReadonlySet<unknown> {
  const queues = view.resources("AWS::SQS::Queue");
  const isOn = (alarm: Placed, queue: Placed) =>
    listOf(view.read(alarm, "Dimensions")).some(
      (one) =>
        at(one, "Name") === "QueueName" && at(one, "Value") === `${queue.logicalId}.QueueName`,
    );
  const alarms = view
    .resources("AWS::CloudWatch::Alarm")
    .filter((alarm) => view.read(alarm, "MetricName") === "ApproximateNumberOfMessagesVisible")
    .filter((alarm) => view.read(alarm, "Threshold") === 1)
    .filter((alarm) => listOf(view.read(alarm, "AlarmActions")).length > 0);
  return new Set(
    queues
      .filter((queue) => alarms.some((alarm) => isOn(alarm, queue)))
      .map((one) => view.arn(one)),
  );
}

/** Sources of events that would be lost, or kept where nobody looks. */
function losses(templates: Templates, stage: Stage): readonly string[] {
  const view = new StageView(templates, stageNamed(stage));
  const alarmed = alarmedQueues(view);
  return sourcesIn(view)
    .filter(({ kept }) => !alarmed.has(kept))
    .map(({ name, kept }) => `${name}: ${String(kept)}`);
}

describe.each(stages)("an event that no function of %s can handle", (stage) => {
  test("stands in a queue whose alarm tells somebody, whatever it came from", () => {
    const view = new StageView(synthesised(stage), stageNamed(stage));
    // Two streams, two topics and three for alarms, three rules, and every function.
    expect(sourcesIn(view).length).toBeGreaterThan(20);
    expect(losses(synthesised(stage), stage)).toEqual([]);
  });

  test.each([
    "AWS::Lambda::EventSourceMapping",
    "AWS::SNS::Subscription",
    "AWS::Lambda::Function",
    "AWS::Events::Rule",
    "AWS::CloudWatch::Alarm",
  ])("would be found lost by a %s that keeps nothing", (type) => {
    const templates = structuredClone(synthesised(stage));
    for (const template of Object.values(templates))
      for (const resource of Object.values(template.Resources)) {
        if (resource.Type !== type || resource.Properties === undefined) continue;
        const targets = listOf(at(resource.Properties, "Targets"));
        for (const part of [resource.Properties, ...targets])
          for (const key of [
            "DestinationConfig",
            "RedrivePolicy",
            "DeadLetterConfig",
            "AlarmActions",
          ])
            Reflect.deleteProperty(Object(part), key);
      }
    expect(losses(templates, stage).length).toBeGreaterThan(0);
  });
});
