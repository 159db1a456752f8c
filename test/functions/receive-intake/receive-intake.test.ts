import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { IntakeSender, phq9Response, selfReferral } from "../../fakes/intake-sender.ts";
import { SiteWorld } from "../../fakes/site-world.ts";

/** The published answers, item 9 answered otherwise. */
function responseWithItem9(code: string): Record<string, unknown> {
  const copy = structuredClone(phq9Response);
  for (const item of copy.item)
    if (item.linkId === "/44260-8") item.answer[0].valueCoding.code = code;
  return copy;
}

let world: SiteWorld;
let sender: IntakeSender;
beforeEach(async () => {
  world = await SiteWorld.start();
  sender = new IntakeSender(world);
});

describe("a referral that is taken", () => {
  it("opens an episode with its intake workflow, profile, contacts and audit entry", async () => {
    const answer = await sender.send(selfReferral);
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({
      reference: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      episodeId: expect.stringMatching(/^[0-9A-Z]{26}$/),
    });
    const episode = await world.episode(answer.body.episodeId);
    expect(episode).toMatchObject({ status: "referred", source: "self", siteId: "riverside" });
    expect(episode.consents.sms.grantedAt).toBe(world.now());
    const [run] = await world.episodeItems(answer.body.episodeId, "driver");
    expect(run).toMatchObject({ workflow: "intake" });
    const profile = await world.store.get("identity", `PERSON#${episode.participantId}`, "PROFILE");
    expect(profile).toMatchObject({ given: "Robin", family: "Okafor", birthDate: "1990-03-28" });
    const audit = world.store.all("audit").filter((item) => item.pk === `EP#${episode.episodeId}`);
    expect(audit).toHaveLength(1);
    expect(audit[0]).toMatchObject({ action: "episode-opened" });
  });

  it("keeps names, birth dates and addresses out of care and audit", async () => {
    const name = { given: "Juniper", family: "Vale" };
    const participant = { ...selfReferral.participant, name };
    await sender.send({ ...selfReferral, participant, reason: "Words of my own about cedarwood" });
    const stored = JSON.stringify([world.store.all("care"), world.store.all("audit")]);
    const secrets = ["Juniper", "Vale", "1990-03-28", "5550142", "robin@", "cedarwood"];
    expect(secrets.filter((word) => stored.includes(word))).toEqual([]);
  });

  it("is told the same for the same key and body, and opens nothing again", async () => {
    const first = await sender.send(selfReferral);
    const before = world.everything();
    const second = await sender.send(selfReferral);
    expect(second).toMatchObject({ status: 202, body: first.body });
    expect(world.everything() === before).toBe(true);
  });

  it("opens one episode when it arrives twice at the same time", async () => {
    const [one, two] = await Promise.all([sender.send(selfReferral), sender.send(selfReferral)]);
    expect(two.body).toEqual(one.body);
    const roots = world.store.all("care").filter((item) => item.sk === "EPISODE");
    expect(roots).toHaveLength(1);
  });

  it("tells nobody whether a person is known", async () => {
    const first = await sender.send(selfReferral);
    const second = await sender.send(selfReferral, { "idempotency-key": "key-0002" });
    expect(Object.keys(second.body)).toEqual(Object.keys(first.body));
    expect(second.body.reference).not.toBe(first.body.reference);
  });

  it("is taken without phone and email when it says how to find the person", async () => {
    const { phone: _p, phoneKind: _k, email: _e, ...participant } = selfReferral.participant;
    const answer = await sender.send({
      ...selfReferral,
      participant: { ...participant, reachBy: "Front desk of the shelter" },
      consents: { sms: false, email: false, voicemail: false },
    });
    expect(answer.status).toBe(202);
    expect((await world.episode(answer.body.episodeId)).reach).toEqual({ reachBy: true });
  });

  it("is refused under the same key with another body", async () => {
    await sender.send(selfReferral);
    const other = { ...selfReferral, reason: "Something else" };
    expect(await sender.refused(other)).toMatchObject({ status: 422 });
  });
});

describe("who may send", () => {
  it("counts consents of a person who speaks for themself only", async () => {
    const answer = await sender.send({
      ...selfReferral,
      source: "referrer",
      referrer: { name: "Sam Rivera" },
    });
    const episode = await world.episode(answer.body.episodeId);
    expect(episode.consents).toEqual({ sms: {}, email: {}, voicemail: false });
  });

  it("asks staff for an access token", async () => {
    const body = { ...selfReferral, source: "staff" };
    expect((await sender.refused(body)).status).toBe(401);
    expect((await sender.refused(body, { authorization: "Bearer of-nobody" })).status).toBe(401);
    const staff = { authorization: `Bearer token-of-${SiteWorld.staffId}` };
    const answer = await sender.send(body, staff);
    expect(answer.status).toBe(202);
    const audit = world.store.all("audit").at(-1);
    expect(audit?.actor).toMatchObject({ kind: "staff", staffId: SiteWorld.staffId });
    expect((await world.episode(answer.body.episodeId)).consents.sms).toEqual({});
  });

  it("takes from staff what is for their own sites", async () => {
    const staff = { authorization: `Bearer token-of-${SiteWorld.staffId}` };
    const answer = await sender.refused(
      { ...selfReferral, siteId: "mesa", source: "staff" },
      staff,
    );
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "siteId" }] } });
  });

  it("asks partners for a key that is on file", async () => {
    const key = "partner-key-for-tests-only-0123456789";
    await addPartner(world.store, world.deps.secrets.sha256(key));
    const body = { ...selfReferral, source: "partner" };
    expect((await sender.refused(body)).status).toBe(401);
    expect((await sender.refused(body, { "x-partner-key": `${key}x` })).status).toBe(401);
    const answer = await sender.send(body, { "x-partner-key": key });
    expect(answer.status).toBe(202);
    expect(world.store.all("audit").at(-1)?.actor).toEqual({
      kind: "partner",
      partnerId: "county-hospital",
    });
  });

  it("takes nothing from a partner with whom it has ended, and writes nothing", async () => {
    const key = "partner-key-for-tests-only-0123456789";
    const keyHash = world.deps.secrets.sha256(key);
    await addPartner(world.store, keyHash, { endedAt: "2027-01-04T15:00:00.000Z" });
    const before = world.store.all("care").length;
    const body = { ...selfReferral, source: "partner" };
    expect((await sender.refused(body, { "x-partner-key": key })).status).toBe(401);
    expect(world.store.all("care")).toHaveLength(before);
  });

  it("does not mix up keys that two senders chose alike", async () => {
    const staff = { authorization: `Bearer token-of-${SiteWorld.staffId}` };
    const own = await sender.send(selfReferral);
    const other = await sender.send({ ...selfReferral, source: "staff" }, staff);
    expect([own.status, other.status]).toEqual([202, 202]);
  });
});

async function addPartner(
  store: Store,
  keyHash: string,
  more: { readonly endedAt?: string } = {},
): Promise<void> {
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
          ...more,
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
    const answer = await sender.send({ ...selfReferral, responses: [wrongTotal] });
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
    const answer = await sender.send({ ...selfReferral, responses: [responseWithItem9(code)] });
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

  it("pages for words that speak of danger", async () => {
    const answer = await sender.send({ ...selfReferral, reason: "I want to kill myself" });
    const [escalation] = await world.episodeItems(answer.body.episodeId, "escalation");
    expect(escalation).toMatchObject({ tier: "RED", confirmed: false });
  });
});
