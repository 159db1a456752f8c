import { describe, expect, it } from "vitest";
import type { ScoreEntry } from "../../../shared/care/episode/episode.ts";
import {
  changeWords,
  judgeChange,
  progressRulesOf,
} from "../../../shared/questions/score-change.ts";
import { shippedProgram } from "../../builders/program-files.ts";

const { instruments, program } = shippedProgram();
const rules = progressRulesOf(program);
const where = { timeZone: "America/New_York" };
const admittedOn = "2027-01-18";

function score(on: string, total: number, instrumentId = "phq-9"): ScoreEntry {
  const scoredAt = `${on}T17:00:00.000Z`;
  return { instrumentId, scoredAt, total, band: "", positive: total >= 10, occasion: on };
}

function judge(scores: readonly ScoreEntry[], week = 1, instrumentId = "phq-9") {
  const instrument = instruments[instrumentId];
  if (instrument === undefined) throw new Error(`${instrumentId} is not shipped`);
  const change = judgeChange({ scores, admittedOn, week }, instrument, rules, where);
  if (change === undefined) throw new Error("There is no score");
  return { ...change, words: changeWords(change, instrument, rules) };
}

const at = (from: number, to: number, week = 1, instrumentId = "phq-9") =>
  judge(
    [score("2027-01-15", from, instrumentId), score("2027-02-12", to, instrumentId)],
    week,
    instrumentId,
  );

describe("the baseline", () => {
  it("is the last score of the fortnight before the admission", () => {
    const scores = [score("2027-01-05", 21), score("2027-01-17", 16), score("2027-02-01", 9)];
    expect(judge(scores).baseline.total).toBe(16);
  });

  it("is the first one in the program where the older one is too old", () => {
    const scores = [score("2027-01-03", 21), score("2027-01-20", 14), score("2027-02-01", 9)];
    expect(judge(scores).baseline.total).toBe(14);
  });

  it("counts on the fourteenth day, and not on the fifteenth", () => {
    expect(judge([score("2027-01-04", 21), score("2027-01-20", 14)]).baseline.total).toBe(21);
    expect(judge([score("2027-01-03", 21), score("2027-01-20", 14)]).baseline.total).toBe(14);
  });

  it("alone is said to be alone", () => {
    expect(judge([score("2027-01-15", 16)]).words).toEqual([
      "PHQ-9 16 at baseline (2027-01-15), not measured again since.",
    ]);
  });
});

describe("what has changed, at every edge", () => {
  it.each([
    [16, 8, true],
    [16, 9, false],
    [15, 8, false],
    [15, 7, true],
  ])("from %i to %i: response %s", (from, to, isResponse) => {
    expect(at(from, to).isResponse).toBe(isResponse);
  });

  it.each([
    [16, 4, true],
    [16, 5, false],
    // Who was below the cut-off had nothing to remit.
    [9, 2, false],
    [10, 4, true],
  ])("from %i to %i: remission %s", (from, to, isRemission) => {
    expect(at(from, to).isRemission).toBe(isRemission);
  });

  it.each([
    ["phq-9", 14, 8, true, false],
    ["phq-9", 14, 9, false, false],
    ["phq-9", 14, 20, false, true],
    ["phq-9", 14, 19, false, false],
    ["gad-7", 12, 8, true, false],
    ["gad-7", 12, 9, false, false],
    ["gad-7", 12, 16, false, true],
    ["gad-7", 12, 15, false, false],
  ])("%s from %i to %i: better %s, worse %s", (instrumentId, from, to, better, worse) => {
    const change = at(from, to, 1, instrumentId);
    expect([change.isReliableImprovement, change.isDeterioration]).toEqual([better, worse]);
  });

  it.each([
    [15, 12, 4, false],
    [15, 13, 4, true],
    [15, 13, 3, false],
    [15, 15, 6, true],
    // Below the cut-off at the beginning: nothing to fall by a fifth.
    [8, 8, 4, false],
    // Worse is not on track in any week.
    [8, 14, 1, true],
  ])("from %i to %i in week %i: not on track %s", (from, to, week, isNotOnTrack) => {
    expect(at(from, to, week).isNotOnTrack).toBe(isNotOnTrack);
  });

  it("is not on track where nobody measured again by week 4", () => {
    const change = judge([score("2027-01-15", 16)], 4);
    expect(change.isNotOnTrack).toBe(true);
    expect(change.words.at(-1)).toContain("measure it");
  });

  it("is said in words", () => {
    expect(at(16, 4, 4).words).toEqual([
      "PHQ-9 16 at baseline (2027-01-15), 4 now (2027-02-12): 12 points lower (75 %).",
      "Remission: below 5.",
      "Response: 50 % lower or more.",
      "Reliable improvement: 6 points or more lower.",
    ]);
    expect(at(12, 18, 4).words).toEqual([
      "PHQ-9 12 at baseline (2027-01-15), 18 now (2027-02-12): 6 points higher (50 %).",
      "Deterioration: 6 points or more higher.",
    ]);
  });
});
