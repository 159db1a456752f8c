import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { repeatedDates } from "../../../shared/care/sessions/visits.ts";
import { addDays, daysBetween } from "../../../shared/care/time/zoned-time.ts";
import type {
  visitBodySchema,
  visitChangeBodySchema,
} from "../../../shared/contracts/schedule-bodies.ts";
import type { Found } from "../../../shared/staff/find-by-id.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { loadDecision } from "../../../shared/store/decide-and-commit.ts";
import { loadTimetables } from "../../../shared/store/load-timetables.ts";
import { readStaffDays, staffDayOperations } from "../../../shared/store/staff-day.ts";
import { bookVisits, type VisitLook } from "../../weekly-program/book-visit.ts";
import { changeVisit } from "../../weekly-program/change-visit.ts";
import { nameStaff, refuseOthersStaff } from "./name-staff.ts";
import { type ChangeAndMore, commandOnEpisode, type StaffCall } from "./on-episode.ts";

type Booking = ReturnType<typeof visitBodySchema.parse>;
type Changing = ReturnType<typeof visitChangeBodySchema.parse>;
type Day = { readonly staffId: string; readonly on: string };

/** Decides with the days of those who hold the visits, and writes the visits into them in the same transaction. */
async function decideWithDays(
  deps: CareDeps,
  state: OpenState,
  ctx: DecisionContext,
  days: readonly Day[],
  decide: (look: VisitLook) => ReturnType<typeof bookVisits>,
): Promise<(ChangeAndMore & { readonly visits: readonly Session[] }) | Refusal> {
  const [timetables, staffDays] = await Promise.all([
    loadTimetables(deps.store, ctx.site),
    readStaffDays(deps.store, days),
  ]);
  const decided = decide({
    timetables,
    bookings: (staffId, on) =>
      staffDays.find((day) => day.staffId === staffId && day.on === on)?.bookings ?? [],
  });
  if (isRefusal(decided)) return decided;
  return {
    ...decided,
    also: staffDayOperations(staffDays, state.episode.episodeId, decided.visits),
  };
}

function answerOf(visits: readonly Session[]) {
  return {
    visits: visits.map((visit) => ({
      sessionId: visit.sessionId,
      groupSessionId: visit.groupSessionId,
      on: visit.on,
      startsAt: visit.scheduledStartAt,
      status: visit.status,
    })),
  };
}

/** Looks what `visitCommands.book` would make of a booking now: the same decision, of which nothing is written. */
export async function lookAtVisit(
  deps: CareDeps,
  call: Pick<StaffCall, "actor">,
  episodeId: string,
  body: Booking,
): Promise<{ readonly state: OpenState; readonly refusal?: Refusal } | undefined> {
  const loaded = await loadDecision(deps, { episodeId, actor: call.actor });
  if (loaded === undefined) return undefined;
  const { ctx, state } = loaded;
  const decided =
    (await refuseOthersStaff(deps.store, state.episode.siteId, {
      "Whoever is to hold the visit": body.leaderId,
    })) ??
    (await decideWithDays(deps, state, ctx, bookedDays(body), (look) =>
      bookVisits(state, body, ctx, look),
    ));
  if (!isRefusal(decided)) return { state };
  return { state, refusal: await nameStaff(deps.store, decided) };
}

function bookedDays(body: Booking): readonly Day[] {
  return repeatedDates(body.on, body.repeat).map((on) => ({ staffId: body.leaderId, on }));
}

/** What staff do about the visits of one person: book one or a series, change one or it and those that follow. */
export const visitCommands = {
  book: (
    deps: CareDeps,
    call: StaffCall,
    episodeId: string,
    body: Booking,
  ): Promise<CallOutcome> => {
    let visits: readonly Session[] = [];
    return commandOnEpisode(deps, call, {
      episodeId,
      decide: async (state, ctx) => {
        const refusal = await refuseOthersStaff(deps.store, state.episode.siteId, {
          "Whoever is to hold the visit": body.leaderId,
        });
        if (refusal !== undefined) return refusal;
        const decided = await decideWithDays(deps, state, ctx, bookedDays(body), (look) =>
          bookVisits(state, body, ctx, look),
        );
        if (!isRefusal(decided)) visits = decided.visits;
        return decided;
      },
      answer: () => answerOf(visits),
    });
  },
  change: (
    deps: CareDeps,
    call: StaffCall,
    { episodeId, item }: Found<"session"> & { readonly episodeId: string },
    body: Changing,
  ): Promise<CallOutcome> => {
    let visits: readonly Session[] = [];
    return commandOnEpisode(deps, call, {
      episodeId,
      alsoLoad: [item.sk],
      decide: async (state, ctx) => {
        const refusal = await refuseOthersStaff(deps.store, state.episode.siteId, {
          "Whoever is to hold the visit": body.leaderId,
        });
        if (refusal !== undefined) return refusal;
        const decided = await decideWithDays(deps, state, ctx, daysOf(state, item, body), (look) =>
          changeVisit(state, item.sk, body, ctx, look),
        );
        if (!isRefusal(decided)) visits = decided.visits;
        return decided;
      },
      answer: () => answerOf(visits),
    });
  },
};

/** The days on which visits of the series will be, and who will hold them. */
function daysOf({ items }: OpenState, first: Session, body: Changing): readonly Day[] {
  const days = body.moveTo === undefined ? 0 : daysBetween(first.on, body.moveTo.on);
  const found = new Map<string, Day>();
  for (const item of items.values()) {
    if (item.kind !== "session") continue;
    const isOfSeries = item.visit !== undefined && item.visit.seriesId === first.visit?.seriesId;
    if (item.sk !== first.sk && !isOfSeries) continue;
    const staffId = body.leaderId ?? item.leaderId;
    if (staffId === undefined) continue;
    const day = { staffId, on: addDays(item.on, days) };
    found.set(`${day.staffId} ${day.on}`, day);
  }
  return [...found.values()];
}
