import { describe, expect, it } from "vitest";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { proposeAdmission } from "../../../workflows/intake/suitability.ts";
import { buildContext, buildEpisode } from "../../builders/state.ts";

const answered = ["phq-9", "gad-7"];
const scored = (...totals: readonly number[]): Episode["scores"] =>
  totals.map((total, index) => ({
    instrumentId: "phq-9",
    scoredAt: `2027-01-1${index}T16:00:00.000Z`,
    total,
    band: "as scored",
    positive: total >= 10,
    occasion: `intake-${index}`,
  }));
const proposed = (
  totals: readonly number[],
  facts: Partial<Episode["facts"]> = {},
  // The evening of the 11th at the site, and the 12th in UTC.
  now = "2027-01-12T02:00:00.000Z",
) =>
  proposeAdmission(
    buildEpisode({
      status: "assessed",
      scores: scored(...totals),
      facts: { under18: false, answeredInstruments: answered, ...facts },
    }),
    buildContext({ now }),
  );

describe("what is proposed for an admission", () => {
  it("rests on the latest score, not on the first one", () => {
    expect(proposed([22, 12]).proposal).toBe("suitable");
    expect(proposed([12, 22]).proposal).toBe("refer-up");
    expect(proposed([12, 3]).proposal).toBe("refer-down");
  });

  it.each([
    [20, "refer-up"],
    [19, "suitable"],
    [10, "suitable"],
    [4, "refer-down"],
  ] as const)("is by a PHQ-9 of %i: %s", (total, proposal) => {
    expect(proposed([total]).proposal).toBe(proposal);
  });

  it("is a clinician's where no rule speaks, and says so", () => {
    expect(proposed([7])).toMatchObject({
      proposal: "clinician-decides",
      words: ["No rule of the program speaks for or against it."],
      rules: [],
    });
  });

  it.each([
    ["2026-12-12", "clinician-decides"],
    ["2026-12-11", "refer-down"],
  ])(
    "is no less care within thirty days of higher care, counted at the site: left on %s",
    (recentHigherCareOn, proposal) => {
      expect(proposed([3], { recentHigherCareOn }).proposal).toBe(proposal);
    },
  );

  it("waits for what is not answered, except that more care is proposed at once", () => {
    const missing = { answeredInstruments: ["phq-9"] };
    expect(proposed([12], missing)).toMatchObject({
      proposal: "clinician-decides",
      words: expect.arrayContaining(["Not answered yet: gad-7."]),
    });
    expect(proposed([22], missing).proposal).toBe("refer-up");
    expect(proposed([3], missing).proposal).toBe("clinician-decides");
  });

  it("is the most careful of what the rules say, which are told first", () => {
    const both = proposed([22], { under18: true });
    expect(both.proposal).toBe("refer-up");
    expect(both.rules).toEqual(["severe-score", "under-18", "positive-score"]);
    expect(both.words[0]).toBe("PHQ-9 is 20 or more.");
  });
});
