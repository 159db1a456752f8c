import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { endTask, openInPlaceOf } from "../tasks/end-task.ts";
import { addDays, localDate } from "../time/zoned-time.ts";
import { assignedToKeeper } from "./aftercare-hand-off.ts";
import { type Contact, nextContact, type Standing } from "./next-contact.ts";

type Place = Pick<Contact, "number" | "row" | "day">;

/** What decides the next contact of somebody; `undefined` before the discharge. */
export function standingOf(
  { episode }: Pick<Draft, "episode">,
  ctx: DecisionContext,
): Standing | undefined {
  if (episode.dischargedAt === undefined) return undefined;
  const { timeZone } = ctx.site;
  return {
    program: ctx.program,
    aftercare: episode.aftercare,
    dischargedOn: localDate(episode.dischargedAt, timeZone),
    today: localDate(ctx.now, timeZone),
  };
}

/**
 * What whoever rings about answers is proposed: contacts closer together, with the day on which the next one would be.
 * They decide it with the person, by the outcome of the call.
 *
 * @param place - the contact whose answers ask for the call
 * @returns a sentence; `undefined` where the next contact would come no earlier, or the program has the same days for everybody
 */
export function closerProposal(
  draft: Pick<Draft, "episode">,
  ctx: DecisionContext,
  place: Place,
): string | undefined {
  const standing = standingOf(draft, ctx);
  const rule = ctx.program.aftercare.cadence?.closer;
  if (standing === undefined || rule === undefined) return undefined;
  const closerUntil = addDays(standing.today, rule.forDays);
  const usual = nextContact(standing, place);
  const closer = nextContact(
    { ...standing, aftercare: { ...standing.aftercare, steady: 0, closerUntil } },
    place,
  );
  if (closer === undefined || (usual !== undefined && closer.day >= usual.day)) return undefined;
  const on = addDays(standing.dischargedOn, closer.day);
  const instead =
    usual === undefined ? "" : ` instead of ${addDays(standing.dischargedOn, usual.day)}`;
  return `Proposed: contacts closer together until ${closerUntil}, the next on ${on}${instead}. Decide it with the person: the outcome of the call says so.`;
}

/**
 * Puts before a person that contacts could thin out, for somebody who has been well for as long as the program says:
 * with the basis, and the day on which the next contact would be. Nothing thins out by itself.
 *
 * @param place - the contact that is over
 * @param usual - the one after it, as it is planned
 */
export function proposeFewerContacts(
  draft: Draft,
  ctx: DecisionContext,
  place: Place,
  usual: Contact,
): void {
  const standing = standingOf(draft, ctx);
  const { track, steady = 0, closerUntil } = draft.episode.aftercare ?? {};
  if (standing === undefined || track !== undefined || closerUntil !== undefined) return;
  const fewer = nextContact(
    { ...standing, aftercare: { steady, track: { name: "stretched", since: ctx.now } } },
    place,
  );
  if (fewer === undefined || fewer.day <= usual.day) return;
  const on = (day: number) => addDays(standing.dischargedOn, day);
  const task = {
    taskKind: "fewer-contacts",
    occurrence: `c${place.number}`,
    words: `The last ${steady} check-ins were answered and asked for nothing; calls of staff are not counted. Proposed: fewer contacts, the next on ${on(fewer.day)} instead of ${on(usual.day)}. The last day stays the last, and the first answer that asks for a call or does not come brings the program's days back. Decide with the team.`,
    ...assignedToKeeper(draft),
    evidence: { checkIn: place.number },
  } as const;
  openInPlaceOf(draft, ctx, task, () => true);
}

/** Takes the proposal off the list: it was decided elsewhere, or its basis is gone. */
export function dropFewerContacts(draft: Draft): void {
  for (const item of draft.items())
    if (item.kind === "task" && item.taskKind === "fewer-contacts")
      endTask(draft, item, "superseded");
}
