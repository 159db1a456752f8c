import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { Episode } from "../episode/episode.ts";
import { isOnline, type Session } from "../episode/session.ts";
import { stateName } from "../program/us-states.ts";
import { dueOfKind, openTask } from "../tasks/open-task.ts";
import { outsideLicence } from "./licences.ts";

type Pair = NonNullable<Episode["outsideLicence"]>[number];

/**
 * Asks staff, before the first of them, about sessions online that somebody is newly expected in and for whose leader no
 * licence is on record where the person is: after a leave, at another site, by another version, or because the timetable
 * changed before the week opened. Once for each leader and state.
 *
 * @param sessions - as they were planned; what is not held, or not online, is left
 * @param how.wasSaid - true where it was looked at a moment ago and said with a reason, as with an admission: nobody is
 * asked again
 */
export function askAboutLicences(
  draft: Draft,
  ctx: DecisionContext,
  sessions: readonly Session[],
  { wasSaid }: { readonly wasSaid: boolean },
): void {
  const found = sessions
    .filter(({ status, scheduledStartAt }) => status === "planned" && scheduledStartAt > ctx.now)
    .toSorted((left, right) => left.scheduledStartAt.localeCompare(right.scheduledStartAt));
  for (const session of found) {
    const pair = outsideOf(draft, ctx, session);
    const known = draft.episode.outsideLicence ?? [];
    if (pair === undefined || known.some((one) => isSame(one, pair))) continue;
    draft.set({ outsideLicence: [...known, pair] });
    if (!wasSaid) ask(draft, ctx, session, pair);
  }
}

function outsideOf(draft: Draft, { site }: DecisionContext, session: Session): Pair | undefined {
  const { leaderId } = session;
  const state = session.visit?.stateThen ?? draft.episode.facts.homeState;
  if (leaderId === undefined || state === undefined || !isOnline(session)) return undefined;
  return outsideLicence(site, leaderId, state) === undefined ? undefined : { leaderId, state };
}

function isSame(one: Pair, other: Pair): boolean {
  return one.leaderId === other.leaderId && one.state === other.state;
}

function ask(draft: Draft, ctx: DecisionContext, session: Session, { state }: Pair): void {
  const slot = ctx.program.sessions.find((one) => one.slot === session.slot);
  const title = slot === undefined ? "A visit" : `“${slot.title}”`;
  const usual = dueOfKind(ctx, "online-licence");
  openTask(draft, ctx, {
    taskKind: "online-licence",
    occurrence: session.sessionId,
    words: `${title} on ${session.on} is online, and no licence of its leader is on record for ${stateName(state)}, where the person is at that time. Before it begins, have somebody lead it who is licensed there or find the person a place in a room at the site, or write down why they come online all the same.`,
    dueAt: session.scheduledStartAt < usual ? session.scheduledStartAt : usual,
  });
}
