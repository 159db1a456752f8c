import { beforeEach, describe, expect, it } from "vitest";
import { IntakeSender, selfReferral } from "../../fakes/intake-sender.ts";
import { SiteWorld, siteOrigin } from "../../fakes/site-world.ts";

let world: SiteWorld;
let sender: IntakeSender;
beforeEach(async () => {
  world = await SiteWorld.start();
  sender = new IntakeSender(world);
});

describe("a referral that is refused", () => {
  it.each([
    ["a missing key", {}, { "idempotency-key": "" }, 400],
    ["a key with odd characters", {}, { "idempotency-key": "no spaces allowed" }, 400],
    ["another content type", {}, { "content-type": "text/plain" }, 415],
  ])("names %s", async (_what, more, headers, status) => {
    expect((await sender.refused({ ...selfReferral, ...more }, headers)).status).toBe(status);
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
    const { status, body } = await sender.refused({ ...selfReferral, ...more });
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
    ["phone", "+15550100"],
    ["phone", "+1212555019"],
    ["phone", "+121255501999"],
    ["phone", "+19115550100"],
    ["phone", "+12125550142 x12"],
    ["phone", "+12125550110"],
    ["phone", "+12125550111"],
    ["phone", "+1 (480) 555-0122"],
    ["email", "robin at example"],
    ["language", "english please"],
    ["timeZone", "Mars/Olympus"],
    ["phoneKind", "borrowed"],
    ["nickname", "Rob"],
  ])("names a bad %s: %s", async (field, value) => {
    const participant = { ...selfReferral.participant, [field]: value };
    const { status, body } = await sender.refused({ ...selfReferral, participant });
    expect(status).toBe(400);
    expect(body.errors[0].path).toBe(`participant.${field}`);
    expect(JSON.stringify(body)).not.toContain(value);
  });

  it.each(["\u200B", "\u3164 \uFFA0", "\u2800", "\u00AD\u2060"])(
    "does not take for a name what nobody can see (%j): their row in a list could not be opened",
    async (given) => {
      const name = { given, family: "Okafor" };
      const participant = { ...selfReferral.participant, name };
      const { body } = await sender.refused({ ...selfReferral, participant });
      expect(body.errors[0]).toEqual({
        path: "participant.name.given",
        problem: "is empty: leave it out or fill it in",
      });
    },
  );

  it("asks for at least one way to reach the person", async () => {
    const { phone: _p, phoneKind: _k, email: _e, ...participant } = selfReferral.participant;
    const consents = { sms: false, email: false, voicemail: false };
    const { body } = await sender.refused({ ...selfReferral, participant, consents });
    expect(body.errors).toEqual([
      { path: "participant", problem: expect.stringContaining("how to reach") },
    ]);
  });

  it("takes 32 KB and no more", async () => {
    const long = { ...selfReferral, reason: "x".repeat(33 * 1024) };
    expect((await sender.refused(long)).status).toBe(413);
    const lying = { "content-length": "12" };
    expect((await sender.refused(long, lying)).status).toBe(413);
  });

  it.each(["", "{", "[]", "null", '"text"', "7", '{"a":'.repeat(3000)])(
    "answers %.20s with a sentence",
    async (body) => {
      expect((await sender.refused(body)).status).toBe(400);
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
      answers.push(
        (await sender.send(selfReferral, { "idempotency-key": `key-${1000 + index}` })).status,
      );
    expect(answers.filter((status) => status === 202)).toHaveLength(50);
    expect(answers.at(-1)).toBe(429);
    world.advanceHours(1);
    expect((await sender.send(selfReferral, { "idempotency-key": "key-later" })).status).toBe(202);
  });

  it("is answered with 503 while the store is away, and works when sent again", async () => {
    for (let fault = 0; fault < 20; fault += 1) world.store.failNext("write-not-made");
    const answer = await sender.send(selfReferral);
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

describe("every answer to a referral", () => {
  it("is kept by nobody and taken for nothing else, whether it was taken, refused or is not there", async () => {
    const answers = [
      await sender.send(selfReferral),
      await sender.refused({ ...selfReferral, programId: 7 }, { "idempotency-key": "key-0002" }),
      await sender.refused("x", { "idempotency-key": "key-0003" }),
      await world.intake.request(`${siteOrigin}/api/v1/elsewhere`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 400, 400, 404]);
    for (const { headers, status } of answers) {
      expect(headers.get("cache-control"), String(status)).toBe("no-store");
      expect(headers.get("x-content-type-options"), String(status)).toBe("nosniff");
    }
  });

  it("that could not be taken is told, when to send it again, and stands in the log", async () => {
    world.store.transact = () => Promise.reject(new Error("The store is away"));
    const { status, headers, body } = await sender.send(selfReferral);
    expect(status).toBe(503);
    expect(headers.get("retry-after")).toBe("5");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(JSON.stringify(body)).not.toContain("The store is away");
    expect(world.problems).toEqual([expect.stringContaining("An intake could not be taken")]);
  });
});
