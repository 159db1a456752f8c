import { beforeAll, describe, expect, it } from "vitest";
import type { Session } from "../../../shared/care/episode/session.ts";
import { siteTaskItem } from "../../../shared/store/site-task-item.ts";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { type Answer, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "taylor-riverside";
const task = buildTask({ sk: "TASK#first-contact-call#intake", taskKind: "first-contact-call" });
const siteTaskId = "01JHTEST0000000000000000S1";
const group = "riverside:adult-iop:2027-01-12:tue-group";
const session: Session = {
  kind: "session",
  sk: "SESSION#2027-01-12#tue-group",
  version: 1,
  sessionId: "01JHTEST0000000000000000A1",
  groupSessionId: group,
  slot: "tue-group",
  week: 2,
  on: "2027-01-12",
  scheduledStartAt: "2027-01-12T15:00:00.000Z",
  scheduledEndAt: "2027-01-12T18:00:00.000Z",
  timeZone: "America/New_York",
  modality: "group",
  counts: true,
  status: "planned",
};

let world: StaffWorld;
let site: Answer;
beforeAll(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  const week = {
    week: 2,
    startsOn: "2027-01-11",
    expectedMinutes: 540,
    attendedMinutes: 0,
    isFullWeek: true,
    byDay: {},
  };
  await world.add({
    episode: personAt("riverside", {
      status: "active",
      admittedOn: "2027-01-04",
      week: 2,
      weeks: [week],
    }),
    items: [task, session],
  });
  await world.put(
    siteTaskItem({
      siteId: "riverside",
      taskId: siteTaskId,
      taskKind: "inbound-reply",
      occurrence: "in-1",
      words: "A text came. Read it.",
      assignedFunction: "front-desk",
      priority: "normal",
      now: tuesdayMorning,
      dueInHours: 24,
      evidence: {},
    }),
  );
  site = (await world.call(as, "GET", "/sites/riverside")).body;
});

const everything = () => JSON.stringify([world.store.all("care"), world.store.all("audit")]);

/** Sends what must be refused: a clear sentence, and nothing written. */
async function refused(method: string, path: string, body: unknown): Promise<string> {
  const before = everything();
  const answer = await world.call(as, method, path, body);
  expect([400, 409, 422]).toContain(answer.status);
  expect(everything()).toBe(before);
  expect(world.errors).toEqual([]);
  return JSON.stringify(answer.body);
}

describe.each([
  ["a participant's task", () => task.taskId],
  ["a site's task", () => siteTaskId],
])("putting off %s", (_what, id) => {
  it.each([
    "2027-01-12T15:00:00Z",
    "2027-02-30T15:00:00Z",
    "2127-01-13T15:00:00Z",
    "9999-12-31T23:59:59Z",
    "2027-01-27T15:00:00Z",
    "tomorrow",
    "",
  ])("until %j is refused", async (until) => {
    await refused("POST", `/tasks/${id()}/snooze`, { until });
  });

  it.each(["1e308", "-4", "Infinity", "NaN", "5", ""])(
    "from the page for %j hours, which it does not offer",
    async (hours) => {
      const before = everything();
      const form = { action: "snooze", hours, version: "1", key: "bounds-key-0001" };
      const answer = await world.page(as, `/staff/tasks/${id()}`, form);
      expect(answer.status).toBe(400);
      expect(everything()).toBe(before);
    },
  );
});

describe("attendance", () => {
  it.each([
    { arrivedAt: "2027-01-11T15:00:00Z" },
    { arrivedAt: "2027-01-13T15:00:00Z" },
    { arrivedAt: "1970-01-01T00:00:00Z" },
    { leftAt: "2127-01-12T17:00:00Z" },
    { arrivedAt: "2027-01-12T15:30:00.500Z", leftAt: "2027-01-12T15:30:00Z" },
  ])("with the times %j is refused", async (times) => {
    const said = await refused("PUT", `/sessions/${group}/attendance`, [
      { episodeId, status: "late", ...times },
    ]);
    expect(said).toMatch(/day of the session, 2027-01-12|must be after the time of arriving/);
  });
});

describe("a leave", () => {
  it.each(["2027-01-11", "2029-01-12", "9999-12-31"])("until %s is refused", async (date) => {
    await refused("POST", `/episodes/${episodeId}/hold`, {
      kind: "medical",
      contactKeptBy: "casey-riverside",
      expectedReturnOn: date,
      reason: "Surgery",
    });
  });
});

describe("a site", () => {
  const senders = () => site.senders as Readonly<Record<string, string>>;
  const person = (phone: string) => ({ staffId: "avery", name: "Avery Chen", phone });

  it.each<[string, () => Record<string, unknown>, string]>([
    [
      "texts from the number of another site",
      () => ({ senders: { ...senders(), sms: "+14805550121" } }),
      'the number of the site \\"mesa\\"',
    ],
    [
      "pages from the number that another site texts from",
      () => ({ senders: { ...senders(), staffPages: "+14805550121" } }),
      'the number of the site \\"mesa\\"',
    ],
    [
      "pages from its own number for participants",
      () => ({ senders: { ...senders(), staffPages: senders().sms } }),
      "participants are texted from",
    ],
    [
      "rings its own sender when on call",
      () => ({
        onCall: {
          primary: person(String(senders().sms)),
          backup: person("+12125550114"),
          supervisor: person("+12125550115"),
        },
      }),
      "texts are sent from",
    ],
    ["runs an unknown program", () => ({ programs: ["no-such"] }), "unknown program"],
    ["runs constructor", () => ({ programs: ["constructor"] }), "unknown program"],
    ["runs a program twice", () => ({ programs: ["adult-iop", "adult-iop"] }), "a second time"],
    ["is never staffed", () => ({ staffedHours: [] }), "at least one staffed time"],
    [
      "is staffed backwards",
      () => ({ staffedHours: [{ dayOfWeek: 1, from: "18:00", to: "08:00" }] }),
      "end after they begin",
    ],
    [
      "is staffed twice in one hour",
      () => ({
        staffedHours: [
          { dayOfWeek: 1, from: "08:00", to: "12:00" },
          { dayOfWeek: 1, from: "11:00", to: "18:00" },
        ],
      }),
      "every hour once",
    ],
    ["is in no zone", () => ({ timeZone: "Mars/Olympus" }), "unknown time zone"],
    ["is named by control characters", () => ({ senderName: "River\u0007side" }), "not seen"],
    ["is named backwards", () => ({ senderName: "\u202Eeciffo" }), "turn text round"],
    ["is named with a mark of direction", () => ({ senderName: "River\u200Fside" }), "not seen"],
    ["is named over two lines", () => ({ senderName: "River\nside" }), "not seen"],
    ["tells what care is given", () => ({ senderName: "Rehab Office" }), "rehab"],
    [
      "has words of a closure that turn round",
      () => ({ closures: [{ on: "2027-02-15", words: "Holi\u202Eday" }] }),
      "turn text round",
    ],
    [
      "is closed twice on one day",
      () => ({
        closures: [
          { on: "2027-02-15", words: "Holiday" },
          { on: "2027-02-15", words: "Holiday" },
        ],
      }),
      "every day once",
    ],
  ])("that %s is refused", async (_what, change, words) => {
    expect(await refused("PUT", "/sites/riverside", { ...site, ...change() })).toContain(words);
  });

  it.each(["2026-12-31", "0001-01-01", "9999-12-31"])("closed on %s is refused", async (on) => {
    const said = await refused("POST", "/closures", { siteId: "riverside", on, words: "Holiday" });
    expect(said).toContain("Check the year");
  });

  it.each([
    ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "+12125550113", "Check the year"],
    ["2027-02-01T00:00:00Z", "9999-01-02T00:00:00Z", "+12125550113", "Check the year"],
    ["2027-02-02T00:00:00Z", "2027-02-01T00:00:00Z", "+12125550113", "after from"],
    ["2027-02-01T00:00:00Z", "2027-02-02T00:00:00Z", "+12125550111", "the phone of a person"],
  ])("with a rota from %s to %s that rings %s is refused", async (from, to, phone, words) => {
    const who = person(phone);
    const rota = { siteId: "riverside", from, to, primary: who, backup: who, supervisor: who };
    expect(await refused("POST", "/rota", rota)).toContain(words);
  });
});

describe("what is asked for", () => {
  it.each([
    "/sessions?from=9999-12-31",
    "/sessions?from=0000-01-01&to=0000-01-02",
    "/sessions?from=2027-01-12&to=9999-12-31",
    `/episodes/${episodeId}/timeline?cursor=rubbish`,
    `/episodes/${episodeId}/tasks?cursor=${"x".repeat(3000)}`,
    "/participants?cursor=1e400",
    "/participants?cursor=-1",
  ])("at the edge of everything, %s, never fails", async (path) => {
    expect((await world.call(as, "GET", path)).status).toBeLessThan(500);
    expect(world.errors).toEqual([]);
  });
});
