import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Program } from "../../../shared/care/program/program.ts";
import { programFileSchema } from "../../../shared/contracts/program-file.ts";
import {
  type Answers,
  checkInQuestions,
  problemWithAnswers,
} from "../../../shared/questions/question.ts";
import { weighAnswers } from "../../../shared/questions/weigh-answers.ts";
import { buildAnswers, buildInstruments } from "../../builders/instruments.ts";
import { buildProgram } from "../../builders/program.ts";
import { fc } from "../../builders/properties.ts";

/** The check-in of the adult program as it ships. */
const file = programFileSchema.parse(
  parse(readFileSync("programs/adult-iop/program.yaml", "utf8")),
);
const questions = file.aftercare.questions as Program["aftercare"]["questions"];
const program = buildProgram({ aftercare: { ...buildProgram().aftercare, questions } });
const rules = { program, instruments: buildInstruments() };

/** Somebody who is well. */
const well: Answers = {
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

const action = (answers: Answers) => weighAnswers(rules, { ...well, ...answers }).action;

describe("the check-in that ships", () => {
  it("asks for nothing when all is well, and every answer is one that is asked", () => {
    expect(problemWithAnswers(checkInQuestions(rules, { number: 2 }), well, false)).toBeUndefined();
    expect(weighAnswers(rules, well)).toMatchObject({ action: "none", reasons: [] });
  });

  it.each<[string, Answers]>([
    ["opioid use after abstinence", { "opioid-use": true }],
    ["use on 4 days", { "use-days": 4 }],
    ["key medication stopped or run out", { "key-medication-stopped": true }],
    ["nowhere to sleep", { "nowhere-to-sleep": true }],
    ["the wish for a call", { "wants-call": true }],
  ])("asks for a call on the same day: %s", (_what, answers) => {
    expect(action(answers)).toBe("same-day-call");
  });

  it.each<[string, Answers]>([
    ["use on 1 day", { "use-days": 1 }],
    ["use on 3 days", { "use-days": 3 }],
    ["craving of 3", { craving: 3 }],
    ["confidence of 1", { confidence: 1 }],
    ["confidence of 0", { confidence: 0 }],
    ["PHQ-2 of 3", { "phq2-1": 1, "phq2-2": 2 }],
    ["other medication stopped", { "other-medication-stopped": true }],
    ["a missed follow-up visit", { "follow-up-attended": false }],
    ["loss of job or housing", { "housing-or-work-lost": true }],
  ])("asks for a call within 48 hours: %s", (_what, answers) => {
    expect(action(answers)).toBe("call-within-48-hours");
  });

  it.each<[string, Answers]>([
    ["craving of 2", { craving: 2 }],
    ["confidence of 2", { confidence: 2 }],
    ["PHQ-2 of 2", { "phq2-1": 1, "phq2-2": 1 }],
    ["GAD-2 of 6", { "gad2-1": 3, "gad2-2": 3 }],
  ])("asks for nothing yet: %s", (_what, answers) => {
    expect(action(answers)).toBe("none");
  });

  it("never adds risks up: the highest action of any one answer is the action of all", () => {
    const answers = fc.record({
      "use-days": fc.integer({ min: 0, max: 7 }),
      craving: fc.integer({ min: 0, max: 4 }),
      confidence: fc.integer({ min: 0, max: 4 }),
      "opioid-use": fc.boolean(),
      "nowhere-to-sleep": fc.boolean(),
      "follow-up-attended": fc.boolean(),
      "wants-call": fc.boolean(),
    });
    const rank = ["none", "call-within-48-hours", "same-day-call"];
    fc.assert(
      fc.property(answers, (given) => {
        const alone = Object.entries(given).map(([id, value]) =>
          rank.indexOf(action({ [id]: value })),
        );
        expect(rank.indexOf(action(given))).toBe(Math.max(...alone));
        const { reasons } = weighAnswers(rules, { ...well, ...given });
        expect(reasons.length > 0).toBe(action(given) !== "none");
      }),
    );
  });
});
