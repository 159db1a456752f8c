import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const task = buildTask({ sk: "TASK#first-contact-call#intake" });
const escalationId = "01JHTEST0000000000000000X1";
const session = "riverside:adult-iop:2027-01-12:tue-group";
const as = "taylor-riverside";

/** Every call that takes a body, with a body that it would take. */
const calls: readonly (readonly [string, string, unknown])[] = [
  ["POST", `/tasks/${task.taskId}/decision`, { decision: "approved", reason: "a", version: 1 }],
  ["POST", `/tasks/${task.taskId}/decision/retract`, {}],
  ["POST", `/tasks/${task.taskId}/outcome`, { outcome: "reached" }],
  ["POST", `/tasks/${task.taskId}/snooze`, { until: "2027-01-13T15:00:00Z" }],
  ["POST", `/tasks/${task.taskId}/assign`, { staffId: as }],
  ["POST", `/escalations/${escalationId}/acknowledgement`, {}],
  ["POST", `/escalations/${escalationId}/contact`, { outcome: "not-reached" }],
  ["POST", `/escalations/${escalationId}/closure`, { outcome: "safe", reason: "a" }],
  ["POST", `/episodes/${episodeId}/hold`, { kind: "medical", contactKeptBy: "casey", reason: "a" }],
  ["POST", `/episodes/${episodeId}/resume`, { reason: "a" }],
  ["POST", `/episodes/${episodeId}/withdraw`, { reason: "a" }],
  ["POST", `/episodes/${episodeId}/transition`, { to: "admit", reason: "a" }],
  ["POST", `/episodes/${episodeId}/site-transfer`, { toSiteId: "mesa", reason: "a" }],
  ["POST", `/episodes/${episodeId}/program-version`, { version: 2, reason: "a" }],
  ["POST", `/episodes/${episodeId}/program-choice`, { programId: "sud-iop", reason: "a" }],
  ["POST", `/episodes/${episodeId}/death-correction`, { reason: "a" }],
  [
    "POST",
    `/episodes/${episodeId}/same-person-taken-back`,
    { otherEpisodeId: escalationId, reason: "a" },
  ],
  ["POST", `/episodes/${episodeId}/contacts`, { channel: "phone", outcome: "reached" }],
  ["POST", `/episodes/${episodeId}/consents`, { given: ["sms"], how: "phone" }],
  [
    "POST",
    `/episodes/${episodeId}/reach-closure`,
    { channel: "sms", why: "asked-for-no-more", reason: "a" },
  ],
  ["POST", `/episodes/${episodeId}/reach-confirmation`, { channel: "sms", reason: "a" }],
  ["PUT", `/sessions/${session}/attendance`, [{ episodeId, status: "present" }]],
  ["POST", "/closures", { siteId: "riverside", on: "2027-02-15", words: "Holiday" }],
  ["PUT", "/sites/riverside", { version: 1 }],
];

let world: StaffWorld;
beforeAll(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({ episode: personAt("riverside"), items: [task] });
});

/** Everything in the care table that a refused call could have touched. */
async function contents(): Promise<string> {
  const partitions = [`EP#${episodeId}`, "SITE#riverside"];
  const pages = await Promise.all(partitions.map((pk) => world.store.query("care", pk)));
  const audit = await world.store.query("audit", `EP#${episodeId}`);
  return JSON.stringify([...pages, audit]);
}

describe.each(calls)("%s %s", (method, path, body) => {
  it.each<readonly [string, number, unknown, Readonly<Record<string, string>>]>([
    ["a body that is no JSON", 400, "{", {}],
    ["the wrong type", 400, "7", {}],
    ["unknown keys", 400, { surprise: true }, {}],
    ["wrong values", 400, { decision: 1, reason: [], outcome: {}, until: "tomorrow", to: 4 }, {}],
    ["a deep nest", 400, `${"[".repeat(40)}${"]".repeat(40)}`, {}],
    ["33 KB", 413, JSON.stringify({ reason: "x".repeat(33 * 1024) }), {}],
    ["a form instead of JSON", 415, "a=b", { "content-type": "application/x-www-form-urlencoded" }],
  ])("refuses %s and writes nothing", async (_what, status, sent, headers) => {
    const before = await contents();
    const answer = await world.call(as, method, path, sent, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(String(answer.body.title)).toMatch(/\.$/);
    if (status === 400) {
      expect(answer.body.errors).toEqual(
        expect.arrayContaining([
          { path: expect.any(String), problem: expect.stringMatching(/\w{3}/) },
        ]),
      );
    }
    expect(await contents()).toBe(before);
    expect(JSON.stringify(answer.body)).not.toContain("surprise: true");
  });

  it("asks who is there first", async () => {
    expect((await world.call(undefined, method, path, body)).status).toBe(401);
    expect((await world.call("forged", method, path, body)).status).toBe(401);
    expect((await world.call("stranger", method, path, body)).status).toBe(401);
  });
});

describe("a POST", () => {
  it.each(["", "short", "with space in it", "x".repeat(129)])(
    "with the Idempotency-Key %j is a 400",
    async (key) => {
      const answer = await world.call(
        as,
        "POST",
        `/tasks/${task.taskId}/outcome`,
        { outcome: "reached" },
        { "idempotency-key": key },
      );
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toMatchObject([{ path: "Idempotency-Key" }]);
    },
  );
});

describe("an address", () => {
  it.each([
    ["/queue?tab=everything", 400],
    ["/participants?phase=lost", 400],
    ["/participants?cursor=-1", 400],
    ["/sessions?from=2027-02-30", 400],
    ["/sessions?from=2027-03-01&to=2027-02-01", 400],
    ["/sessions?from=2027-01-01&to=2029-01-01", 400],
    [`/episodes/${episodeId}/timeline?cursor=nonsense`, 400],
    [`/episodes/${episodeId}/messages?cursor=e30`, 400],
    ["/episodes/not-an-id", 404],
    [`/episodes/${episodeId}/secrets`, 404],
    ["/sessions/x/roster", 404],
    ["/messages/01JHTEST0000000000000000Z9/explanation", 404],
    ["/nothing", 404],
  ])("%s is answered with %i and a sentence", async (path, status) => {
    const answer = await world.call(as, "GET", path);
    expect(answer.status).toBe(status);
    expect(answer.body.title).toEqual(expect.stringMatching(/^[A-Z].+\.$/));
  });
});

it("an address that is not as a call takes it is told which part of it is meant", async () => {
  const answer = await world.call(as, "GET", "/queue?tab=everything");
  expect(answer.body.errors).toMatchObject([{ path: "tab" }]);
});

it.each([
  ["another word before it", "Basic x, Bearer avery-riverside"],
  ["another word behind it", "Bearer avery-riverside, Basic x"],
  ["another token behind it", "Bearer avery-riverside dana"],
  ["no word before it", "avery-riverside"],
  ["nothing behind the word", "Bearer "],
])("a token with %s signs nobody in", async (_what, authorization) => {
  const answer = await world.call(undefined, "GET", "/queue", undefined, { authorization });
  expect(answer.status).toBe(401);
});

it("never fails on input", () => {
  expect(world.errors).toEqual([]);
});

describe("the description of the API", () => {
  it("is served to anybody and is OpenAPI 3.1 with every call of these tests", async () => {
    const answer = await world.call(undefined, "GET", "/openapi.json");
    expect(answer.body.openapi).toBe("3.1.0");
    const paths = Object.entries(answer.body.paths as Record<string, Record<string, unknown>>);
    for (const [method, path] of calls) {
      const found = paths.some(
        ([template, methods]) =>
          new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path) &&
          method.toLowerCase() in methods,
      );
      expect([path, found]).toEqual([path, true]);
    }
  });

  it("is what the schemas say now", async () => {
    const { describeApi } = await import("../../../scripts/openapi/describe-api.ts");
    const written = new URL("../../../functions/staff-api/openapi.json", import.meta.url);
    expect(JSON.parse(JSON.stringify(describeApi()))).toEqual(
      JSON.parse(readFileSync(written, "utf8")),
    );
  });
});
