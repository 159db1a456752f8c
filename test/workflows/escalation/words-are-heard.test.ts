import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { Actor } from "../../../shared/care/episode/actor.ts";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import { logContact } from "../../../shared/care/pathway/log-contact.ts";
import { lockingAlerts } from "../../../shared/care/safety/safety-lock.ts";
import { applyDeferred } from "../../../shared/messages/apply-deferred.ts";
import { checkInSk } from "../../../shared/messages/plan-check-in.ts";
import { sendAnswers } from "../../../shared/questions/answer-questions.ts";
import { closeEscalation } from "../../../workflows/escalation/close-escalation.ts";
import { recordContact } from "../../../workflows/escalation/record-contact.ts";
import { answer, opened } from "../../builders/aftercare.ts";
import { inProgram } from "../../builders/complete.ts";
import { buildContext, buildState, caseManager, clinician, putsOf } from "../../builders/state.ts";
import {
  carriedOut,
  changeOf,
  itemsOf,
  openTaskOf,
  openTasks,
  refusalOf,
} from "../../builders/steps.ts";

/** Somebody whose text matched words of crisis. */
function matched() {
  const state = buildState(inProgram);
  const command = {
    type: "crisis-words",
    source: "text",
    rule: "crisis-words.en.1",
    noteId: "note-1",
  } as const;
  return carriedOut(state, applyDeferred(state, command, buildContext()));
}

const escalationSk = "ESC#note-1#crisis-words.en.1";
const as = (actor: Actor) => buildContext({ actor });

describe("a match of words", () => {
  it("locks once a clinician has read it and found danger, and by nobody else's word", () => {
    const state = matched();
    expect(lockingAlerts(state)).toEqual([]);
    const input = { escalationSk, outcome: "not-reached", confirmed: true } as const;
    expect(refusalOf(recordContact(state, input, as(caseManager))).refused).toBe("not-allowed");
    const confirmed = carriedOut(state, recordContact(state, input, as(clinician)));
    expect(lockingAlerts(confirmed)).toHaveLength(1);
    expect(itemsOf(confirmed, "escalation")).toMatchObject([{ status: "open", confirmed: true }]);
  });

  it("is dismissed by a clinician who finds no danger in it, without a call about it", () => {
    const state = matched();
    const input = { escalationSk, outcome: "no-danger", reason: "Speaks of a film." };
    expect(refusalOf(closeEscalation(state, input, as(caseManager))).sentence).toContain(
      "by a clinician",
    );
    const closed = changeOf(closeEscalation(state, input, as(clinician)));
    expect(putsOf(closed)[escalationSk]).toMatchObject({ status: "closed" });
    expect(closed.episode.openEscalations).toEqual([]);
    expect(openTasks(carriedOut(state, closed))).toEqual([]);
  });

  it("that a clinician has confirmed is not dismissed without contact any more", () => {
    const state = matched();
    const contact = { escalationSk, outcome: "not-reached", confirmed: true } as const;
    const confirmed = carriedOut(state, recordContact(state, contact, as(clinician)));
    const close = { escalationSk, outcome: "no-danger", reason: "Speaks of a film." };
    expect(refusalOf(closeEscalation(confirmed, close, as(clinician))).sentence).toContain(
      "Record contact",
    );
  });
});

describe("words of crisis in a note of staff", () => {
  const danger = "They say that they want to die.";
  const denied = "Denies that they want to die.";
  const write = (more: { readonly safetyConcern?: boolean }, note = danger) => {
    const state = buildState(inProgram);
    return carriedOut(
      state,
      logContact(state, { channel: "phone", outcome: "reached", note, ...more }, as(caseManager)),
    );
  };

  it("page where the writer was not asked about safety", () => {
    expect(itemsOf(write({}), "escalation")).toMatchObject([{ tier: "RED", confirmed: false }]);
  });

  it.each([
    ["the writer answered that there is no concern", { safetyConcern: false }, danger],
    ["the note denies them", {}, denied],
    ["the note denies them and there is no concern", { safetyConcern: false }, denied],
  ])("are read by a clinician, and nobody is rung, where %s", (_where, more, note) => {
    const state = write(more, note);
    expect(itemsOf(state, "escalation")).toEqual([]);
    expect(openTaskOf(state, "clinician-review")).toMatchObject({
      priority: "safety",
      assignedFunction: "clinician",
      about: { type: "note" },
    });
  });
});

describe("words written with a check-in", () => {
  const danger = "some days I want to die";
  const late = buildContext({
    now: "2027-01-19T17:00:00.000Z",
    actor: { kind: "participant", participantId: "p" },
  });

  it("can be read where they raised the alert", () => {
    const { state } = answer(opened(), { words: danger });
    const [alert] = itemsOf(state, "escalation");
    expect(alert?.trigger.about).toBe(openTaskOf(state, "inbound-reply").about?.id);
  });

  it("are heard although staff had answered the check-in on the phone meanwhile", () => {
    const { state, change } = answer(opened(), {}, { actor: caseManager });
    const checkIn = putsOf(change)[checkInSk(2)] as CheckIn;
    const items = new Map([...state.items, [checkIn.sk, checkIn] as const]);
    const input = { itemSk: checkIn.sk, words: danger, submissionKey: "two" };
    const heard = sendAnswers({ ...state, items }, late, input);
    if (isRefusal(heard)) throw new Error(heard.sentence);
    expect(heard.isSafetyPositive).toBe(true);
    const after = carriedOut({ ...state, items }, heard.change);
    expect(itemsOf(after, "escalation")).toMatchObject([{ tier: "RED", confirmed: false }]);
    expect(heard.change?.identityPuts).toMatchObject([{ attributes: { text: danger } }]);
    expect(sendAnswers(after, late, input)).not.toHaveProperty("change");
  });
});
