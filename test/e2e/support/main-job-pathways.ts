// Long because it tells the year of two people, day by day.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { answerAll, answerCheckIn } from "./answers.ts";
import { Client } from "./client.ts";
import { dateAfter, instantOf } from "./local-time.ts";
import { Office } from "./office.ts";
import { answerPages, linkOf, newestMessage, openLink } from "./participant.ts";
import type { ScheduledAction } from "./schedule.ts";
import { sessionIdOf } from "./session-id.ts";
import { sendSelfReferral } from "./start-page.ts";

export const newYork = "America/New_York";
export const phoenix = "America/Phoenix";

const phq9FromElsewhere = JSON.parse(
  readFileSync(
    join(import.meta.dirname, "../../fixtures/fhir/us-core-QuestionnaireResponse-phq-9.json"),
    "utf8",
  ),
);

export const amina = {
  given: "Amina",
  family: "Quillfeather",
  phone: "+12125550161",
  email: "amina.q@example.org",
  reason: "Canarybird: sleeping badly since spring",
};
export const bruno = {
  given: "Bruno",
  family: "Zephyrhill",
  email: "bruno.z@example.org",
};

/** Monday to Sunday of week one are a part week: Amina is admitted on its Monday. */
const aminaFirstMonday = "2027-01-11";
const brunoFirstMonday = "2027-01-18";

/** When the first of the two is referred: nine o'clock in New York. */
export const mainJobStart = "2027-01-11T14:00:00Z";

export type MainJob = ReturnType<typeof mainJobOn>;

/** Both pathways on one server, and what is known of the two as they go along. */
export function mainJobOn(url: () => string) {
  const riverside = new Client(url, "riverside");
  const mesa = new Client(url, "mesa");
  const inNewYork = new Office(riverside);
  const inPhoenix = new Office(mesa);
  const episodes = { amina: "", bruno: "" };
  const participants = { amina: "", bruno: "" };
  const attendances = { amina: 0, bruno: 0 };

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
            sessionIdOf(siteId, date, slot, episodes[input.who]),
            status,
            status === "present" ? undefined : "Told the front desk",
          );
          attendances[input.who] += 1;
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
      ny("2027-01-11 10:30", "staff ask Amina what they ask everybody", () =>
        inNewYork.askInTheRoom(episodes.amina),
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
        "2027-03-31 15:00",
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
        await sendSelfReferral(url(), {
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
      az("2027-01-15 13:00", "staff ask Bruno what they ask everybody", () =>
        inPhoenix.askInTheRoom(episodes.bruno),
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

  return {
    riverside,
    inNewYork,
    inPhoenix,
    episodes,
    participants,
    attendances,
    /** What people do, each at its instant. */
    schedule: (): readonly ScheduledAction[] => [...aminasPathway(), ...brunosPathway()],
  };
}
