import { beforeAll, describe, expect, it } from "vitest";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { type StaffFunction, staffFunctions } from "../../../shared/care/program/program.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { buildMessage } from "../../builders/message.ts";
import { buildTask, tuesdayMorning } from "../../builders/state.ts";
import { IntakeSender, selfReferral } from "../../fakes/intake-sender.ts";
import { SiteWorld } from "../../fakes/site-world.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";
import { write } from "../../fakes/test-stores.ts";

/** Everything of one person that an address may name. */
type Ids = Readonly<
  Record<"episode" | "call" | "approval" | "alert" | "message" | "session", string>
>;

/** Who a route is for, and what they are answered. Whoever is not named here is refused. */
type Access = {
  readonly path: (ids: Ids) => string;
  readonly body?: (ids: Ids) => object;
  /** What every function in the care team is answered; some differ. */
  readonly care: number;
  readonly differing?: Partial<Record<StaffFunction, number>>;
  /** Staff without a function in the care team, such as operators. */
  readonly withoutCare: number;
  /** The care team of another site. */
  readonly elsewhere: number;
  /** Nobody who is on the staff. */
  readonly nobody: number;
};

/** What the care team of the site does, and nobody else. */
const ofCare = { withoutCare: 404, elsewhere: 404, nobody: 401 };
/** Lists of one's own sites: elsewhere they are other lists. */
const ownLists = { ...ofCare, care: 200, elsewhere: 200 };
/** Live data of the site is read by all of its staff, and changed by its leads. */
const ofLeads = {
  care: 404,
  differing: { "site-lead": 200, supervisor: 200, "clinical-lead": 200 },
  ...ofCare,
};
const page = { care: 200, withoutCare: 403, elsewhere: 404, nobody: 401 };
const ownPage = { ...page, elsewhere: 200 };
const deciders = { "case-manager": 200, clinician: 200, "clinical-lead": 200 };
const form = (values: Readonly<Record<string, string>>) => () => values;
const person = { staffId: "avery-riverside", name: "Avery", phone: "+12125550113" };
let days = 0;

const table: Readonly<Record<string, Access>> = {
  "GET /api/v1/openapi.json": {
    path: () => "/openapi.json",
    care: 200,
    withoutCare: 200,
    elsewhere: 200,
    nobody: 200,
  },
  "GET /api/v1/me": { ...ownLists, path: () => "/me", withoutCare: 200 },
  "GET /api/v1/programs": { ...ownLists, path: () => "/programs", withoutCare: 200 },
  "GET /api/v1/sites/:siteId": {
    ...ofCare,
    path: () => "/sites/riverside",
    care: 200,
    withoutCare: 200,
  },
  "PUT /api/v1/sites/:siteId": { ...ofLeads, path: () => "/sites/riverside", body: () => site },
  "POST /api/v1/closures": {
    ...ofLeads,
    path: () => "/closures",
    body: () => ({ siteId: "riverside", on: "2027-02-15", words: "Holiday" }),
  },
  "POST /api/v1/rota": {
    ...ofLeads,
    path: () => "/rota",
    body: () => {
      days += 1;
      const at = (hour: number) => new Date(Date.UTC(2027, 2, days, hour)).toISOString();
      const who = { primary: person, backup: person, supervisor: person };
      return { siteId: "riverside", from: at(0), to: at(8), ...who };
    },
  },
  "GET /api/v1/queue": { ...ownLists, path: () => "/queue?tab=work" },
  "GET /api/v1/participants": { ...ownLists, path: () => "/participants" },
  "GET /api/v1/sessions": { ...ownLists, path: () => "/sessions?from=2027-01-12" },
  "GET /api/v1/episodes/:episodeId": {
    ...ofCare,
    path: ({ episode }) => `/episodes/${episode}`,
    care: 200,
  },
  "GET /api/v1/episodes/:episodeId/:list": {
    ...ofCare,
    path: ({ episode }) => `/episodes/${episode}/tasks`,
    care: 200,
  },
  "GET /api/v1/episodes/:episodeId/audit": {
    ...ofCare,
    path: ({ episode }) => `/episodes/${episode}/audit`,
    care: 200,
  },
  "GET /api/v1/episodes/:episodeId/notes": {
    ...ofCare,
    path: ({ episode }) => `/episodes/${episode}/notes`,
    care: 200,
  },
  "GET /api/v1/episodes/:episodeId/pathway": {
    ...ofCare,
    path: ({ episode }) => `/episodes/${episode}/pathway`,
    care: 200,
  },
  "GET /api/v1/episodes/:episodeId/timeline": {
    ...ofCare,
    path: ({ episode }) => `/episodes/${episode}/timeline`,
    care: 200,
  },
  "POST /api/v1/episodes/:episodeId/hold": {
    ...ofCare,
    path: ({ episode }) => `/episodes/${episode}/hold`,
    body: () => ({ kind: "medical", contactKeptBy: "casey-riverside", reason: "Surgery" }),
    care: 200,
  },
  "POST /api/v1/episodes/:episodeId/resume": {
    ...ofCare,
    path: ({ episode }) => `/episodes/${episode}/resume`,
    body: () => ({ reason: "Back" }),
    // Nobody is on leave.
    care: 409,
  },
  "POST /api/v1/episodes/:episodeId/withdraw": {
    ...ofCare,
    path: ({ episode }) => `/episodes/${episode}/withdraw`,
    body: () => ({ reason: "Moved away" }),
    care: 200,
  },
  "POST /api/v1/episodes/:episodeId/transition": {
    ...ofCare,
    path: ({ episode }) => `/episodes/${episode}/transition`,
    body: () => ({ to: "admit", reason: "Suits" }),
    // Somebody who is in the program is not admitted again.
    care: 409,
  },
  "POST /api/v1/episodes/:episodeId/contacts": {
    ...ofCare,
    path: ({ episode }) => `/episodes/${episode}/contacts`,
    body: () => ({ channel: "phone", outcome: "reached" }),
    care: 200,
  },
  "POST /api/v1/episodes/:episodeId/corrections": {
    ...ofCare,
    path: ({ episode }) => `/episodes/${episode}/corrections`,
    body: () => ({ pronouns: "they", reason: "Said so" }),
    care: 200,
  },
  "POST /api/v1/episodes/:episodeId/reach-confirmation": {
    ...ofCare,
    path: ({ episode }) => `/episodes/${episode}/reach-confirmation`,
    body: () => ({ channel: "sms", reason: "Spoke on the phone" }),
    care: 200,
  },
  "GET /api/v1/tasks/:taskId": { ...ofCare, path: ({ call }) => `/tasks/${call}`, care: 200 },
  "POST /api/v1/tasks/:taskId/assign": {
    ...ofCare,
    path: ({ call }) => `/tasks/${call}/assign`,
    body: () => ({ staffId: "casey-riverside" }),
    care: 200,
  },
  "POST /api/v1/tasks/:taskId/outcome": {
    ...ofCare,
    path: ({ call }) => `/tasks/${call}/outcome`,
    body: () => ({ outcome: "reached" }),
    care: 200,
  },
  "POST /api/v1/tasks/:taskId/snooze": {
    ...ofCare,
    path: ({ call }) => `/tasks/${call}/snooze`,
    body: () => ({ until: "2027-01-13T15:00:00Z" }),
    care: 200,
  },
  "POST /api/v1/tasks/:taskId/decision": {
    ...ofCare,
    path: ({ approval }) => `/tasks/${approval}/decision`,
    body: () => ({ decision: "approved", reason: "Suits well", version: 1 }),
    // The program names who decides about a week.
    care: 404,
    differing: deciders,
  },
  "POST /api/v1/tasks/:taskId/decision/retract": {
    ...ofCare,
    path: ({ approval }) => `/tasks/${approval}/decision/retract`,
    body: () => ({}),
    // Nothing is decided yet.
    care: 409,
  },
  "GET /api/v1/escalations/:escalationId": {
    ...ofCare,
    path: ({ alert }) => `/escalations/${alert}`,
    care: 200,
  },
  "POST /api/v1/escalations/:escalationId/acknowledgement": {
    ...ofCare,
    path: ({ alert }) => `/escalations/${alert}/acknowledgement`,
    body: () => ({}),
    care: 200,
  },
  "POST /api/v1/escalations/:escalationId/contact": {
    ...ofCare,
    path: ({ alert }) => `/escalations/${alert}/contact`,
    body: () => ({ outcome: "spoke-with-participant" }),
    care: 200,
  },
  "POST /api/v1/escalations/:escalationId/closure": {
    ...ofCare,
    path: ({ alert }) => `/escalations/${alert}/closure`,
    body: () => ({ outcome: "safe-with-plan", reason: "Plan agreed" }),
    // Closing comes after contact.
    care: 409,
  },
  "GET /api/v1/messages/:messageId/explanation": {
    ...ofCare,
    path: ({ message }) => `/messages/${message}/explanation`,
    care: 200,
  },
  "GET /api/v1/sessions/:sessionId/roster": {
    ...ofCare,
    path: ({ session }) => `/sessions/${session}/roster`,
    care: 200,
  },
  "PUT /api/v1/sessions/:sessionId/attendance": {
    ...ofCare,
    path: ({ session }) => `/sessions/${session}/attendance`,
    body: ({ episode }) => [{ episodeId: episode, status: "present" }],
    care: 200,
  },
  "GET /staff": { ...ownPage, path: () => "/staff" },
  "GET /staff/people": { ...ownPage, path: () => "/staff/people" },
  "GET /staff/attendance": { ...ownPage, path: () => "/staff/attendance" },
  "GET /staff/attendance/:sessionId": {
    ...page,
    path: ({ session }) => `/staff/attendance/${session}`,
  },
  "POST /staff/attendance/:sessionId": {
    ...page,
    path: ({ session }) => `/staff/attendance/${session}`,
    // A form of which nothing is filled in.
    body: form({}),
    care: 400,
  },
  "GET /staff/alerts/:escalationId": { ...page, path: ({ alert }) => `/staff/alerts/${alert}` },
  "POST /staff/alerts/:escalationId": {
    ...page,
    path: ({ alert }) => `/staff/alerts/${alert}`,
    body: () => ({ action: "acknowledge", key: `form-${people}-a` }),
    care: 303,
  },
  "GET /staff/episodes/:episodeId": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}`,
  },
  "POST /staff/episodes/:episodeId": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}`,
    // A form of which nothing is filled in.
    body: form({}),
    care: 400,
  },
  "GET /staff/messages/:messageId": {
    ...page,
    path: ({ message }) => `/staff/messages/${message}`,
  },
  "GET /staff/tasks/:taskId": { ...page, path: ({ call }) => `/staff/tasks/${call}` },
  "POST /staff/tasks/:taskId": {
    ...page,
    path: ({ call }) => `/staff/tasks/${call}`,
    body: () => ({ action: "assign", version: "1", key: `form-${people}-c` }),
    care: 303,
  },
  "GET /staff/sign-in": {
    path: () => "/staff/sign-in",
    care: 303,
    withoutCare: 303,
    elsewhere: 303,
    nobody: 303,
  },
  "GET /staff/signed-in": {
    path: () => "/staff/signed-in",
    care: 303,
    withoutCare: 303,
    elsewhere: 303,
    nobody: 303,
  },
  "POST /staff/sign-out": {
    path: () => "/staff/sign-out",
    body: form({}),
    // A page that goes on to the issuer's own sign-out.
    care: 200,
    withoutCare: 200,
    elsewhere: 200,
    nobody: 200,
  },
};

let world: StaffWorld;
let site: object;
beforeAll(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  site = (await world.call("taylor-riverside", "GET", "/sites/riverside")).body;
  const siteIds = ["riverside"];
  const add = (staffId: string, functions: readonly string[], at = siteIds) =>
    world.put({
      ...keys.staff(staffId),
      schemaVersion: 1,
      kind: "staff",
      staffId,
      name: staffId,
      functions,
      siteIds: at,
    });
  world.store.onCommit(() => {
    commits += 1;
  });
  for (const name of staffFunctions) await add(`only-${name}`, [name]);
  await add("operator", []);
  await add("privacy-officer", []);
  await add("odd", ["operator", "constructor"]);
  await add("elsewhere", staffFunctions, ["mesa"]);
});

let people = 0;
/** Writes to the tables since the world began. */
let commits = 0;

/** Somebody new with one of everything, and the ids of it. */
async function somebody(): Promise<Ids> {
  people += 1;
  const id = (letter: string) => `01JHTEST0000000000000${letter}${String(people).padStart(4, "0")}`;
  const call = buildTask({ sk: "TASK#first-contact-call#intake", taskKind: "first-contact-call" });
  const approval = buildTask({
    sk: "TASK#week-review-approval#w2",
    taskKind: "week-review-approval",
    isApproval: true,
    proposal: "continue",
  });
  const slot = `slot-${people}`;
  const session: Session = {
    kind: "session",
    sk: `SESSION#2027-01-12#${slot}`,
    version: 1,
    sessionId: id("S"),
    groupSessionId: `riverside:adult-iop:2027-01-12:${slot}`,
    slot,
    week: 2,
    on: "2027-01-12",
    scheduledStartAt: "2027-01-12T15:00:00.000Z",
    scheduledEndAt: "2027-01-12T18:00:00.000Z",
    timeZone: "America/New_York",
    modality: "group",
    counts: true,
    status: "planned",
  };
  const alert: Escalation = {
    kind: "escalation",
    sk: "ESC#e1",
    version: 1,
    escalationId: id("X"),
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
  const message = buildMessage({ messageId: id("M") });
  const items: readonly EpisodeItem[] = [
    { ...call, taskId: id("T") },
    { ...approval, taskId: id("V") },
    session,
    alert,
    message,
  ];
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
      episodeId: id("E"),
      participantId: id("P"),
      status: "active",
      admittedOn: "2027-01-04",
      week: 2,
      weeks: [week],
      openEscalations: [{ escalationId: alert.escalationId, tier: "RED" }],
    }),
    items,
  });
  return {
    episode: id("E"),
    call: id("T"),
    approval: id("V"),
    alert: id("X"),
    message: id("M"),
    session: session.groupSessionId,
  };
}

async function ask(route: string, access: Access, as: string | undefined): Promise<number> {
  const ids = await somebody();
  const [method = "GET"] = route.split(" ");
  const path = access.path(ids);
  const body = access.body?.(ids);
  const before = commits;
  const isPage = path.startsWith("/staff");
  const { status } = isPage
    ? await world.page(as, path, body as Readonly<Record<string, string>> | undefined)
    : await world.call(as, method, path, body);
  // What is refused has changed nothing.
  if (status >= 400) expect(commits, `${route} wrote something`).toBe(before);
  return status;
}

describe("every route", () => {
  it("says who it is for, and no entry is about a route that is gone", () => {
    expect(Object.keys(table).sort()).toEqual([...world.routes]);
  });
});

describe.each(Object.entries(table))("%s", (route, access) => {
  it.each(staffFunctions)("as a %s alone", async (name) => {
    const expected = access.differing?.[name] ?? access.care;
    // Whoever wins the same version of a site is one: the others hear that it has changed.
    const status = await ask(route, access, `only-${name}`);
    if (route === "PUT /api/v1/sites/:siteId" && expected === 200)
      return expect([200, 409]).toContain(status);
    expect(status).toBe(expected);
  });

  it.each(["operator", "privacy-officer", "odd"])(
    "as a member of staff without a function in the care team: %s",
    async (as) => {
      expect(await ask(route, access, as)).toBe(access.withoutCare);
    },
  );

  it("as the care team of another site", async () => {
    expect(await ask(route, access, "elsewhere")).toBe(access.elsewhere);
  });

  it.each(["forged", "a-stranger", undefined])("as nobody on the staff: %s", async (as) => {
    expect(await ask(route, access, as)).toBe(access.nobody);
  });
});

describe("a person without a function in the care team", () => {
  it("is told so on every page, is shown nobody, and can sign out", async () => {
    await somebody();
    for (const path of ["/staff", "/staff/people", "/staff/attendance", "/staff?tab=safety"]) {
      // A sign-in of its own: the other one was signed out above.
      const { status, html } = await world.page("operator.again", path);
      expect(status).toBe(403);
      expect(html).toContain("These pages are for the care team");
      expect(html).toContain("Sign out");
      expect(html).not.toContain("Testperson");
    }
  });
});

describe("a referral as staff", () => {
  const referral = {
    ...selfReferral,
    source: "staff",
    consents: { sms: false, email: false, voicemail: false },
  };
  const as = (staffId: string) => ({ authorization: `Bearer token-of-${staffId}` });

  it("is taken from the care team of the site and from nobody else on the staff", async () => {
    const site = await SiteWorld.start();
    const sender = new IntakeSender(site);
    for (const [staffId, functions, siteIds, status] of [
      ["front", ["front-desk"], ["riverside"], 202],
      ["operator", [], ["riverside"], 404],
      ["odd", ["operator"], ["riverside"], 404],
      ["elsewhere", ["front-desk"], ["mesa"], 400],
    ] as const) {
      const item = { ...keys.staff(staffId), schemaVersion: 1, kind: "staff", staffId };
      await write(site.store, {
        put: { table: "care", item: { ...item, name: staffId, functions, siteIds } },
      });
      const answer =
        status === 202
          ? await sender.send(referral, { ...as(staffId), "idempotency-key": `key-of-${staffId}` })
          : await sender.refused(referral, {
              ...as(staffId),
              "idempotency-key": `key-of-${staffId}`,
            });
      expect([staffId, answer.status]).toEqual([staffId, status]);
    }
    expect((await sender.refused(referral, as("a-stranger"))).status).toBe(401);
  });
});
