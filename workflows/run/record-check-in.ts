import { isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import { answerCheckIn } from "../../shared/questions/answer-check-in.ts";
import {
  keepLateWords,
  type LateCheckIn,
  raiseForLateCheckInAnswer,
} from "../../shared/questions/late-check-in.ts";
import { saveCheckInAnswer } from "../../shared/questions/save-check-in-answer.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { type Decided, decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import type { Link } from "../../shared/store/find-link.ts";

export type RecordedCheckIn = { readonly isSafetyPositive: boolean };

/** Saves one answer of a check-in from the pages, at most once per submission key. */
export async function recordCheckInAnswer(
  deps: CareDeps,
  link: Link,
  input: {
    readonly id: string;
    readonly value: number | boolean;
    readonly submissionKey: string;
  },
): Promise<RecordedCheckIn | Refusal> {
  const outcome = await decideAndCommit(deps, {
    episodeId: link.episodeId,
    commandId: `check-in/${link.itemSk}/${input.id}/${input.value}/${input.submissionKey}`,
    actor: actorOf(link),
    alsoLoad: [link.itemSk],
    decide: (state, ctx) => {
      const saved = saveCheckInAnswer(state, ctx, { ...input, checkInSk: link.itemSk });
      if (isRefusal(saved)) {
        const late = raiseForLateCheckInAnswer(state, ctx, { ...input, checkInSk: link.itemSk });
        return heardLate(saved, late);
      }
      const answer = String(saved.isSafetyPositive);
      return saved.change === undefined ? { answer } : { change: saved.change, answer };
    },
  });
  if (outcome.refusal !== undefined) return outcome.refusal;
  return { isSafetyPositive: outcome.answer === "true" };
}

/** Sends a check-in with the answers saved so far. Sending it again is told the same. */
export async function sendCheckIn(
  deps: CareDeps,
  link: Link,
  input: { readonly words?: string; readonly submissionKey: string },
): Promise<RecordedCheckIn | Refusal> {
  const outcome = await decideAndCommit(deps, {
    episodeId: link.episodeId,
    commandId: `check-in/${link.itemSk}/send/${input.submissionKey}`,
    actor: actorOf(link),
    alsoLoad: [link.itemSk],
    decide: (state, ctx) => {
      const checkIn = state.items.get(link.itemSk);
      const answers = checkIn?.kind === "check-in" ? checkIn.answers : {};
      const change = answerCheckIn(state, ctx, { ...input, checkInSk: link.itemSk, answers });
      if (isRefusal(change)) {
        const words = input.words ?? "";
        return heardLate(
          change,
          keepLateWords(state, ctx, { ...input, words, checkInSk: link.itemSk }),
        );
      }
      return { change, answer: String(change.audit.facts.isSafetyPositive === true) };
    },
  });
  if (outcome.refusal?.refused === "already-decided") return { isSafetyPositive: false };
  if (outcome.refusal !== undefined) return outcome.refusal;
  return { isSafetyPositive: outcome.answer === "true" };
}

/** What was answered stays as it is; what speaks of danger, and what was written, is heard all the same. */
function heardLate(refusal: Refusal, { isSafetyPositive, change }: LateCheckIn): Decided | Refusal {
  if (change === undefined) return isSafetyPositive ? { answer: "true" } : refusal;
  return { change, answer: String(isSafetyPositive) };
}

function actorOf(link: Link) {
  return { kind: "participant", participantId: link.participantId } as const;
}
