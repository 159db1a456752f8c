import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../../shared/care/change/change.ts";
import type { Episode } from "../../../../shared/care/episode/episode.ts";
import { type PayerRequest, recordPayer } from "../../../../shared/care/pathway/record-payer.ts";
import { ownPayerDays, payerOn } from "../../../../shared/care/sessions/payer-days.ts";
import { buildSession } from "../../../builders/attendance.ts";
import { shippedProgram } from "../../../builders/program-files.ts";
import {
  applyChange,
  buildContext,
  buildEpisode,
  buildState,
  caseManager,
  systemActor,
} from "../../../builders/state.ts";

const shipped = shippedProgram().program;
const hours = {
  ...shipped.weeklyHours,
  payers: [
    { payer: "medicaid", title: "Medicaid", payerDay: { minimumMinutes: 240 } },
    { payer: "self-pay", title: "The person without insurance" },
  ],
};
const program = { ...shipped, version: 1, contentHash: "shipped", weeklyHours: hours };
const ctx = buildContext({ now: "2027-01-20T16:00:00.000Z", program, actor: caseManager });
const because = "Card seen";
const began = buildEpisode({ createdAt: "2027-01-05T14:00:00.000Z" });

function say(
  episode: Episode,
  request: Omit<PayerRequest, "reason">,
  by = ctx,
): Episode | { readonly refused: string } {
  const change = recordPayer(buildState(episode), { ...request, reason: because }, by);
  return isRefusal(change)
    ? { refused: change.sentence }
    : applyChange(buildState(episode), change).episode;
}

function said(episode: Episode, request: Omit<PayerRequest, "reason">): Episode {
  const after = say(episode, request);
  if ("refused" in after) throw new Error(after.refused);
  return after;
}

const titleOn = (episode: Episode, on: string) => {
  const own = payerOn(hours, episode, on);
  return typeof own === "object" ? own.title : own;
};

describe("who pays for somebody", () => {
  it("is nobody of the list until somebody says so, and then from the beginning", () => {
    expect(titleOn(began, "2027-01-11")).toBeUndefined();
    const after = said(began, { payer: "medicaid" });
    expect(after.payers).toEqual([{ payer: "medicaid", from: "2027-01-05" }]);
    expect(titleOn(after, "2027-01-11")).toBe("Medicaid");
  });

  it("changes from a day on, and what was before stays as it was", () => {
    const lost = said(said(began, { payer: "medicaid" }), {
      payer: "self-pay",
      from: "2027-01-18",
    });
    expect(titleOn(lost, "2027-01-17")).toBe("Medicaid");
    expect(titleOn(lost, "2027-01-18")).toBe("The person without insurance");
    const none = said(lost, { payer: null, from: "2027-01-25" });
    expect(titleOn(none, "2027-01-25")).toBeUndefined();
    // What is said of the whole time stands alone.
    expect(said(none, { payer: "self-pay" }).payers).toEqual([
      { payer: "self-pay", from: "2027-01-05" },
    ]);
  });

  it("stands in the audit trail with its title and its day, and with why", () => {
    const change = recordPayer(
      buildState(began),
      { payer: "medicaid", from: "2027-01-18", reason: because },
      ctx,
    );
    expect(change).toMatchObject({
      audit: {
        action: "payer-recorded",
        facts: { payer: "medicaid", title: "Medicaid", from: "2027-01-18" },
      },
    });
  });

  it("is refused in words where it cannot be so", () => {
    const refused = (request: Omit<PayerRequest, "reason">, episode = began, by = ctx) =>
      say(episode, request, by);
    expect(refused({ payer: "medicare" })).toEqual({
      refused:
        "There is no such payer in this program. Choose one of: Medicaid, The person without insurance.",
    });
    const { payers: _payers, ...without } = hours;
    const oneRule = buildContext({ ...ctx, program: { ...program, weeklyHours: without } });
    expect(refused({ payer: "medicaid" }, began, oneRule)).toEqual({
      refused: "This program names no payers: the same rule counts for everybody.",
    });
    const outside = {
      refused:
        "The first day is from 2027-01-05 on, when the record began, and a year ahead at most.",
    };
    expect(refused({ payer: "medicaid", from: "2027-01-04" })).toEqual(outside);
    expect(refused({ payer: "medicaid", from: "2028-02-01" })).toEqual(outside);
    const soAlready = { refused: "It is written down so from that day on already." };
    expect(refused({ payer: "medicaid" }, said(began, { payer: "medicaid" }))).toEqual(soAlready);
    expect(refused({ payer: null })).toEqual(soAlready);
    expect(refused({ payer: "medicaid" }, began, { ...ctx, actor: systemActor })).toEqual({
      refused: "Only a member of staff can do this.",
    });
  });

  it("decides by which rule each day counts", () => {
    const day = (on: string) =>
      buildSession({
        on,
        sk: `SESSION#${on}#mon-group`,
        status: "closed",
        attendance: {
          status: "present",
          attendedMinutes: 180,
          recordedBy: "casey",
          recordedAt: "2027-01-20T16:00:00.000Z",
          corrections: 0,
        },
      });
    const days = [day("2027-01-11"), day("2027-01-18"), day("2027-01-25")];
    const episode = said(said(began, { payer: "medicaid", from: "2027-01-18" }), {
      payer: "self-pay",
      from: "2027-01-25",
    });
    expect(ownPayerDays(hours, episode, days)).toEqual([
      { on: "2027-01-11", minutes: 180, paidMinutes: 180, state: "counts", isByDay: true },
      {
        ...{ on: "2027-01-18", minutes: 180, paidMinutes: 0, state: "does-not-count" },
        ...{ why: "60 min short of 4 h", payer: "Medicaid", isByDay: true },
      },
      {
        ...{ on: "2027-01-25", minutes: 180, paidMinutes: 180, state: "counts" },
        ...{ payer: "The person without insurance", isByDay: false },
      },
    ]);
    // A version of the program that names the payer no more: the usual rule counts, and the payer is still said.
    const { payers: _payers, ...without } = hours;
    expect(payerOn(without, episode, "2027-01-18")).toBe("medicaid");
    expect(ownPayerDays(without, episode, days)[1]).toMatchObject({ state: "counts" });
  });
});
