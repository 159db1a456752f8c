import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { Draft } from "../../../shared/care/change/draft.ts";
import type { Correction } from "../../../shared/care/people/correction.ts";
import { screenName, screenWords } from "../../../shared/care/safety/find-crisis-phrase.ts";
import { recordNote } from "../../../shared/care/safety/record-note.ts";

/** Facts that name and tell nothing: no weight of words is learned from names, so the rules alone look at them. */
const naming: ReadonlySet<string> = new Set([
  "preferredName",
  "pronouns",
  "birthDate",
  "recordNumber",
  "timeZone",
  "language",
]);

/** Puts what was typed in a correction before a clinician where it may speak of danger, or names and denies it. */
export function heedWords(draft: Draft, ctx: DecisionContext, correction: Correction): void {
  const typed = Object.entries(correction).flatMap(([fact, value]) =>
    typeof value === "string" ? [{ fact, value }] : [],
  );
  const isHeard = typed.some(({ fact, value }) => {
    const screen = naming.has(fact) ? screenName : screenWords;
    const { rule, isDenied } = screen(ctx.policy, value);
    return rule !== undefined || isDenied;
  });
  if (!isHeard) return;
  const note = typed.map(({ value }) => value).join(". ");
  recordNote(draft, ctx, { note, safetyConcern: false }, "person-corrected");
}
