import { isRefusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Episode, WeekHours } from "../../shared/care/episode/episode.ts";
import type { EpisodeItem, OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import {
  type AttendanceInput,
  recordAttendance,
} from "../../workflows/weekly-program/record-attendance.ts";
import {
  applyChange,
  buildContext,
  buildEpisode,
  buildState,
  caseManager,
  putsOf,
} from "./state.ts";

export const startAt = "2027-01-11T14:00:00.000Z";
export const endAt = "2027-01-11T17:00:00.000Z";

export function buildSession(overrides: Partial<Session> = {}): Session {
  return {
    kind: "session",
    sk: "SESSION#2027-01-11#mon-group",
    version: 1,
    sessionId: "session-1",
    groupSessionId: "riverside:adult-iop:2027-01-11:mon-group",
    slot: "mon-group",
    week: 1,
    on: "2027-01-11",
    scheduledStartAt: startAt,
    scheduledEndAt: endAt,
    timeZone: "America/New_York",
    modality: "group",
    counts: true,
    status: "planned",
    ...overrides,
  };
}

export const week: WeekHours = {
  week: 1,
  startsOn: "2027-01-11",
  expectedMinutes: 540,
  attendedMinutes: 0,
  isFullWeek: true,
  byDay: {},
};

export function inProgram(
  items: readonly EpisodeItem[],
  episode: Partial<Episode> = {},
): OpenState {
  return buildState(
    buildEpisode({
      status: "active",
      admittedOn: "2027-01-08",
      week: 1,
      weeks: [week],
      ...episode,
    }),
    items,
  );
}

export function mark(
  state: OpenState,
  session: Session,
  input: AttendanceInput,
  ctx: Partial<DecisionContext> = {},
) {
  const result = recordAttendance(
    state,
    session,
    input,
    buildContext({ now: "2027-01-11T17:05:00.000Z", actor: caseManager, ...ctx }),
  );
  if (isRefusal(result)) return { refusal: result, state, change: undefined, session };
  const written = putsOf(result)[session.sk];
  return {
    refusal: undefined,
    change: result,
    state: applyChange(state, result),
    session: written as Session,
  };
}
