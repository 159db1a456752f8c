import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { buildSession } from "../../builders/attendance.ts";
import { buildTask, tuesdayMorning } from "../../builders/state.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const caseManager = "casey-riverside";
const clinician = "avery-riverside";
const session = buildSession();
let world: StaffWorld;

/** The lines of a file without the mark at its start. */
function linesOf(csv: string): readonly string[] {
  return csv.replace("\uFEFF", "").trimEnd().split("\r\n");
}

async function auditOfSite() {
  const { items } = await world.store.query("audit", keys.audit("SITE#riverside", 1).pk, {
    limit: 50,
  });
  return items.filter(({ action }) => action === "table-exported");
}

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-08", week: 1 }),
    items: [
      {
        ...session,
        status: "closed",
        attendance: {
          status: "late",
          attendedMinutes: 150,
          arrivedAt: session.scheduledStartAt.replace(/T\d\d:\d\d/, "T14:30"),
          recordedBy: caseManager,
          recordedAt: tuesdayMorning,
          corrections: 0,
          mood: 6,
        },
      },
    ],
    given: "=Robin",
  });
});

describe("lists that go out to a spreadsheet", () => {
  it("gives the attendance of a day as a file, in words, and says in the audit trail who took it", async () => {
    const page = (await world.page(caseManager, `/staff/attendance?on=${session.on}`)).html;
    const link = /href="(\/staff\/exports\/attendance[^"]+)"/
      .exec(page)?.[1]
      ?.replaceAll("&amp;", "&");
    const file = await world.page(caseManager, link ?? "");
    expect(file.status).toBe(200);
    expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(file.headers.get("content-disposition")).toBe(
      `attachment; filename="attendance-${session.on}-to-${session.on}.csv"`,
    );
    const [headings, row] = linesOf(file.html);
    expect(headings).toBe(
      'Day,Begins,Ends,Session,Name,Reference,Record number,Attendance,Arrived,Left,Minutes,"Mood, 0 to 10",Entered by,Online: where they are,Online: state,Online: callback number,Reason for a correction,Payer,Day for the payer',
    );
    expect(row).toContain(",Late,09:30,,150,6,");
    // A name that a spreadsheet would take for a formula.
    expect(row).toContain(",'=Robin T.,");
    const entries = await auditOfSite();
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      actor: { kind: "staff", staffId: caseManager },
      facts: { table: "attendance", rows: 1, from: session.on, to: session.on },
    });
  });

  it("gives the people who are searched for, and the week of the schedule", async () => {
    const people = await world.page(caseManager, "/staff/exports/roster?search=testperson");
    expect(linesOf(people.html)).toHaveLength(2);
    expect(linesOf(people.html)[1]).toContain("In the program");
    const schedule = await world.page(
      caseManager,
      "/staff/exports/schedule?from=2027-01-11&to=2027-01-17",
    );
    expect(linesOf(schedule.html).length).toBeGreaterThan(3);
    // Nine to twelve in New York.
    expect(schedule.html).toContain("2027-01-14,09:00,12:00,");
    expect((await auditOfSite()).map(({ facts }) => facts)).toMatchObject([
      { table: "roster", rows: 1 },
      { table: "schedule" },
    ]);
  });

  it("gives the people of the phase that is asked for, and everybody without one", async () => {
    const rows = async (query: string) =>
      linesOf((await world.page(caseManager, `/staff/exports/roster${query}`)).html).length - 1;
    expect(await rows("?phase=active")).toBe(1);
    expect(await rows("?phase=aftercare")).toBe(0);
    expect(await rows("?phase=nowhere")).toBe(1);
    expect(await rows("?search=nobody")).toBe(0);
  });

  it("begins with today where the site is: late on Tuesday there it is Wednesday by UTC", async () => {
    world = await StaffWorld.create("2027-01-13T03:00:00.000Z");
    const file = await world.page(caseManager, "/staff/exports/attendance");
    expect(file.headers.get("content-disposition")).toContain("2027-01-12");
    expect(file.headers.get("content-disposition")).not.toContain("2027-01-13");
  });

  it("tells each of several sites of its own rows, and of no other's", async () => {
    await world.put({
      ...keys.staff("both"),
      schemaVersion: 1,
      kind: "staff",
      staffId: "both",
      name: "Both",
      functions: ["case-manager"],
      siteIds: ["riverside", "mesa"],
    });
    expect(linesOf((await world.page("both", "/staff/exports/roster")).html)).toHaveLength(2);
    expect((await auditOfSite()).map(({ facts }) => facts)).toMatchObject([{ rows: 1 }]);
    const { items } = await world.store.query("audit", keys.audit("SITE#mesa", 1).pk, {});
    expect(items.at(-1)).toMatchObject({ facts: { table: "roster", rows: 0 } });
  });

  it("tells of a session that was moved its day, the day that it was planned for, and who leads and helps", async () => {
    const taylor = "taylor-riverside";
    const week = async () =>
      linesOf(
        (await world.page(caseManager, "/staff/exports/schedule?from=2027-01-18&to=2027-01-24"))
          .html,
      );
    const listed = await world.call(taylor, "GET", "/timetable?from=2027-01-18&to=2027-01-24");
    const group = itemsOf(listed.body).find(
      ({ on, status }) => on === "2027-01-21" && status === "held",
    );
    const before = await week();
    const changed = await world.call(
      taylor,
      "POST",
      `/sessions/${encodeURIComponent(String(group?.sessionId))}/changes`,
      {
        andFollowing: false,
        moveTo: { on: "2027-01-23", startTime: "10:30" },
        leaderId: clinician,
        coLeaderId: taylor,
        words: "The room is painted",
      },
    );
    expect(changed.body).toMatchObject({ sessionId: group?.sessionId });
    const [row, ...others] = (await week()).filter((line) => !before.includes(line));
    expect(others).toEqual([]);
    const cells = (row ?? "").split(",");
    expect(cells.slice(0, 2)).toEqual(["2027-01-23", "10:30"]);
    expect(cells.slice(-2)).toEqual(["Moved", "2027-01-21"]);
    expect(cells.slice(7, 9)).toEqual(["Avery Chen (fictional)", "Taylor Brooks (fictional)"]);
    // Of those that stand as they were planned, no second day is told.
    for (const line of before.slice(1)) expect(line).toMatch(/,$/);
  });

  it("names who has the next work of a person, and not their id", async () => {
    const episode = personAt("riverside", {
      episodeId: "01JHEP000000000000000000E7",
      participantId: "01JHEP000000000000000000P7",
      status: "referred",
    });
    const items = [buildTask({ assignedTo: clinician })];
    await world.add({ episode, items, given: "Sam" });
    const row = linesOf(
      (await world.page(caseManager, "/staff/exports/roster?search=sam")).html,
    )[1];
    expect(row).toContain("Avery Chen (fictional)");
    expect(row).not.toContain(clinician);
  });

  it("gives the same by the API", async () => {
    const answer = await world.call(
      caseManager,
      "GET",
      `/exports/attendance?from=${session.on}&to=${session.on}`,
    );
    expect([answer.status, answer.body.rowCount]).toEqual([200, 1]);
    expect(linesOf(String(answer.body.csv))).toHaveLength(2);
  });

  it("gives nothing to whoever has no function for it, and notes nothing", async () => {
    expect((await world.page(clinician, "/staff/exports/roster")).status).toBe(404);
    expect((await world.call(clinician, "GET", "/exports/roster")).status).toBe(404);
    expect((await world.page(clinician, "/staff/people")).html).not.toContain("/staff/exports/");
    expect(await auditOfSite()).toEqual([]);
  });

  it("says that a file holds a month at most, and that the days are the wrong way round", async () => {
    const long = await world.page(
      caseManager,
      "/staff/exports/attendance?from=2027-01-01&to=2027-03-01",
    );
    expect([long.status, long.html]).toEqual([
      400,
      expect.stringContaining("A file holds 31 days at most"),
    ]);
    // Both days count: a month of 31 is taken, and no day more, by either list of days.
    for (const list of ["attendance", "schedule"]) {
      const days = async (to: string) =>
        (await world.call(caseManager, "GET", `/exports/${list}?from=2027-01-01&to=${to}`)).status;
      expect([list, await days("2027-01-31"), await days("2027-02-01")]).toEqual([list, 200, 400]);
    }
    const wrong = await world.call(
      caseManager,
      "GET",
      "/exports/attendance?from=2027-01-02&to=2027-01-01",
    );
    expect([wrong.status, wrong.body.title]).toEqual([400, "The last day is before the first."]);
    expect((await auditOfSite()).map(({ facts }) => (facts as { to: string }).to)).toEqual([
      "2027-01-31",
      "2027-01-31",
    ]);
  });
});
