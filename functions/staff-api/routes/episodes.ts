import { Hono } from "hono/tiny";
import type { Episode, EpisodeItem } from "../../../shared/care/episode/episode.ts";
import { statusTransitions, statusWords } from "../../../shared/care/episode/status.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { itemPrefixes, keys } from "../../../shared/keys/keys.ts";
import type { Store, StoredItem } from "../../../shared/ports/store.ts";
import { readEpisode, readEpisodeItem } from "../../../shared/store/load-episode.ts";
import type { ApiVariables, StaffMember } from "../authenticate.ts";
import { problem } from "../problem.ts";
import { timelineWords } from "../words/timeline-words.ts";
import { readPerson } from "./read-person.ts";

const pageSize = 100;
const notHere = "There is no such episode here.";

/** The episode when it exists and the member of staff has its site. */
export async function findEpisode(
  store: Store,
  staff: StaffMember,
  episodeId: string,
): Promise<Episode | undefined> {
  if (!/^[0-9A-HJKMNP-TV-Z]{26}$/.test(episodeId)) return undefined;
  const key = keys.episode(episodeId);
  const item = await store.get("care", key.pk, key.sk);
  if (item === undefined) return undefined;
  const episode = readEpisode(item);
  return staff.siteIds.includes(episode.siteId) ? episode : undefined;
}

const lists: Readonly<Record<string, string>> = {
  sessions: itemPrefixes.session,
  assessments: itemPrefixes.form,
  messages: itemPrefixes.message,
  tasks: itemPrefixes.task,
  "check-ins": itemPrefixes.checkIn,
  escalations: itemPrefixes.escalation,
  drivers: itemPrefixes.driver,
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
    const person = await readPerson(deps.store, episode.episodeId);
    const { name, episode: _episode, ...contact } = person ?? { name: "", episode };
    return context.json({
      ...publicEpisode(episode),
      participant: name,
      contact,
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
    const drivers = await itemsWith(deps.store, episode.episodeId, itemPrefixes.driver, undefined);
    return context.json({
      phase: statusWords[episode.status],
      status: episode.status,
      steps: drivers.items.map((driver) => ({
        workflow: driver.workflow,
        subject: driver.subject,
        step: driver.step,
        status: driver.status,
        startsAt: driver.startAt,
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
    items: page.items.map((item) => publicItem(item)),
    ...(page.next === undefined ? {} : { next: page.next }),
  };
}

function publicItem(stored: StoredItem): Readonly<Record<string, unknown>> {
  const item: EpisodeItem = readEpisodeItem(stored);
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
  const items = page.items.map((entry) => ({
    sequence: entry.sequence,
    at: entry.at,
    action: entry.action,
    what: timelineWords(String(entry.action), (entry.facts ?? {}) as Record<string, unknown>),
    actor: entry.actor,
    facts: entry.facts,
    ...(newestFirst ? {} : { hash: entry.hash, previousHash: entry.previousHash }),
  }));
  return { items, ...(page.next === undefined ? {} : { next: page.next }) };
}
