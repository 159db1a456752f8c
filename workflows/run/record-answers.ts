import { isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import {
  type AnswerToSave,
  type Heard,
  saveAnswer,
  sendAnswers,
} from "../../shared/questions/answer-questions.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { type Decided, decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import type { Link } from "../../shared/store/find-link.ts";

export type RecordedAnswer = {
  /** True when what came asks for the crisis page. */
  readonly isSafetyPositive: boolean;
};

/** Saves one answer from the pages, at most once per submission key, with the alert it may raise. */
export async function recordAnswer(
  deps: CareDeps,
  link: Link,
  input: Omit<AnswerToSave, "itemSk">,
): Promise<RecordedAnswer | Refusal> {
  const outcome = await decideAndCommit(deps, {
    episodeId: link.episodeId,
    commandId: `${link.purpose}/${link.itemSk}/${input.id}/${input.value}/${input.submissionKey}`,
    actor: actorOf(link),
    alsoLoad: [link.itemSk],
    decide: (state, ctx) => decided(saveAnswer(state, ctx, { ...input, itemSk: link.itemSk })),
  });
  if (outcome.refusal !== undefined) return outcome.refusal;
  return { isSafetyPositive: outcome.answer === "true" };
}

/** Sends the answers saved so far, with what was written. Sending it again is told the same. */
export async function sendRecorded(
  deps: CareDeps,
  link: Link,
  input: { readonly words?: string; readonly submissionKey: string },
): Promise<RecordedAnswer | Refusal> {
  const outcome = await decideAndCommit(deps, {
    episodeId: link.episodeId,
    commandId: `${link.purpose}/${link.itemSk}/send/${input.submissionKey}`,
    actor: actorOf(link),
    alsoLoad: [link.itemSk],
    decide: (state, ctx) => decided(sendAnswers(state, ctx, { ...input, itemSk: link.itemSk })),
  });
  if (outcome.refusal?.refused === "already-decided") return { isSafetyPositive: false };
  if (outcome.refusal !== undefined) return outcome.refusal;
  return { isSafetyPositive: outcome.answer === "true" };
}

function decided(heard: Heard | Refusal): Decided | Refusal {
  if (isRefusal(heard)) return heard;
  const answer = String(heard.isSafetyPositive);
  return heard.change === undefined ? { answer } : { change: heard.change, answer };
}

function actorOf(link: Link) {
  return { kind: "participant", participantId: link.participantId } as const;
}
