// Long because everything that happens to visits is told by the people it happens to.
import { beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../../shared/care/episode/session.ts";
import { findById } from "../../shared/staff/find-by-id.ts";
import { Life } from "./life.ts";
import { type StaffCalls, taylor } from "./staff-calls.ts";

type Visit = {
  readonly sessionId: string;
  readonly groupSessionId: string;
  readonly on: string;
  readonly startsAt: string;
};

/** Somebody in the program since Monday noon; Thursday's group is from 09:00 to 12:00. */
let life: Life;
let staff: StaffCalls;
beforeEach(async () => {
  life = new Life("2027-01-11 08:30");
  await life.start();
  staff = life.staff;
  await admit("09", {});
});

/** Somebody refers themselves in the hour given, fills the forms in and is admitted within it. */
async function admit(hour: string, more: Readonly<Record<string, unknown>>): Promise<string> {
  await life.until(`2027-01-11 ${hour}:00`);
  await life.refer(more);
  await life.until(`2027-01-11 ${hour}:45`);
  await life.answerForm("ask-forms", 2);
  await life.until(`2027-01-11 ${hour}:50`);
  await life.decide("admission-approval");
  await life.until(`2027-01-11 ${hour}:55`);
  return life.episodeId;
}

const somebody = (given: string, phone: string, more: Readonly<Record<string, unknown>> = {}) => ({
  participant: {
    name: { given, family: "Marrow" },
    birthDate: "1988-02-03",
    phone,
    phoneKind: "own",
    email: `${given.toLowerCase()}@example.org`,
    language: "en-US",
    ...more,
  },
});

const visitOf = (more: Readonly<Record<string, unknown>> = {}) => ({
  modality: "individual",
  on: "2027-01-13",
  startTime: "14:00",
  durationMinutes: 50,
  leaderId: "avery-riverside",
  ...more,
});

async function book(more: Readonly<Record<string, unknown>> = {}): Promise<Visit> {
  const path = `/episodes/${life.episodeId}/visits`;
  const { visits } = await staff.ok(taylor, "POST", path, visitOf(more));
  const [visit] = visits as readonly Visit[];
  if (visit === undefined) throw new Error("Nothing was booked");
  return visit;
}

const refusedBooking = (more: Readonly<Record<string, unknown>>) =>
  staff.refused(taylor, "POST", `/episodes/${life.episodeId}/visits`, visitOf(more));
const change = (visit: Visit, body: Readonly<Record<string, unknown>>) =>
  staff.call(taylor, "POST", `/visits/${visit.sessionId}/changes`, { reason: "Agreed", ...body });

async function session({ sessionId }: Visit): Promise<Session> {
  const found = await findById(life.world.store, sessionId, "session");
  if (found === undefined) throw new Error("There is no such visit");
  return found.item;
}

/** The last notice about a visit: reminders of others go at their own minutes meanwhile. */
const lastNotice = () =>
  life.world.sent.findLast(({ templateId }) => templateId !== "session-reminder")?.text ?? "";
const expected = async () => (await life.state()).episode.weeks.at(-1)?.expectedMinutes;

describe("an individual visit", () => {
  it("is booked with a person, a time and a room, counts, has a roster of one, and its attendance is entered", async () => {
    const before = (await expected()) ?? 0;
    const visit = await book({ place: { room: "Room 4" } });
    expect(await expected()).toBe(before + 50);
    const { items } = await staff.ok(taylor, "GET", `/sessions/${visit.groupSessionId}/roster`);
    expect(items).toMatchObject([{ episodeId: life.episodeId, attendance: "not-yet" }]);
    await life.until("2027-01-13 14:10");
    const rows = [{ episodeId: life.episodeId, status: "present" }];
    await staff.ok(taylor, "PUT", `/sessions/${visit.groupSessionId}/attendance`, rows);
    expect((await session(visit)).attendance?.attendedMinutes).toBe(50);
    expect(life.world.problems).toEqual([]);
  });

  it("moved three times is told once for each time that was not taken back before it went, and reminded of at the last", async () => {
    const visit = await book();
    await life.until("2027-01-11 12:00");
    for (const [on, startTime, at] of [
      ["2027-01-13", "15:00", "2027-01-11 12:10"],
      ["2027-01-15", "15:00", "2027-01-11 12:20"],
      ["2027-01-14", "16:00", "2027-01-11 12:30"],
    ] as const) {
      expect((await change(visit, { moveTo: { on, startTime } })).status).toBe(200);
      await life.until(at);
    }
    expect(lastNotice()).toContain(
      "your visit of Friday, 3:00 PM is now Thursday, January 14, 4:00 PM",
    );
    expect(await session(visit)).toMatchObject({
      on: "2027-01-14",
      scheduledStartAt: "2027-01-14T21:00:00.000Z",
      status: "planned",
    });
    await life.until("2027-01-14 16:05");
    const reminders = life.world.sent.filter(
      ({ text, templateId }) => templateId === "session-reminder" && text.includes("4:00 PM"),
    );
    expect(reminders).toHaveLength(1);
    expect(
      life.world.sent.filter(
        ({ text, templateId }) => templateId === "session-reminder" && / (2|3):00 PM/.test(text),
      ),
    ).toEqual([]);
    expect(life.world.problems).toEqual([]);
  });

  it("moved there and back at once says nothing", async () => {
    const visit = await book();
    await life.until("2027-01-11 22:00");
    const sent = life.outbox().length;
    await change(visit, { moveTo: { on: "2027-01-13", startTime: "15:00" } });
    await change(visit, { moveTo: { on: "2027-01-13", startTime: "14:00" } });
    await life.until("2027-01-12 08:30");
    expect(
      life
        .outbox()
        .slice(sent)
        .filter((line) => line.includes("session-moved")),
    ).toEqual([]);
  });

  it("cancelled takes its hours and its reminder along, and held after all brings them back", async () => {
    const visit = await book();
    const before = await expected();
    expect((await change(visit, { isCancelled: true })).status).toBe(200);
    expect(await expected()).toBe((before ?? 0) - 50);
    await life.until("2027-01-11 12:00");
    expect(life.world.sent.map(({ text }) => text)).toContainEqual(
      expect.stringContaining("your visit Wednesday, January 13, at 2:00 PM is cancelled"),
    );
    expect((await change(visit, { moveTo: { on: "2027-01-14", startTime: "14:00" } })).status).toBe(
      409,
    );
    expect((await change(visit, { isCancelled: false })).status).toBe(200);
    expect(await expected()).toBe(before);
    expect((await session(visit)).status).toBe("planned");
  });

  it("is cancelled with a closed day, and held again when the site opens after all", async () => {
    const visit = await book();
    await staff.ok(taylor, "POST", "/closures", {
      siteId: "riverside",
      on: "2027-01-13",
      words: "Snow",
    });
    expect((await session(visit)).cancelledFor).toBe("site-closed");
    await staff.ok(taylor, "POST", "/closures/undo", { siteId: "riverside", on: "2027-01-13" });
    expect((await session(visit)).status).toBe("planned");
  });
});

describe("the individual visit of the timetable", () => {
  it("is each person's own: a roster of one, a leader of its own, and nobody led twice at one time", async () => {
    const first = life.episodeId;
    const second = await admit("12", somebody("Tobias", "+12125550162"));
    const { items } = await staff.ok(taylor, "GET", "/sessions?from=2027-01-14");
    const own = (items as { slot: string; sessionId: string; expected: number }[]).filter(
      ({ slot }) => slot === "thu-individual",
    );
    expect(own.map(({ expected: people }) => people)).toEqual([1, 1]);
    const visitOfPerson = async (episodeId: string): Promise<Visit> => {
      const { items: sessions } = await staff.ok(taylor, "GET", `/episodes/${episodeId}/sessions`);
      const found = (sessions as (Visit & { slot: string })[]).find(
        ({ slot, on }) => slot === "thu-individual" && on === "2027-01-14",
      );
      if (found === undefined) throw new Error("There is no such visit");
      return found;
    };
    const [one, two] = [await visitOfPerson(first), await visitOfPerson(second)];
    const leaderId = "avery-riverside";
    expect((await change(one, { leaderId })).status).toBe(200);
    expect(JSON.stringify((await change(two, { leaderId })).body)).toContain("has another visit");
    const moveTo = { on: "2027-01-14", startTime: "13:30" };
    expect((await change(two, { moveTo, leaderId })).status).toBe(200);
    const all = await staff.refused(
      taylor,
      "POST",
      "/sessions/riverside:adult-iop:2027-01-14:thu-individual/changes",
      { leaderId, words: "All of them" },
    );
    expect(all).toContain("one person each");
    // What is agreed with one person stays when the usual hour of all moves.
    const usual = { on: "2027-01-14", startTime: "15:00" };
    await staff.ok(
      taylor,
      "POST",
      "/sessions/riverside:adult-iop:2027-01-14:thu-individual/changes",
      { moveTo: usual, words: "Later" },
    );
    expect((await session(one)).scheduledStartAt).toBe("2027-01-14T17:30:00.000Z");
    expect(life.world.problems).toEqual([]);
  });
});

describe("what stands in the way of a visit", () => {
  it("is said before it is booked: the person's group, the leader's other visit or group, a closed day, the past", async () => {
    await book();
    await staff.ok(taylor, "POST", "/closures", {
      siteId: "riverside",
      on: "2027-01-20",
      words: "Holiday",
    });
    const group = "riverside:adult-iop:2027-01-14:thu-group";
    await staff.ok(taylor, "POST", `/sessions/${group}/changes`, {
      leaderId: "casey-riverside",
      andFollowing: true,
      words: "Thursdays",
    });
    const tries = [
      [{ on: "2027-01-14", startTime: "11:30" }, "expected in “Process group”"],
      [{ startTime: "14:30" }, "The person is expected in “individual”"],
      [{ on: "2027-01-20" }, "closed on 2027-01-20: Holiday"],
      [{ on: "2027-01-11", startTime: "08:00" }, "That time is over"],
      [{ leaderId: "nobody" }, "Whoever is to hold the visit does not work at this site"],
      // A week that is not open yet has its timetable already.
      [{ on: "2027-01-28", startTime: "10:00" }, "expected in “Process group”"],
    ] as const;
    for (const [more, sentence] of tries) expect(await refusedBooking(more)).toContain(sentence);
  });

  it("is a leader who sees somebody else then, until that visit is moved", async () => {
    const first = await book();
    const firstPerson = life.episodeId;
    const secondPerson = await admit("12", somebody("Tobias", "+12125550162"));
    expect(await refusedBooking({ startTime: "14:30" })).toContain(
      "Avery Chen (fictional) has another visit",
    );
    const later = await book({ startTime: "14:50" });
    expect(later.startsAt).toBe("2027-01-13T19:50:00.000Z");
    life.episodeId = firstPerson;
    const moveTo = { on: "2027-01-13", startTime: "15:00" };
    const refused = await change(first, { moveTo });
    expect(JSON.stringify(refused.body)).toContain("Avery Chen (fictional) has another visit");
    await change(first, { moveTo: { on: "2027-01-12", startTime: "15:00" } });
    life.episodeId = secondPerson;
    expect((await book({ startTime: "14:00", on: "2027-01-13" })).on).toBe("2027-01-13");
  });

  it("is what the leader of a group has given to one person", async () => {
    await book({ on: "2027-01-15", startTime: "14:00" });
    const friday = "riverside:adult-iop:2027-01-15:fri-psychoeducation";
    const refused = await staff.refused(taylor, "POST", `/sessions/${friday}/changes`, {
      moveTo: { on: "2027-01-15", startTime: "13:30" },
      leaderId: "avery-riverside",
      words: "Later",
    });
    expect(refused).toContain("has another visit");
    const own = await staff.refused(taylor, "POST", `/sessions/${friday}/changes`, {
      moveTo: { on: "2027-01-15", startTime: "13:30" },
      words: "Later",
    });
    expect(own).toContain("has a visit of their own");
  });
});

describe("a series of visits", () => {
  it("is booked weeks ahead without closed days, counts in each week that opens, and is moved with all that follow", async () => {
    await staff.ok(taylor, "POST", "/closures", {
      siteId: "riverside",
      on: "2027-01-20",
      words: "Holiday",
    });
    const answered = await staff.ok(
      taylor,
      "POST",
      `/episodes/${life.episodeId}/visits`,
      visitOf({ repeat: { everyWeeks: 1, times: 4 } }),
    );
    const visits = answered.visits as Visit[];
    expect(visits.map(({ on }) => on)).toEqual(["2027-01-13", "2027-01-27", "2027-02-03"]);
    const [, second] = visits;
    if (second === undefined) throw new Error("There is no second visit");
    const moved = await change(second, {
      moveTo: { on: "2027-01-28", startTime: "15:00" },
      andFollowing: true,
    });
    expect((moved.body.visits as Visit[]).map(({ on }) => on)).toEqual([
      "2027-01-28",
      "2027-02-04",
    ]);
    await life.until("2027-01-25 08:00");
    const week = (await life.state()).episode.weeks.at(-1);
    expect(week?.startsOn).toBe("2027-01-25");
    expect((await session(second)).week).toBe(week?.week);
    const sessions = [...(await life.state()).items.values()].filter(
      (item): item is Session => item.kind === "session" && item.week === week?.week,
    );
    const minutes = sessions
      .filter(({ counts, status }) => counts && status === "planned")
      .reduce(
        (sum, one) =>
          sum + (Date.parse(one.scheduledEndAt) - Date.parse(one.scheduledStartAt)) / 60_000,
        0,
      );
    expect(week?.expectedMinutes).toBe(minutes);
    expect(life.world.problems).toEqual([]);
  });
});

describe("a family visit online from another state", () => {
  it("is told at the wall time of the person, and shows how to join", async () => {
    await admit("13", somebody("Keisha", "+12125550163", { timeZone: "America/Los_Angeles" }));
    const visit = await book({ modality: "family", startTime: "17:00" });
    await life.until("2027-01-11 14:30");
    const place = { onlineAddress: "https://meet.example.org/family" };
    expect((await change(visit, { place })).status).toBe(200);
    await life.until("2027-01-11 14:35");
    expect(lastNotice()).toContain("Wednesday, January 13, 2:00 PM is online");
    expect((await session(visit)).place).toEqual(place);
  });

  it("is held against the licence of whoever holds it, and goes on with a reason, a licence or a room", async () => {
    const where = `/episodes/${life.episodeId}`;
    await staff.ok(taylor, "POST", `${where}/corrections`, {
      home: { address: "7 Orchard Road, Hoboken", state: "NJ" },
      reason: "Said so on the phone",
    });
    const place = { onlineAddress: "https://meet.example.org/family" };
    const online = { modality: "family", startTime: "17:00", place };
    const conflict =
      "Avery Chen (fictional) is licensed in New York, and the person is in New Jersey at that time.";
    expect(await refusedBooking(online)).toContain(conflict);
    expect(await refusedBooking({ ...online, isOutsideLicence: true })).toContain(
      "Say why it is held online all the same",
    );
    const room = await book({ modality: "family", startTime: "17:00", place: { room: "Room 4" } });
    const putOnline = await change(room, { place });
    expect(putOnline.status).toBe(409);
    expect(JSON.stringify(putOnline.body)).toContain(conflict);
    // At home in the licence's state that evening, on a visit to her sister.
    expect((await change(room, { place, stateThen: "NY" })).status).toBe(200);
    const moved = { moveTo: { on: "2027-01-14", startTime: "17:00" } };
    expect((await change(room, { ...moved, stateThen: "NJ" })).status).toBe(409);
    expect((await change(room, { ...moved, stateThen: "NJ", isOutsideLicence: true })).status).toBe(
      200,
    );
    await staff.ok(taylor, "POST", "/licences", {
      siteId: "riverside",
      staffId: "avery-riverside",
      states: ["NY", "NJ"],
    });
    const licensed = await book({ ...online, on: "2027-01-13" });
    expect((await session(licensed)).place).toEqual(place);
    expect(life.world.problems).toEqual([]);
  });
});

describe("a group that is put online", () => {
  it("is held against the licence of its leader for whoever lives in another state", async () => {
    await staff.ok(taylor, "POST", `/episodes/${life.episodeId}/corrections`, {
      home: { address: "7 Orchard Road, Hoboken", state: "NJ" },
      reason: "Said so on the phone",
    });
    const group = "/sessions/riverside:adult-iop:2027-01-14:thu-group/changes";
    await staff.ok(taylor, "POST", group, { leaderId: "avery-riverside", words: "Her group" });
    const online = {
      place: { onlineAddress: "https://meet.example.org/group" },
      words: "Heating out",
    };
    expect(await staff.refused(taylor, "POST", group, online)).toContain(
      "Avery Chen (fictional) is licensed in New York, and somebody who is expected is in New Jersey at that time.",
    );
    await staff.ok(taylor, "POST", group, { ...online, isOutsideLicence: true });
    await life.until("2027-01-11 10:30");
    const sessions = [...(await life.state()).items.values()].filter(
      (item): item is Session => item.kind === "session" && item.slot === "thu-group",
    );
    expect(sessions[0]?.place).toEqual(online.place);
  });
});

describe("a day that is put online, and a cover who leads online", () => {
  const conflict =
    "is licensed in New York, and somebody who is expected is in New Jersey at that time.";
  const group = "/sessions/riverside:adult-iop:2027-01-14:thu-group/changes";
  const day = {
    siteId: "riverside",
    on: "2027-01-14",
    words: "Heating out",
    onlineAddress: "https://meet.example.org/day",
  };
  const thursdaysGroup = async () =>
    [...(await life.state()).items.values()].find(
      (item): item is Session => item.kind === "session" && item.slot === "thu-group",
    );
  beforeEach(async () => {
    await staff.ok(taylor, "POST", `/episodes/${life.episodeId}/corrections`, {
      home: { address: "7 Orchard Road, Hoboken", state: "NJ" },
      reason: "Said so on the phone",
    });
    const led = { leaderId: "avery-riverside", words: "Her group" };
    await staff.ok(taylor, "POST", group, led);
  });

  it("are held against the licence of each leader, and go on when somebody says so", async () => {
    const refused = await staff.refused(taylor, "POST", "/closures", day);
    expect(refused).toContain("on 2027-01-14 at 09:00 would be online.");
    expect(refused).toContain(`Avery Chen (fictional) ${conflict}`);
    expect((await thursdaysGroup())?.place).toBeUndefined();
    await staff.ok(taylor, "POST", "/closures", { ...day, isOutsideLicence: true });
    expect((await thursdaysGroup())?.place).toEqual({ onlineAddress: day.onlineAddress });
    // It is said once: closing another day says nothing of this one.
    const other = { ...day, on: "2027-01-21" };
    await staff.ok(taylor, "POST", "/closures", other);
    const ill = {
      siteId: "riverside",
      staffId: "avery-riverside",
      from: "2027-01-14",
      coverId: "casey-riverside",
      words: "Ill",
    };
    const cover = await staff.refused(taylor, "POST", "/absences", ill);
    expect(cover).toContain(conflict);
    expect(cover).not.toContain("Avery");
    await staff.ok(taylor, "POST", "/licences", {
      siteId: "riverside",
      staffId: "casey-riverside",
      states: ["NJ", "NY"],
    });
    await staff.ok(taylor, "POST", "/absences", ill);
    expect((await thursdaysGroup())?.leaderId).toBe("casey-riverside");
    expect(life.world.problems).toEqual([]);
  });

  it("say nothing of a day at the site and of a leader who is licensed, and name the visit that is left", async () => {
    const { onlineAddress: _address, ...closed } = day;
    await staff.ok(taylor, "POST", "/closures", { ...closed, on: "2027-01-15" });
    await staff.ok(taylor, "POST", "/licences", {
      siteId: "riverside",
      staffId: "avery-riverside",
      states: ["NJ", "NY"],
    });
    await book({ on: "2027-01-14", startTime: "15:00", leaderId: "casey-riverside" });
    expect(await staff.refused(taylor, "POST", "/closures", day)).toContain(
      "on 2027-01-14 at 15:00 would be online.",
    );
    await staff.ok(taylor, "POST", "/licences", {
      siteId: "riverside",
      staffId: "casey-riverside",
      states: ["NJ"],
    });
    await staff.ok(taylor, "POST", "/closures", day);
  });
});
