import { describe, expect, it } from "vitest";
import { answer, opened, task } from "../../builders/aftercare.ts";
import { buildAnswers } from "../../builders/instruments.ts";
import { shippedProgram } from "../../builders/program-files.ts";

const { program: content, instruments } = shippedProgram();
const program = { ...content, version: 1, contentHash: "shipped" };

/** Somebody who is well: nothing asks for a call. */
const well = {
  ...buildAnswers("phq-2", 0),
  ...buildAnswers("gad-2", 0),
  "use-days": 0,
  "opioid-use": false,
  craving: 0,
  confidence: 4,
  "follow-up-attended": true,
  "key-medication-stopped": false,
  "other-medication-stopped": false,
  "nowhere-to-sleep": false,
  "housing-or-work-lost": false,
  "wants-call": false,
};

function callAfter(answers: Readonly<Record<string, number | boolean>>) {
  const given = { answers: { ...well, ...answers } };
  const { state, refusal } = answer(opened(), given, { program, instruments });
  if (refusal !== undefined) throw new Error(refusal.sentence);
  return task(state, "check-in-call");
}

describe("what a check-in's answers ask for, by the shipped program", () => {
  it("is nothing for somebody who is well", () => {
    expect(callAfter({})).toBeUndefined();
  });

  it.each([
    ["opioid use after abstinence", { "opioid-use": true }],
    ["use on 4 or more days", { "use-days": 4 }],
    [
      "medicine for opioid use, lithium or an antipsychotic out",
      { "key-medication-stopped": true },
    ],
    ["nowhere to sleep", { "nowhere-to-sleep": true }],
    ["wants a call", { "wants-call": true }],
  ])("a call the same day: %s", (_why, answers) => {
    const call = callAfter(answers);
    expect(call).toMatchObject({ priority: "urgent", owed: { tier: "YELLOW" } });
    // While staff are there, with two hours left in which a clinician makes it.
    expect(call?.dueAt).toBe("2027-01-19T21:00:00.000Z");
    expect(call?.owed?.steps[0]).toMatchObject({ to: "clinician", at: call?.dueAt });
  });

  it.each([
    ["any use", { "use-days": 1 }],
    ["craving of 3", { craving: 3 }],
    ["confidence of 1", { confidence: 1 }],
    ["PHQ-2 of 3 or more", buildAnswers("phq-2", 2)],
    ["other medicine stopped", { "other-medication-stopped": true }],
    ["a missed follow-up visit", { "follow-up-attended": false }],
    ["loss of job or housing", { "housing-or-work-lost": true }],
  ])("a call within 48 hours: %s", (_why, answers) => {
    expect(callAfter(answers)).toMatchObject({
      assignedFunction: "case-manager",
      dueAt: "2027-01-21T16:00:00.000Z",
      owed: { tier: "ROUTINE" },
    });
  });

  it.each([
    ["craving of 2", { craving: 2 }],
    ["confidence of 2", { confidence: 2 }],
    ["PHQ-2 of 2", buildAnswers("phq-2", 1)],
  ])("nothing, one step below: %s", (_why, answers) => {
    expect(callAfter(answers)).toBeUndefined();
  });

  it("the highest action, with every reason, whatever the others add up to", () => {
    const call = callAfter({ craving: 4, confidence: 0, "use-days": 3, "nowhere-to-sleep": true });
    expect(call).toMatchObject({ priority: "urgent", owed: { tier: "YELLOW" } });
    for (const reason of ["Nowhere safe to sleep", "Craving", "Confidence", "Any use"])
      expect(call?.words).toContain(reason);
    const many = callAfter({
      craving: 4,
      confidence: 0,
      "use-days": 3,
      "follow-up-attended": false,
    });
    expect(many).toMatchObject({ owed: { tier: "ROUTINE" } });
  });
});
