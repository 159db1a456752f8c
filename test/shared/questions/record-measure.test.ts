import { describe, expect, it } from "vitest";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import { recordMeasure } from "../../../shared/questions/record-measure.ts";
import { buildAnswers } from "../../builders/instruments.ts";
import { shippedProgram } from "../../builders/program-files.ts";
import { buildContext, buildEpisode, buildState, caseManager } from "../../builders/state.ts";
import { carriedOut, changeOf, itemsOf, refusalOf } from "../../builders/steps.ts";

const ctx = buildContext({ actor: caseManager });
const request: EpisodeItem = {
  kind: "form",
  sk: "FORM#w3",
  version: 1,
  formId: "01JHFORM0000000000000000F1",
  occasion: "w3",
  instruments: ["phq-9"],
  status: "asked",
  askedAt: "2027-01-11T14:00:00.000Z",
  endsAt: "2027-01-18T05:00:00.000Z",
  answers: {},
  submissions: [],
};
const entered = (safety = 0) => ({
  instrumentId: "phq-9",
  answers: buildAnswers("phq-9", 1, safety),
  mode: "phone" as const,
});
const inProgram = (items: readonly EpisodeItem[] = []) =>
  buildState(buildEpisode({ status: "active", week: 3 }), items);

describe("answers that staff enter", () => {
  it("answer the request that is open for them", () => {
    const state = inProgram([request]);
    const change = changeOf(recordMeasure(state, entered(), ctx));
    expect(change.audit.facts).toMatchObject({
      instrumentId: "phq-9",
      mode: "phone",
      occasion: "w3",
    });
    const after = carriedOut(state, change);
    expect(after.episode.scores).toMatchObject([{ instrumentId: "phq-9", occasion: "w3" }]);
    expect(itemsOf(after, "form").every(({ status }) => status === "answered")).toBe(true);
  });

  it("stand for themselves where nothing was asked, or the time was over", () => {
    const over = { ...request, endsAt: "2027-01-11T15:00:00.000Z" } as EpisodeItem;
    for (const items of [[], [over]]) {
      const state = inProgram(items);
      const { scores } = carriedOut(state, recordMeasure(state, entered(), ctx)).episode;
      expect(scores).toMatchObject([{ occasion: expect.stringMatching(/^staff-/) }]);
    }
  });

  it("belong to the screen that asks them, where one does: there what follows is opened", () => {
    const { program, instruments } = shippedProgram();
    const shipped = { ...program, version: 1, contentHash: "shipped" };
    const answers = Object.fromEntries(
      (instruments.asq?.items ?? []).map(({ itemId }) => [itemId, 1]),
    );
    const refusal = refusalOf(
      recordMeasure(
        inProgram(),
        { instrumentId: "asq", answers, mode: "in-person" },
        buildContext({ ...ctx, program: shipped, instruments }),
      ),
    );
    expect(refusal.sentence).toContain('asked under "Suicide screen"');
  });

  it("raise what the same answers by link would raise", () => {
    const state = inProgram([request]);
    expect(
      itemsOf(carriedOut(state, recordMeasure(state, entered(3), ctx)), "escalation"),
    ).toHaveLength(1);
  });

  it("are refused whole where one is missing, unknown, or nothing is measured any more", () => {
    const { "phq9-1": _first, ...rest } = entered().answers;
    const sentenceOf = (
      state = inProgram(),
      body: Parameters<typeof recordMeasure>[1] = entered(),
    ) => refusalOf(recordMeasure(state, body, ctx)).sentence;
    expect(sentenceOf(inProgram(), { ...entered(), answers: rest })).toBe(
      "Enter an answer to every question that must be answered.",
    );
    expect(sentenceOf(inProgram(), { ...entered(), instrumentId: "toString" })).toBe(
      "These questions are not part of the program.",
    );
    expect(sentenceOf(buildState(buildEpisode({ status: "closed" })))).toContain("has ended");
    expect(refusalOf(recordMeasure(inProgram(), entered(), buildContext())).refused).toBe(
      "not-allowed",
    );
  });
});
