import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { GroupChange } from "../../../shared/care/program/group-change.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { changeTimetable, takeBackChange } from "../../../shared/care/sessions/change-timetable.ts";
import {
  type GroupSessionPlace,
  readGroupSessionId,
} from "../../../shared/care/sessions/group-session-id.ts";
import type { Timetable } from "../../../shared/care/sessions/schedule-conflicts.ts";
import type {
  timetableChangeBodySchema,
  timetableUndoBodySchema,
} from "../../../shared/contracts/schedule-bodies.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { refuseOthersStaff } from "./name-staff.ts";
import type { StaffCall } from "./on-episode.ts";
import { commandOnSite } from "./on-site.ts";
import { refuseBooked } from "./refuse-booked.ts";
import { refuseUnlicensed } from "./refuse-unlicensed.ts";

type Changing = ReturnType<typeof timetableChangeBodySchema.parse>;
type Undoing = ReturnType<typeof timetableUndoBodySchema.parse>;

const notHere: Refusal = { refused: "not-found", sentence: "There is no such session here." };

/**
 * Changes the timetable of the site that a session belongs to, once for each key.
 *
 * @param decide - the changes of the site as they are to be; pure, and may run several times
 */
function onTimetable(
  deps: CareDeps,
  call: StaffCall,
  groupSessionId: string,
  what: {
    readonly action: string;
    readonly changeId: string;
    /** True where later sessions change too; it is asked of the site as it was. */
    readonly isSeries: (site: Site) => boolean;
    readonly isOutsideLicence: boolean;
    readonly leaders?: Readonly<Record<string, string | undefined>>;
    readonly decide: (
      site: Site,
      now: string,
      timetables: readonly Timetable[],
      which: GroupSessionPlace,
    ) => readonly GroupChange[] | Refusal;
  },
): Promise<CallOutcome> {
  const which = readGroupSessionId(groupSessionId);
  const { action, changeId } = what;
  return commandOnSite(deps, call, {
    siteId: which?.siteId,
    notHere,
    decide: (site, now, timetables) => {
      if (which === undefined) return notHere;
      const groupChanges = what.decide(site, now, timetables, which);
      if (isRefusal(groupChanges)) return groupChanges;
      const { siteId } = site;
      const isOutside = what.isOutsideLicence ? { outsideLicence: true } : {};
      return {
        fields: { groupChanges },
        action,
        facts: { siteId, sessionId: groupSessionId, changeId, ...isOutside },
      };
    },
    look: async (next, timetables, before) => {
      const stranger = await refuseOthersStaff(deps.store, next.siteId, what.leaders ?? {});
      if (stranger !== undefined || which === undefined) return stranger;
      const changed = { which, isSeries: what.isSeries(before) };
      const booked = await refuseBooked(deps.store, next, timetables, changed);
      if (booked !== undefined || what.isOutsideLicence) return booked;
      return refuseUnlicensed(deps.store, next, timetables, changed);
    },
    answer: () => ({ sessionId: groupSessionId, changeId }),
  });
}

/** What staff do to a site's timetable: change a session or all that follow, and take that back. */
export const timetableCommands = {
  change: (
    deps: CareDeps,
    call: StaffCall,
    groupSessionId: string,
    body: Changing,
  ): Promise<CallOutcome> => {
    const changeId = deps.ids.next();
    return onTimetable(deps, call, groupSessionId, {
      action: "timetable-changed",
      changeId,
      isSeries: () => body.andFollowing,
      isOutsideLicence: body.isOutsideLicence === true,
      leaders: {
        "Whoever is to lead": body.leaderId,
        "Whoever is to help to lead": body.coLeaderId,
      },
      decide: (site, at, timetables, which) =>
        changeTimetable(site, timetables, which, body, {
          changeId,
          by: call.staff.staffId,
          at,
        }),
    });
  },
  undo: (
    deps: CareDeps,
    call: StaffCall,
    groupSessionId: string,
    { changeId, isOutsideLicence }: Undoing,
  ): Promise<CallOutcome> =>
    onTimetable(deps, call, groupSessionId, {
      action: "timetable-change-taken-back",
      changeId,
      isSeries: ({ groupChanges = [] }) =>
        groupChanges.some((one) => one.changeId === changeId && one.andFollowing),
      isOutsideLicence: isOutsideLicence === true,
      decide: (site, now, timetables) => takeBackChange(site, timetables, changeId, now),
    }),
};
