import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { Outreach } from "../episode/episode.ts";
import { addStaffedMinutes } from "../time/staffed-time.ts";
import { addDriver } from "../workflows/drivers.ts";

export function outreachSk(ladder: Outreach["ladder"], aboutId: string): string {
  return `OUTREACH#${ladder}#${aboutId}`;
}

/**
 * Starts to climb one of the program's ladders about a missed session, check-in or form. The first rung
 * is due after its staffed minutes; the same matter never starts two ladders.
 */
export function startOutreach(
  draft: Draft,
  ctx: DecisionContext,
  input: { readonly ladder: Outreach["ladder"]; readonly about: Outreach["about"] },
): void {
  const sk = outreachSk(input.ladder, input.about.id);
  if (draft.item(sk) !== undefined) return;
  const outreachId = ctx.newId();
  const minutes = ctx.program.outreach[input.ladder][0]?.afterStaffedMinutes ?? 0;
  draft.add({
    kind: "outreach",
    sk,
    version: 1,
    outreachId,
    ladder: input.ladder,
    about: input.about,
    status: "climbing",
    nextRung: 0,
    nextRungAt: addStaffedMinutes(ctx.site, ctx.now, minutes),
    startedAt: ctx.now,
  });
  addDriver(draft, { workflow: "outreach", subject: outreachId });
}
