import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../shared/ports/store.ts";
import { keys } from "../../shared/table/tables.ts";
import { SiteWorld, siteOrigin } from "../fakes/site-world.ts";

const phq9Response = JSON.parse(
  readFileSync(
    new URL("../fixtures/fhir/us-core-QuestionnaireResponse-phq-9.json", import.meta.url),
    "utf8",
  ),
);

/** The published answers, item 9 answered otherwise. */
function responseWithItem9(code: string): Record<string, unknown> {
  const copy = structuredClone(phq9Response);
  for (const item of copy.item)
    if (item.linkId === "/44260-8") item.answer[0].valueCoding.code = code;
  return copy;
}

const selfReferral = {
  programId: "adult-iop",
  siteId: "riverside",
  source: "self",
  participant: {
    name: { given: "Robin", family: "Okafor" },
    birthDate: "1990-03-28",
    phone: "+12125550142",
    phoneKind: "own",
    email: "robin@example.org",
    language: "en",
  },
  consents: { sms: true, email: true, voicemail: true },
};

let world: SiteWorld;
beforeEach(async () => {
  world = await SiteWorld.start();
});

async function send(body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await world.intake.request(`${siteOrigin}/api/v1/intakes`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "idempotency-key": "key-0001",
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

/** Everything that is stored, as one text. */
function everything(): string {
  return JSON.stringify(
    (["care", "identity", "audit"] as const).map((table) => world.store.all(table)),
  );
}

/** Sends what must be refused and makes sure that it left no trace. */
async function refused(body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const before = everything();
  const answer = await send(body, headers);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.body.title).toMatch(/\.$/);
  expect(everything() === before).toBe(true);
  return answer;
}

describe("a referral that is taken", () => {
  it("opens an episode with its intake workflow, profile, contacts and audit entry", async () => {
    const answer = await send(selfReferral);
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({
      reference: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      episodeId: expect.stringMatching(/^[0-9A-Z]{26}$/),
    });
    const episode = await world.episode(answer.body.episodeId);
    expect(episode).toMatchObject({ status: "referred", source: "self", siteId: "riverside" });
    expect(episode.consents.sms.grantedAt).toBe(world.now());
    const [driver] = await world.episodeItems(answer.body.episodeId, "driver");
    expect(driver).toMatchObject({ workflow: "intake" });
    const profile = await world.store.get("identity", `PERSON#${episode.participantId}`, "PROFILE");
    expect(profile).toMatchObject({ given: "Robin", family: "Okafor", birthDate: "1990-03-28" });
    const audit = world.store.all("audit").filter((item) => item.pk === `EP#${episode.episodeId}`);
    expect(audit).toHaveLength(1);
    expect(audit[0]).toMatchObject({ action: "episode-opened" });
  });

  it("keeps names, birth dates and addresses out of care and audit", async () => {
    const name = { given: "Juniper", family: "Vale" };
    const participant = { ...selfReferral.participant, name };
    await send({ ...selfReferral, participant, reason: "Words of my own about cedarwood" });
    const stored = JSON.stringify([world.store.all("care"), world.store.all("audit")]);
    const secrets = ["Juniper", "Vale", "1990-03-28", "5550142", "robin@", "cedarwood"];
    expect(secrets.filter((word) => stored.includes(word))).toEqual([]);
  });

  it("is told the same for the same key and body, and opens nothing again", async () => {
    const first = await send(selfReferral);
    const before = everything();
    const second = await send(selfReferral);
    expect(second).toMatchObject({ status: 202, body: first.body });
    expect(everything() === before).toBe(true);
  });

  it("opens one episode when it arrives twice at the same time", async () => {
    const [one, two] = await Promise.all([send(selfReferral), send(selfReferral)]);
    expect(two.body).toEqual(one.body);
    const roots = world.store.all("care").filter((item) => item.sk === "EPISODE");
    expect(roots).toHaveLength(1);
  });

  it("tells nobody whether a person is known", async () => {
    const first = await send(selfReferral);
    const second = await send(selfReferral, { "idempotency-key": "key-0002" });
    expect(Object.keys(second.body)).toEqual(Object.keys(first.body));
    expect(second.body.reference).not.toBe(first.body.reference);
  });

  it("is taken without phone and email when it says how to find the person", async () => {
    const { phone: _p, phoneKind: _k, email: _e, ...participant } = selfReferral.participant;
    const answer = await send({
      ...selfReferral,
      participant: { ...participant, reachBy: "Front desk of the shelter" },
      consents: { sms: false, email: false, voicemail: false },
    });
    expect(answer.status).toBe(202);
    expect((await world.episode(answer.body.episodeId)).reach).toEqual({ reachBy: true });
  });

  it("is refused under the same key with another body", async () => {
    await send(selfReferral);
    const other = { ...selfReferral, reason: "Something else" };
    expect(await refused(other)).toMatchObject({ status: 422 });
  });
});

describe("who may send", () => {
  it("counts consents of a person who speaks for themself only", async () => {
    const answer = await send({
      ...selfReferral,
      source: "referrer",
      referrer: { name: "Sam Rivera" },
    });
    const episode = await world.episode(answer.body.episodeId);
    expect(episode.consents).toEqual({ sms: {}, email: {}, voicemail: false });
  });

  it("asks staff for an access token", async () => {
    const body = { ...selfReferral, source: "staff" };
    expect((await refused(body)).status).toBe(401);
    expect((await refused(body, { authorization: "Bearer of-nobody" })).status).toBe(401);
    const staff = { authorization: `Bearer token-of-${SiteWorld.staffId}` };
    const answer = await send(body, staff);
    expect(answer.status).toBe(202);
    const audit = world.store.all("audit").at(-1);
    expect(audit?.actor).toMatchObject({ kind: "staff", staffId: SiteWorld.staffId });
    expect((await world.episode(answer.body.episodeId)).consents.sms).toEqual({});
  });

  it("takes from staff what is for their own sites", async () => {
    const staff = { authorization: `Bearer token-of-${SiteWorld.staffId}` };
    const answer = await refused({ ...selfReferral, siteId: "mesa", source: "staff" }, staff);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "siteId" }] } });
  });

  it("asks partners for a key that is on file", async () => {
    const key = "partner-key-for-tests-only-0123456789";
    await addPartner(world.store, world.deps.secrets.sha256(key));
    const body = { ...selfReferral, source: "partner" };
    expect((await refused(body)).status).toBe(401);
    expect((await refused(body, { "x-partner-key": `${key}x` })).status).toBe(401);
    const answer = await send(body, { "x-partner-key": key });
    expect(answer.status).toBe(202);
    expect(world.store.all("audit").at(-1)?.actor).toEqual({
      kind: "partner",
      partnerId: "county-hospital",
    });
  });

  it("does not mix up keys that two senders chose alike", async () => {
    const staff = { authorization: `Bearer token-of-${SiteWorld.staffId}` };
    const own = await send(selfReferral);
    const other = await send({ ...selfReferral, source: "staff" }, staff);
    expect([own.status, other.status]).toEqual([202, 202]);
  });
});

async function addPartner(store: Store, keyHash: string): Promise<void> {
  await store.transact([
    {
      put: {
        table: "care",
        item: {
          ...keys.partner(keyHash),
          schemaVersion: 1,
          kind: "partner",
          partnerId: "county-hospital",
          siteIds: ["riverside"],
        },
      },
    },
  ]);
}

describe("answers that come along as FHIR", () => {
  it("scores the PHQ-9 of US Core and leaves its total aside", async () => {
    const wrongTotal = structuredClone(phq9Response);
    for (const item of wrongTotal.item)
      if (item.linkId === "/44261-6") item.answer[0].valueDecimal = 27;
    const answer = await send({ ...selfReferral, responses: [wrongTotal] });
    expect(answer.status).toBe(202);
    const episode = await world.episode(answer.body.episodeId);
    expect(episode.scores).toEqual([
      expect.objectContaining({ instrumentId: "phq-9", total: 12, band: "moderate" }),
    ]);
    expect(await world.episodeItems(answer.body.episodeId, "escalation")).toEqual([]);
  });

  it.each([
    ["LA6569-3", "YELLOW"],
    ["LA6570-1", "ORANGE"],
    ["LA6571-9", "RED"],
  ])("raises an alert with the episode for item 9 = %s", async (code, tier) => {
    const commits: string[][] = [];
    world.store.onCommit((changes) => commits.push(changes.map((change) => change.keys.sk)));
    const answer = await send({ ...selfReferral, responses: [responseWithItem9(code)] });
    const [escalation] = await world.episodeItems(answer.body.episodeId, "escalation");
    expect(escalation).toMatchObject({ tier, status: "open" });
    expect(commits).toHaveLength(1);
    expect(commits[0]).toContain("EPISODE");
    expect(commits[0]).toContain(escalation?.sk);
    const tasks = await world.episodeItems(answer.body.episodeId, "task");
    expect(tasks).toContainEqual(
      expect.objectContaining({ taskKind: "safety-follow-up", priority: "safety" }),
    );
  });

  it("refuses answers that fit nothing, are unfinished, or come twice", async () => {
    const unknown = {
      resourceType: "QuestionnaireResponse",
      status: "completed",
      item: [{ linkId: "/1", answer: [{ valueInteger: 1 }] }],
    };
    expect((await refused({ ...selfReferral, responses: [unknown] })).status).toBe(400);
    const unfinished = { ...phq9Response, status: "in-progress" };
    expect((await refused({ ...selfReferral, responses: [unfinished] })).status).toBe(400);
    const twice = { ...selfReferral, responses: [phq9Response, phq9Response] };
    expect((await refused(twice)).body.errors[0].path).toBe("responses.1");
  });

  it("pages for words that speak of danger", async () => {
    const answer = await send({ ...selfReferral, reason: "I want to kill myself" });
    const [escalation] = await world.episodeItems(answer.body.episodeId, "escalation");
    expect(escalation).toMatchObject({ tier: "RED", confirmed: false });
  });
});

describe("a referral that is refused", () => {
  it.each([
    ["a missing key", {}, { "idempotency-key": "" }, 400],
    ["a key with odd characters", {}, { "idempotency-key": "no spaces allowed" }, 400],
    ["another content type", {}, { "content-type": "text/plain" }, 415],
  ])("names %s", async (_what, more, headers, status) => {
    expect((await refused({ ...selfReferral, ...more }, headers)).status).toBe(status);
  });

  it.each([
    ["an unknown key", { vip: true }, "vip"],
    ["a wrong type", { programId: 7 }, "programId"],
    ["an unknown program", { programId: "no-such-program" }, "programId"],
    ["an unknown site", { siteId: "no-such-site" }, "siteId"],
    ["no site where there are several", { siteId: undefined }, "siteId"],
    ["an unknown source", { source: "robot" }, "source"],
    ["no consents", { consents: undefined }, "consents"],
  ])("names %s", async (_what, more, path) => {
    const { status, body } = await refused({ ...selfReferral, ...more });
    expect(status).toBe(400);
    expect(body.errors.map((error: { path: string }) => error.path)).toContain(path);
    for (const error of body.errors) expect(error.problem.length).toBeGreaterThan(3);
  });

  it.each([
    ["birthDate", "1990-02-30"],
    ["birthDate", "2027-01-13"],
    ["birthDate", "03/28/1990"],
    ["birthDate", "1850-01-01"],
    ["phone", "555-0142"],
    ["phone", "12125550142"],
    ["email", "robin at example"],
    ["language", "english please"],
    ["timeZone", "Mars/Olympus"],
    ["phoneKind", "borrowed"],
    ["nickname", "Rob"],
  ])("names a bad %s: %s", async (field, value) => {
    const participant = { ...selfReferral.participant, [field]: value };
    const { status, body } = await refused({ ...selfReferral, participant });
    expect(status).toBe(400);
    expect(body.errors[0].path).toBe(`participant.${field}`);
    expect(JSON.stringify(body)).not.toContain(value);
  });

  it("asks for at least one way to reach the person", async () => {
    const { phone: _p, phoneKind: _k, email: _e, ...participant } = selfReferral.participant;
    const consents = { sms: false, email: false, voicemail: false };
    const { body } = await refused({ ...selfReferral, participant, consents });
    expect(body.errors).toEqual([
      { path: "participant", problem: expect.stringContaining("how to reach") },
    ]);
  });

  it("takes 32 KB and no more", async () => {
    const long = { ...selfReferral, reason: "x".repeat(33 * 1024) };
    expect((await refused(long)).status).toBe(413);
    const lying = { "content-length": "12" };
    expect((await refused(long, lying)).status).toBe(413);
  });

  it.each(["", "{", "[]", "null", '"text"', "7", '{"a":'.repeat(3000)])(
    "answers %.20s with a sentence",
    async (body) => {
      expect((await refused(body)).status).toBe(400);
    },
  );

  it("answers bytes that are no text with a sentence", async () => {
    const response = await world.intake.request(`${siteOrigin}/api/v1/intakes`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": "key-0001" },
      body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]),
    });
    expect(response.status).toBe(400);
  });

  it("stops when one phone is named too often in an hour", async () => {
    const answers: number[] = [];
    for (let index = 0; index < 52; index += 1)
      answers.push((await send(selfReferral, { "idempotency-key": `key-${1000 + index}` })).status);
    expect(answers.filter((status) => status === 202)).toHaveLength(50);
    expect(answers.at(-1)).toBe(429);
    world.advanceHours(1);
    expect((await send(selfReferral, { "idempotency-key": "key-later" })).status).toBe(202);
  });

  it("is answered with 503 while the store is away, and works when sent again", async () => {
    for (let fault = 0; fault < 20; fault += 1) world.store.failNext("write-not-made");
    const answer = await send(selfReferral);
    expect(answer.status).toBe(503);
    expect(answer.body.title).toContain("same Idempotency-Key");
    expect(world.store.all("care").filter((item) => item.sk === "EPISODE")).toEqual([]);
  });

  it("knows one address and one method", async () => {
    const get = await world.intake.request(`${siteOrigin}/api/v1/intakes`);
    expect(get.status).toBe(404);
    expect(world.problems).toEqual([]);
  });
});
