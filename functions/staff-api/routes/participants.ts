import { Hono } from "hono/tiny";
import { episodeStatuses, statusWords } from "../../../shared/care/episode/status.ts";
import { currentWeek } from "../../../shared/care/episode/where-words.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { listRoster } from "../../../shared/store/list-roster.ts";
import { readProfile } from "../../../shared/store/read-profile.ts";
import { matchesSearch } from "../../../workflows/run/match-profile.ts";
import type { ApiVariables, StaffMember } from "../authenticate.ts";
import { findEpisode } from "../people/find-episode.ts";
import { problem } from "../problem.ts";

export type PersonRow = {
  readonly episodeId: string;
  readonly participantId: string;
  readonly reference: string;
  readonly name: string;
  readonly status: string;
  readonly phase: string;
  readonly siteId: string;
  readonly programId: string;
  readonly week?: number;
};

/** The people of the sites a member of staff has, filtered in memory by their names or reference. */
export async function listPeople(
  store: Store,
  staff: StaffMember,
  search: string,
  phase: string | undefined,
): Promise<readonly PersonRow[]> {
  const rows: PersonRow[] = [];
  for (const siteId of staff.siteIds) {
    for (const episodeId of await listRoster(store, siteId)) {
      const episode = await findEpisode(store, staff, episodeId);
      if (episode === undefined || (phase !== undefined && episode.status !== phase)) continue;
      const profile = await readProfile(store, episode.participantId);
      const week = currentWeek(episode);
      const name =
        profile === undefined
          ? "Name erased"
          : `${profile.preferredName ?? profile.given} ${profile.family}`;
      if (!matchesSearch(profile, episode.reference, search)) continue;
      rows.push({
        episodeId,
        participantId: episode.participantId,
        reference: episode.reference,
        name,
        status: episode.status,
        phase: statusWords[episode.status],
        siteId: episode.siteId,
        programId: episode.programId,
        ...(week === undefined ? {} : { week }),
      });
    }
  }
  return rows.sort((left, right) => left.name.localeCompare(right.name));
}

const pageSize = 50;

export function participantRoutes(deps: { readonly store: Store }) {
  const app = new Hono<{ Variables: ApiVariables }>();
  app.get("/participants", async (context) => {
    const phase = context.req.query("phase");
    if (phase !== undefined && !episodeStatuses.some((status) => status === phase)) {
      return problem(context, 400, "There is no such phase.", {
        errors: [{ path: "phase", problem: `must be one of ${episodeStatuses.join(", ")}` }],
      });
    }
    const cursor = Number(context.req.query("cursor") ?? "0");
    if (!Number.isInteger(cursor) || cursor < 0)
      return problem(context, 400, "The cursor is not one of ours.", {
        errors: [{ path: "cursor", problem: "take it from the last answer" }],
      });
    const rows = await listPeople(
      deps.store,
      context.get("staff"),
      (context.req.query("search") ?? "").slice(0, 100),
      phase,
    );
    const next = cursor + pageSize;
    return context.json({
      items: rows.slice(cursor, next),
      ...(rows.length > next ? { next: String(next) } : {}),
    });
  });
  return app;
}
