import { Hono } from "hono/tiny";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import { statusTransitions, statusWords } from "../../../shared/care/episode/status.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { itemPrefixes, keys } from "../../../shared/keys/keys.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { timelineWords } from "../../../shared/staff/words/timeline-words.ts";
import { listNotes } from "../../../shared/staff/written/read-notes.ts";
import { reasonsOf } from "../../../shared/staff/written/read-reasons.ts";
import { type AuditEntry, readAuditEntry } from "../../../shared/store/audit-entry.ts";
import { readEpisodeItem } from "../../../shared/store/episode-forms.ts";
import { readReferral } from "../../../shared/store/read-referral.ts";
import type { ApiVariables } from "../authenticate.ts";
import { problem } from "../problem.ts";

const pageSize = 100;
const notHere = "There is no such episode here.";

const lists: Readonly<Record<string, string>> = {
  sessions: itemPrefixes.session,
  assessments: itemPrefixes.form,
  messages: itemPrefixes.message,
  tasks: itemPrefixes.task,
  "check-ins": itemPrefixes.checkIn,
  escalations: itemPrefixes.escalation,
  drivers: itemPrefixes.driver,
  outreach: itemPrefixes.outreach,
};

export function episodeRoutes(deps: { readonly store: Store }) {
  const app = new Hono<{ Variables: ApiVariables }>();

  app.get("/episodes/:episodeId", async (context) => {
    const episode = await findEpisode(
      deps.store,
      context.get("staff"),
      context.req.param("episodeId"),
    );
    if (episode === undefined) return problem(context, 404, notHere);
    const [person, referral] = await Promise.all([
      readPerson(deps.store, episode.episodeId),
      readReferral(deps.store, episode.participantId, episode.episodeId),
    ]);
    const { name, episode: _episode, ...contact } = person ?? { name: "", episode };
    return context.json({
      ...publicEpisode(episode),
      participant: name,
      contact,
      ...(referral === undefined ? {} : { referral }),
      phase: statusWords[episode.status],
      mayMoveTo: statusTransitions[episode.status],
    });
  });

  app.get("/episodes/:episodeId/timeline", async (context) => {
    const episode = await findEpisode(
      deps.store,
      context.get("staff"),
      context.req.param("episodeId"),
    );
    if (episode === undefined) return problem(context, 404, notHere);
    return context.json(
      await auditPage(deps.store, episode.episodeId, context.req.query("cursor"), true),
    );
  });

  app.get("/episodes/:episodeId/notes", async (context) => {
    const episode = await findEpisode(
      deps.store,
      context.get("staff"),
      context.req.param("episodeId"),
    );
    if (episode === undefined) return problem(context, 404, notHere);
    const after = context.req.query("cursor");
    return context.json(await listNotes(deps.store, episode.episodeId, { limit: pageSize, after }));
  });

  app.get("/episodes/:episodeId/audit", async (context) => {
    const episode = await findEpisode(
      deps.store,
      context.get("staff"),
      context.req.param("episodeId"),
    );
    if (episode === undefined) return problem(context, 404, notHere);
    return context.json(
      await auditPage(deps.store, episode.episodeId, context.req.query("cursor"), false),
    );
  });

  app.get("/episodes/:episodeId/pathway", async (context) => {
    const episode = await findEpisode(
      deps.store,
      context.get("staff"),
      context.req.param("episodeId"),
    );
    if (episode === undefined) return problem(context, 404, notHere);
    const [drivers, holds] = await Promise.all([
      itemsWith(deps.store, episode.episodeId, itemPrefixes.driver, undefined),
      waitsOf(deps.store, episode.episodeId),
    ]);
    return context.json({
      phase: statusWords[episode.status],
      status: episode.status,
      steps: drivers.items.map((driver) => ({
        workflow: driver.workflow,
        subject: driver.subject,
        step: driver.step,
        status: driver.status,
        startsAt: driver.startAt,
        wait: holds.get(String(driver.driverId)),
      })),
    });
  });

  app.get("/episodes/:episodeId/:list", async (context) => {
    const prefix = ownValue(lists, context.req.param("list"));
    const episode = await findEpisode(
      deps.store,
      context.get("staff"),
      context.req.param("episodeId"),
    );
    if (episode === undefined || prefix === undefined) return problem(context, 404, notHere);
    return context.json(
      await itemsWith(deps.store, episode.episodeId, prefix, context.req.query("cursor")),
    );
  });
  return app;
}

/** What each running workflow waits for: until when, since when, and how often it had to begin to wait. */
async function waitsOf(store: Store, episodeId: string) {
  const page = await store.query("care", keys.episode(episodeId).pk, {
    skPrefix: itemPrefixes.hold,
    limit: pageSize,
  });
  return new Map(
    page.items.map(readEpisodeItem).flatMap((item) => {
      if (item.kind !== "hold" || item.status !== "waiting") return [];
      const { driverId, holdUntil, enteredAt, retryCount } = item;
      return [[driverId, { until: holdUntil, since: enteredAt, retries: retryCount }] as const];
    }),
  );
}

/** Bookkeeping stays inside: audit chain, remembered commands, open keys. */
export function publicEpisode(episode: Episode): Readonly<Record<string, unknown>> {
  const hidden = new Set(["pk", "sk", "id", "audit", "recentCommands", "open", "schemaVersion"]);
  return Object.fromEntries(Object.entries(episode).filter(([key]) => !hidden.has(key)));
}

async function itemsWith(
  store: Store,
  episodeId: string,
  prefix: string,
  cursor: string | undefined,
) {
  const page = await store.query("care", keys.episode(episodeId).pk, {
    skPrefix: prefix,
    limit: pageSize,
    ...(cursor === undefined ? {} : { after: cursor }),
  });
  return {
    items: page.items.map((item) => publicItem(readEpisodeItem(item))),
    ...(page.next === undefined ? {} : { next: page.next }),
  };
}

/** An item without its keys and indexes; the token of a wait never leaves the store. */
export function publicItem(item: EpisodeItem): Readonly<Record<string, unknown>> {
  const hidden = new Set([
    "pk",
    "id",
    "schemaVersion",
    "workPartition",
    "workAt",
    "queuePartition",
    "queueRank",
    "token",
  ]);
  return Object.fromEntries(Object.entries(item).filter(([key]) => !hidden.has(key)));
}

async function auditPage(
  store: Store,
  episodeId: string,
  cursor: string | undefined,
  newestFirst: boolean,
) {
  const aggregateId = keys.episode(episodeId).pk;
  const page = await store.query("audit", aggregateId, {
    limit: pageSize,
    descending: newestFirst,
    ...(cursor === undefined ? {} : { after: cursor }),
  });
  const entries = page.items.map(readAuditEntry);
  const reasons = await reasonsOf(store, aggregateId, entries);
  const reasonOf = (entry: AuditEntry) => {
    const reason = reasons.get(entry.sequence);
    return reason === undefined ? {} : { reason };
  };
  const items = entries.map((entry) => ({
    sequence: entry.sequence,
    at: entry.at,
    action: entry.action,
    what: timelineWords(entry.action, entry.facts),
    actor: entry.actor,
    facts: entry.facts,
    ...reasonOf(entry),
    ...(newestFirst ? {} : { hash: entry.hash, previousHash: entry.previousHash }),
  }));
  return { items, ...(page.next === undefined ? {} : { next: page.next }) };
}
