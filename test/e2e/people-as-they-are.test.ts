import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answerAll } from "./support/answers.ts";
import { Client } from "./support/client.ts";
import { LocalServer } from "./support/local-server.ts";
import { nextMondayMorning } from "./support/local-time.ts";
import { Office } from "./support/office.ts";
import { answerPages, linkOf, newestMessage, openLink } from "./support/participant.ts";
import { phq9FromElsewhere, type Referred, refer } from "./support/refer.ts";

/** The hour of an instant in a zone, as a number: 9.5 is half past nine. */
function hourIn(zone: string, instant: string): number {
  const [hour = 0, minute = 0] = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
  })
    .format(new Date(instant))
    .split(":")
    .map(Number);
  return hour + minute / 60;
}

describe("facts about people are put right, and what was planned follows", () => {
  const server = new LocalServer({ startAt: "2027-01-11T14:00:00Z" });
  const client = new Client(() => server.url);
  const office = new Office(client);
  const newNumber = "+12125550177";
  let people = 20;
  let person: Referred;

  beforeAll(() => server.start(), 90_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    await client.ok("POST", "/_local/reset", { seed: "empty" });
    await client.advanceTo(nextMondayMorning(await client.now(), "America/New_York"));
    people += 1;
  });

  const correct = (facts: object, reason = "Said so on the phone") =>
    client.api("case-manager", "POST", `/episodes/${person.episodeId}/corrections`, {
      ...facts,
      reason,
    });
  const movedTo = (number: string, more: object = {}) => ({
    phone: { number, kind: "own", givenBy: "participant", former: "no-longer-used", ...more },
  });
  const sentTo = async (to: string, since?: string) =>
    (await client.outbox({ to, ...(since === undefined ? {} : { since }) })).filter(
      ({ channel }) => channel === "sms",
    );

  async function admitted(): Promise<void> {
    person = await refer(client, String(people), { responses: [phq9FromElsewhere] });
    const asked = await newestMessage(client, person.participantId, "ask-forms");
    await answerPages(await openLink(linkOf(asked)), answerAll(1));
    await client.advanceBy("PT1S");
    await office.decide(person.episodeId, "admission-approval", "approved");
    await client.advanceBy("PT1M");
    expect((await office.episode(person.episodeId)).status).toBe("active");
  }

  test("a wrong number: what lies there opens nothing, the forms are asked for at the right one", {
    timeout: 900_000,
  }, async () => {
    person = await refer(client, String(people));
    const lost = await newestMessage(client, person.participantId, "ask-forms");
    expect(lost.to).toBe(person.phone);
    const at = await client.now();
    await client.advanceBy("PT1H");
    await correct(movedTo(newNumber, { former: "somebody-elses" }));
    const { contact } = await client.api("case-manager", "GET", `/episodes/${person.episodeId}`);
    expect(contact.phone).toMatchObject({ address: newNumber, isConfirmed: false, state: "open" });
    await client.advanceBy("P5D");
    expect(await sentTo(person.phone, at)).toHaveLength(1);
    expect((await openLink(linkOf(lost))).status).not.toBe(200);
    const [first] = (await sentTo(newNumber)).toReversed();
    expect(first?.templateId).toBe("ask-forms");
    expect((await openLink(linkOf(first ?? lost))).main).toContain("<form");
    // A number that nobody has answered from gets one text a day.
    const days = (await sentTo(newNumber)).map(({ sentAt }) => sentAt.slice(0, 10));
    expect(new Set(days).size).toBe(days.length);
    // Whoever has the old number is nobody's to be read as.
    await client.ok("POST", "/_local/sms", { from: person.phone, body: "Who is this about?" });
    await client.advanceBy("PT1M");
    const tasks = await office.tasks(person.episodeId);
    expect(tasks.filter(({ taskKind }) => taskKind === "inbound-reply")).toEqual([]);
  });

  test("moved to another zone and number in week 2: every text goes there, in their hours", {
    timeout: 900_000,
  }, async () => {
    await admitted();
    await client.advanceBy("P9D");
    const before = await sentTo(person.phone);
    expect(before.length).toBeGreaterThan(2);
    const at = await client.now();
    await correct({ ...movedTo(newNumber), timeZone: "America/Los_Angeles" }, "Moved to Oregon");
    await client.advanceBy("P14D");
    expect(await sentTo(person.phone, at)).toEqual([]);
    const after = await sentTo(newNumber, at);
    expect(after.length).toBeGreaterThan(1);
    for (const { sentAt } of after) {
      expect(hourIn("America/Los_Angeles", sentAt)).toBeGreaterThanOrEqual(9);
      expect(hourIn("America/Los_Angeles", sentAt)).toBeLessThan(20);
    }
    const timeline = await client.api(
      "case-manager",
      "GET",
      `/episodes/${person.episodeId}/timeline`,
    );
    expect(timeline.items).toContainEqual(
      expect.objectContaining({
        what: "Facts about the person corrected: time zone, phone",
        reason: "Moved to Oregon",
      }),
    );
  });

  test("two on one phone: one gets a number of their own, the other stays as they were", {
    timeout: 900_000,
  }, async () => {
    const other = await refer(client, String(people));
    const again = await client.json(
      "POST",
      "/api/v1/intakes",
      {
        programId: "adult-iop",
        siteId: "riverside",
        source: "self",
        participant: {
          name: { given: "Sage", family: "Number" },
          birthDate: "1991-05-06",
          phone: other.phone,
          phoneKind: "shared",
          language: "en",
        },
        consents: { sms: true, email: false, voicemail: false },
      },
      { "idempotency-key": `second-on-${people}` },
    );
    person = { ...other, episodeId: again.body.episodeId };
    await client.advanceBy("PT1M");
    const at = await client.now();
    await correct(movedTo(newNumber));
    await client.ok("POST", "/_local/sms", { from: other.phone, body: "I will be a bit late" });
    await client.advanceBy("P3D");
    const replies = async (episodeId: string) =>
      (await office.tasks(episodeId)).filter(({ taskKind }) => taskKind === "inbound-reply").length;
    expect(await replies(other.episodeId)).toBe(1);
    expect(await replies(person.episodeId)).toBe(0);
    expect((await sentTo(newNumber)).length).toBeGreaterThan(0);
    const toOther = await sentTo(other.phone, at);
    expect(new Set(toOther.map(({ participantId }) => participantId))).toEqual(
      new Set([other.participantId]),
    );
  });

  test("a language without reviewed messages: nothing goes any more, staff call with an interpreter", {
    timeout: 900_000,
  }, async () => {
    person = await refer(client, String(people));
    await client.advanceBy("PT1H");
    const at = await client.now();
    await correct({ language: "vi", interpreter: true });
    await client.advanceBy("P6D");
    const sent = await client.outbox({ participantId: person.participantId, since: at });
    expect(sent.filter(({ sentAt }) => sentAt > at)).toEqual([]);
    const calls = (await office.tasks(person.episodeId)).filter(
      ({ taskKind }) => taskKind === "interpreted-call",
    );
    expect(calls.map(({ words }) => words)).toEqual([
      expect.stringContaining("Do the forms on this call. Call with an interpreter."),
    ]);
  });

  test("a language with reviewed messages: what was planned goes in its words", {
    timeout: 900_000,
  }, async () => {
    person = await refer(client, String(people));
    await client.advanceBy("PT1H");
    const at = await client.now();
    await correct({ language: "es-MX" });
    await client.advanceBy("P2D");
    const sent = await client.outbox({ participantId: person.participantId, since: at });
    const texts = sent.filter(({ sentAt }) => sentAt > at).map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(text).toMatch(/formularios|preguntas|Hola/i);
  });
});
