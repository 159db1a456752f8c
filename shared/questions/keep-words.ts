import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import type { CheckIn } from "../care/episode/check-in.ts";
import { screenWords } from "../care/safety/find-crisis-phrase.ts";
import { raiseForWords } from "../care/safety/raise-for-words.ts";
import { openTask } from "../care/tasks/open-task.ts";
import { addHours } from "../care/time/instants.ts";
import { keys } from "../keys/keys.ts";

/** Hours within which somebody reads and answers what a person wrote. */
const readWithinHours = 24;

/**
 * Keeps what a person wrote with a check-in, and sees to it that a person reads it. Words of crisis page in
 * this very change, and lock nothing until a clinician confirms them.
 * @param input.crisisRule - what the crisis screen found in the words
 * @param input.occurrence - tells words that came after the check-in was sent from those sent with it
 */
export function keepWords(
  draft: Draft,
  ctx: DecisionContext,
  checkIn: CheckIn,
  input: {
    readonly words: string;
    readonly crisisRule: string | undefined;
    readonly occurrence?: string;
  },
): void {
  const noteId = ctx.newId();
  const occasion = `check-in-${checkIn.number}${input.occurrence === undefined ? "" : `-${input.occurrence}`}`;
  draft.identity({
    ...keys.note(draft.episode.episodeId, noteId),
    attributes: { kind: "note", source: "check-in", text: input.words, at: ctx.now },
  });
  openTask(draft, ctx, {
    taskKind: "inbound-reply",
    occurrence: occasion,
    words: `Something was written with check-in ${checkIn.number}. Read it and answer.`,
    assignedFunction: "case-manager",
    dueAt: addHours(ctx.now, readWithinHours),
    about: { type: "note", id: noteId },
  });
  if (input.crisisRule === undefined) return;
  raiseForWords(draft, ctx, {
    occasion,
    rule: input.crisisRule,
    isOverheard: screenWords(ctx.policy, input.words).isOverheard,
    source: "check-in",
    // Whoever is paged reads the words themselves.
    about: noteId,
    where: "Words in a check-in",
  });
}
