import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Client } from "./support/client.ts";
import { LocalServer } from "./support/local-server.ts";
import { nextMondayMorning } from "./support/local-time.ts";
import { Office } from "./support/office.ts";
import { phq9FromElsewhere, type Referred, refer, walkToItem9 } from "./support/refer.ts";

/** The on-call of Riverside, in the order in which they are paged. */
const primary = "+12125550113";
const backup = "+12125550114";
const supervisor = "+12125550115";

type Alert = {
  readonly escalationId: string;
  readonly status: string;
  readonly tier: string;
  readonly raisedAt: string;
  readonly pageTier: number;
};

describe("a safety answer", () => {
  const server = new LocalServer({ startAt: "2027-01-11T14:00:00Z" });
  const client = new Client(() => server.url);
  const office = new Office(client);
  let people = 20;
  let person: Referred;

  beforeAll(() => server.start(), 90_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    await client.ok("DELETE", "/_local/faults");
    await client.ok("POST", "/_local/reset", { seed: "empty" });
    await client.advanceTo(nextMondayMorning(await client.now(), "America/New_York"));
    people += 1;
    person = await refer(client, String(people));
  });

  async function alerts(episodeId = person.episodeId): Promise<readonly Alert[]> {
    return client.all<Alert>("clinician", `/episodes/${episodeId}/escalations`);
  }
  async function theAlert(): Promise<Alert> {
    const found = await alerts();
    expect(found).toHaveLength(1);
    return found[0] as Alert;
  }
  /** An instant of its own, so that what follows can be told from what was before. */
  async function fromNow(): Promise<string> {
    await client.advanceBy("PT1S");
    return client.now();
  }
  async function pagesTo(phone: string, since: string) {
    return (await client.outbox({ to: phone, since })).map((page) => page.channel).sort();
  }
  async function answerItem9(value: string): Promise<string> {
    const browser = await walkToItem9(client, person);
    await browser.submit({ "phq9-9": value });
    expect(browser.status).toBe(200);
    return browser.main;
  }

  test("shows where help is on that very page, and the alert with its task is there at once", async () => {
    const browser = await walkToItem9(client, person);
    const before = await office.audit(person.episodeId);
    await browser.submit({ "phq9-9": "1" });
    expect(browser.status).toBe(200);
    expect(browser.main).toContain('href="tel:988"');
    expect(browser.main).toContain("911");
    const now = await client.now();
    const alert = await theAlert();
    expect(alert).toMatchObject({ status: "open", tier: "YELLOW", raisedAt: now });
    const task = await office.openTask(person.episodeId, "safety-follow-up");
    expect(task.about).toEqual({ type: "escalation", id: alert.escalationId });
    const queue = await client.queue("clinician", "safety");
    expect(queue.map((row) => row.taskId)).toContain(task.taskId);
    // One transaction: the entry that saved the answer is the one that raised the alert.
    const entries = (await office.audit(person.episodeId)).slice(before.length);
    expect(entries[0]).toMatchObject({
      action: "form-answer-saved",
      facts: { isSafetyPositive: true },
    });
    expect(entries.filter((entry) => /raised/.test(entry.action))).toEqual([]);
  });

  test("pages the on-call by voice and text, again every five minutes, then the next person", async () => {
    const at = await fromNow();
    await answerItem9("2");
    expect(await pagesTo(primary, at)).toEqual(["sms", "voice"]);
    for (const message of await client.outbox({ to: primary, since: at })) {
      expect(message.text).not.toMatch(/wren|number|phq|suicid|harm/i);
    }
    await client.advanceBy("PT6M");
    expect(await pagesTo(primary, at)).toEqual(["sms", "sms", "voice", "voice"]);
    expect(await pagesTo(backup, at)).toEqual([]);
    await client.advanceBy("PT10M");
    expect(await pagesTo(backup, at)).toEqual(["sms", "voice"]);
    await client.advanceBy("PT16M");
    expect((await pagesTo(supervisor, at)).length).toBeGreaterThanOrEqual(2);
  });

  test("acknowledged without contact in time goes to the next person", async () => {
    const at = await fromNow();
    await answerItem9("3");
    const { escalationId } = await theAlert();
    await client.api("clinician", "POST", `/escalations/${escalationId}/acknowledgement`, {});
    await client.advanceBy("PT50M");
    expect(await pagesTo(primary, at)).toEqual(["sms", "voice"]);
    expect((await theAlert()).status).toBe("acknowledged");
    // RED: spoken with within the hour, or the next person's turn.
    await client.advanceBy("PT11M");
    expect(await pagesTo(backup, at)).toEqual(["sms", "voice"]);
    expect(await theAlert()).toMatchObject({ status: "open", pageTier: 1 });
  });

  test("nothing closes it but a person who has spoken with the participant", async () => {
    await answerItem9("2");
    const { escalationId } = await theAlert();
    const close = { outcome: "safe-with-plan", reason: "Spoke for half an hour; plan reviewed" };
    await client.api("clinician", "POST", `/escalations/${escalationId}/acknowledgement`, {});
    const early = await client.tryApi(
      "clinician",
      "POST",
      `/escalations/${escalationId}/closure`,
      close,
    );
    expect(early.status).toBe(409);
    expect(early.body.title ?? early.body.detail).toMatch(/contact/i);
    await client.advanceBy("PT8H");
    expect((await theAlert()).status).not.toBe("closed");
    await client.api("clinician", "POST", `/escalations/${escalationId}/contact`, {
      outcome: "not-reached",
    });
    expect((await theAlert()).status).not.toBe("contacted");
    await client.api("clinician", "POST", `/escalations/${escalationId}/contact`, {
      outcome: "spoke-with-participant",
    });
    const byCaseManager = await client.tryApi(
      "case-manager",
      "POST",
      `/escalations/${escalationId}/closure`,
      close,
    );
    expect(byCaseManager.status).toBe(409);
    await client.advanceBy("P20D");
    expect((await theAlert()).status).toBe("contacted");
    await client.api("clinician", "POST", `/escalations/${escalationId}/closure`, close);
    expect((await theAlert()).status).toBe("closed");
    const at = await fromNow();
    await client.advanceBy("P2D");
    for (const phone of [primary, backup, supervisor]) expect(await pagesTo(phone, at)).toEqual([]);
  }, 900_000);

  test("works with mail, texts and workflows down", async () => {
    const browser = await walkToItem9(client, person);
    for (const part of ["email", "sms", "workflows"])
      await client.ok("POST", "/_local/faults", { part });
    const at = await fromNow();
    await browser.submit({ "phq9-9": "3" });
    expect(browser.status).toBe(200);
    expect(browser.main).toContain('href="tel:988"');
    const alert = await theAlert();
    expect(alert).toMatchObject({ tier: "RED", status: "open" });
    const queue = await client.queue("clinician", "safety");
    expect(queue.filter((row) => row.episodeId === person.episodeId)).toHaveLength(1);
    // The call does not wait for a state machine, and needs no text.
    expect(await pagesTo(primary, at)).toEqual(["voice"]);
    await client.api("clinician", "POST", `/escalations/${alert.escalationId}/contact`, {
      outcome: "spoke-with-participant",
    });
    await client.api("clinician", "POST", `/escalations/${alert.escalationId}/closure`, {
      outcome: "safe-with-plan",
      reason: "Spoke at length",
    });
    expect((await theAlert()).status).toBe("closed");
  });

  test("with every path down the alert stands in the queue, and pages go once a path is back", async () => {
    const browser = await walkToItem9(client, person);
    for (const part of ["email", "sms", "voice", "workflows"])
      await client.ok("POST", "/_local/faults", { part });
    await browser.submit({ "phq9-9": "2" });
    expect(browser.main).toContain('href="tel:988"');
    expect(await alerts()).toHaveLength(1);
    const at = await fromNow();
    await client.ok("DELETE", "/_local/faults");
    await client.advanceBy("PT15M");
    const paged = [primary, backup, supervisor].map((phone) => pagesTo(phone, at));
    expect((await Promise.all(paged)).flat()).toEqual(expect.arrayContaining(["sms", "voice"]));
  });

  test("a page that reaches nobody goes to the next person within a minute", async () => {
    const browser = await walkToItem9(client, person);
    for (const part of ["sms", "voice"])
      await client.ok("POST", "/_local/faults", { part, kind: "refuse", count: 1 });
    const at = await fromNow();
    await browser.submit({ "phq9-9": "2" });
    await client.advanceBy("PT59S");
    expect(await pagesTo(primary, at)).toEqual([]);
    expect(await pagesTo(backup, at)).toEqual(["sms", "voice"]);
  });

  test("an answer that came with the referral raises the same alert", async () => {
    const response = JSON.parse(JSON.stringify(phq9FromElsewhere));
    const item9 = response.item.find((item: { linkId: string }) => item.linkId === "/44260-8");
    item9.answer = [{ valueCoding: { system: "http://loinc.org", code: "LA6569-3" } }];
    const other = await refer(client, "49", { responses: [response] });
    expect(await alerts(other.episodeId)).toMatchObject([{ status: "open", tier: "YELLOW" }]);
  });

  describe("and texts to our number", () => {
    async function text(body: string, from = person.phone): Promise<void> {
      await client.ok("POST", "/_local/sms", { from, body });
    }
    async function answersSince(at: string) {
      return (await client.outbox({ to: person.phone, since: at, channel: "sms" })).map(
        (message) => message.templateId,
      );
    }

    test("a text of crisis is answered with 988 and raises an alert", async () => {
      const at = await fromNow();
      await text("i dont want to live anymore");
      const [reply] = await client.outbox({ to: person.phone, since: at });
      expect(reply).toMatchObject({ templateId: "crisis-reply" });
      expect(reply?.text).toContain("988");
      expect(await alerts()).toHaveLength(1);
      expect(await pagesTo(primary, at)).toEqual(["sms", "voice"]);
    });

    test("STOP ends every text at once and is confirmed once; emails go on", async () => {
      const at = await fromNow();
      await text("Stop.");
      expect(await answersSince(at)).toEqual(["stop-confirm"]);
      await client.advanceBy("P3D");
      expect(await answersSince(at)).toEqual(["stop-confirm"]);
      expect(
        (await client.outbox({ to: person.email, since: at })).map((one) => one.templateId),
      ).toContain("remind-forms");
    });

    test("the same STOP delivered twice is confirmed once", async () => {
      const at = await fromNow();
      const inbound = { from: person.phone, body: "STOP", inboundMessageId: "in-1" };
      await client.ok("POST", "/_local/sms", inbound);
      await client.ok("POST", "/_local/sms", inbound);
      expect(await answersSince(at)).toEqual(["stop-confirm"]);
    });

    test("START takes texts up again", async () => {
      await text("STOP");
      const at = await fromNow();
      await text("START");
      expect(await answersSince(at)).toEqual(["start-confirm"]);
      const later = await fromNow();
      await text("HELP");
      expect(await answersSince(later)).toEqual(["help-reply"]);
    });

    test("HELP is answered with the office's number and 988", async () => {
      const at = await fromNow();
      await text("help");
      const [reply] = await client.outbox({ to: person.phone, since: at });
      expect(reply?.templateId).toBe("help-reply");
      expect(reply?.text).toMatch(/988/);
    });

    test("STOP from a phone of the staff changes nothing but opens a task", async () => {
      await text("STOP", primary);
      const rows = [
        ...(await client.queue("clinical-lead", "work")),
        ...(await client.queue("clinical-lead", "safety")),
      ];
      expect(rows.map((row) => row.taskKind)).toContain("staff-opt-out");
      const at = await fromNow();
      await answerItem9("2");
      expect(await pagesTo(primary, at)).toEqual(["sms", "voice"]);
    });
  });
});
