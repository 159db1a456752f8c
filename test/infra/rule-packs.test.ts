import { AwsSolutionsChecks, HIPAASecurityChecks, ServerlessChecks } from "cdk-nag";
import { expect, test } from "vitest";
import { acknowledgements } from "../../infra/acknowledgements.ts";
import { stageNamed } from "../../infra/config/stage-named.ts";
import { throughcareStacks } from "../../infra/throughcare-app.ts";
import { cdkContext, stages, stubBundles, synthesised } from "./support/synthesised.ts";

test.each(stages)(
  "the rule packs find nothing in %s that is not acknowledged",
  (stage) => {
    // Synthesis throws on a finding of any rule pack.
    expect(Object.keys(synthesised(stage).workflow.Resources).length).toBeGreaterThan(100);
  },
  120_000,
);

test("every acknowledgement covers a finding, at every place that it names", () => {
  const app = throughcareStacks(stageNamed("dev"), {
    bundles: stubBundles(),
    context: cdkContext(),
  });
  const findings = [AwsSolutionsChecks, HIPAASecurityChecks, ServerlessChecks].flatMap((Pack) =>
    new Pack(app).validateScope(app).violations.map(({ ruleName, violatingResources }) => ({
      ruleName,
      paths: violatingResources.map(({ constructPath }) => constructPath ?? ""),
    })),
  );
  const covered = (id: string, at: string) =>
    findings.some(
      ({ ruleName, paths }) =>
        ruleName === id && paths.some((path) => path === at || path.startsWith(`${at}/`)),
    );
  const idle = acknowledgements.flatMap(({ id, at }) =>
    at.filter((path) => !covered(id, path)).map((path) => `${id} at ${path}`),
  );
  expect(idle).toEqual([]);
  expect(findings.length).toBe(acknowledgements.length);
}, 900_000);

test("there are at most 25 acknowledgements, each with its own id and a reason in words", () => {
  expect(acknowledgements.length).toBeLessThanOrEqual(25);
  expect(new Set(acknowledgements.map(({ id }) => id)).size).toBe(acknowledgements.length);
  for (const { id, reason } of acknowledgements)
    expect(reason.split(" ").length, id).toBeGreaterThanOrEqual(8);
});
