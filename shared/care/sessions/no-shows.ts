import type { Draft } from "../change/draft.ts";
import type { Episode } from "../episode/episode.ts";
import type { Outreach } from "../episode/outreach.ts";
import type { Session } from "../episode/session.ts";
import { localDate } from "../time/zoned-time.ts";

type NoShow = NonNullable<Episode["noShows"]>[number];

/** More than anybody can miss in the 30 days in which attendance can be corrected. */
const remembered = 40;

/** Remembers a no-show that a person entered; entering it again changes nothing. */
export function rememberNoShow(draft: Draft, session: Session): void {
  const { lastNoShowAt } = draft.episode;
  const at = session.scheduledStartAt;
  const noShows = [...others(draft, session), { sessionId: session.sessionId, at }]
    .sort((left, right) => left.at.localeCompare(right.at))
    .slice(-remembered);
  draft.set({
    noShows,
    lastNoShowAt: lastNoShowAt !== undefined && lastNoShowAt > at ? lastNoShowAt : at,
  });
}

/** Takes back a no-show that was corrected: the last one is again the one before it. */
export function forgetNoShow(draft: Draft, session: Session): void {
  const noShows = others(draft, session);
  draft.set({ noShows });
  if (draft.episode.lastNoShowAt !== session.scheduledStartAt) return;
  const last = noShows.at(-1);
  if (last === undefined) draft.clear("lastNoShowAt");
  else draft.set({ lastNoShowAt: last.at });
}

/** The other sessions of the session's own day that were missed. */
export function missedOnSameDay(draft: Draft, session: Session): readonly NoShow[] {
  return others(draft, session).filter(
    (noShow) => localDate(noShow.at, session.timeZone) === session.on,
  );
}

/** The ladders about sessions that were missed and began before this one, as long as they are climbed. */
export function laddersOfEarlier(draft: Draft, session: Session): readonly Outreach[] {
  const earlier = others(draft, session).filter((noShow) => noShow.at < session.scheduledStartAt);
  return draft
    .items()
    .filter((item): item is Outreach => item.kind === "outreach")
    .filter((item) => item.status === "climbing" || item.status === "decision-needed")
    .filter((item) => earlier.some((noShow) => noShow.sessionId === item.about.id));
}

function others(draft: Draft, session: Session): readonly NoShow[] {
  return (draft.episode.noShows ?? []).filter((noShow) => noShow.sessionId !== session.sessionId);
}
