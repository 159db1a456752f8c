import { beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../../../shared/care/episode/session.ts";
import { ConditionFailedError } from "../../../shared/errors/condition-failed-error.ts";
import { storedItem } from "../../../shared/store/episode-forms.ts";
import { MemoryStore } from "../../../shared/store/memory/memory-store.ts";
import {
  readStaffDays,
  type StaffDay,
  staffDayOperations,
} from "../../../shared/store/staff-day.ts";
import { buildSession } from "../../builders/attendance.ts";
import { buildEpisode, episodeId } from "../../builders/state.ts";

const on = "2027-01-13";
const visit = (more: Partial<Session> = {}) =>
  buildSession({
    sk: `SESSION#${on}#visit-1`,
    sessionId: "visit-1",
    on,
    leaderId: "avery",
    modality: "individual",
    scheduledStartAt: `${on}T19:00:00.000Z`,
    scheduledEndAt: `${on}T19:50:00.000Z`,
    ...more,
  });

let store: MemoryStore;
beforeEach(() => {
  store = new MemoryStore({ conflictRate: 0 });
});

async function dayOf(staffId = "avery"): Promise<StaffDay> {
  const [day] = await readStaffDays(store, [{ staffId, on }]);
  if (day === undefined) throw new Error("There is no day");
  return day;
}
const ids = async (staffId?: string) =>
  (await dayOf(staffId)).bookings.map(({ sessionId }) => sessionId);
const keep = (session: Session) =>
  store.transact([{ put: { table: "care", item: storedItem(buildEpisode(), session) } }]);
async function book(session: Session, day: StaffDay): Promise<void> {
  await store.transact(staffDayOperations([day], episodeId, [session]));
  await keep(session);
}

describe("the day of a member of staff", () => {
  it("is given once: whoever read it before somebody else booked is refused, first and later", async () => {
    const empty = await dayOf();
    await book(visit(), empty);
    const second = visit({ sk: `SESSION#${on}#visit-2`, sessionId: "visit-2" });
    await expect(book(second, empty)).rejects.toThrow(ConditionFailedError);
    const known = await dayOf();
    await book(second, known);
    const third = visit({ sk: `SESSION#${on}#visit-3`, sessionId: "visit-3" });
    await expect(book(third, known)).rejects.toThrow(ConditionFailedError);
    expect(await ids()).toEqual(["visit-1", "visit-2"]);
  });

  it.each<[string, Partial<Session>]>([
    ["cancelled", { status: "cancelled" }],
    ["given to somebody else", { leaderId: "jordan" }],
    ["moved to an earlier beginning", { scheduledStartAt: `${on}T18:00:00.000Z` }],
    ["moved to a later end", { scheduledEndAt: `${on}T20:30:00.000Z` }],
  ])("has its time back from a visit that was %s", async (_what, change) => {
    await book(visit(), await dayOf());
    expect(await ids()).toEqual(["visit-1"]);
    await keep(visit(change));
    expect(await ids()).toEqual([]);
  });

  it("holds a visit once, at its new time, and is nobody else's", async () => {
    await book(visit(), await dayOf());
    const later = {
      scheduledStartAt: `${on}T20:00:00.000Z`,
      scheduledEndAt: `${on}T20:50:00.000Z`,
    };
    await book(visit(later), await dayOf());
    expect((await dayOf()).bookings).toMatchObject([
      {
        sessionId: "visit-1",
        episodeId,
        startAt: later.scheduledStartAt,
        endAt: later.scheduledEndAt,
      },
    ]);
    expect(await ids("jordan")).toEqual([]);
    expect(staffDayOperations([await dayOf("jordan")], episodeId, [visit()])).toEqual([]);
  });
});
