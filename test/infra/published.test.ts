import aslValidator from "asl-validator";
import { beforeAll, describe, expect, test } from "vitest";
import { stageNamed } from "../../infra/config/stage-named.ts";
import { canBeOf } from "../../infra/published/authorization.ts";
import { metricsUsed } from "../../infra/published/metrics.ts";
import { publishedFindings } from "../../infra/published/published-findings.ts";
import { compareWithSchemas } from "../../infra/published/resource-schemas.ts";
import { type StageTemplates, StageView } from "../../infra/published/stage-view.ts";
import { at, resourcesOf } from "../../infra/rules/template.ts";
import type { Fault } from "./support/faults/fault.ts";
import { policyFaults, publisherFaults } from "./support/faults/of-policies.ts";
import { metricFaults, schemaFaults } from "./support/faults/of-templates.ts";
import { type Stage, stages, synthesised } from "./support/synthesised.ts";

beforeAll(() => {
  for (const stage of stages) synthesised(stage);
}, 900_000);

const findingsIn = (stage: Stage, templates: StageTemplates) =>
  publishedFindings(templates, stageNamed(stage));

describe.each(stages)("the templates of %s", (stage) => {
  test("keep to everything that AWS publishes of itself", async () => {
    expect(await findingsIn(stage, synthesised(stage))).toEqual([]);
  });

  test("were compared property by property, metric by metric", () => {
    const templates = Object.values(synthesised(stage));
    const compared = templates.map((template) => compareWithSchemas(template).compared);
    expect(compared.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(3000);
    const used = metricsUsed(new StageView(synthesised(stage), stageNamed(stage)));
    expect(used.length).toBeGreaterThan(100);
  });

  test("hold machines that the validator of their language takes", () => {
    const machines = resourcesOf(synthesised(stage).workflow, "AWS::StepFunctions::StateMachine");
    expect(machines.length).toBe(6);
    for (const [logicalId, { Properties }] of machines) {
      const { isValid, errorsText } = aslValidator(
        JSON.parse(String(at(Properties, "DefinitionString"))),
      );
      expect(isValid, `${logicalId}: ${errorsText()}`).toBe(true);
    }
  });
});

describe.each([
  ["AWS's resource schemas", schemaFaults],
  ["AWS's metrics and logs", metricFaults],
  ["AWS's service authorization reference", policyFaults],
  ["the policies of topics, queues and keys", publisherFaults],
] as const)("%s tell", (_, faults) => {
  test.each<Fault>(faults)("when $what", async ({ stack, make, finds }) => {
    const templates = synthesised("dev");
    const broken = { ...templates, [stack]: make(structuredClone(templates[stack])) };
    const found = await findingsIn("dev", broken);
    expect(found.join("\n")).toContain(finds);
  });
});

test("a pattern of a policy is held against the format of an ARN part by part", () => {
  const machine = "arn:${Partition}:states:${Region}:${Account}:stateMachine:${StateMachineName}";
  const place = "arn:aws:states:us-east-1:111111111111";
  for (const pattern of [
    "*",
    "arn:aws:states:*",
    `${place}:stateMachine:a`,
    `${place}:state*:a-*`,
    `${place}:stateMachine:?`,
  ])
    expect(canBeOf(pattern, machine), pattern).toBe(true);
  for (const pattern of [
    "",
    "arn:aws:sns:*",
    `${place}:stateMachine:`,
    `${place}:stateMachine:a:live`,
    `${place}:stateMachine:*:live`,
    `${place}:execution:*`,
  ])
    expect(canBeOf(pattern, machine), pattern).toBe(false);
});
