import { isRefusal, type Refusal } from "../care/change/change.ts";
import type { Actor } from "../care/episode/actor.ts";
import type { Site } from "../care/program/site.ts";
import { datesBetween } from "../care/sessions/absences.ts";
import type { Stored } from "../care/stored/fields.ts";
import { addDays, daysBetween, localDate } from "../care/time/zoned-time.ts";
import { keys } from "../keys/keys.ts";
import type { StoredItem, WriteOperation } from "../ports/store.ts";
import { auditEntry, canonicalJson, emptyAuditChain } from "./audit-entry.ts";
import type { CareDeps } from "./care-deps.ts";
import { amongOthers } from "./carry-out-once.ts";
import { conflictRetriesOfDecision, transactWithRetry } from "./commit-change.ts";
import { siteForm } from "./list-sites.ts";
import { outboxItem } from "./outbox-item.ts";
import { readStored } from "./read-stored.ts";

export type SiteChange = {
  readonly fields: Partial<Site>;
  /** Past tense, for the audit trail. */
  readonly action: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
};

/**
 * Changes a site's live data: the site and its audit entry in one transaction. It counts from that moment
 * on: every decision and every send reads the site as it stands.
 *
 * @param input.decide - pure; may run several times
 * @param input.also - what is written with it, such as the answer to remember
 * @returns the site as it is now, or why nothing was done
 */
export async function changeSite(
  deps: CareDeps,
  input: {
    readonly siteId: string;
    readonly commandId: string;
    readonly actor: Actor;
    readonly decide: (site: Site) => SiteChange | Refusal;
    readonly also: (site: Site) => readonly WriteOperation[];
  },
): Promise<Site | Refusal> {
  const key = keys.site(input.siteId);
  return amongOthers(deps, async (): Promise<Site | Refusal> => {
    const stored = await deps.store.get("care", key.pk, key.sk);
    if (stored === undefined)
      return { refused: "not-found", sentence: "There is no such site here." };
    const site = readStored(siteForm, stored);
    const change = input.decide(site);
    if (isRefusal(change)) return change;
    const next: StoredSite = {
      ...site,
      ...change.fields,
      siteId: input.siteId,
      version: site.version + 1,
    };
    await transactWithRetry(
      deps,
      [
        ...operationsOf(deps, input, next, change),
        ...daysOwed(deps, site, next),
        ...input.also(next),
      ],
      conflictRetriesOfDecision,
    );
    return next;
  });
}

/** Days on which the site was closed or opened again, a leader is away, or its timetable changed: sessions follow. */
function daysOwed(deps: CareDeps, before: Site, next: StoredSite): readonly WriteOperation[] {
  const [was, is] = [before.closures, next.closures].map(
    (closures) =>
      new Map(closures.map(({ words: _words, ...one }) => [one.on, canonicalJson(one)])),
  );
  const now = deps.clock.now();
  const today = localDate(now, next.timeZone);
  const days = [...(was?.keys() ?? []), ...(is?.keys() ?? [])].filter(
    (on) => was?.get(on) !== is?.get(on),
  );
  const changed = [...days, ...daysOfAbsences(before, next)].filter((on) => on >= today);
  return [...new Set([...changed, ...daysOfChanges(before, next, today)])].sort().map((on) => ({
    put: {
      table: "care",
      item: outboxItem({
        pk: next.pk,
        siteId: next.siteId,
        effectId: `site-day-${on}-v${next.version}`,
        effect: { kind: "tell-site-day", siteId: next.siteId, on },
        now,
      }),
    },
  }));
}

/** Every day of an absence that was noted or taken back: at most two months. */
function daysOfAbsences(before: Site, next: StoredSite): readonly string[] {
  const [was, is] = [before.absences ?? [], next.absences ?? []];
  const isIn = (among: typeof was, id: string) => among.some(({ absenceId }) => absenceId === id);
  return [
    ...was.filter(({ absenceId }) => !isIn(is, absenceId)),
    ...is.filter(({ absenceId }) => !isIn(was, absenceId)),
  ].flatMap(({ from, until }) => datesBetween(from, until));
}

/** A session may be held up to so many days after its date in the timetable. */
const movedDays = 6;
/** Sessions of nobody's week are planned further ahead; what is opened later is planned from the facts. */
const openedDays = 28;

/** The dates in the timetable of sessions that a change, or one that was taken back, is about. */
function daysOfChanges(before: Site, next: StoredSite, today: string): readonly string[] {
  const [was, is] = [before.groupChanges ?? [], next.groupChanges ?? []];
  const known = (among: typeof was, id: string) => among.some(({ changeId }) => changeId === id);
  const changed = [
    ...was.filter(({ changeId }) => !known(is, changeId)),
    ...is.filter(({ changeId }) => !known(was, changeId)),
  ];
  const earliest = addDays(today, -movedDays);
  const last = addDays(today, openedDays);
  return changed.flatMap(({ from, andFollowing }) => {
    if (!andFollowing) return from >= earliest ? [from] : [];
    const days: string[] = [];
    const weeks = Math.max(0, Math.ceil(daysBetween(from, earliest) / 7));
    for (let on = addDays(from, weeks * 7); on <= last; on = addDays(on, 7)) days.push(on);
    return days;
  });
}

/** Unknown keys stay on it. */
type StoredSite = StoredItem & Stored<typeof siteForm.schema>;

function operationsOf(
  deps: CareDeps,
  input: Parameters<typeof changeSite>[1],
  next: StoredSite,
  change: SiteChange,
): readonly WriteOperation[] {
  const audit = auditEntry(deps.secrets, {
    aggregateId: next.pk,
    chain: next.audit ?? emptyAuditChain,
    at: deps.clock.now(),
    commandId: input.commandId,
    draft: { action: change.action, actor: input.actor, facts: change.facts },
  });
  return [
    {
      put: {
        table: "care",
        item: { ...next, audit: audit.chain },
        condition: { kind: "equals", attributes: { version: next.version - 1 } },
      },
    },
    ...audit.operations,
  ];
}
