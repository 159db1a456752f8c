import { isRefusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { inGroups } from "../../../shared/care/sessions/group-waits.ts";
import { personMarks } from "../../../shared/care/text/normalise-text.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { Store, WriteOperation } from "../../../shared/ports/store.ts";
import type { Found } from "../../../shared/staff/find-by-id.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import {
  contactPointEpisodeItem,
  referenceItem,
} from "../../../shared/store/contact-point-items.ts";
import { leaveRoster, listSites, loadSite } from "../../../shared/store/list-sites.ts";
import { markOperations, readProfile } from "../../../shared/store/person-items.ts";
import { answerTransfer, askForTransfer, type TransferAnswer } from "../people/transfer-site.ts";
import { comingPlaces } from "./coming-places.ts";
import { commandOnEpisode, type StaffCall } from "./on-episode.ts";

/** Asks another site to take somebody over; until it accepts, nothing changes hands. */
export function askForTransferOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: { readonly toSiteId: string; readonly reason: string },
): Promise<CallOutcome> {
  return commandOnEpisode(deps, call, {
    episodeId,
    decide: async (state, ctx) => {
      const to = (await listSites(deps.store)).find(({ siteId }) => siteId === body.toSiteId);
      return askForTransfer(state, body, to, ctx);
    },
    answer: ({ episode }) => ({ episodeId, status: episode.status, version: episode.version }),
  });
}

/** The answer of the site that was asked, from its own list: the person is that of the other site until then. */
export async function answerTransferOnce(
  deps: CareDeps,
  call: StaffCall,
  found: Found<"task"> & { readonly episodeId: string },
  body: Omit<TransferAnswer, "taskSk">,
): Promise<CallOutcome> {
  const { episodeId, item } = found;
  const to = await loadSite(deps, found.siteId);
  return commandOnEpisode(deps, call, {
    episodeId,
    siteId: found.siteId,
    alsoLoad: [item.sk],
    decide: async (state, ctx) => {
      const places = await transferPlaces(deps.store, ctx, to, state.episode);
      const answer = { ...body, taskSk: item.sk };
      const change = answerTransfer(state, answer, to, ctx, places.groups);
      if (isRefusal(change) || change.episode.siteId === state.episode.siteId) return change;
      const moved = await placeOperations(deps, state, change.episode);
      return { change, also: [...moved, ...places.taking] };
    },
    answer: (state) => {
      const task = state.items.get(item.sk);
      if (task?.kind !== "task") return {};
      const { taskId, version, status, outcome } = task;
      return {
        taskId,
        version,
        status,
        ...(outcome === undefined ? {} : { outcome: outcome.code }),
      };
    },
  });
}

/** The places in the groups of a site that somebody would come to there; none for whoever comes to no group. */
export async function transferPlaces(
  store: Store,
  ctx: Pick<DecisionContext, "program" | "now">,
  to: Site,
  episode: Episode,
): ReturnType<typeof comingPlaces> {
  return inGroups.includes(episode.status)
    ? comingPlaces(store, { ...ctx, site: to }, episode, { isToStay: true })
    : { groups: [], taking: [] };
}

/** Everything outside the episode that says where it is: the reference, how the person is found, their seats. */
async function placeOperations(
  deps: CareDeps,
  before: OpenState,
  { episodeId, siteId, participantId, reference, createdAt, reach }: Episode,
): Promise<readonly WriteOperation[]> {
  const place = { episodeId, siteId, participantId };
  const profile = await readProfile(deps.store, participantId);
  const points = [reach.sms, reach.email].flatMap((point) => point ?? []);
  const { condition: _absent, ...known } = putOf(
    referenceItem(reference, { episodeId, siteId }, createdAt),
  );
  return [
    ...(before.episode.siteId === siteId ? [] : [leaveRoster(before.episode.siteId, episodeId)]),
    { put: known },
    ...points.map(
      ({ contactPointId }): WriteOperation => ({
        put: { table: "care", item: contactPointEpisodeItem(contactPointId, place) },
      }),
    ),
    ...(profile === undefined ? [] : markOperations(deps.secrets, personMarks(profile), place)),
    ...[...before.items.values()].flatMap((item): readonly WriteOperation[] =>
      item.kind === "session" && item.scheduledStartAt > deps.clock.now()
        ? [{ delete: { table: "care", ...keys.seat(item.groupSessionId, episodeId) } }]
        : [],
    ),
  ];
}

function putOf(operation: WriteOperation) {
  if (!("put" in operation)) throw new Error("A reference is put");
  return operation.put;
}
