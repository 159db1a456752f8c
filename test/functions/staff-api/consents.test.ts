import { beforeEach, describe, expect, it } from "vitest";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const casey = "casey-riverside";
const call = buildTask({
  sk: "TASK#first-contact-call#intake",
  taskKind: "first-contact-call",
  evidence: { source: "referrer" },
});
const english =
  "I agree to receive automated texts about my visits and forms at this number. Message frequency varies.";

let world: StaffWorld;

/** Somebody whom others referred: nothing is agreed to yet. */
async function referred(more: Partial<Episode> = {}): Promise<void> {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", {
      status: "screening",
      source: "referrer",
      consents: { sms: {}, email: {}, voicemail: false },
      ...more,
    }),
    items: [call],
  });
}
beforeEach(() => referred());

const consent = (body: object, as = casey) =>
  world.call(as, "POST", `/episodes/${episodeId}/consents`, body);
const episode = async () =>
  (await world.call(casey, "GET", `/episodes/${episodeId}`)).body as unknown as Episode;
const messages = async () =>
  itemsOf((await world.call(casey, "GET", `/episodes/${episodeId}/messages`)).body);
const notes = async () =>
  itemsOf((await world.call(casey, "GET", `/episodes/${episodeId}/notes`)).body);
const audit = async () => (await world.store.query("audit", keys.episode(episodeId).pk)).items;

describe("what a person agrees to", () => {
  it("stands with how it was said, who wrote it down, and the wording that was read out", async () => {
    expect((await consent({ given: ["sms", "voicemail"], how: "phone" })).status).toBe(200);
    const { consents } = await episode();
    expect(consents.sms).toMatchObject({
      grantedAt: tuesdayMorning,
      wordingVersion: expect.stringMatching(/^policy-\d+$/),
      how: "phone",
      recordedBy: casey,
      noteId: expect.any(String),
    });
    expect(consents.voicemail).toBe(true);
    expect(consents.email).toEqual({});
    const [note] = await notes();
    expect(note?.text).toContain(`Texts: agreed, said on the phone. Wording read out: “${english}`);
    expect(note?.text).toContain("Voicemail: agreed");
    expect(await audit()).toMatchObject([
      { action: "consent-recorded", facts: { agreed: "sms voicemail", how: "phone", planned: 1 } },
    ]);
  });

  it("to texts is confirmed by a text; to emails by none", async () => {
    await consent({ given: ["email"], how: "phone" });
    expect((await messages()).filter(({ templateId }) => templateId === "opt-in-confirm")).toEqual(
      [],
    );
    await consent({ given: ["sms"], how: "phone" });
    expect(await messages()).toContainEqual(
      expect.objectContaining({ templateId: "opt-in-confirm", channel: "sms", status: "PLANNED" }),
    );
    // Who says so again is not told again.
    await consent({ given: ["sms"], how: "phone" });
    expect(
      (await messages()).filter(({ templateId }) => templateId === "opt-in-confirm"),
    ).toHaveLength(1);
  });

  it("is read out in the person's language; by an interpreter where there are no reviewed words, and no text goes", async () => {
    await referred({ language: "es-MX" });
    await consent({ given: ["sms"], how: "phone" });
    expect((await notes())[0]?.text).toContain("Acepto recibir mensajes de texto");
    await referred({ language: "vi" });
    await consent({ given: ["sms"], how: "phone" });
    expect((await notes())[0]?.text).toContain(english);
    expect(await messages()).toEqual([]);
  });

  it("on paper or in person names a witness", async () => {
    for (const how of ["paper", "in-person"]) {
      const refused = await consent({ given: ["sms"], how });
      expect([refused.status, JSON.stringify(refused.body)]).toEqual([
        400,
        expect.stringContaining("Name who else was there"),
      ]);
    }
    expect(await audit()).toEqual([]);
    await consent({ given: ["aftercare"], how: "paper", witness: "Sam Reyes" });
    expect((await notes())[0]?.text).toContain("Witness: Sam Reyes.");
    expect((await episode()).consents.aftercare).toMatchObject({ grantedAt: tuesdayMorning });
    // A name stands in the note, not in the trail.
    expect(JSON.stringify(await audit())).not.toContain("Sam Reyes");
  });

  it("can be taken back by phone, and what was planned there goes no more", async () => {
    await consent({ given: ["sms", "email"], how: "phone" });
    expect((await consent({ takenBack: ["sms"], how: "phone" })).status).toBe(200);
    expect((await episode()).consents).toMatchObject({
      sms: { withdrawnAt: tuesdayMorning },
      email: { grantedAt: tuesdayMorning },
    });
    const [first] = (await audit()).toReversed();
    expect(first).toMatchObject({ facts: { takenBack: "sms" } });
  });

  it("is refused in words where it means nothing, and nothing is written", async () => {
    const refused: readonly (readonly [Partial<Episode>, object, string])[] = [
      [{}, { how: "phone" }, "Say what the person agrees to"],
      [{}, { given: ["sms"], takenBack: ["sms"], how: "phone" }, "Choose one of them"],
      [{}, { given: ["fax"], how: "phone" }, "must be sms, email, voicemail or aftercare"],
      [{}, { given: ["sms"], how: "guess" }, "how the person said it"],
      [{ reach: {} }, { given: ["sms"], how: "phone" }, "There is no phone number to text"],
      [{ reach: {} }, { given: ["voicemail"], how: "phone" }, "leave a voicemail"],
      [{ reach: {} }, { given: ["email"], how: "phone" }, "There is no email address"],
      [{ status: "withdrawn" }, { given: ["sms"], how: "phone" }, "Care has ended"],
      [
        { facts: { under18: true, answeredInstruments: [] } },
        { given: ["sms"], how: "phone" },
        "Under 18",
      ],
    ];
    for (const [more, body, words] of refused) {
      await referred(more);
      const answer = await consent(body);
      expect(answer.status, words).toBeGreaterThanOrEqual(400);
      expect(answer.status, words).toBeLessThan(500);
      expect(JSON.stringify(answer.body)).toContain(words);
      expect(await audit()).toEqual([]);
    }
  });
});

describe("the first call", () => {
  const path = `/staff/tasks/${call.taskId}`;
  const send = async (fields: Readonly<Record<string, string>>) => {
    const hidden = await world.formFields(casey, path, "outcome");
    return world.page(casey, path, { ...hidden, safetyConcern: "no", ...fields });
  };

  it("shows the wording to read out, and writes down what they agree to with its outcome", async () => {
    const { html } = await world.page(casey, path);
    expect(html).toContain(english);
    expect(html).toContain("What they agree to be sent");
    const saved = await send({ outcome: "reached", "consent.sms": "given" });
    expect([saved.status, world.errors]).toEqual([303, []]);
    expect((await episode()).consents.sms).toMatchObject({ how: "phone", recordedBy: casey });
    expect(await messages()).toContainEqual(
      expect.objectContaining({ templateId: "opt-in-confirm" }),
    );
    expect(await audit()).toMatchObject([
      { action: "task-done", facts: { outcome: "reached", agreed: "sms", how: "phone" } },
    ]);
  });

  it("writes nothing down where nobody was reached, and keeps what was typed", async () => {
    const refused = await send({
      outcome: "not-reached",
      "consent.sms": "given",
      reason: "Rang twice",
    });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain("What the person agrees to was filled in");
    expect(refused.html).toContain("Rang twice</textarea>");
    expect(refused.html).toContain('<option value="given" selected');
    expect(await audit()).toEqual([]);
  });
});
