import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import { noteLastContact } from "../../shared/care/change/last-contact.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { recordNote } from "../../shared/care/safety/record-note.ts";
import { actingStaff, refuseEnded } from "../../shared/care/tasks/refuse.ts";
import { checkInSk, moveNextContact } from "../../shared/messages/plan-check-in.ts";
import { recordCheckInAnswers } from "../../shared/questions/answer-check-in.ts";
import type { Answers } from "../../shared/questions/question.ts";
import type { measureModes } from "../../shared/questions/record-measure.ts";

export type CheckInByStaff = {
  /** Counts the person's contacts after the discharge, from 1. */
  readonly number: number;
  /** By question; what was not asked is left out. */
  readonly answers: Answers;
  /** How it was asked. */
  readonly mode: (typeof measureModes)[number];
  /** What else was said or stands on the paper, in the person's words. */
  readonly note?: string | undefined;
  /** Whether whoever writes it down is worried about the person's safety now. */
  readonly safetyConcern?: boolean | undefined;
};

/**
 * Records the answers to a check-in that came on paper or in a talk, without a task of a call: of one that is open, or
 * of one that was missed. They ask for whatever the same answers by link would ask for, and a ladder about a check-in
 * that was missed ends.
 *
 * @param state - with the check-in among its items, also where it was missed
 */
export function recordCheckIn(
  state: OpenState,
  { number, answers, mode, note, safetyConcern }: CheckInByStaff,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const ended = refuseEnded(state.episode);
  if (ended !== undefined) return ended;
  const draft = new Draft(state, ctx);
  const recorded = recordCheckInAnswers(draft, ctx, {
    checkInSk: checkInSk(number),
    answers,
    submissionKey: `staff-${ctx.newId()}`,
  });
  if (isRefusal(recorded)) return recorded;
  // A late answer moves what was planned meanwhile.
  moveNextContact(draft, ctx);
  if (mode === "paper") noteLastContact(draft, "answered");
  else noteLastContact(draft, "spoke", { by: staff.staffId });
  recordNote(draft, ctx, { note, safetyConcern }, `check-in-${number}`);
  return draft.finish("check-in-answered", {
    number,
    mode,
    action: recorded.action,
    isSafetyPositive: recorded.isSafetyPositive,
  });
}
