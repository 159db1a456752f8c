import type * as z from "zod";
import type { Actor } from "../../../shared/care/episode/actor.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { statusTransitions } from "../../../shared/care/episode/status.ts";
import { phaseLabel } from "../../../shared/care/episode/where-label.ts";
import { staffIn, withStaffNames } from "../../../shared/care/text/staff-mark.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import {
  auditEntrySchema,
  episodeLists,
  getAudit,
  getEpisode,
  getMedicines,
  getNotes,
  getPathway,
  getPlans,
  getProgramMove,
  getReleases,
  getScreens,
  getServices,
  getTimeline,
  publicEpisodeSchema,
  recordedMedicineSchema,
  recordedReleaseSchema,
  recordedScreenSchema,
  recordedServiceSchema,
  timelineEntrySchema,
} from "../../../shared/contracts/routes/episodes.ts";
import type { Answered, cursorQuery, RouteOf } from "../../../shared/contracts/routes/route.ts";
import { NotFoundError } from "../../../shared/errors/not-found-error.ts";
import { itemPrefixes, keys } from "../../../shared/keys/keys.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { staffNames } from "../../../shared/staff/words/actor-words.ts";
import { timelineWords } from "../../../shared/staff/words/timeline-words.ts";
import { listNotes } from "../../../shared/staff/written/read-notes.ts";
import { reasonsOf } from "../../../shared/staff/written/read-reasons.ts";
import { readAuditEntry } from "../../../shared/store/audit-entry.ts";
import { readEpisodeItem } from "../../../shared/store/episode-forms.ts";
import { loadSite } from "../../../shared/store/list-sites.ts";
import { readMedicines } from "../../../shared/store/read-medicines.ts";
import { readPlans } from "../../../shared/store/read-plan.ts";
import { readReferral } from "../../../shared/store/read-referral.ts";
import { readReleases } from "../../../shared/store/read-releases.ts";
import { readScreens } from "../../../shared/store/read-screen.ts";
import { readServices } from "../../../shared/store/read-services.ts";
import { problem } from "../../../shared/web/http/problem.ts";
import { type ApiDeps, serve } from "../serve-route.ts";

const pageSize = 100;

/** Where the items of each list are. */
const prefixes: Readonly<Record<keyof typeof episodeLists, string>> = {
  sessions: itemPrefixes.session,
  assessments: itemPrefixes.form,
  messages: itemPrefixes.message,
  tasks: itemPrefixes.task,
  "check-ins": itemPrefixes.checkIn,
  escalations: itemPrefixes.escalation,
  drivers: itemPrefixes.driver,
  outreach: itemPrefixes.outreach,
};

/** Answers a route below an episode of the member of staff's sites. */
function ofEpisode<Query extends z.ZodObject, Answer extends z.ZodType>(
  route: RouteOf<string, Query, z.ZodType, Answer>,
  answer: (
    episode: Episode,
    deps: ApiDeps,
    query: z.output<Query>,
    actor: Actor,
  ) => Promise<Answered<Answer>>,
) {
  return serve(route, async ({ context, staff, query, actor }, deps) => {
    const id = context.req.param("episodeId") ?? "";
    const episode = await findEpisode(deps.store, staff, id);
    if (episode === undefined) return problem(context, 404, "There is no such episode here.");
    return answer(episode, deps, query, actor);
  });
}

/** One episode: who it is about, where it is, what happened, what was written, and all that belongs to it. */
export const episodeRoutes = [
  ofEpisode(getEpisode, async (episode, { store }) => {
    const [person, referral] = await Promise.all([
      readPerson(store, episode.episodeId),
      readReferral(store, episode.participantId, episode.episodeId),
    ]);
    if (person === undefined) throw new NotFoundError("There is no such episode", {});
    const { name, episode: _episode, ...contact } = person;
    return {
      ...publicEpisodeSchema.parse(episode),
      participant: name,
      contact,
      ...(referral === undefined ? {} : { referral }),
      phase: phaseLabel(episode),
      mayMoveTo: statusTransitions[episode.status],
    };
  }),
  ofEpisode(getTimeline, ({ episodeId }, { store }, { cursor }) =>
    auditPage(store, episodeId, { cursor, entry: timelineEntrySchema, descending: true }),
  ),
  ofEpisode(getAudit, ({ episodeId }, { store }, { cursor }) =>
    auditPage(store, episodeId, { cursor, entry: auditEntrySchema, descending: false }),
  ),
  ofEpisode(getNotes, ({ episodeId }, { store }, { cursor }) =>
    listNotes(store, episodeId, { limit: pageSize, after: cursor }),
  ),
  ofEpisode(getPlans, async (episode, { store }) => ({
    items: (await readPlans(store, episode)).map(({ planKind, version, sections, at, by }) => ({
      planKind,
      version,
      sections,
      at,
      by,
    })),
  })),
  ofEpisode(getMedicines, async (episode, { store }) => ({
    items: (await readMedicines(store, episode)).map((one) => recordedMedicineSchema.parse(one)),
  })),
  ofEpisode(getServices, async (episode, { store }) => ({
    items: (await readServices(store, episode)).map((one) => recordedServiceSchema.parse(one)),
  })),
  ofEpisode(getReleases, async (episode, { store, clock }) => {
    const { timeZone } = await loadSite({ store }, episode.siteId);
    const items = await readReleases(store, episode, localDate(clock.now(), timeZone));
    return { items: items.map((one) => recordedReleaseSchema.parse(one)) };
  }),
  ofEpisode(getScreens, async (episode, { store }) => ({
    items: (await readScreens(store, episode)).map((one) => recordedScreenSchema.parse(one)),
  })),
  ofEpisode(getPathway, async (episode, { store }) => {
    const [runs, waits] = await Promise.all([
      itemsWith(store, episode.episodeId, itemPrefixes.driver, undefined),
      waitsOf(store, episode.episodeId),
    ]);
    return {
      phase: phaseLabel(episode),
      status: episode.status,
      steps: runs.items.flatMap((run) => {
        if (run.kind !== "driver") return [];
        const { workflow, subject, step, status, startAt, driverId } = run;
        const wait = waits.get(driverId);
        return [
          {
            workflow,
            subject,
            step,
            status,
            ...(startAt === undefined ? {} : { startsAt: startAt }),
            ...(wait === undefined ? {} : { wait }),
          },
        ];
      }),
    };
  }),
  ofEpisode(getProgramMove, async ({ episodeId }, deps, { to }, actor) => {
    const { previewMove } = await import("../../../workflows/run/commands/version-commands.ts");
    const { changes, ...move } = {
      changes: undefined,
      ...(await previewMove(deps, actor, episodeId, Number(to))),
    };
    return { ...move, ...(changes === undefined ? {} : { changes: [...changes] }) };
  }),
  list("sessions"),
  list("assessments"),
  list("messages"),
  list("tasks"),
  list("check-ins"),
  list("escalations"),
  list("drivers"),
  list("outreach"),
];

function list(name: keyof typeof episodeLists) {
  const route: RouteOf<string, typeof cursorQuery, z.ZodType, z.ZodType<ItemPage>> = episodeLists[
    name
  ];
  return ofEpisode(route, async ({ episodeId }, { store }, { cursor }) => {
    const page = await itemsWith(store, episodeId, prefixes[name], cursor);
    // Leaves out what is the store's own.
    return route.answer.schema.parse(page);
  });
}

type ItemPage = { readonly items: readonly object[]; readonly next?: string | undefined };

/** What each running workflow waits for: until when, since when, and how often it had to begin to wait. */
async function waitsOf(store: Store, episodeId: string) {
  const page = await itemsWith(store, episodeId, itemPrefixes.hold, undefined);
  return new Map(
    page.items.flatMap((item) => {
      if (item.kind !== "hold" || item.status !== "waiting") return [];
      const { driverId, holdUntil, enteredAt, retryCount } = item;
      return [[driverId, { until: holdUntil, since: enteredAt, retries: retryCount }] as const];
    }),
  );
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
    items: page.items.map(readEpisodeItem),
    ...(page.next === undefined ? {} : { next: page.next }),
  };
}

/** A page of what happened, with the reasons that were given; told as far as the entry's schema goes. */
async function auditPage<Entry extends z.ZodType>(
  store: Store,
  episodeId: string,
  options: {
    readonly cursor: string | undefined;
    readonly entry: Entry;
    readonly descending: boolean;
  },
) {
  const { cursor, entry: schema, descending } = options;
  const aggregateId = keys.episode(episodeId).pk;
  const page = await store.query("audit", aggregateId, {
    limit: pageSize,
    descending,
    ...(cursor === undefined ? {} : { after: cursor }),
  });
  const entries = page.items.map(readAuditEntry);
  const reasons = await reasonsOf(store, aggregateId, entries);
  const words = entries.map(({ action, facts }) => timelineWords(action, facts));
  const names = await staffNames(store, words.flatMap(staffIn));
  const items = entries.map((entry, index) => {
    const reason = reasons.get(entry.sequence);
    const { sequence, at, action, actor, facts, hash, previousHash } = entry;
    const what = withStaffNames(words[index] ?? "", names);
    const happened = { sequence, at, action, what, actor, facts, hash, previousHash };
    return schema.parse(reason === undefined ? happened : { ...happened, reason });
  });
  return { items, ...(page.next === undefined ? {} : { next: page.next }) };
}
