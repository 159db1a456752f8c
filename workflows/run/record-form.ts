import { isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { FormRequest } from "../../shared/care/episode/form-request.ts";
import { type AnswerToSave, saveAnswer, submitForm } from "../../shared/questions/answer-form.ts";
import { reachedRules } from "../../shared/questions/raise-for-answers.ts";
import { raiseForLateAnswer } from "../../shared/questions/raise-late-answer.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { type Decided, decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import type { Link } from "../../shared/store/find-link.ts";
import { loadContext } from "../../shared/store/load-context.ts";
import { loadEpisode } from "../../shared/store/load-episode.ts";

/** A form with all that its pages show. */
export type OpenedForm = {
  readonly episode: Episode;
  readonly form: FormRequest;
  readonly ctx: DecisionContext;
};

/** The form behind a link as it stands, answered and ended ones too. */
export async function loadForm(deps: CareDeps, link: Link): Promise<OpenedForm | undefined> {
  const state = await loadEpisode(deps.store, link.episodeId, [link.itemSk]);
  const form = state?.items.get(link.itemSk);
  if (state === undefined || form?.kind !== "form") return undefined;
  const ctx = await loadContext(deps, state.episode, actorOf(link));
  return { episode: state.episode, form, ctx };
}

/**
 * Saves one answer from the pages, at most once per submission key, with the safety alert it may raise.
 * @returns whether the answer asks for the crisis page
 */
export async function recordFormAnswer(
  deps: CareDeps,
  link: Link,
  input: Omit<AnswerToSave, "formSk">,
): Promise<{ readonly isSafetyPositive: boolean } | Refusal> {
  const outcome = await decideAndCommit(deps, {
    episodeId: link.episodeId,
    commandId: `form/${link.itemSk}/${input.itemId}/${input.value}/${input.submissionKey}`,
    actor: actorOf(link),
    alsoLoad: [link.itemSk],
    decide: (state, ctx) => {
      const saved = saveAnswer(state, ctx, { ...input, formSk: link.itemSk });
      if (isRefusal(saved)) return late(state, ctx, saved, { ...input, formSk: link.itemSk });
      const answer = String(saved.isSafetyPositive);
      return saved.change === undefined ? { answer } : { change: saved.change, answer };
    },
  });
  if (outcome.refusal !== undefined) return outcome.refusal;
  return { isSafetyPositive: outcome.answer === "true" };
}

/** A form that was sent stays as it is; an answer of danger from a page still open is heard all the same. */
function late(
  state: OpenState,
  ctx: DecisionContext,
  refusal: Refusal,
  input: AnswerToSave,
): Decided | Refusal {
  if (refusal.refused !== "already-decided") return refusal;
  const { isSafetyPositive, change } = raiseForLateAnswer(state, ctx, input);
  if (!isSafetyPositive) return refusal;
  return change === undefined ? { answer: "true" } : { change, answer: "true" };
}

/** Sends the form. Sending it again is told the same. */
export async function sendForm(
  deps: CareDeps,
  link: Link,
  submissionKey: string,
): Promise<{ readonly isSent: true } | Refusal> {
  const outcome = await decideAndCommit(deps, {
    episodeId: link.episodeId,
    commandId: `form/${link.itemSk}/send/${submissionKey}`,
    actor: actorOf(link),
    alsoLoad: [link.itemSk],
    decide: (state, ctx) => {
      const change = submitForm(state, ctx, link.itemSk);
      return isRefusal(change) ? change : { change, answer: "sent" };
    },
  });
  if (outcome.refusal === undefined || outcome.refusal.refused === "already-decided")
    return { isSent: true };
  return outcome.refusal;
}

/** True when an answer on the form asks for the crisis page. */
export function isFormSafetyPositive({ form, ctx }: Pick<OpenedForm, "form" | "ctx">): boolean {
  return Object.entries(form.answers).some(
    ([instrumentId, answers]) => reachedRules(ctx, instrumentId, answers).length > 0,
  );
}

function actorOf(link: Link) {
  return { kind: "participant", participantId: link.participantId } as const;
}
