import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { endOfNextStaffedDay } from "../../../shared/care/program/staffed-time.ts";
import { recordNote } from "../../../shared/care/safety/record-note.ts";
import { askAboutLicences } from "../../../shared/care/sessions/ask-about-licences.ts";
import {
  type GroupPlaces,
  refuseFull,
  refusePlaces,
} from "../../../shared/care/sessions/full-groups.ts";
import {
  groupSessionIdOf,
  readGroupSessionId,
} from "../../../shared/care/sessions/group-session-id.ts";
import { standingFields, standingOf } from "../../../shared/care/sessions/standing.ts";
import { openTask } from "../../../shared/care/tasks/open-task.ts";
import {
  actingStaff,
  findTaskBySk,
  refuseClosed,
  refuseEnded,
} from "../../../shared/care/tasks/refuse.ts";
import { addMinutes } from "../../../shared/care/time/instants.ts";
import { localDate, localTime } from "../../../shared/care/time/zoned-time.ts";
import { followFacts } from "../../../shared/messages/follow-facts.ts";

const minutesBeforeFirstVisit = 60;

/**
 * Asks another site to take somebody over, or to have a referral that came to the wrong one. Until somebody there
 * accepts, everything stays with the site where it is: nobody is ever without an owner.
 *
 * @param to - the site that is asked; `undefined` where there is none of this id
 */
export function askForTransfer(
  state: OpenState,
  body: { readonly reason: string },
  to: Site | undefined,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const { episode } = state;
  const ended = refuseEnded(episode);
  if (ended !== undefined) return ended;
  const invalid = (sentence: string): Refusal => ({ refused: "invalid", sentence });
  if (to === undefined) return invalid("There is no such site.");
  if (to.siteId === episode.siteId) return invalid("This person is at that site already.");
  if (!to.programs.includes(episode.programId))
    return invalid("That site does not offer this person's program.");
  if (openTransfer(state) !== undefined)
    return {
      refused: "already-decided",
      sentence: "Another site is being asked already. Wait for its answer.",
    };
  const draft = new Draft(state, ctx);
  const noteId = recordNote(
    draft,
    ctx,
    { note: body.reason, safetyConcern: false },
    `transfer-${episode.version}`,
  );
  openTask(
    draft,
    { ...ctx, site: to },
    {
      taskKind: "site-transfer",
      occurrence: `${to.siteId}-v${episode.version}`,
      words: `${ctx.site.name} asks ${to.name} to take this person over. Read why, then accept or decline. Until then they stay with ${ctx.site.name}.`,
      atSite: to.siteId,
      evidence: { from: ctx.site.name },
      ...(noteId === undefined ? {} : { about: { type: "note", id: noteId } }),
    },
  );
  return draft.finish("site-transfer-asked", { to: to.siteId }, body.reason);
}

function openTransfer(state: OpenState): CareTask | undefined {
  for (const item of state.items.values())
    if (item.kind === "task" && item.taskKind === "site-transfer" && item.status === "open")
      return item;
  return undefined;
}

export type TransferAnswer = {
  readonly taskSk: string;
  readonly outcome: string;
  readonly note?: string | undefined;
  /** True where they are taken over although a group there is full; the note says why. */
  readonly isOverCapacity?: boolean | undefined;
};

/**
 * The answer of the site that was asked. Accepted, the person and all their work are its own from this moment, and
 * what was planned follows its hours; declined, the site where they are hears why.
 *
 * @param to - the site whose task it is
 * @param places - how many are expected there in the groups that the person would come to
 */
export function answerTransfer(
  state: OpenState,
  body: TransferAnswer,
  to: Site,
  ctx: DecisionContext,
  places: readonly GroupPlaces[] = [],
): Change | Refusal {
  const task = findTaskBySk(state, body.taskSk);
  if (isRefusal(task)) return task;
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const refusal = refuseClosed(task);
  if (refusal !== undefined) return refusal;
  if (body.outcome !== "accepted" && body.outcome !== "declined")
    return {
      refused: "invalid",
      sentence: `${body.outcome} is no outcome of this task. Choose one of: accepted, declined.`,
    };
  const isAccepted = body.outcome === "accepted";
  if (!isAccepted && (body.note ?? "").trim() === "")
    return { refused: "invalid", sentence: "Write down why, for the site that asked." };
  const full = isAccepted ? refusePlaces(places, body.isOverCapacity) : undefined;
  if (full !== undefined) return full;
  const isOver = isAccepted && refuseFull(places, false) !== undefined;
  if (isOver && (body.note ?? "").trim() === "")
    return {
      refused: "invalid",
      sentence: "Write down why the person is taken over although a group is full.",
    };
  const draft = new Draft(state, isAccepted ? { ...ctx, site: to } : ctx);
  const noteId = recordNote(
    draft,
    ctx,
    { note: body.note, safetyConcern: false },
    `answer-${task.taskId}`,
  );
  draft.replace(task, {
    status: "done",
    outcome: {
      code: body.outcome,
      recordedBy: staff.staffId,
      recordedAt: ctx.now,
      ...(noteId === undefined ? {} : { noteId }),
    },
  });
  if (!isAccepted) {
    openTask(draft, ctx, {
      taskKind: "transfer-declined",
      occurrence: task.taskId,
      words: `${to.name} declined to take this person over: they stay here. Read why, and agree with the person on how to go on.`,
      ...(noteId === undefined ? {} : { about: { type: "note", id: noteId } }),
    });
    return draft.finish("site-transfer-declined", { to: to.siteId });
  }
  moveTo(draft, { ...ctx, site: to }, task);
  return draft.finish("site-transfer-accepted", {
    from: state.episode.siteId,
    to: to.siteId,
    ...(isOver ? { overCapacity: true } : {}),
  });
}

/** Work, alerts and visits are the new site's; who had taken a task at the old one has it no more. */
function moveTo(draft: Draft, ctx: DecisionContext, answered: CareTask): void {
  const { siteId } = ctx.site;
  const before = draft.episode;
  draft.set({ siteId });
  if (before.aftercare !== undefined) {
    // Who kept contact works at the site before: here it is its function's until somebody is introduced.
    const { keptBy: _keptBy, ...aftercare } = before.aftercare;
    draft.set({ aftercare });
  }
  const moved: Session[] = [];
  for (const item of draft.items()) {
    if (item.kind === "task" && item.status === "open" && item.sk !== answered.sk) {
      const { assignedTo: _assignedTo, ...task } = item;
      // Who was there is known where the session took place: asking for it stays with that site.
      if (item.taskKind === "mark-attendance")
        draft.replace(item, { atSite: item.atSite ?? before.siteId });
      else draft.restore(task);
    } else if (item.kind === "escalation" && item.status !== "closed") draft.replace(item, {});
    else if (item.kind === "message" && item.status === "PLANNED") draft.replace(item, {});
    else if (item.kind === "session") moved.push(...moveSession(draft, ctx, item));
    else if (item.kind === "driver" && item.status === "running")
      draft.owe({ kind: "wake-driver", episodeId: before.episodeId, driverSk: item.sk });
  }
  if (moved.length > 0)
    // The sessions follow the timetable of the site as it stands.
    draft.owe({
      kind: "apply",
      episodeId: before.episodeId,
      command: {
        type: "site-day-changed",
        on: localDate(ctx.now, ctx.site.timeZone),
        sessionSks: moved.map(({ sk }) => sk),
        isToldByCall: true,
      },
    });
  const there = moved.flatMap((session) => standsThere(ctx, session));
  askToRing(draft, ctx, there);
  askAboutLicences(draft, ctx, there, { wasSaid: false });
  followFacts(draft, ctx, before);
}

/**
 * A person is handed over by a person: one call says where to come and when, before the first visit, in place of a text
 * for each visit whose hour is another one here.
 */
function askToRing(draft: Draft, ctx: DecisionContext, there: readonly Session[]): void {
  // Who only asked for care is rung by the first steps of the intake, which are this site's now.
  if (draft.episode.admittedOn === undefined) return;
  const { site, now } = ctx;
  const first = there
    .map(({ scheduledStartAt }) => scheduledStartAt)
    .filter((startAt) => startAt > now)
    .toSorted()
    .at(0);
  const callBy = first === undefined ? undefined : addMinutes(first, -minutesBeforeFirstVisit);
  openTask(draft, ctx, {
    taskKind: "message-gap",
    occurrence: `other-site-v${draft.episode.version}`,
    words: `${site.name} has taken this person over. Call them, and say whom they reach here, and where and when their visits are now.${first === undefined ? "" : ` The first one is ${localDate(first, site.timeZone)} at ${localTime(first, site.timeZone)}.`}`,
    assignedFunction: "case-manager",
    priority: "urgent",
    dueAt:
      callBy !== undefined && callBy > now ? callBy : (first ?? endOfNextStaffedDay(site, now)),
  });
}

/** A session as the timetable of the new site has it. */
function standsThere({ program, site }: DecisionContext, session: Session): readonly Session[] {
  const slot = program.sessions.find((one) => one.slot === session.slot);
  const place = readGroupSessionId(session.groupSessionId);
  if (slot === undefined || place === undefined) return [];
  const { leaderId: _leader, place: _place, ...rest } = session;
  const standing = standingOf(site, program.programId, slot, place.plannedOn);
  return [{ ...rest, ...standingFields(standing) }];
}

function moveSession(draft: Draft, ctx: DecisionContext, session: Session): readonly Session[] {
  const place = readGroupSessionId(session.groupSessionId);
  const isToCome = session.scheduledStartAt > ctx.now && session.attendance === undefined;
  if (place === undefined || !isToCome) return [];
  const after = draft.replace<Session>(session, {
    groupSessionId: groupSessionIdOf({ ...place, siteId: ctx.site.siteId }),
    timeZone: ctx.site.timeZone,
  });
  draft.project({
    kind: "seat",
    groupSessionId: after.groupSessionId,
    sessionSk: after.sk,
    ...(after.on === place.plannedOn ? {} : { on: after.on }),
  });
  return [after];
}
