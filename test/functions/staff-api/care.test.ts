// Long because what staff do in care is tried over HTTP on one set of people.
import { beforeEach, describe, expect, it } from "vitest";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { buildMessage } from "../../builders/message.ts";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { type Answer, itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const second = "01JHEP000000000000000000E2";
const group = "riverside:adult-iop:2027-01-12:tue-group";
const sk = "SESSION#2027-01-12#tue-group";

function session(sessionId: string, overrides: Partial<Session> = {}): Session {
  return {
    kind: "session",
    sk,
    version: 1,
    sessionId,
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
    ...overrides,
  };
}

const week = {
  week: 2,
  startsOn: "2027-01-11",
  expectedMinutes: 540,
  attendedMinutes: 0,
  isFullWeek: true,
  byDay: {},
};
const active = { status: "active", admittedOn: "2027-01-04", week: 2, weeks: [week] } as const;

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", active),
    items: [session("01JHTEST0000000000000000A1"), buildMessage()],
  });
  await world.add({
    episode: personAt("riverside", {
      ...active,
      episodeId: second,
      participantId: "01JHEP000000000000000000P2",
      reference: "TC-0002",
      reach: {},
    }),
    items: [session("01JHTEST0000000000000000A2")],
    given: "Morgan",
  });
});

const attendance = (rows: readonly object[], as = "casey-riverside") =>
  world.call(as, "PUT", `/sessions/${group}/attendance`, rows);
const resultsOf = (body: Answer) => body.results as readonly Answer[];

describe("a day's sessions", () => {
  it("are listed with who is expected, by name", async () => {
    const day = await world.call("casey-riverside", "GET", "/sessions?from=2027-01-12");
    expect(itemsOf(day.body)).toMatchObject([
      { sessionId: group, expected: 2, marked: 0, modality: "group", on: "2027-01-12" },
    ]);
    const roster = await world.call("casey-riverside", "GET", `/sessions/${group}/roster`);
    expect(itemsOf(roster.body)).toMatchObject([
      { participant: "Morgan T.", attendance: "not-yet" },
      { participant: "Robin T.", attendance: "not-yet" },
    ]);
    expect(itemsOf((await world.call("casey-mesa", "GET", "/sessions")).body)).toEqual([]);
    expect((await world.call("casey-mesa", "GET", `/sessions/${group}/roster`)).status).toBe(404);
  });

  it("take attendance row by row: one refusal leaves the others in force", async () => {
    const answer = await attendance([
      { episodeId, status: "present" },
      { episodeId: "01JHEP000000000000000000E9", status: "present" },
      { episodeId: second, status: "late", arrivedAt: "2027-01-12T15:30:00Z" },
    ]);
    expect(answer.status).toBe(200);
    expect(resultsOf(answer.body)).toMatchObject([
      { episodeId, result: "recorded", attendance: { attendedMinutes: 180 } },
      { result: "refused", sentence: "This person is not expected in that session." },
      { episodeId: second, result: "recorded", attendance: { attendedMinutes: 150 } },
    ]);
    const day = await world.call("casey-riverside", "GET", "/sessions?from=2027-01-12");
    expect(itemsOf(day.body)).toMatchObject([{ marked: 2 }]);
  });

  it("say the same again without a second entry, and take a correction with its reason only", async () => {
    await attendance([{ episodeId, status: "no-show" }]);
    const audit = async () =>
      (await world.store.query("audit", keys.episode(episodeId).pk)).items.length;
    const entries = await audit();
    await attendance([{ episodeId, status: "no-show" }]);
    expect(await audit()).toBe(entries);
    const bare = await attendance([{ episodeId, status: "present" }]);
    expect(bare.status).toBe(409);
    expect(bare.body.title).toBe(
      "Entered already, by Casey Morgan (fictional). A correction needs a reason.",
    );
    const corrected = await attendance([{ episodeId, status: "present", reason: "Sat outside" }]);
    expect(resultsOf(corrected.body)).toMatchObject([{ attendance: { corrections: 1 } }]);
    // Back and forth with the very words of before is a correction each time.
    await attendance([{ episodeId, status: "no-show", reason: "Sat outside" }]);
    const again = await attendance([{ episodeId, status: "present", reason: "Sat outside" }]);
    expect(resultsOf(again.body)).toMatchObject([
      { attendance: { status: "present", corrections: 3 } },
    ]);
  });

  it("can be corrected for 30 days and not longer", async () => {
    await attendance([{ episodeId, status: "present" }]);
    world.clock.moveTo("2027-02-11T17:00:00Z");
    const row = { episodeId, status: "excused", reason: "Was at the dentist" };
    expect((await attendance([row])).status).toBe(200);
    world.clock.moveTo("2027-02-12T17:00:00Z");
    expect((await attendance([{ ...row, status: "present" }])).status).toBe(409);
  });
});

describe("an episode", () => {
  it("tells who it is about, how to reach them, and nothing of its bookkeeping", async () => {
    const { body } = await world.call("casey-riverside", "GET", `/episodes/${episodeId}`);
    expect(body).toMatchObject({
      participant: "Robin T.",
      phase: "In the program",
      contact: { phone: { address: "+15550100142", kind: "own", hasConsent: true } },
    });
    for (const hidden of ["audit", "recentCommands", "open", "pk", "schemaVersion"])
      expect(body).not.toHaveProperty(hidden);
  });

  it("has a timeline in words and an audit chain that can be checked", async () => {
    await attendance([{ episodeId, status: "present" }]);
    const path = `/episodes/${episodeId}`;
    const timeline = await world.call("casey-riverside", "GET", `${path}/timeline`);
    expect(itemsOf(timeline.body)).toMatchObject([
      { what: "Attendance entered: present, 2027-01-12", actor: { staffId: "casey-riverside" } },
    ]);
    const audit = await world.call("casey-riverside", "GET", `${path}/audit`);
    expect(itemsOf(audit.body)).toMatchObject([{ previousHash: "h", hash: expect.any(String) }]);
    for (const part of ["pathway", "sessions", "assessments", "messages", "tasks", "check-ins"]) {
      const answer = await world.call("casey-riverside", "GET", `${path}/${part}`);
      expect([part, answer.status]).toEqual([part, 200]);
      expect(JSON.stringify(answer.body)).not.toContain("token");
    }
  });

  it("goes on leave and comes back, with reasons", async () => {
    const post = (path: string, body: object) =>
      world.call("casey-riverside", "POST", `/episodes/${episodeId}/${path}`, body);
    const leave = { kind: "medical", contactKeptBy: "casey-riverside", reason: "Surgery" };
    for (const contactKeptBy of ["nobody", "taylor-mesa"]) {
      const refused = await post("hold", { ...leave, contactKeptBy });
      expect(refused).toMatchObject({
        status: 400,
        body: { title: "Say who keeps contact: somebody who works at this site." },
      });
    }
    expect((await post("hold", leave)).body).toMatchObject({ status: "onhold" });
    expect((await post("hold", leave)).status).toBe(409);
    expect((await post("resume", { reason: "Back" })).body).toMatchObject({ status: "active" });
    expect((await post("resume", { reason: "Back" })).status).toBe(409);
    expect((await post("contacts", { channel: "phone", outcome: "reached" })).status).toBe(200);
    expect((await post("transition", { to: "admit", reason: "a" })).status).toBe(409);
    expect((await post("withdraw", { reason: "Moved away" })).body).toMatchObject({
      status: "withdrawn",
    });
  });

  it("explains any message of it: the rules applied and the next instant", async () => {
    const messages = await world.call("casey-riverside", "GET", `/episodes/${episodeId}/messages`);
    const messageId = String(itemsOf(messages.body)[0]?.messageId);
    const path = `/messages/${messageId}/explanation`;
    const { body } = await world.call("casey-riverside", "GET", path);
    expect(body).toMatchObject({ messageId, status: "PLANNED", words: expect.any(String) });
    expect(body.rules).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rule: expect.any(String), outcome: expect.any(String) }),
      ]),
    );
    expect((await world.call("casey-mesa", "GET", path)).status).toBe(404);
  });
});

describe("a safety alert", () => {
  const escalationId = "01JHTEST0000000000000000X1";
  const alert: Escalation = {
    kind: "escalation",
    sk: "ESC#intake#phq-9/phq9-9",
    version: 1,
    escalationId,
    tier: "RED",
    status: "open",
    raisedAt: tuesdayMorning,
    contactDueAt: "2027-01-12T17:00:00.000Z",
    trigger: { source: "instrument", rule: "phq-9/phq9-9", value: 2 },
    reason: "An answer about self-harm.",
    pageTier: 0,
    pageAttempt: 0,
    tierEndsAt: "2027-01-12T16:15:00.000Z",
    acknowledgements: [],
    contacts: [],
    confirmed: true,
  };
  const third = "01JHEP000000000000000000E3";
  const post = (as: string, path: string, body: object = {}) =>
    world.call(as, "POST", `/escalations/${escalationId}/${path}`, body);

  beforeEach(async () => {
    const about = { type: "escalation", id: escalationId };
    await world.add({
      episode: personAt("riverside", {
        ...active,
        episodeId: third,
        openEscalations: [{ escalationId, tier: "RED" }],
      }),
      items: [
        alert,
        buildTask({ sk: "TASK#safety", taskKind: "safety-follow-up", priority: "safety", about }),
      ],
    });
  });

  it("is taken, answered for by contact, and closed by a clinician only", async () => {
    const closure = { outcome: "safe-with-plan", reason: "Plan agreed, mother is there" };
    expect((await post("avery-riverside", "closure", closure)).status).toBe(409);
    expect((await post("casey-mesa", "acknowledgement")).status).toBe(404);
    expect((await post("casey-riverside", "acknowledgement")).body).toMatchObject({
      status: "acknowledged",
    });
    const tried = await post("casey-riverside", "contact", { outcome: "not-reached" });
    expect(tried.body).toMatchObject({ status: "acknowledged" });
    const reached = await post("casey-riverside", "contact", { outcome: "spoke-with-participant" });
    expect(reached.body).toMatchObject({ status: "contacted" });
    expect((await post("casey-riverside", "closure", closure)).status).toBe(409);
    expect((await post("avery-riverside", "closure", closure)).body).toMatchObject({
      status: "closed",
    });
    const queue = await world.call("avery-riverside", "GET", "/queue?tab=safety");
    expect(itemsOf(queue.body)).toEqual([]);
  });

  it("is no task that ends with an outcome", async () => {
    const [row] = itemsOf((await world.call("casey-riverside", "GET", "/queue?tab=safety")).body);
    const answer = await world.call("casey-riverside", "POST", `/tasks/${row?.taskId}/outcome`, {
      outcome: "done",
    });
    expect(answer.status).toBe(409);
    expect(answer.body.title).toContain("does not end here");
  });
});

describe("a site", () => {
  const read = async () => (await world.call("taylor-riverside", "GET", "/sites/riverside")).body;

  it("is closed for a day and staffed by its leads, with an audit entry each", async () => {
    const closure = { siteId: "riverside", on: "2027-02-15", words: "Holiday" };
    expect((await world.call("casey-riverside", "POST", "/closures", closure)).status).toBe(404);
    expect((await world.call("taylor-riverside", "POST", "/closures", closure)).status).toBe(200);
    const person = { staffId: "avery-riverside", name: "Avery Chen", phone: "+12125550113" };
    const entry = {
      siteId: "riverside",
      from: "2027-02-15T00:00:00Z",
      to: "2027-02-16T00:00:00Z",
      primary: person,
      backup: person,
      supervisor: person,
    };
    expect((await world.call("taylor-riverside", "POST", "/rota", entry)).status).toBe(200);
    expect((await world.call("taylor-riverside", "POST", "/rota", entry)).status).toBe(409);
    expect(await read()).toMatchObject({
      version: 3,
      closures: [{ on: "2027-02-15", words: "Holiday" }],
      rota: [{ from: entry.from, to: entry.to }],
    });
    const audit = await world.store.query("audit", "SITE#riverside");
    expect(audit.items.map((item) => item.action)).toEqual(["closure-added", "rota-entry-added"]);
    expect(audit.items[1]?.previousHash).toBe(audit.items[0]?.hash);
  });

  it("is changed as it was read, once", async () => {
    const site = await read();
    const changed = { ...site, phone: "+12125550119" };
    const put = () => world.call("taylor-riverside", "PUT", "/sites/riverside", changed);
    expect((await put()).body).toMatchObject({ phone: "+12125550119", version: 2 });
    const again = await put();
    expect(again.status).toBe(409);
    expect(again.body.details).toEqual({ version: 2 });
    const elsewhere = await world.call("taylor-riverside", "PUT", "/sites/mesa", changed);
    expect(elsewhere.status).toBe(400);
  });

  it("is changed with its closed days as they stand: these have calls of their own, which look at who is expected", async () => {
    const closure = {
      siteId: "riverside",
      on: "2027-02-15",
      words: "Snow",
      hours: { from: "09:00", to: "12:00" },
    };
    expect((await world.call("taylor-riverside", "POST", "/closures", closure)).status).toBe(200);
    const site = await read();
    const put = (more: object) =>
      world.call("taylor-riverside", "PUT", "/sites/riverside", { ...site, ...more });
    const opened = await put({ closures: [] });
    expect([opened.status, JSON.stringify(opened.body)]).toEqual([
      400,
      expect.stringContaining("open it by POST /closures/undo"),
    ]);
    const online = { on: "2027-02-15", words: "Snow", onlineAddress: "https://meet.example.org/d" };
    expect((await put({ closures: [online] })).status).toBe(400);
    expect((await read()).closures).toEqual(site.closures);
    // Whatever order the database gives the names of a closed day in: nothing is owed about a day that stays as it is.
    const key = keys.site("riverside");
    const stored = await world.store.get("care", key.pk, key.sk);
    const { hours, words, on } = closure;
    await world.put({
      ...stored,
      ...key,
      schemaVersion: 1,
      closures: [{ hours: { to: hours.to, from: hours.from }, words, on }],
    });
    const owed = () => world.store.all("care").filter(({ kind }) => kind === "effect").length;
    const before = owed();
    expect((await put({ phone: "+12125550118" })).status).toBe(200);
    expect(owed()).toBe(before);
    const { version } = await read();
    expect((await put({ version, phone: "+12125550119" })).body).toMatchObject({
      phone: "+12125550119",
      closures: site.closures,
    });
  });
});

it("tells who is signed in and which programs run here", async () => {
  const me = await world.call("casey-riverside", "GET", "/me");
  expect(me.body).toMatchObject({ staffId: "casey-riverside", siteIds: ["riverside"] });
  const programs = await world.call("casey-riverside", "GET", "/programs");
  expect(itemsOf(programs.body)).toMatchObject([
    { programId: "adult-iop", version: 1 },
    { programId: "sud-iop", version: 1 },
  ]);
});
