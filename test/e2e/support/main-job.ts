import { beforeAll, expect, test } from "vitest";
import type { OutboxMessage } from "./client.ts";
import { listExecutions } from "./executions.ts";
import { compareMessages, type Recipient } from "./expected-messages.ts";
import { dateAfter, localTimeOf } from "./local-time.ts";
import { expectedForAmina, expectedForBruno } from "./main-job-messages.ts";
import { amina, bruno, type MainJob, mainJobOn, newYork, phoenix } from "./main-job-pathways.ts";
import type { AuditEntry } from "./office.ts";
import { tellsTooMuch } from "./private-words.ts";
import { playSchedule } from "./schedule.ts";

/**
 * The main job, over HTTP only: two people from their intake to the closing of their aftercare more than a
 * year later. Amina comes through `POST /intakes` with a PHQ-9 from elsewhere, texts and emails, New York.
 * Bruno comes through the page at `/start`, emails only, Phoenix, where the clocks never change.
 *
 * Plays it before the tests of the `describe` around it, and adds what must hold afterwards.
 * @param server - has started when `start` resolves, frozen at `mainJobStart`
 */
export function testMainJob(server: { readonly url: string }, start: () => Promise<void>): MainJob {
  const job = mainJobOn(() => server.url);
  const { riverside, inNewYork, inPhoenix, episodes, participants, attendances } = job;
  let outbox: readonly OutboxMessage[] = [];

  beforeAll(async () => {
    await start();
    await playSchedule(riverside, job.schedule());
    outbox = await riverside.outbox();
  }, 900_000);

  const people = [
    {
      who: "amina" as const,
      office: inNewYork,
      expected: expectedForAmina,
      recipient: (): Recipient => ({
        participantId: participants.amina,
        timeZone: newYork,
        phone: amina.phone,
        email: amina.email,
      }),
    },
    {
      who: "bruno" as const,
      office: inPhoenix,
      expected: expectedForBruno,
      recipient: (): Recipient => ({
        participantId: participants.bruno,
        timeZone: phoenix,
        email: bruno.email,
      }),
    },
  ];

  test.each(people)(
    "$who got every message, and no other, in its hours",
    ({ expected, recipient }) => {
      expect(compareMessages(recipient(), outbox, expected)).toEqual([]);
    },
  );

  test("nobody but the two of them was written to or called", () => {
    const known = new Set([amina.phone, amina.email, bruno.email]);
    expect(outbox.filter((message) => !known.has(message.to))).toEqual([]);
  });

  test("no message tells about health, names or answers, or names a crisis line", () => {
    const canaries = [
      ...[amina.given, amina.family, "Canarybird", "sleeping badly", bruno.given, bruno.family],
      ...["1990-05-04", "1984-11-30", "adult-iop", "riverside:", "mesa:"],
      ...[episodes.amina, episodes.bruno, participants.amina, participants.bruno],
    ];
    expect(outbox.flatMap((message) => tellsTooMuch(message, canaries, server.url))).toEqual([]);
  });

  test("every text is one part and says how to stop; every email can be unsubscribed from", () => {
    for (const message of outbox) {
      if (message.channel === "sms") {
        expect(message.text.length, message.text).toBeLessThanOrEqual(160);
        expect(message.text).toContain("STOP");
      } else {
        expect(
          message.links.some((link) => link.includes("/u/")),
          message.text,
        ).toBe(true);
      }
    }
  });

  test.each(people)(
    "$who: every message, sent or not, is explained by its rules",
    async ({ who, office }) => {
      const messages = await office.messages(episodes[who]);
      expect(messages.length).toBeGreaterThan(20);
      for (const message of messages) {
        const explained = await office.client.api(
          "case-manager",
          "GET",
          `/messages/${message.messageId}/explanation`,
        );
        const about = `${message.step} ${message.occurrence} ${message.status}`;
        expect(explained.words, about).toMatch(/\.$/);
        expect(explained.rules.length, about).toBeGreaterThan(0);
        for (const rule of explained.rules) {
          expect(rule.words, about).toMatch(/\S/);
          expect(["passed", "holds", "drops"], about).toContain(rule.outcome);
        }
        if (["ACCEPTED", "DELIVERED"].includes(message.status))
          expect(explained.rules.length, about).toBeGreaterThan(8);
        expect(["PLANNED", "CLAIMED", "UNKNOWN"], about).not.toContain(message.status);
      }
    },
  );

  test.each(people)("$who: the audit trail is one unbroken chain", async ({ who, office }) => {
    const entries = await office.audit(episodes[who]);
    let previous = "";
    for (const [index, entry] of entries.entries()) {
      expect(entry.sequence).toBe(index + 1);
      expect(entry.previousHash, `entry ${entry.sequence}`).toBe(previous);
      expect(entry.hash).toMatch(/^[0-9a-f]{64}$|^[A-Za-z0-9_-]{43}$/);
      previous = entry.hash;
    }
    for (let index = 1; index < entries.length; index += 1)
      expect((entries[index]?.at ?? "") >= (entries[index - 1]?.at ?? "")).toBe(true);
  });

  test.each(people)(
    "$who: each transition, decision and entry stands in the audit trail once",
    async ({ who, office }) => {
      const entries = await office.audit(episodes[who]);
      const count = (action: string) => entries.filter((entry) => entry.action === action).length;
      const once = [
        ...["intake-acknowledged", "forms-asked", "admission-proposed", "admission-approved"],
        ...["participant-admitted", "week-review-approved", "discharge-planning-started"],
        ...["discharge-checklist-opened", "discharge-approved", "participant-discharged"],
        ...["aftercare-started", "closing-approved"],
      ];
      expect(Object.fromEntries(once.map((action) => [action, count(action)]))).toEqual(
        Object.fromEntries(once.map((action) => [action, 1])),
      );
      expect({ opened: count("week-opened"), closed: count("week-closed") }).toEqual({
        opened: 6,
        closed: 6,
      });
      expect(count("attendance-recorded")).toBe(attendances[who]);
      const order = ["admission-approved", "participant-admitted", "participant-discharged"];
      const places = order.map((action) => entries.findIndex((entry) => entry.action === action));
      expect(places).toEqual([...places].sort((left, right) => left - right));
      expect(byPersons(entries)).toEqual([
        "admission-approved",
        "closing-approved",
        "discharge-approved",
        "week-review-approved",
      ]);
    },
  );

  test("no execution lived past 40 days, none failed, and none carries more than ids", async () => {
    const executions = await listExecutions(server.url);
    expect(executions.length).toBeGreaterThan(2 * (1 + 6 + 1 + 8));
    for (const execution of executions) {
      const { name = "", status, startDate, stopDate, input = "" } = execution;
      expect(status, name).toBe("SUCCEEDED");
      const days = ((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0)) / 86_400_000;
      expect(days, name).toBeLessThanOrEqual(40);
      expect(name).toMatch(/^[a-z-]+-[0-9A-HJKMNP-TV-Z]{26}(-[a-z]\d+(-closing)?)?-g\d+$/);
      expect(Object.keys(JSON.parse(input)).sort()).toEqual([
        "driverId",
        "episodeId",
        "generation",
        "schemaVersion",
      ]);
    }
  });

  test("the last check-in was more than a year after the discharge", () => {
    const last = outbox.find(
      (message) =>
        message.participantId === participants.amina && message.templateId === "check-in",
    );
    expect(localTimeOf(last?.sentAt ?? "", newYork).date).toBe(dateAfter("2027-02-22", 365));
  });

  /** Approvals that a person made: nobody is admitted, discharged or closed by software. */
  function byPersons(entries: readonly AuditEntry[]): string[] {
    return entries
      .filter((entry) => entry.action.endsWith("-approved") && entry.actor.kind === "staff")
      .map((entry) => entry.action)
      .sort();
  }

  return job;
}
