import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { GroupChange } from "../../../shared/care/program/group-change.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { changeTimetable, takeBackChange } from "../../../shared/care/sessions/change-timetable.ts";
import { readGroupSessionId } from "../../../shared/care/sessions/group-session-id.ts";
import type { Timetable } from "../../../shared/care/sessions/schedule-conflicts.ts";
import type {
  timetableChangeBodySchema,
  timetableUndoBodySchema,
} from "../../../shared/contracts/schedule-bodies.ts";
import { findStaff } from "../../../shared/staff/staff-member.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { type CallOutcome, carryOutOnce } from "../../../shared/store/carry-out-once.ts";
import { changeSite } from "../../../shared/store/change-site.ts";
import { loadSite } from "../../../shared/store/list-sites.ts";
import { loadTimetables } from "../../../shared/store/load-timetables.ts";
import { rememberRequest } from "../../../shared/store/remembered-request.ts";
import { commandIdOf, type StaffCall } from "./on-episode.ts";
import { refuseBooked } from "./refuse-booked.ts";

type Changing = ReturnType<typeof timetableChangeBodySchema.parse>;
type Undoing = ReturnType<typeof timetableUndoBodySchema.parse>;

const notHere: Refusal = { refused: "not-found", sentence: "There is no such session here." };

/**
 * Changes the timetable of the site that a session belongs to, once for each key.
 *
 * @param decide - the changes of the site as they are to be; pure, and may run several times
 */
async function onTimetable(
  deps: CareDeps,
  call: StaffCall,
  groupSessionId: string,
  what: {
    readonly action: string;
    readonly changeId: string;
    /** True where later sessions change too. */
    readonly isSeries: (site: Site) => boolean;
    readonly decide: (
      site: Site,
      timetables: readonly Timetable[],
    ) => readonly GroupChange[] | Refusal;
  },
): Promise<CallOutcome> {
  const which = readGroupSessionId(groupSessionId);
  if (which === undefined || !call.staff.siteIds.includes(which.siteId))
    return { outcome: "refused", refusal: notHere };
  const { siteId } = which;
  const answer = JSON.stringify({ sessionId: groupSessionId, changeId: what.changeId });
  return carryOutOnce(deps, call.request, async () => {
    const known = await loadSite(deps, siteId);
    const timetables = await loadTimetables(deps.store, known);
    const planned = what.decide(known, timetables);
    if (isRefusal(planned)) return planned;
    const booked = await refuseBooked(deps.store, known, timetables, {
      which,
      isSeries: what.isSeries(known),
      groupChanges: planned,
    });
    if (booked !== undefined) return booked;
    const outcome = await changeSite(deps, {
      siteId,
      commandId: commandIdOf(call),
      actor: call.actor,
      decide: (site) => {
        const groupChanges = what.decide(site, timetables);
        if (isRefusal(groupChanges)) return groupChanges;
        return {
          fields: { groupChanges },
          action: what.action,
          facts: { siteId, sessionId: groupSessionId, changeId: what.changeId },
        };
      },
      also: () => [
        rememberRequest(
          deps.secrets,
          call.request,
          { status: 200, body: answer },
          deps.clock.now(),
        ),
      ],
    });
    return isRefusal(outcome) ? outcome : answer;
  });
}

async function refuseLeaders(
  deps: CareDeps,
  siteId: string,
  { leaderId, coLeaderId }: Changing,
): Promise<Refusal | undefined> {
  for (const staffId of [leaderId, coLeaderId]) {
    if (staffId === undefined) continue;
    const member = await findStaff(deps.store, staffId);
    if (member?.siteIds.includes(siteId) === true) continue;
    return { refused: "invalid", sentence: `Nobody with the id ${staffId} works at this site.` };
  }
  return undefined;
}

/** What staff do to a site's timetable: change a session or all that follow, and take that back. */
export const timetableCommands = {
  change: async (
    deps: CareDeps,
    call: StaffCall,
    groupSessionId: string,
    body: Changing,
  ): Promise<CallOutcome> => {
    const which = readGroupSessionId(groupSessionId);
    if (which === undefined) return { outcome: "refused", refusal: notHere };
    const refusal = await refuseLeaders(deps, which.siteId, body);
    if (refusal !== undefined) return { outcome: "refused", refusal };
    const changeId = deps.ids.next();
    return onTimetable(deps, call, groupSessionId, {
      action: "timetable-changed",
      changeId,
      isSeries: () => body.andFollowing,
      decide: (site, timetables) =>
        changeTimetable(site, timetables, which, body, {
          changeId,
          by: call.staff.staffId,
          at: deps.clock.now(),
        }),
    });
  },
  undo: (
    deps: CareDeps,
    call: StaffCall,
    groupSessionId: string,
    { changeId }: Undoing,
  ): Promise<CallOutcome> =>
    onTimetable(deps, call, groupSessionId, {
      action: "timetable-change-taken-back",
      changeId,
      isSeries: ({ groupChanges = [] }) =>
        groupChanges.some((one) => one.changeId === changeId && one.andFollowing),
      decide: (site, timetables) => takeBackChange(site, timetables, changeId, deps.clock.now()),
    }),
};
