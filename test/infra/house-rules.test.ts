import { beforeAll, describe, expect, test } from "vitest";
import { houseRules } from "../../infra/rules/house-rules.ts";
import { breaches } from "./support/breaches.ts";
import { stackNames, stages, synthesised } from "./support/synthesised.ts";

beforeAll(() => {
  for (const stage of stages) synthesised(stage);
}, 900_000);

function ruleNamed(id: string) {
  const rule = houseRules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`There is no rule ${id}`);
  return rule;
}

test("there are at least 15 rules of our own, each with a name of its own", () => {
  expect(houseRules.length).toBeGreaterThanOrEqual(15);
  expect(new Set(houseRules.map(({ id }) => id)).size).toBe(houseRules.length);
});

describe.each(stages)("the templates of %s", (stage) => {
  test.each(stackNames)("%s breaks no rule", (stack) => {
    const template = synthesised(stage)[stack];
    const found = houseRules.flatMap(({ id, find }) =>
      find(template).map(({ logicalId, problem }) => `${id}: ${logicalId} ${problem}`),
    );
    expect(found).toEqual([]);
  });
});

test("every rule is shown to fail", () => {
  const shown = new Set(breaches.map(({ rule }) => rule));
  expect(houseRules.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
});

describe("a rule finds the one thing that was made wrong:", () => {
  test.each(breaches)("$rule, when $what", ({ rule, stack, make, finds, stage = "dev" }) => {
    const template = synthesised(stage)[stack];
    const before = ruleNamed(rule).find(template);
    const broken = make(structuredClone(template));
    const after = ruleNamed(rule).find(broken);
    expect(before).toEqual([]);
    expect(after.length).toBeGreaterThan(0);
    expect(after.map(({ problem }) => problem).join("; ")).toContain(finds);
  });
});
