import type { DecisionContext } from "../care/change/context.ts";
import type { ContactPoint } from "../care/contact-points/contact-point.ts";
import type { Episode } from "../care/episode/episode.ts";
import type { GateRule, Message } from "../care/episode/message.ts";
import type { Policy } from "../care/program/policy.ts";
import type { Site } from "../care/program/site.ts";
import { isoWeekKey, localDate, spread } from "../care/time/zoned-time.ts";
import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { keys, ledgerPeriod, siteLedgerOwner } from "../keys/keys.ts";
import { isCapped } from "../messages/gate-input.ts";
import { isConfirmed, maxToNumber, maxUnconfirmedAtSite } from "../messages/gate-times.ts";
import { stopConfirmationTemplate } from "../messages/reply-templates.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import type { CareDeps } from "../store/care-deps.ts";
import { transactWithRetry } from "../store/commit-change.ts";
import { ledgerForm, messagePut, withoutFields } from "../store/message-items.ts";
import { currentVersion, readStored } from "../store/read-stored.ts";

/** The counted periods of an instant: the participant's own calendar day and ISO week. */
type Periods = { readonly day: string; readonly week: string };
type LedgerKey = { readonly pk: string; readonly sk: string };

const keptDays = 21;
const countAttribute = "count";
/** A site's day is counted in so many parts: no item of the site is in every claim. */
const siteShards = 8;

/** The day and the ISO week of an instant in the zone, under which sends are counted for the caps. */
export function ledgerPeriods(instant: string, timeZone: string): Periods {
  const date = localDate(instant, timeZone);
  return { day: ledgerPeriod.day(date), week: ledgerPeriod.week(isoWeekKey(date)) };
}

function numberKey(contactPointId: string, on: string): LedgerKey {
  return keys.ledger(contactPointId, ledgerPeriod.day(on));
}

/** The part of the site's day that this number counts in. */
function siteKey(siteId: string, contactPointId: string, on: string): LedgerKey {
  return keys.ledger(
    siteLedgerOwner(siteId, spread(contactPointId, siteShards)),
    ledgerPeriod.day(on),
  );
}

function maxInShard(policy: Pick<Policy, "caps">): number {
  return Math.ceil(maxUnconfirmedAtSite(policy) / siteShards);
}

/** Routine messages claimed up to now. Read consistently; the claim checks again. */
export async function readLedger(
  store: Store,
  input: {
    readonly episode: Pick<Episode, "participantId" | "siteId" | "timeZone">;
    readonly message: Pick<Message, "contactPointId">;
    readonly policy: Pick<Policy, "caps">;
    readonly site: Pick<Site, "timeZone">;
    readonly now: string;
  },
): Promise<{
  readonly today: number;
  readonly thisWeek: number;
  readonly toNumber: number;
  readonly isSiteFull: boolean;
}> {
  const { episode, message, now } = input;
  const { day, week } = ledgerPeriods(now, episode.timeZone);
  const on = localDate(now, input.site.timeZone);
  const wanted = {
    today: keys.ledger(episode.participantId, day),
    thisWeek: keys.ledger(episode.participantId, week),
    toNumber: numberKey(message.contactPointId, on),
    fromSite: siteKey(episode.siteId, message.contactPointId, on),
  };
  const items = await store.getMany("care", Object.values(wanted));
  const count = (key: LedgerKey) => {
    const found = items.find((item) => item.pk === key.pk && item.sk === key.sk);
    return found === undefined ? 0 : readStored(ledgerForm, found).count;
  };
  return {
    today: count(wanted.today),
    thisWeek: count(wanted.thisWeek),
    toNumber: count(wanted.toNumber),
    isSiteFull: count(wanted.fromSite) >= maxInShard(input.policy),
  };
}

/**
 * Counts one routine message for its participant, in their day and week, for its number, and for the site where
 * nobody has vouched for the number; the claim fails when one of them is full.
 */
export function countOperations(input: {
  readonly episode: Pick<Episode, "participantId" | "siteId" | "timeZone" | "status">;
  readonly message: Pick<Message, "contactPointId" | "channel">;
  readonly counted: NonNullable<Message["counted"]>;
  readonly policy: Pick<Policy, "caps">;
  readonly now: string;
  /** False for what goes whatever went before: it is counted, and no cap refuses it. */
  readonly isCapped: boolean;
}): readonly WriteOperation[] {
  const { episode, message, counted, policy, now } = input;
  const caps = episode.status === "aftercare" ? policy.caps.inAftercare : policy.caps.inProgram;
  const { day, week } = ledgerPeriods(now, episode.timeZone);
  const expiresAtEpochSeconds = Math.floor(Date.parse(now) / 1000) + keptDays * 86_400;
  const count = (key: LedgerKey, value: number): WriteOperation => ({
    add: {
      table: "care",
      ...key,
      attribute: countAttribute,
      by: 1,
      set: { schemaVersion: currentVersion(ledgerForm), kind: "ledger", expiresAtEpochSeconds },
      condition: {
        kind: "absent-or-below",
        attribute: countAttribute,
        value: input.isCapped ? value : Number.MAX_SAFE_INTEGER,
      },
    },
  });
  const { contactPointId, channel } = message;
  return [
    count(keys.ledger(episode.participantId, day), caps.perDay),
    count(keys.ledger(episode.participantId, week), caps.perWeek),
    count(numberKey(contactPointId, counted.on), maxToNumber(policy, channel, !counted.atSite)),
    ...(counted.atSite
      ? [count(siteKey(episode.siteId, contactPointId, counted.on), maxInShard(policy))]
      : []),
  ];
}

/** Takes a counted message out again: it was definitely not sent. */
export function uncountOperations(
  owner: Pick<Episode, "participantId" | "siteId" | "timeZone">,
  claimed: Pick<Message, "class" | "claimedAt" | "contactPointId" | "counted">,
): readonly WriteOperation[] {
  if (claimed.class !== "routine" || claimed.claimedAt === undefined) return [];
  const { day, week } = ledgerPeriods(claimed.claimedAt, owner.timeZone);
  const { counted, contactPointId } = claimed;
  const counts = [
    keys.ledger(owner.participantId, day),
    keys.ledger(owner.participantId, week),
    ...(counted === undefined ? [] : [numberKey(contactPointId, counted.on)]),
    ...(counted?.atSite === true ? [siteKey(owner.siteId, contactPointId, counted.on)] : []),
  ];
  return counts.map((key) => ({
    add: { table: "care", ...key, attribute: countAttribute, by: -1 },
  }));
}

/** What a claim looks at, as it was read for the gate. */
type Claimable = {
  readonly episode: Episode;
  readonly message: Message;
  readonly contactPoint: ContactPoint | undefined;
  readonly ctx: DecisionContext;
};

/**
 * Claims a message for sending, in one transaction: it is still planned as it was read, the episode
 * with its consents is as it was read, the contact point is open, and the participant's day and week and
 * the number's day have room. Who holds the claim may call the provider once.
 * @returns the claimed message; `undefined` when something moved meanwhile and must be read again
 */
export async function claimMessage(
  deps: Pick<CareDeps, "store" | "pause" | "clock" | "ids">,
  context: Claimable,
  rules: readonly GateRule[],
): Promise<Message | undefined> {
  const { episode, message, contactPoint, ctx } = context;
  const isCounted = message.class === "routine";
  const counted = {
    on: localDate(ctx.now, ctx.site.timeZone),
    atSite: !isConfirmed(episode, contactPoint, message.channel),
  };
  const { next, operation } = messagePut(episode, withoutFields(message, ["reason"]), {
    status: "CLAIMED",
    claimedAt: ctx.now,
    attempts: message.attempts + 1,
    lastGate: rules,
    ...(isCounted ? { counted } : {}),
  });
  const operations: readonly WriteOperation[] = [
    operation,
    ...standingChecks(context),
    ...(isCounted
      ? countOperations({
          episode,
          message,
          counted,
          policy: ctx.policy,
          now: ctx.now,
          isCapped: isCapped({ message, program: ctx.program }),
        })
      : []),
  ];
  try {
    await transactWithRetry(deps, operations);
    return next;
  } catch (error) {
    if (error instanceof ConditionFailedError) return undefined;
    throw error;
  }
}

/** What the gate looked at must still stand: status and consents by the episode's version, and the contact point. */
export function standingChecks(
  context: Pick<Claimable, "episode" | "message" | "contactPoint">,
): readonly WriteOperation[] {
  const { episode, message, contactPoint } = context;
  const isStopConfirmation = message.templateId === stopConfirmationTemplate;
  const attributes = isStopConfirmation ? { version: contactPoint?.version } : { state: "open" };
  return [
    {
      check: {
        table: "care",
        ...keys.episode(episode.episodeId),
        condition: {
          kind: "equals",
          attributes: { version: episode.version, status: episode.status },
        },
      },
    },
    {
      check: {
        table: "care",
        ...keys.contactPoint(message.contactPointId),
        condition: { kind: "equals", attributes },
      },
    },
  ];
}
