import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerAll, answerCheckIn } from "./support/answers.ts";
import { Client, type OutboxMessage } from "./support/client.ts";
import { listExecutions } from "./support/executions.ts";
import {
  compareMessages,
  type ExpectedMessage,
  type Recipient,
} from "./support/expected-messages.ts";
import { LocalServer } from "./support/local-server.ts";
import { dateAfter, instantOf, localTimeOf } from "./support/local-time.ts";
import { type AuditEntry, Office } from "./support/office.ts";
import { answerPages, linkOf, newestMessage, openLink } from "./support/participant.ts";
import { tellsTooMuch } from "./support/private-words.ts";
import { playSchedule, type ScheduledAction } from "./support/schedule.ts";
import { sendSelfReferral } from "./support/start-page.ts";

/**
 * The main job, over HTTP only: two people from their intake to the closing of their aftercare more than a
 * year later. Amina comes through `POST /intakes` with a PHQ-9 from elsewhere, texts and emails, New York.
 * Bruno comes through the page at `/start`, emails only, Phoenix, where the clocks never change.
 */
const newYork = "America/New_York";
const phoenix = "America/Phoenix";

const phq9FromElsewhere = JSON.parse(
  readFileSync(
    join(import.meta.dirname, "../fixtures/fhir/us-core-QuestionnaireResponse-phq-9.json"),
    "utf8",
  ),
);

const amina = {
  given: "Amina",
  family: "Quillfeather",
  phone: "+12125550161",
  email: "amina.q@example.org",
  reason: "Canarybird: sleeping badly since spring",
};
const bruno = {
  given: "Bruno",
  family: "Zephyrhill",
  email: "bruno.z@example.org",
};

/** Monday to Sunday of week one are a part week: Amina is admitted on its Monday. */
const aminaFirstMonday = "2027-01-11";
const brunoFirstMonday = "2027-01-18";

const morning = "09:00-13:00";
const forms = "09:00-15:00";
const allDay = "09:00-19:00";

const expectedForAmina: readonly ExpectedMessage[] = [
  ["2027-01-11", "intake-received", "sms", allDay],
  ["2027-01-11", "ask-forms", "sms", forms],
  // The day's two messages are sent: the welcome and the first week's text wait for the next morning.
  ["2027-01-12", "welcome", "sms", "09:00-09:15"],
  ["2027-01-12", "weekly-text", "sms", "09:00-09:15"],
  // Tuesday's reminder found no room on Monday; later ones go the afternoon before.
  ["2027-01-13", "session-reminder", "sms", "13:00-13:15"],
  ["2027-01-14", "session-reminder", "sms", "13:00-13:15"],
  ["2027-01-18", "weekly-text", "sms", "09:00-12:00"],
  ["2027-01-25", "weekly-text", "sms", "09:00-12:00"],
  ["2027-01-25", "measures", "sms", forms],
  ["2027-02-01", "weekly-text", "sms", "09:00-12:00"],
  ["2027-02-08", "weekly-text", "sms", "09:00-12:00"],
  ["2027-02-08", "measures", "sms", forms],
  // The no-show of Thursday of week five: a neutral text a quarter of an hour after it was entered.
  ["2027-02-11", "missed-session", "sms", "09:25-09:26"],
  ["2027-02-15", "weekly-text", "sms", "09:00-12:00"],
  // Whoever missed a session is reminded of those of the next fourteen days.
  ["2027-02-15", "session-reminder", "sms", "13:00-13:15"],
  ["2027-02-17", "session-reminder", "sms", "13:00-13:15"],
  ["2027-02-18", "session-reminder", "sms", "13:00-13:15"],
  ["2027-02-22", "discharged", "sms", allDay],
  ["2027-03-01", "check-in", "sms", morning],
  ["2027-03-08", "check-in", "sms", morning],
  // Day 30 is not answered: the reminder tries the other channel, then the first one again.
  ["2027-03-24", "check-in", "sms", morning],
  ["2027-03-25", "check-in-reminder", "email", morning],
  ["2027-03-26", "check-in-reminder", "sms", morning],
  ["2027-04-23", "check-in", "sms", morning],
  // Day 90 is a Sunday.
  ["2027-05-24", "check-in", "sms", morning],
  ["2027-08-23", "check-in", "sms", morning],
  ["2028-02-22", "check-in", "sms", morning],
  ["2028-02-23", "aftercare-closed", "sms", allDay],
];

const expectedForBruno: readonly ExpectedMessage[] = [
  ["2027-01-11", "intake-received", "email", allDay],
  ["2027-01-11", "ask-forms", "email", forms],
  ["2027-01-12", "remind-forms", "email", forms],
  ["2027-01-15", "welcome", "email", "14:00-14:15"],
  ["2027-01-17", "session-reminder", "email", "13:00-13:15"],
  ["2027-01-18", "weekly-text", "email", "09:00-12:00"],
  ["2027-01-18", "session-reminder", "email", "13:00-13:15"],
  ["2027-01-20", "session-reminder", "email", "13:00-13:15"],
  ["2027-01-21", "session-reminder", "email", "13:00-13:15"],
  ["2027-01-25", "weekly-text", "email", "09:00-12:00"],
  ["2027-02-01", "weekly-text", "email", "09:00-12:00"],
  ["2027-02-01", "measures", "email", forms],
  ["2027-02-08", "weekly-text", "email", "09:00-12:00"],
  ["2027-02-15", "weekly-text", "email", "09:00-12:00"],
  ["2027-02-15", "measures", "email", forms],
  ["2027-02-22", "weekly-text", "email", "09:00-12:00"],
  ["2027-03-01", "discharged", "email", allDay],
  ["2027-03-08", "check-in", "email", morning],
  ["2027-03-15", "check-in", "email", morning],
  ["2027-03-31", "check-in", "email", morning],
  ["2027-04-30", "check-in", "email", morning],
  ["2027-05-31", "check-in", "email", morning],
  ["2027-08-30", "check-in", "email", morning],
  ["2028-02-29", "check-in", "email", morning],
  ["2028-03-01", "aftercare-closed", "email", allDay],
];

describe("one participant from the intake form to the last check-in", () => {
  const server = new LocalServer({ startAt: "2027-01-11T14:00:00Z" });
  const riverside = new Client(() => server.url, "riverside");
  const mesa = new Client(() => server.url, "mesa");
  const inNewYork = new Office(riverside);
  const inPhoenix = new Office(mesa);
  const episodes = { amina: "", bruno: "" };
  const participants = { amina: "", bruno: "" };
  let outbox: readonly OutboxMessage[] = [];
  let attendances = { amina: 0, bruno: 0 };

  beforeAll(async () => {
    await server.start();
    await playSchedule(riverside, [...aminasPathway(), ...brunosPathway()]);
    outbox = await riverside.outbox();
  }, 300_000);

  afterAll(() => server.stop());

  function ny(wallTime: string, what: string, act: () => Promise<void>): ScheduledAction {
    return { at: instantOf(wallTime, newYork), what, act };
  }
  function az(wallTime: string, what: string, act: () => Promise<void>): ScheduledAction {
    return { at: instantOf(wallTime, phoenix), what, act };
  }

  /** Fills in whatever form or check-in the newest message of a template links to. */
  async function answer(
    who: "amina" | "bruno",
    template: string,
    choose: Parameters<typeof answerPages>[1],
  ): Promise<void> {
    const message = await newestMessage(riverside, participants[who], template);
    const { browser } = await answerPages(await openLink(linkOf(message)), choose);
    expect(browser.status, browser.main).toBe(200);
  }

  /** The sessions of one week as the program plans them: ten minutes in, the leader marks who is there. */
  function weekOfSessions(input: {
    readonly who: "amina" | "bruno";
    readonly monday: string;
    readonly week: number;
    readonly statusOf?: (date: string, slot: string) => string;
    readonly isLeft?: (date: string, slot: string) => boolean;
  }): ScheduledAction[] {
    const isAmina = input.who === "amina";
    const [siteId, office, at] = isAmina
      ? (["riverside", inNewYork, ny] as const)
      : (["mesa", inPhoenix, az] as const);
    const everySecondWeek = input.week % 2 === 1;
    const slots: readonly (readonly [number, string, string, boolean])[] = [
      [0, "mon-group", "09:10", true],
      [0, "mon-family", "17:10", everySecondWeek],
      [1, "tue-skills", "09:10", true],
      [1, "tue-medication", "12:10", everySecondWeek],
      [3, "thu-group", "09:10", true],
      [3, "thu-individual", "12:40", true],
      [4, "fri-psychoeducation", "09:10", true],
      [4, "fri-holistic", "11:25", true],
    ];
    return slots.flatMap(([day, slot, time, isHeld]) => {
      const date = dateAfter(input.monday, day);
      if (!isHeld || input.isLeft?.(date, slot) === true) return [];
      const status = input.statusOf?.(date, slot) ?? "present";
      return [
        at(`${date} ${time}`, `attendance at ${slot}`, async () => {
          await office.attend(
            episodes[input.who],
            `${siteId}:adult-iop:${date}:${slot}`,
            status,
            status === "present" ? undefined : "Told the front desk",
          );
          attendances = { ...attendances, [input.who]: attendances[input.who] + 1 };
        }),
      ];
    });
  }

  function aminasPathway(): ScheduledAction[] {
    const weeks = [1, 2, 3, 4, 5, 6].flatMap((week) =>
      weekOfSessions({
        who: "amina",
        week,
        monday: dateAfter(aminaFirstMonday, (week - 1) * 7),
        // Admitted on Monday at 11: the first group of the week is over.
        isLeft: (date, slot) => date === aminaFirstMonday && slot === "mon-group",
        statusOf: (date, slot) => {
          if (date === "2027-02-11" && slot === "thu-group") return "no-show";
          // Week four: a child is ill, and the hours of the week are short by half an hour.
          if (date === "2027-02-01" && slot === "mon-group") return "excused";
          return "present";
        },
      }),
    );
    return [
      ny("2027-01-11 09:00", "the form of another system refers Amina", async () => {
        const { status, body } = await riverside.json(
          "POST",
          "/api/v1/intakes",
          {
            programId: "adult-iop",
            siteId: "riverside",
            source: "self",
            participant: {
              name: { given: amina.given, family: amina.family },
              birthDate: "1990-05-04",
              phone: amina.phone,
              phoneKind: "own",
              email: amina.email,
              language: "en-US",
            },
            consents: { sms: true, email: true, voicemail: true },
            reason: amina.reason,
            responses: [phq9FromElsewhere],
          },
          { "idempotency-key": "referral-of-amina-1" },
        );
        expect(status, JSON.stringify(body)).toBe(202);
        episodes.amina = body.episodeId;
        participants.amina = (await inNewYork.episode(episodes.amina)).participantId;
      }),
      ny("2027-01-11 10:00", "Amina fills in what is missing", () =>
        answer("amina", "ask-forms", answerAll(2)),
      ),
      ny("2027-01-11 11:00", "the admission is approved", () =>
        inNewYork.decide(episodes.amina, "admission-approval", "approved", "clinician"),
      ),
      ...weeks,
      ny("2027-01-26 20:00", "measures of week three", () =>
        answer("amina", "measures", answerAll(1)),
      ),
      ny("2027-02-09 20:00", "measures of week five", () =>
        answer("amina", "measures", answerAll(1)),
      ),
      ny("2027-02-08 10:00", "the hours of week four are reviewed", async () => {
        const task = await inNewYork.openTask(episodes.amina, "hours-review");
        expect(task.evidence).toMatchObject({ attendedMinutes: 510, minimumMinutes: 540 });
        await inNewYork.finishTask(task, "reviewed");
      }),
      ny("2027-02-11 10:15", "Amina is called about the missed session", async () => {
        const task = await inNewYork.openTask(episodes.amina, "outreach-call");
        expect(task.evidence).toMatchObject({ ladder: "missedSession", rung: "first-call" });
        await inNewYork.finishTask(task, "reached", { note: "The bus did not come" });
      }),
      ny("2027-02-22 09:05", "the last week is reviewed: discharge", () =>
        inNewYork.decide(episodes.amina, "week-review-approval", "approved"),
      ),
      ny("2027-02-22 10:00", "the discharge checklist is worked off", async () => {
        expect(await inNewYork.completeChecklist(episodes.amina)).toBe(6);
      }),
      ny("2027-02-22 11:00", "the discharge is approved", () =>
        inNewYork.decide(episodes.amina, "discharge-approval", "approved", "clinician"),
      ),
      ny("2027-02-23 15:00", "the first aftercare call", () =>
        inNewYork.finish(episodes.amina, "aftercare-call", "reached", { note: "Doing well" }),
      ),
      ...["2027-03-01", "2027-03-08"].map((date) =>
        ny(`${date} 18:00`, "a check-in is answered", () =>
          answer("amina", "check-in", answerCheckIn()),
        ),
      ),
      ny(
        "2027-03-31 12:00",
        "the check-in of day 30 was missed: a call reaches Amina",
        async () => {
          const task = await inNewYork.openTask(episodes.amina, "outreach-call");
          expect(task.evidence).toMatchObject({ ladder: "missedCheckIn", rung: "first-call" });
          await inNewYork.finishTask(task, "reached", { note: "Was travelling" });
        },
      ),
      ny("2027-04-23 18:00", "a check-in that has become worse", () =>
        answer("amina", "check-in", answerCheckIn({ "How strong were your urges": "4" })),
      ),
      ny("2027-04-26 09:30", "and the call that follows from it", async () => {
        const task = await inNewYork.openTask(episodes.amina, "check-in-call");
        expect(task.words).toContain("Craving is 3 or more of 4");
        await inNewYork.finishTask(task, "reached", { note: "Sees the prescriber tomorrow" });
      }),
      ...["2027-05-24", "2027-08-23", "2028-02-22"].map((date) =>
        ny(`${date} 18:00`, "a check-in is answered", () =>
          answer("amina", "check-in", answerCheckIn()),
        ),
      ),
      ny("2028-02-23 10:00", "a person closes the pathway", () =>
        inNewYork.decide(episodes.amina, "closing-approval", "approved"),
      ),
      ny("2028-03-15 12:00", "and nothing follows", async () => {
        expect((await inNewYork.episode(episodes.amina)).status).toBe("closed");
      }),
    ];
  }

  function brunosPathway(): ScheduledAction[] {
    const weeks = [1, 2, 3, 4, 5, 6].flatMap((week) =>
      weekOfSessions({ who: "bruno", week, monday: dateAfter(brunoFirstMonday, (week - 1) * 7) }),
    );
    return [
      az("2027-01-11 09:30", "Bruno refers himself on the page", async () => {
        await sendSelfReferral(server.url, {
          siteId: "mesa",
          given: bruno.given,
          family: bruno.family,
          birthDate: "1984-11-30",
          email: bruno.email,
        });
        const found = await mesa.api("case-manager", "GET", "/participants?search=Zephyrhill");
        expect(found.items).toHaveLength(1);
        episodes.bruno = found.items[0].episodeId;
        participants.bruno = found.items[0].participantId;
      }),
      az("2027-01-12 14:00", "Bruno fills in his forms after a reminder", () =>
        answer("bruno", "remind-forms", answerAll(1)),
      ),
      az("2027-01-15 14:00", "the admission is approved", () =>
        inPhoenix.decide(episodes.bruno, "admission-approval", "approved", "clinical-lead"),
      ),
      ...weeks,
      az("2027-02-02 20:00", "measures of week three", () =>
        answer("bruno", "measures", answerAll(0)),
      ),
      az("2027-02-16 20:00", "measures of week five", () =>
        answer("bruno", "measures", answerAll(0)),
      ),
      az("2027-03-01 14:00", "the last week is reviewed: discharge", () =>
        inPhoenix.decide(episodes.bruno, "week-review-approval", "approved"),
      ),
      az("2027-03-01 14:30", "the discharge checklist is worked off", async () => {
        await inPhoenix.completeChecklist(episodes.bruno);
      }),
      az("2027-03-01 15:00", "the discharge is approved", () =>
        inPhoenix.decide(episodes.bruno, "discharge-approval", "approved"),
      ),
      az("2027-03-02 16:00", "the first aftercare call", () =>
        inPhoenix.finish(episodes.bruno, "aftercare-call", "reached"),
      ),
      ...[
        ...["2027-03-08", "2027-03-15", "2027-03-31", "2027-04-30"],
        ...["2027-05-31", "2027-08-30", "2028-02-29"],
      ].map((date) =>
        az(`${date} 18:00`, "a check-in is answered", () =>
          answer("bruno", "check-in", answerCheckIn()),
        ),
      ),
      az("2028-03-01 10:00", "a person closes the pathway", () =>
        inPhoenix.decide(episodes.bruno, "closing-approval", "approved"),
      ),
    ];
  }

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
      expect(name).toMatch(/^[a-z-]+-[0-9A-HJKMNP-TV-Z]{26}(-[a-z]\d+)?-g\d+$/);
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
});
