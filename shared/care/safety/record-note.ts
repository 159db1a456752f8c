import { keys } from "../../keys/keys.ts";
import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { endOfNextStaffedDay } from "../program/staffed-time.ts";
import { openTask } from "../tasks/open-task.ts";
import { owe } from "../tasks/owed-work.ts";
import { screenByRules, screenWords } from "./find-crisis-phrase.ts";
import { raiseEscalation } from "./raise-escalation.ts";
import { holdForCompany, notAloneWords, raiseForWords } from "./raise-for-words.ts";

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
  hearWords(draft, ctx, {
    text,
    safetyConcern: input.safetyConcern,
    concernAbout: about,
    occasion: noteId ?? about,
    where: "a note",
    ...(noteId === undefined ? {} : { noteId }),
  });
  return noteId;
}

/** Words that staff wrote down, and what they said about the person's safety. */
type HeardWords = {
  readonly text: string;
  readonly safetyConcern: boolean | undefined;
  /** A concern raises one alert per thing. */
  readonly concernAbout: string;
  /** Words raise one alert, or one task, per occasion. */
  readonly occasion: string;
  /** Where they are, in the middle of a sentence: "a note". */
  readonly where: string;
  readonly noteId?: string;
  /** It has to speak of danger in good days, as a plan for bad ones does. */
  readonly speaksOfDanger?: true;
};

/** Raises what the words that staff wrote, or their writer, ask for: see `recordNote`. */
export function hearWords(draft: Draft, ctx: DecisionContext, heard: HeardWords): void {
  const { text, safetyConcern, occasion, where, noteId } = heard;
  const screen = heard.speaksOfDanger === true ? screenByRules : screenWords;
  const { rule, isDenied, isOverheard } = screen(ctx.policy, text);
  if (safetyConcern === true) {
    if (isOverheard) holdForCompany(draft, heard.concernAbout);
    raiseEscalation(draft, ctx, {
      occasion: heard.concernAbout,
      rule: "staff-concern",
      tier: "ORANGE",
      source: "staff",
      reason: `A member of staff is worried about the person's safety.${isOverheard ? ` ${notAloneWords}` : ""}`,
      ...(noteId === undefined ? {} : { about: noteId }),
    });
    return;
  }
  if (text === "" || (rule === undefined && !isDenied)) return;
  const place = where.replace(/^(an?|the) /, "");
  if (rule === undefined || safetyConcern === false) {
    const occurrence = `note-${occasion}`;
    const dueAt = endOfNextStaffedDay(ctx.site, ctx.now);
    if (isOverheard) holdForCompany(draft, occasion);
    const read =
      rule === undefined
        ? `Words in ${where} name danger and deny it. Read the ${place}.`
        : `Words in ${where} may speak of danger, and its writer answered that there is no concern. Read the ${place}.`;
    openTask(draft, ctx, {
      taskKind: "clinician-review",
      occurrence,
      words: isOverheard ? `${read} ${notAloneWords}` : read,
      assignedFunction: "clinician",
      dueAt,
      priority: "safety",
      ...(noteId === undefined ? {} : { about: { type: "note", id: noteId } }),
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
      occasion,
      rule,
      isOverheard,
      source: "staff",
      ...(noteId === undefined ? {} : { about: noteId }),
      where: noteId === undefined ? `Words in ${where}` : "Words in a note of staff",
    });
  }
}
