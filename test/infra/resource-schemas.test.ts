import type { SpecDatabase } from "@aws-cdk/service-spec-types";
import aslValidator from "asl-validator";
import { beforeAll, describe, expect, test } from "vitest";
import { workflows } from "../../infra/functions/workflows.ts";
import { at, resourcesOf } from "../../infra/rules/template.ts";
import { set, withResource } from "./support/breaches/plant.ts";
import { checkTemplate } from "./support/property-check.ts";
import { serviceSpec } from "./support/service-spec.ts";
import { type StackName, stackNames, stages, synthesised } from "./support/synthesised.ts";

let spec: SpecDatabase;
beforeAll(async () => {
  for (const stage of stages) synthesised(stage);
  spec = await serviceSpec();
}, 120_000);

describe.each(stages)("the templates of %s", (stage) => {
  test.each(stackNames)("%s agrees with AWS's resource schemas, property by property", (stack) => {
    const { properties, problems } = checkTemplate(spec, synthesised(stage)[stack]);
    expect(problems).toEqual([]);
    expect(properties).toBeGreaterThan(10);
  });
});

test("thousands of properties are looked at", () => {
  const counts = stages.flatMap((stage) =>
    Object.values(synthesised(stage)).map((template) => checkTemplate(spec, template).properties),
  );
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(4000);
});

test.each(stages)("every machine that %s deploys is one that AWS's language allows", (stage) => {
  const { workflow } = synthesised(stage);
  const machines = resourcesOf(workflow, "AWS::StepFunctions::StateMachine");
  expect(machines.length).toBe(workflows.length);
  for (const [logicalId, { Properties }] of machines) {
    const filledIn = String(at(Properties, "DefinitionString")).replace(
      /\$\{(\w+)\}/g,
      (placeholder, name: string) =>
        at(Properties, "DefinitionSubstitutions", name) === undefined
          ? placeholder
          : "arn:aws:lambda:us-east-1:111111111111:function:throughcare-some:7",
    );
    expect(filledIn, logicalId).not.toContain("${");
    expect(aslValidator(JSON.parse(filledIn)).errors, logicalId).toEqual([]);
  }
});

type Planted = readonly [string, StackName, ReturnType<typeof set>, string];
const p = (...path: readonly (string | number)[]) => ["Properties", ...path];

const planted: readonly Planted[] = [
  [
    "a misspelt property",
    "data",
    set("AWS::DynamoDB::Table", p("DeletionProtection"), true),
    "DeletionProtection: is not known",
  ],
  [
    "a property that AWS alone sets",
    "workflow",
    set("AWS::Lambda::Function", p("Arn"), "arn:aws:lambda:us-east-1:111111111111:function:x"),
    "Arn: is not known, or read-only",
  ],
  [
    "a document that is cut short",
    "messaging",
    withResource("AWS::SNS::Subscription", { TopicArn: "x", Protocol: "sqs", RedrivePolicy: "{" }),
    "no document",
  ],
  [
    "a number in words",
    "workflow",
    set("AWS::Lambda::Function", p("MemorySize"), "half a gigabyte"),
    "no whole number",
  ],
  [
    "a part of a second",
    "workflow",
    set("AWS::Lambda::Function", p("Timeout"), 28.5),
    "no whole number",
  ],
  [
    "a yes in words",
    "data",
    set("AWS::KMS::Key", p("EnableKeyRotation"), "yes"),
    "neither true nor false",
  ],
  [
    "a text where a list belongs",
    "observability",
    set("AWS::CloudWatch::Alarm", p("AlarmActions"), "arn:aws:sns:us-east-1:111111111111:x"),
    "no list",
  ],
  [
    "a level that there is not",
    "workflow",
    set("AWS::StepFunctions::StateMachine", p("LoggingConfiguration", "Level"), "ERRORS"),
    "none of the values",
  ],
  [
    "a kind of machine that there is not",
    "workflow",
    set("AWS::StepFunctions::StateMachine", p("StateMachineType"), "Standard"),
    "none of the values",
  ],
  [
    "a misspelt property further in",
    "workflow",
    set("AWS::Lambda::EventSourceMapping", p("DestinationConfig", "OnFailure"), { Arn: "x" }),
    "OnFailure.Arn: is not known",
  ],
  [
    "a resource that there is not",
    "messaging",
    withResource("AWS::SMSVoice::Pool", {}),
    "AWS has no resource AWS::SMSVoice::Pool",
  ],
  [
    "a resource without what it needs",
    "messaging",
    withResource("AWS::SNS::Subscription", {}),
    "TopicArn: is missing",
  ],
  [
    "an attribute that there is not",
    "messaging",
    withResource("AWS::SNS::Topic", {
      DisplayName: { "Fn::GetAtt": ["ParticipantOptOuts", "Name"] },
    }),
    "AWS::SMSVOICE::OptOutList has no attribute Name",
  ],
];

test.each(planted)("%s in %s is found", (_what, stack, plant, finds) => {
  const { problems } = checkTemplate(spec, plant(structuredClone(synthesised("dev")[stack])));
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.join("; ")).toContain(finds);
});
