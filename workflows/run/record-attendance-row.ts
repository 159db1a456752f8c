import { isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import { outreachSk } from "../../shared/care/ladders/start-outreach.ts";
import { isSameService } from "../../shared/care/services/follow-services.ts";
import type { attendanceBodySchema } from "../../shared/contracts/api-bodies.ts";
import type { Answered } from "../../shared/contracts/routes/route.ts";
import type { attendanceResultSchema } from "../../shared/contracts/routes/sessions.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { isInTheWay } from "../../shared/store/carry-out-once.ts";
import { decideAndCommit, loadDecision } from "../../shared/store/decide-and-commit.ts";
import { readEpisodeItem } from "../../shared/store/episode-forms.ts";
import { listSessions } from "../../shared/store/list-week-sessions.ts";
import { type RecordedPresence, readPresence } from "../../shared/store/read-presence.ts";
import { findSeat } from "../../shared/store/seats.ts";
import { isSameRound, seenStatuses } from "../weekly-program/mood-round.ts";
import { recordAttendance } from "../weekly-program/record-attendance.ts";
import { nameStaff } from "./commands/name-staff.ts";

export type AttendanceRow = ReturnType<typeof attendanceBodySchema.parse>[number];

/** What came of one person's row. */
export type RowResult = Answered<typeof attendanceResultSchema>;

const notExpected: Refusal = {
  refused: "not-found",
  sentence: "This person is not expected in that session.",
};

const inTheWay =
  "Others were changing this person's record at the same moment: nothing was entered. Enter it again.";

/**
 * Enters or corrects one person's attendance: one commit, which another row's refusal does not undo. A row
 * that says what is entered already changes nothing.
 */
export async function recordRow(
  deps: CareDeps,
  row: AttendanceRow,
  groupSessionId: string,
  actor: Actor,
): Promise<RowResult> {
  const { episodeId, ...input } = row;
  const sessionSk = await findSeat(deps.store, groupSessionId, episodeId);
  const before =
    sessionSk === undefined ? undefined : await loadSession(deps, episodeId, sessionSk);
  if (sessionSk === undefined || before === undefined) {
    return { episodeId, result: "refused", sentence: notExpected.sentence };
  }
  const entered = await enteredPresence(deps, row, before);
  if (isSame(before, row, entered)) return recorded(episodeId, before);
  const attended = await attendedOthers(deps, row, before);
  const deciding = decideAndCommit(deps, {
    episodeId,
    commandId: `attendance/${deps.secrets.sha256(
      JSON.stringify([groupSessionId, row, actor, before.version]),
    )}`,
    actor,
    alsoLoad: [sessionSk, outreachSk("missedSession", before.sessionId)],
    decide: (state, ctx) => {
      const session = state.items.get(sessionSk);
      if (session?.kind !== "session")
        return { refused: "not-found", sentence: "There is no such session here." };
      // Somebody else has just said the same.
      if (isSame(session, row, entered)) return { answer: "recorded" };
      const change = recordAttendance(state, session, input, ctx, attended);
      return isRefusal(change) ? change : { change, answer: "recorded" };
    },
  });
  const outcome = await deciding.catch((error: unknown) => {
    // The rows before this one are recorded: only this one is to be entered again.
    if (isInTheWay(error))
      return { refusal: { refused: "not-now", sentence: inTheWay } satisfies Refusal };
    throw error;
  });
  if (outcome.refusal !== undefined) {
    const { sentence } = await nameStaff(deps.store, outcome.refusal);
    return { episodeId, result: "refused", sentence };
  }
  return recorded(episodeId, await loadSession(deps, episodeId, sessionSk));
}

/** What would come of a row, with nothing written. */
export type RowLook = {
  /** As it is entered now; missing where nothing is, or the person is not expected there. */
  readonly before?: Session["attendance"];
  readonly isSame: boolean;
  readonly refusal?: Refusal;
};

/** Looks what `recordRow` would make of a row now: the same decision, of which nothing is written. */
export async function lookAtRow(
  deps: CareDeps,
  row: AttendanceRow,
  groupSessionId: string,
  actor: Actor,
): Promise<RowLook> {
  const { episodeId, ...input } = row;
  const sessionSk = await findSeat(deps.store, groupSessionId, episodeId);
  const session =
    sessionSk === undefined ? undefined : await loadSession(deps, episodeId, sessionSk);
  if (session === undefined) return { isSame: false, refusal: notExpected };
  const before = session.attendance === undefined ? {} : { before: session.attendance };
  if (isSame(session, row, await enteredPresence(deps, row, session)))
    return { ...before, isSame: true };
  const alsoLoad = [session.sk, outreachSk("missedSession", session.sessionId)];
  const loaded = await loadDecision(deps, { episodeId, actor, alsoLoad });
  if (loaded === undefined) return { isSame: false, refusal: notExpected };
  const change = recordAttendance(loaded.state, session, input, loaded.ctx);
  if (!isRefusal(change)) return { ...before, isSame: false };
  return { ...before, isSame: false, refusal: await nameStaff(deps.store, change) };
}

/** Of a correction to a missed session: the others of its service to which the person came. */
async function attendedOthers(
  deps: CareDeps,
  { episodeId, status }: AttendanceRow,
  session: Session,
): Promise<readonly Session[] | undefined> {
  const came = ({ attendance }: Session) =>
    attendance !== undefined && seenStatuses.includes(attendance.status);
  if (!came(session) || seenStatuses.includes(status)) return undefined;
  const sessions = await listSessions(deps.store, episodeId);
  return sessions.filter(
    (one) =>
      one.sessionId !== session.sessionId &&
      came(one) &&
      isSameService(one.modality, session.modality),
  );
}

function recorded(episodeId: string, session: Session | undefined): RowResult {
  const attendance = session?.attendance;
  return { episodeId, result: "recorded", ...(attendance === undefined ? {} : { attendance }) };
}

/** Where the person was, as it is entered already; read where a row says something of it. */
async function enteredPresence(
  deps: CareDeps,
  { episodeId, presence }: AttendanceRow,
  { sessionId, attendance }: Session,
): Promise<RecordedPresence | undefined> {
  return presence === undefined || attendance?.online === undefined
    ? undefined
    : readPresence(deps.store, episodeId, sessionId);
}

function isSame(
  { attendance }: Session,
  row: AttendanceRow,
  entered: RecordedPresence | undefined,
): boolean {
  const { presence } = row;
  const isSamePlace =
    presence === undefined ||
    (presence.state === attendance?.online?.state &&
      presence.address === entered?.address &&
      presence.callback === entered.callback);
  return (
    attendance !== undefined &&
    isSamePlace &&
    attendance.status === row.status &&
    attendance.arrivedAt === row.arrivedAt &&
    attendance.leftAt === row.leftAt &&
    isSameRound(attendance, row)
  );
}

async function loadSession(
  deps: CareDeps,
  episodeId: string,
  sessionSk: string,
): Promise<Session | undefined> {
  const key = keys.episodeItem(episodeId, sessionSk);
  const stored = await deps.store.get("care", key.pk, key.sk);
  const item = stored === undefined ? undefined : readEpisodeItem(stored);
  return item?.kind === "session" ? item : undefined;
}
