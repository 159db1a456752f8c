import { beforeEach, describe, expect, it } from "vitest";
import { buildSession } from "../../builders/attendance.ts";
import { episodeId } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

/** Tuesday morning in New York. */
const now = "2027-01-12T16:00:00.000Z";
const who = "taylor-riverside";
const schedule = `/staff/episodes/${episodeId}/schedule`;

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(now);
  const week = {
    week: 2,
    startsOn: "2027-01-11",
    expectedMinutes: 540,
    attendedMinutes: 60,
    isFullWeek: true,
    closed: { minutes: 180, isFullOtherwise: true },
    byDay: {},
  };
  await world.add({
    episode: personAt("riverside", {
      status: "active",
      admittedOn: "2027-01-04",
      week: 2,
      weeks: [week],
    }),
  });
});

async function book(words: Readonly<Record<string, string>> = {}) {
  const fields = await world.formFields(who, schedule, "book");
  return world.page(who, schedule, {
    ...fields,
    modality: "individual",
    on: "2027-01-13",
    startTime: "14:00",
    durationMinutes: "50",
    leaderId: "avery-riverside",
    everyWeeks: "1",
    times: "1",
    ...words,
  });
}

async function visitPath(): Promise<string> {
  const { html } = await world.page(who, schedule);
  return /href="(\/staff\/visits\/[^"]+)"/.exec(html)?.[1] ?? "";
}

async function send(form: string, words: Readonly<Record<string, string>>) {
  const path = await visitPath();
  const fields = await world.formFields(who, path, form);
  return world.page(who, path, { ...fields, words: "As agreed", ...words });
}

describe("the schedule of one person", () => {
  it("books a visit with a person, a time and a room, and lists it", async () => {
    expect((await book({ room: "Room 4" })).status).toBe(303);
    const { html } = await world.page(who, schedule);
    expect(html).toContain("Individual session");
    expect(html).toContain("Wed, Jan 13, 2027, 2:00 PM");
    expect(html).toContain("Room 4");
    expect((await world.page(who, `/staff/episodes/${episodeId}`)).html).toContain(schedule);
  });

  it("is told from the visits of others in the day's attendance: by the name of whose it is", async () => {
    await book();
    const { html } = await world.page(who, "/staff/attendance?on=2027-01-13");
    const { body } = await world.call(who, "GET", `/episodes/${episodeId}`);
    const name = String(body.participant);
    expect(name).toMatch(/^\S+ \S\.$/);
    expect(html.replaceAll(/\s+/g, " ")).toContain(`Individual session: ${name}`);
  });

  it("says what is wrong with a booking, and what stands in its way", async () => {
    const empty = await book({ on: "", durationMinutes: "" });
    expect(empty.status).toBe(400);
    expect(empty.html).toContain("Day:");
    expect(empty.html).toContain("Minutes:");
    await book();
    const twice = await book({ startTime: "14:30" });
    expect(twice.status).toBe(409);
    expect(twice.html).toContain("The person is expected in");
    expect(twice.html).toContain('value="14:30"');
    expect((await book({ leaderId: "nobody" })).html).toContain(
      "Whoever is to hold the visit does not work at this site",
    );
  });

  it("books a series", async () => {
    expect((await book({ times: "3", everyWeeks: "2" })).status).toBe(303);
    const { html } = await world.page(who, schedule);
    for (const day of ["Jan 13", "Jan 27", "Feb 10"]) expect(html).toContain(day);
  });

  it("tells what closed days took from a week, and whether the week can still reach its hours", async () => {
    const { html } = await world.page(who, schedule);
    expect(html).toContain("Not held by the program");
    expect(html).toContain("<td>3 h</td>");
    expect(html).toContain("1 h of at least 9 h");
  });
});

describe("the page of a visit", () => {
  it("moves it, cancels it, and holds it after all", async () => {
    await book();
    expect((await send("move", { on: "2027-01-14", startTime: "15:00" })).status).toBe(303);
    expect((await world.page(who, await visitPath())).html).toContain("Thu, Jan 14, 2027, 3:00 PM");
    expect((await send("cancel", {})).status).toBe(303);
    const cancelled = await world.page(who, await visitPath());
    expect(cancelled.html).toMatch(/How it stands<\/dt><dd>Cancelled/);
    expect(cancelled.html).not.toContain("Move it");
    expect((await send("hold", {})).status).toBe(303);
    expect((await world.page(who, await visitPath())).html).toMatch(
      /How it stands<\/dt><dd>Planned/,
    );
  });

  it("gives it to somebody else, online, and asks why", async () => {
    await book();
    expect((await send("leader", { leaderId: "casey-riverside" })).status).toBe(303);
    const place = { onlineAddress: "https://meet.example.org/room" };
    expect((await send("place", place)).status).toBe(303);
    const { html } = await world.page(who, await visitPath());
    expect(html).toContain("casey-riverside");
    expect(html).toContain("Online, https://meet.example.org/room");
    expect((await send("move", { on: "2027-01-14", startTime: "15:00", words: "" })).status).toBe(
      400,
    );
  });
});

describe("a make-up place", () => {
  const friday = "riverside:adult-iop:2027-01-15:fri-psychoeducation";
  const bookPlace = async (why = "Missed Monday") => {
    const fields = await world.formFields(who, schedule, "make-up");
    return world.page(who, schedule, { ...fields, sessionId: friday, why });
  };

  it("is booked from the groups that are left, and given up again", async () => {
    const before = await world.page(who, schedule);
    expect(before.html).toContain("Book a make-up place in a group");
    expect(before.html).toContain("Topic series, Fri, Jan 15, 2027, 9:00 AM");
    expect((await bookPlace()).status).toBe(303);
    const { html } = await world.page(who, schedule);
    expect(html).toContain("Topic series, make-up place");
    expect(html).not.toContain("Topic series, Fri, Jan 15, 2027, 9:00 AM");
    const name = `give-up.${friday}`;
    const fields = await world.formFields(who, schedule, name);
    expect((await world.page(who, schedule, { ...fields, why: "Has to work" })).status).toBe(303);
    const after = await world.page(who, schedule);
    expect(after.html).toContain("Topic series, Fri, Jan 15, 2027, 9:00 AM");
  });

  it("is booked with a reason, and once", async () => {
    const { status, html } = await bookPlace("");
    expect(status).toBe(400);
    expect(html).toContain("Why");
    const body = { sessionId: friday, reason: "Missed Monday" };
    const path = `/episodes/${episodeId}/make-ups`;
    expect((await world.call(who, "POST", path, body)).status).toBe(200);
    const twice = await world.call(who, "POST", path, body);
    expect(twice).toMatchObject({ status: 409 });
    expect(JSON.stringify(twice.body)).toContain("expected in that group already");
  });
});

it("says which topics of a series the person came to, and which are still to come", async () => {
  const other = "01JHEP000000000000000000E2";
  const session = buildSession({
    sk: "SESSION#2027-01-08#fri-psychoeducation",
    slot: "fri-psychoeducation",
    on: "2027-01-08",
    modality: "psychoeducation",
    status: "closed",
    attendance: {
      status: "present",
      attendedMinutes: 60,
      recordedBy: who,
      recordedAt: "2027-01-08T20:00:00.000Z",
      corrections: 0,
      topic: "Triggers and early signs",
    },
  });
  await world.add({
    episode: personAt("riverside", {
      episodeId: other,
      participantId: "01JHPA000000000000000000P2",
      programId: "sud-iop",
      status: "active",
      admittedOn: "2027-01-04",
      week: 1,
    }),
    items: [session],
  });
  const { html } = await world.page(who, `/staff/episodes/${other}/schedule`);
  const text = html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
  expect(text).toMatch(/Came to: Triggers and early signs Friday, January 8, 2027/);
  expect(text).toContain("Still to come: Riding out a craving; People and places;");
});
