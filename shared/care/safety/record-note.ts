import { keys } from "../../keys/keys.ts";
import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { endOfNextStaffedDay } from "../program/staffed-time.ts";
import { openTask } from "../tasks/open-task.ts";
import { owe } from "../tasks/owed-work.ts";
import { screenWords } from "./find-crisis-phrase.ts";
import { raiseEscalation } from "./raise-escalation.ts";
import { raiseForWords } from "./raise-for-words.ts";

export type WrittenDown = {
  /** What staff wrote, in their words. */
  readonly note?: string | undefined;
  /** Whether whoever writes is worried about the person's safety; left out where they were not asked. */
  readonly safetyConcern?: boolean | undefined;
};

/**
 * Keeps a note apart from care state, after the crisis screen has read it, and raises the alert that the
 * note or its writer asks for in the same change. Words of crisis page (a default that a clinician signs off), unless
 * the note itself denies them ("denies thoughts of suicide") or the writer answered that there is no concern:
 * a person has asked and heard the answer already, so that a clinician reads the note on the next staffed day
 * and nobody is rung.
 * @param about - id of what the note is about; a concern raises one alert per thing
 * @returns the note's id, or `undefined` where nothing was written
 */
export function recordNote(
  draft: Draft,
  ctx: DecisionContext,
  input: WrittenDown,
  about: string,
): string | undefined {
  const text = input.note?.trim() ?? "";
  const noteId = text === "" ? undefined : ctx.newId();
  if (noteId !== undefined) {
    draft.identity({
      ...keys.note(draft.episode.episodeId, noteId),
      attributes: {
        kind: "note",
        source: "staff",
        text,
        at: ctx.now,
        ...(ctx.actor.kind === "staff" ? { by: ctx.actor.staffId } : {}),
      },
    });
  }
  if (input.safetyConcern === true) {
    raiseEscalation(draft, ctx, {
      occasion: about,
      rule: "staff-concern",
      tier: "ORANGE",
      source: "staff",
      reason: "A member of staff is worried about the person's safety.",
      ...(noteId === undefined ? {} : { about: noteId }),
    });
    return noteId;
  }
  const { rule, isDenied } = screenWords(ctx.policy, text);
  if (noteId === undefined || (rule === undefined && !isDenied)) return noteId;
  if (rule === undefined || input.safetyConcern === false) {
    const occurrence = `note-${noteId}`;
    const dueAt = endOfNextStaffedDay(ctx.site, ctx.now);
    openTask(draft, ctx, {
      taskKind: "clinician-review",
      occurrence,
      words:
        rule === undefined
          ? "Words in a note name danger and deny it. Read the note."
          : "Words in a note may speak of danger, and its writer answered that there is no concern. Read the note.",
      assignedFunction: "clinician",
      dueAt,
      priority: "safety",
      about: { type: "note", id: noteId },
      ...(rule === undefined ? {} : { evidence: { rule } }),
      owed: owe(ctx.program, {
        kind: "safety-review",
        occurrence,
        assignedFunction: "clinician",
        dueAt,
      }),
    });
  } else {
    raiseForWords(draft, ctx, {
      occasion: noteId,
      rule,
      source: "staff",
      about: noteId,
      where: "Words in a note of staff",
    });
  }
  return noteId;
}
