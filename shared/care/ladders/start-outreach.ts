import { itemKeys } from "../../keys/keys.ts";
import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { Outreach } from "../episode/outreach.ts";
import { addStaffedMinutes } from "../program/staffed-time.ts";
import { addRun } from "../runs/workflow-runs.ts";

/**
 * The sort key of the one ladder about one thing (a session, a form, a check-in): a second start finds the
 * first.
 */
export function outreachSk(ladder: Outreach["ladder"], aboutId: string): string {
  return itemKeys.outreach(ladder, aboutId);
}

/** What a task of a ladder says of why it is there. */
export function ladderEvidence({ ladder, about }: Outreach) {
  return { ladder, ...(about.on === undefined ? {} : { missedOn: about.on }) };
}

/** Why a ladder was withdrawn whose no-show was corrected; it starts anew when that is corrected back. */
export const attendanceCorrected = "attendance-corrected";

/**
 * Starts to climb one of the program's ladders about a missed session, check-in or form. The first rung
 * is due after its staffed minutes; the same matter never starts two ladders. One that an entry withdrew by
 * mistake starts again from its first rung: "on the way", and then nobody came.
 */
export function startOutreach(
  draft: Draft,
  ctx: DecisionContext,
  input: { readonly ladder: Outreach["ladder"]; readonly about: Outreach["about"] },
): void {
  const sk = outreachSk(input.ladder, input.about.id);
  const known = draft.item(sk);
  const withdrawn =
    known?.kind === "outreach" && known.outcome === attendanceCorrected ? known : undefined;
  if (known !== undefined && withdrawn === undefined) return;
  // A new id: the workflow of the withdrawn one ends its own calls, and these are not among them.
  const outreachId = ctx.newId();
  const minutes = ctx.program.outreach[input.ladder][0]?.afterStaffedMinutes ?? 0;
  const ladder: Outreach = {
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
  };
  if (withdrawn === undefined) draft.add(ladder);
  else draft.replace({ ...ladder, version: withdrawn.version }, {});
  // Nothing happens before the first rung, so nothing runs until then.
  addRun(draft, { workflow: "outreach", subject: outreachId, startAt: ladder.nextRungAt });
}
