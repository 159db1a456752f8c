import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import type { EpisodeItem, OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { FormRequest } from "../../../shared/care/episode/form-request.ts";
import {
  makeTabletCode,
  openOnTablet,
  readTabletCode,
  standingTabletCode,
  useTabletCode,
} from "../../../shared/questions/tablet-code.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  caseManager,
  tuesdayMorning,
} from "../../builders/state.ts";
import { carriedOut, refusalOf } from "../../builders/steps.ts";

const ctx = buildContext({ actor: caseManager });
const form: FormRequest = {
  kind: "form",
  sk: "FORM#w3",
  version: 1,
  formId: "01JHFORM0000000000000000F1",
  occasion: "w3",
  instruments: ["gad-2"],
  status: "asked",
  askedAt: "2027-01-11T14:00:00.000Z",
  endsAt: "2027-01-18T05:00:00.000Z",
  answers: {},
  submissions: [],
};
const checkIn: CheckIn = {
  kind: "check-in",
  sk: "CHECKIN#2",
  version: 1,
  checkInId: "01JHCHECK000000000000000C2",
  number: 2,
  checkInKind: "check-in",
  status: "open",
  dueAt: tuesdayMorning,
  openedAt: tuesdayMorning,
  answers: {},
  reasons: [],
  submissions: [],
};
const inProgram = (...items: readonly EpisodeItem[]) =>
  buildState(buildEpisode({ status: "active", week: 3 }), items);

function made(state: OpenState, id: string, at: DecisionContext = ctx) {
  const decided = makeTabletCode(state, { id }, at);
  if (isRefusal(decided)) throw new Error(decided.sentence);
  return { ...decided, after: carriedOut(state, decided.change) };
}
const notMade = (decided: ReturnType<typeof makeTabletCode>) => {
  if (!isRefusal(decided)) throw new Error("A code was made");
  return decided;
};
const codeOf = (state: OpenState, sk: string) => {
  const item = state.items.get(sk);
  return item?.kind === "form" || item?.kind === "check-in" ? item.tablet : undefined;
};

describe("a code for the clinic tablet", () => {
  it("opens one form within a quarter of an hour, and its pages for an hour after", () => {
    const { change, linkId, after } = made(inProgram(form, checkIn), form.formId);
    expect(codeOf(after, form.sk)).toEqual({ linkId, until: "2027-01-12T16:15:00.000Z" });
    expect(codeOf(after, checkIn.sk)).toBeUndefined();
    expect(change.projections).toEqual([
      {
        kind: "link",
        linkId,
        purpose: "forms",
        itemSk: form.sk,
        opensAt: tuesdayMorning,
        endsAt: "2027-01-12T17:15:00.000Z",
        isOnTablet: true,
      },
    ]);
    expect(change.audit).toMatchObject({
      action: "tablet-code-made",
      actor: caseManager,
      facts: { formId: form.formId, occasion: "w3" },
    });
  });

  it("opens a check-in, and no longer than that counts", () => {
    const soon = { ...checkIn, endsAt: "2027-01-12T16:30:00.000Z" };
    const { change } = made(inProgram(soon), checkIn.checkInId);
    expect(change.projections).toMatchObject([{ purpose: "check-in", endsAt: soon.endsAt }]);
    expect(change.audit.facts).toEqual({ number: 2 });
  });

  it("is taken once, and before its time is over", () => {
    const { after, linkId } = made(inProgram(form), form.formId);
    const use = { itemSk: form.sk, linkId };
    const late = buildContext({ now: "2027-01-12T16:15:00.000Z" });
    expect(refusalOf(useTabletCode(after, use, late)).refused).toBe("not-now");
    const used = carriedOut(after, useTabletCode(after, use, ctx));
    expect(codeOf(used, form.sk)).toMatchObject({ linkId, usedAt: tuesdayMorning });
    expect(standingTabletCode({ tablet: codeOf(used, form.sk) ?? never() }, ctx.now)).toBe(
      undefined,
    );
    expect(refusalOf(useTabletCode(used, use, ctx)).refused).toBe("not-now");
    expect(refusalOf(useTabletCode(used, { ...use, itemSk: "TASK#x" }, ctx)).refused).toBe(
      "not-now",
    );
  });

  it("ends with the next one", () => {
    const first = made(inProgram(form), form.formId);
    const second = made(first.after, form.formId);
    const use = (linkId: string) => useTabletCode(second.after, { itemSk: form.sk, linkId }, ctx);
    expect(refusalOf(use(first.linkId)).refused).toBe("not-now");
    expect(isRefusal(use(second.linkId))).toBe(false);
  });

  it.each([
    ["was answered", { ...form, status: "answered" }],
    ["has ended", { ...form, endsAt: tuesdayMorning }],
    ["does not begin yet", { ...form, askedAt: "2027-01-13T14:00:00.000Z" }],
    ["is a call by staff", { ...checkIn, checkInKind: "staff-call" }],
    ["is planned", { ...checkIn, status: "planned" }],
  ] as const)("is not made for what %s", (_why, item) => {
    const id = item.kind === "form" ? item.formId : item.checkInId;
    expect(openOnTablet([item], ctx.now)).toEqual([]);
    expect(notMade(makeTabletCode(inProgram(item), { id }, ctx)).sentence).toContain(
      "nothing to fill in here now",
    );
  });

  it("is made by staff alone, and for nobody whose care has ended", () => {
    const input = { id: form.formId };
    expect(notMade(makeTabletCode(inProgram(form), input, buildContext())).refused).toBe(
      "not-allowed",
    );
    const ended = buildState(buildEpisode({ status: "withdrawn" }), [form]);
    expect(notMade(makeTabletCode(ended, input, ctx)).sentence).toContain("has ended");
  });

  it("is not made for questions that nobody published in the person's language", () => {
    const state = buildState(buildEpisode({ status: "active", language: "vi-VN" }), [form]);
    expect(notMade(makeTabletCode(state, { id: form.formId }, ctx)).sentence).toContain(
      "qualified interpreter",
    );
  });

  it("is not made for a safety question while nobody could answer what it raises", () => {
    const asks = inProgram({ ...form, instruments: ["phq-9"] });
    const { onCall: _onCall, ...site } = { onCall: undefined, ...ctx.site };
    const atNight = { now: "2027-01-13T04:00:00.000Z", actor: caseManager };
    const alone = buildContext({ ...atNight, site: { ...site, rota: [] } });
    expect(notMade(makeTabletCode(asks, { id: form.formId }, alone)).sentence).toContain(
      "nobody is on call",
    );
    expect(made(asks, form.formId).linkId).not.toBe("");
  });
});

describe("a code as it is typed", () => {
  it.each([
    ["k7rm-02xq", "K7RM02XQ"],
    [" K7RM 02XQ ", "K7RM02XQ"],
    ["K7RMO2XQ", "K7RM02XQ"],
    ["ILRM02XQ", "11RM02XQ"],
  ])("%s is read", (typed, code) => {
    expect(readTabletCode(typed)).toBe(code);
  });
  it.each(["", "K7RM02X", "K7RM02XQ9", "K7RM02XU", "K7RM_2XQ"])("%s is no code", (typed) => {
    expect(readTabletCode(typed)).toBeUndefined();
  });
});

function never(): never {
  throw new Error("There is no code on the form");
}
