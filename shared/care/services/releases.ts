import { keys } from "../../keys/keys.ts";
import { type Change, isRefusal, type Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { Episode } from "../episode/episode.ts";
import type { OpenState } from "../episode/episode-item.ts";
import type { ReleaseState } from "../episode/release-state.ts";
import { finishWithReason } from "../safety/finish-with-reason.ts";
import { recordNote } from "../safety/record-note.ts";
import { actingStaff } from "../tasks/refuse.ts";
import { addDays, localDate } from "../time/zoned-time.ts";

/** How somebody said that another may be told: in writing, or in person before a witness. */
export const releaseWays = ["paper", "in-person"] as const;

export const releaseWayLabels: Readonly<Record<(typeof releaseWays)[number], string>> = {
  paper: "signed on paper",
  "in-person": "said in person, before a witness",
};

export type ReleaseToRecord = {
  /** Who may be told: a person's name, or an organisation's. */
  readonly name: string;
  /** What they are to the person, such as "sister" or "probation officer". */
  readonly relation: string;
  readonly about: string;
  readonly purpose: string;
  /** Local days, both included. */
  readonly from: string;
  readonly until: string;
  readonly how: (typeof releaseWays)[number];
  /** Who was there, where it was said and not signed. */
  readonly witness?: string | undefined;
  /** How many releases the writer read; 0 where there was none. */
  readonly version: number;
};

/** The longest that a release is recorded for: a slip of the keys is longer. */
const longestDays = 2 * 366;

/** How a release stands on a day. */
export type ReleaseStanding = "valid" | "not-yet" | "expired" | "revoked";

/**
 * How a release stands on a local day. One that is taken back counts no more from that moment: of a day before, it still
 * did.
 *
 * @param on - `YYYY-MM-DD`, at the site
 */
export function releaseStanding(
  { from, until, revokedOn }: ReleaseState,
  on: string,
): ReleaseStanding {
  if (revokedOn !== undefined && revokedOn <= on) return "revoked";
  if (on < from) return "not-yet";
  return on > until ? "expired" : "valid";
}

/** The releases of a person, each by its number: the first is 1. */
export function releasesOf({ releases = [] }: Pick<Episode, "releases">): readonly ReleaseState[] {
  return releases;
}

const invalid = (sentence: string): Refusal => ({ refused: "invalid", sentence });

/**
 * Records who may be told what about a person; no release stands in the way of a session, and what one must say is not
 * looked at here (a default that a clinician signs off, with counsel). A record stands as it was made; another one follows where something has
 * changed, and one that is taken back is marked. What is said is read for danger as every note is.
 */
export function recordRelease(
  state: OpenState,
  input: ReleaseToRecord,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const known = releasesOf(state.episode);
  if (known.length !== input.version)
    return {
      refused: "stale-version",
      sentence:
        "Somebody else has recorded a release since you opened the page. Look at theirs, then record yours again.",
    };
  const { name, relation, about, purpose, from, until, how } = input;
  const witness = input.witness?.trim() || undefined;
  if (until < from) return invalid("The last day is before the first one.");
  if (until < localDate(ctx.now, ctx.site.timeZone))
    return invalid("That release has ended already. Check the last day.");
  if (until > addDays(from, longestDays))
    return invalid("A release is for two years at most. Check the last day.");
  if (how === "in-person" && witness === undefined)
    return invalid("Say who was there when it was said.");
  const number = known.length + 1;
  const draft = new Draft(state, ctx);
  draft.identity({
    ...keys.release(state.episode.episodeId, number),
    attributes: {
      kind: "release",
      number,
      name,
      relation,
      about,
      purpose,
      how,
      ...(witness === undefined ? {} : { witness }),
      at: ctx.now,
      by: staff.staffId,
    },
  });
  draft.set({ releases: [...known, { from, until }] });
  recordNote(
    draft,
    ctx,
    {
      note: [
        `May be told: ${name}, ${relation}.`,
        `About: ${about}`,
        `What for: ${purpose}`,
        ...(witness === undefined ? [] : [`Who was there: ${witness}`]),
      ].join("\n"),
      safetyConcern: undefined,
    },
    `release-${number}`,
  );
  return draft.finish("release-recorded", { release: number, from, until });
}

/** Takes a release back, for whoever gave it: from this moment on nobody is told by it. */
export function revokeRelease(
  state: OpenState,
  { release, reason }: { readonly release: number; readonly reason: string },
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const known = releasesOf(state.episode);
  const one = known[release - 1];
  if (one === undefined) return { refused: "not-found", sentence: "There is no such release." };
  if (one.revokedOn !== undefined)
    return { refused: "not-now", sentence: "It was taken back already. Nothing was changed." };
  const draft = new Draft(state, ctx);
  const revoked = {
    ...one,
    revokedOn: localDate(ctx.now, ctx.site.timeZone),
    revokedBy: staff.staffId,
  };
  draft.set({ releases: known.with(release - 1, revoked) });
  return finishWithReason(draft, ctx, "release-taken-back", { release }, reason);
}
