// Long because it holds the whole table of who may call which route.
import { beforeAll, describe, expect, it } from "vitest";
import {
  type StaffFunction,
  staffFunctions,
} from "../../../shared/care/program/staff-functions.ts";
import { readersOfApart } from "../../../shared/care/sessions/apart.ts";
import { type ApiRoute, apiRoot } from "../../../shared/contracts/routes/route.ts";
import { schedulers } from "../../../shared/contracts/routes/sessions.ts";
import { apiRoutes } from "../../../shared/contracts/routes/table.ts";
import { outgoingTables } from "../../../shared/contracts/routes/tables.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { findStaff } from "../../../shared/staff/staff-member.ts";
import { tuesdayMorning } from "../../builders/state.ts";
import { IntakeSender, selfReferral } from "../../fakes/intake-sender.ts";
import { addressOf, type Ids, somebody } from "../../fakes/one-of-everything.ts";
import { SiteWorld } from "../../fakes/site-world.ts";
import { StaffWorld } from "../../fakes/staff-world.ts";
import { write } from "../../fakes/test-stores.ts";

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
const page = { care: 200, withoutCare: 403, elsewhere: 404, nobody: 401 };
const ownPage = { ...page, elsewhere: 200 };
const form = (values: Readonly<Record<string, string>>) => () => values;
const person = { staffId: "avery-riverside", name: "Avery", phone: "+12125550113" };
let days = 0;
const plans = 0;

/** Bodies that name what a test has made, or that are taken once only; others send the route's example. */
const bodies: Readonly<Record<string, (ids: Ids) => object>> = {
  "PUT /sites/:siteId": () => site,
  "PUT /sessions/:sessionId/attendance": ({ episode }) => [
    { episodeId: episode, status: "present" },
  ],
  // Whoever names the same room again changes nothing.
  "POST /sessions/:sessionId/changes": () => ({ place: { room: "Room 2" }, words: "Roomier" }),
  // Whoever holds it has one visit a day.
  "POST /episodes/:episodeId/visits": () => {
    days += 1;
    return {
      modality: "individual",
      on: new Date(Date.UTC(2027, 1, days)).toISOString().slice(0, 10),
      startTime: "19:00",
      durationMinutes: 50,
      leaderId: "avery-riverside",
    };
  },
  "POST /episodes/:episodeId/make-ups": () => ({
    sessionId: "riverside:adult-iop:2027-01-14:thu-group",
    reason: "Missed Monday",
  }),
  // Each is a version of its own, written by somebody who has read the one before.
  "POST /episodes/:episodeId/plans": () => ({
    planKind: "treatment",
    sections: { goals: "Sleep" },
    isShown: false,
    version: plans,
    safetyConcern: false,
  }),
  "POST /rota": () => {
    days += 1;
    const at = (hour: number) => new Date(Date.UTC(2027, 2, days, hour)).toISOString();
    const who = { primary: person, backup: person, supervisor: person };
    return { siteId: "riverside", from: at(0), to: at(8), ...who };
  },
};

/** A session of the timetable that is to come, for calls about one. */
const toCome = "riverside:adult-iop:2027-01-21:thu-group";

/** Addresses that name something else than a test has made. */
const paths: Readonly<Record<string, string>> = {
  "POST /sessions/:sessionId/changes": `/sessions/${toCome}/changes`,
  "POST /sessions/:sessionId/changes/undo": `/sessions/${toCome}/changes/undo`,
};

/** What a call cannot be made without. */
const queries: Readonly<Record<string, string>> = {
  "GET /episodes/:episodeId/program-version": "?to=1",
};

/** Who changes the timetable. */
const bySchedulers = (status: number) => Object.fromEntries(schedulers.map((one) => [one, status]));

/** What the care team is told where the person of the test is not where the call belongs. */
const otherAnswers: Readonly<Record<string, Pick<Access, "care" | "differing">>> = {
  // Nobody is on leave, somebody in the program is not admitted again, nothing is decided yet, and closing
  // comes after contact.
  "POST /episodes/:episodeId/resume": { care: 409 },
  "POST /episodes/:episodeId/aftercare-track": { care: 409 },
  "POST /episodes/:episodeId/aftercare-keeper": { care: 409 },
  "POST /episodes/:episodeId/transition": { care: 409 },
  // The program has one track of groups only.
  "POST /episodes/:episodeId/group-track": { care: 400 },
  // No group of the program has a number of places: nobody waits for one.
  "POST /episodes/:episodeId/group-waits": { care: 404, differing: bySchedulers(409) },
  // The example names nobody at the site.
  "POST /episodes/:episodeId/apart": {
    care: 404,
    differing: Object.fromEntries(readersOfApart.map((one) => [one, 400])),
  },
  // They are in the program: no check-in is asked yet.
  "POST /episodes/:episodeId/check-ins": { care: 404 },
  // Nothing waits for this person's answers.
  "POST /episodes/:episodeId/tablet-codes": { care: 409 },
  // There is one version alone.
  "POST /episodes/:episodeId/program-version": { care: 400 },
  // Somebody in the program goes on in it.
  "POST /episodes/:episodeId/program-choice": { care: 409 },
  // Nobody has died.
  "POST /episodes/:episodeId/death-correction": { care: 409 },
  // Nobody said that they are on record twice.
  "POST /episodes/:episodeId/same-person-taken-back": { care: 409 },
  "POST /tasks/:taskId/decision/retract": { care: 409 },
  "POST /escalations/:escalationId/closure": { care: 409 },
  // Nothing was changed that could be taken back.
  "POST /sessions/:sessionId/changes/undo": { care: 404, differing: bySchedulers(409) },
  "POST /absences/undo": { care: 404, differing: bySchedulers(409) },
  // An alert about danger is not put off: it is taken.
  "POST /escalations/:escalationId/reading": { care: 409 },
  // The program names who decides about a week.
  "POST /tasks/:taskId/decision": {
    care: 404,
    differing: { "case-manager": 200, clinician: 200, "clinical-lead": 200 },
  },
};

/** Who is answered what follows from who may call it. */
function answersOf({ who, path, repeats }: ApiRoute): Omit<Access, "path" | "body"> {
  if (who === "anyone") return { care: 200, withoutCare: 200, elsewhere: 200, nobody: 200 };
  const elsewhere = path.includes(":") ? 404 : 200;
  if (who === "staff") return { care: 200, withoutCare: 200, elsewhere, nobody: 401 };
  // Lists of one's own sites: elsewhere they are other lists.
  if (typeof who === "string") return { ...ofCare, care: 200, elsewhere };
  const differing = Object.fromEntries(who.map((one) => [one, 200]));
  const isOwnList = repeats !== "idempotency-key" && !path.includes(":");
  return { ...ofCare, care: 404, differing, ...(isOwnList ? { elsewhere } : {}) };
}

const ofApi = apiRoutes
  .filter(({ who }) => who !== "senders")
  .map((route): [string, Access] => {
    const name = `${route.method} ${route.path}`;
    const { example } = route;
    const body = bodies[name] ?? (example === undefined ? undefined : () => example as object);
    return [
      `${route.method} ${apiRoot}${route.path}`,
      {
        ...answersOf(route),
        ...otherAnswers[name],
        path: (ids) => paths[name] ?? `${addressOf(route.path, ids)}${queries[name] ?? ""}`,
        ...(body === undefined ? {} : { body }),
      },
    ];
  });

const table: Readonly<Record<string, Access>> = {
  ...Object.fromEntries(ofApi),
  "GET /staff/style.css": {
    path: () => "/staff/style.css",
    care: 200,
    withoutCare: 200,
    elsewhere: 200,
    nobody: 200,
  },
  "GET /staff": { ...ownPage, path: () => "/staff" },
  "GET /staff/people": { ...ownPage, path: () => "/staff/people" },
  "GET /staff/referral": { ...ownPage, path: () => "/staff/referral" },
  // A form of which nothing is filled in.
  "POST /staff/referral": {
    ...ownPage,
    path: () => "/staff/referral",
    body: form({}),
    care: 400,
    elsewhere: 400,
  },
  "GET /staff/attendance": { ...ownPage, path: () => "/staff/attendance" },
  "GET /staff/exports/:table": {
    ...ownPage,
    path: () => "/staff/exports/attendance",
    // Those who answer for the people of a site take lists of them out.
    care: 404,
    differing: Object.fromEntries(outgoingTables.attendance.who.map((one) => [one, 200])),
  },
  "GET /staff/imports/:table": { ...ownPage, path: () => "/staff/imports/attendance" },
  "POST /staff/imports/:table": {
    ...ownPage,
    path: () => "/staff/imports/attendance",
    // A form of which nothing is filled in.
    body: form({}),
    care: 400,
    elsewhere: 400,
  },
  "GET /staff/closures": { ...ownPage, path: () => "/staff/closures" },
  "POST /staff/closures": {
    ...ownPage,
    path: () => "/staff/closures",
    // A form of which nothing is filled in: those who lead the site are told so.
    body: form({}),
    care: 404,
    differing: { "site-lead": 400, supervisor: 400, "clinical-lead": 400 },
    elsewhere: 400,
  },
  "GET /staff/versions": {
    ...ownPage,
    path: () => "/staff/versions",
    care: 404,
    differing: { "site-lead": 200, supervisor: 200, "clinical-lead": 200 },
  },
  "GET /staff/versions/:programId/:version": {
    ...ownPage,
    path: () => "/staff/versions/adult-iop/1",
    care: 404,
    differing: { "site-lead": 200, supervisor: 200, "clinical-lead": 200 },
  },
  "POST /staff/versions/:programId/:version": {
    ...ownPage,
    path: () => "/staff/versions/adult-iop/1",
    // A form of which nothing is filled in.
    body: form({}),
    care: 404,
    differing: { "site-lead": 400, supervisor: 400, "clinical-lead": 400 },
    elsewhere: 400,
  },
  "GET /staff/colleagues": { ...ownPage, path: () => "/staff/colleagues" },
  "POST /staff/colleagues": {
    ...ownPage,
    path: () => "/staff/colleagues",
    // A form of which nothing is filled in: those who lead the site are told so.
    body: form({}),
    care: 404,
    differing: { "site-lead": 400, supervisor: 400, "clinical-lead": 400 },
    elsewhere: 400,
  },
  "GET /staff/schedule": { ...ownPage, path: () => "/staff/schedule" },
  "GET /staff/schedule/:sessionId": { ...page, path: () => `/staff/schedule/${toCome}` },
  "POST /staff/schedule/:sessionId": {
    ...page,
    path: () => `/staff/schedule/${toCome}`,
    // A form of which nothing is filled in: those who change the timetable are told so.
    body: form({}),
    care: 404,
    differing: bySchedulers(400),
  },
  "GET /staff/episodes/:episodeId/schedule": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/schedule`,
  },
  "POST /staff/episodes/:episodeId/schedule": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/schedule`,
    // A form of which nothing is filled in: those who change the timetable are told so.
    body: form({}),
    care: 404,
    differing: bySchedulers(400),
  },
  "GET /staff/episodes/:episodeId/apart": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/apart`,
  },
  "POST /staff/episodes/:episodeId/apart": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/apart`,
    // A form of which nothing is filled in: those who record it are told so.
    body: form({}),
    care: 404,
    differing: Object.fromEntries(readersOfApart.map((one) => [one, 400])),
  },
  "GET /staff/visits/:sessionId": { ...page, path: ({ visit }) => `/staff/visits/${visit}` },
  "POST /staff/visits/:sessionId": {
    ...page,
    path: ({ visit }) => `/staff/visits/${visit}`,
    // A form of which nothing is filled in: those who change the timetable are told so.
    body: form({}),
    care: 404,
    differing: bySchedulers(400),
  },
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
    body: ({ alert }) => ({ form: "take", key: `form-${alert}-a` }),
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
  "GET /staff/episodes/:episodeId/about": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/about`,
  },
  "POST /staff/episodes/:episodeId/about": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/about`,
    // A form of which nothing is filled in.
    body: form({}),
    care: 400,
  },
  "GET /staff/episodes/:episodeId/tablet": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/tablet`,
  },
  "POST /staff/episodes/:episodeId/tablet": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/tablet`,
    // A form of which nothing is filled in.
    body: form({}),
    care: 400,
  },
  "GET /staff/episodes/:episodeId/plans/:planKind": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/plans/crisis`,
  },
  "POST /staff/episodes/:episodeId/plans/:planKind": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/plans/relapse-prevention`,
    // A form of which nothing is filled in.
    body: form({}),
    care: 400,
  },
  "GET /staff/episodes/:episodeId/plans/:planKind/print": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/plans/crisis/print`,
    // Nothing is written that could be printed.
    care: 404,
    withoutCare: 403,
  },
  "GET /staff/episodes/:episodeId/screens/:screenId": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/screens/in-the-room`,
  },
  "POST /staff/episodes/:episodeId/screens/:screenId": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/screens/in-the-room`,
    // A form of which nothing is filled in.
    body: form({}),
    care: 400,
  },
  "GET /staff/episodes/:episodeId/medicines/:medicine": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/medicines/buprenorphine`,
  },
  "POST /staff/episodes/:episodeId/medicines/:medicine": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/medicines/buprenorphine`,
    // A form of which nothing is filled in.
    body: form({}),
    care: 400,
  },
  "GET /staff/episodes/:episodeId/services/:service": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/services/peer`,
  },
  "POST /staff/episodes/:episodeId/services/:service": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/services/peer`,
    // A form of which nothing is filled in.
    body: form({}),
    care: 400,
  },
  "GET /staff/episodes/:episodeId/releases": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/releases`,
  },
  "POST /staff/episodes/:episodeId/releases": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/releases`,
    // A form of which nothing is filled in.
    body: form({}),
    care: 400,
  },
  "GET /staff/episodes/:episodeId/measures/:instrumentId": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/measures/gad-2`,
  },
  "POST /staff/episodes/:episodeId/measures/:instrumentId": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/measures/gad-2`,
    // A form of which nothing is filled in.
    body: form({}),
    care: 400,
  },
  "GET /staff/episodes/:episodeId/measures/:instrumentId/print": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/measures/gad-2/print`,
  },
  "GET /staff/episodes/:episodeId/check-ins/:number": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/check-ins/1`,
    // They are in the program: no check-in is asked yet.
    care: 404,
    withoutCare: 403,
  },
  "POST /staff/episodes/:episodeId/check-ins/:number": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/check-ins/1`,
    body: form({}),
    care: 404,
    withoutCare: 403,
  },
  "GET /staff/episodes/:episodeId/check-ins/:number/print": {
    ...page,
    path: ({ episode }) => `/staff/episodes/${episode}/check-ins/1/print`,
    care: 404,
    withoutCare: 403,
  },
  "GET /staff/messages/:messageId": {
    ...page,
    path: ({ message }) => `/staff/messages/${message}`,
  },
  "GET /staff/tasks/:taskId": { ...page, path: ({ call }) => `/staff/tasks/${call}` },
  "POST /staff/tasks/:taskId": {
    ...page,
    path: ({ call }) => `/staff/tasks/${call}`,
    body: ({ call }) => ({ form: "assign", version: "1", key: `form-${call}-c` }),
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

/** Writes to the tables since the world began. */
let commits = 0;

/** Only staff are ever given a form of a page. */
async function sealOf(as: string | undefined, path: string) {
  const [staffId = ""] = (as ?? "").split(".");
  const isStaff = (await findStaff(world.store, staffId)) !== undefined;
  return isStaff ? { seal: world.sealFor(staffId, path) } : {};
}

async function ask(route: string, access: Access, as: string | undefined): Promise<number> {
  const ids = await somebody(world);
  const [method = "GET"] = route.split(" ");
  const path = access.path(ids);
  const body = access.body?.(ids);
  const before = commits;
  const isPage = path.startsWith("/staff");
  const { status } = isPage
    ? await world.page(
        as,
        path,
        body === undefined ? undefined : { ...body, ...(await sealOf(as, path)) },
      )
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
    const isOnce = [
      "PUT /sites/:siteId",
      "POST /closures/undo",
      "POST /absences",
      "POST /licences",
    ].some((one) => route === one.replace(" ", ` ${apiRoot}`));
    if (isOnce && expected === 200) return expect([200, 409]).toContain(status);
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
    await somebody(world);
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
