// Long because the weeks of three people and a year of a fourth are lived on one server.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleScreens } from "../../local/seeds/example-screens.ts";
import { answerAll, answerCheckIn } from "./support/answers.ts";
import { Client } from "./support/client.ts";
import { LocalServer } from "./support/local-server.ts";
import { dateAfter, instantOf, localTimeOf, nextMondayMorning } from "./support/local-time.ts";
import { Office, type Task } from "./support/office.ts";
import {
  answerPages,
  type Choose,
  linkOf,
  newestMessage,
  openLink,
} from "./support/participant.ts";
import { phq9FromElsewhere, type Referred, refer } from "./support/refer.ts";
import { sessionIdOf } from "./support/session-id.ts";

const zone = "America/New_York";
const limit = { timeout: 900_000 };
const server = new LocalServer({ startAt: "2027-01-10T14:00:00Z" });
const client = new Client(() => server.url);
const office = new Office(client);
/** The local date on which everybody below begins, a Monday. */
let began: string;

beforeAll(() => server.start(), 90_000);
afterAll(() => server.stop());

async function nextMonday(): Promise<void> {
  await client.advanceTo(nextMondayMorning(await client.now(), zone));
  began = localTimeOf(await client.now(), zone).date;
}

/** A date of the program; day 0 of a week is its Monday. */
const dateOf = (week: number, day: number) => dateAfter(began, (week - 1) * 7 + day);
const until = (date: string, time: string) => client.advanceTo(instantOf(`${date} ${time}`, zone));

async function open({ episodeId }: Referred, taskKind: string): Promise<readonly Task[]> {
  return (await office.tasks(episodeId)).filter(
    (task) => task.status === "open" && task.taskKind === taskKind,
  );
}

const wordsOf = async (person: Referred, taskKind: string) =>
  (await open(person, taskKind)).map(({ words }) => words).join("\n");
const post = (person: Referred, path: string, body: object) =>
  client.api("case-manager", "POST", `/episodes/${person.episodeId}${path}`, body);
const sentSince = async ({ participantId }: Referred, since: string) =>
  (await client.outbox({ participantId, since })).map(({ templateId }) => templateId ?? "");

async function answer(person: Referred, template: string, choose: Choose, since?: string) {
  const message = await newestMessage(client, person.participantId, template, since);
  const { browser } = await answerPages(await openLink(linkOf(message)), choose);
  expect(browser.status).toBe(200);
  await client.advanceBy("PT1S");
}

/** Decides the open question of a kind as a member of staff does who has read it. */
async function decide(
  person: Referred,
  taskKind: string,
  choice?: string,
  as: "clinician" | "clinical-lead" = "clinical-lead",
) {
  const { taskId, version } = await office.openTask(person.episodeId, taskKind);
  await client.api(as, "POST", `/tasks/${taskId}/decision`, {
    decision: "approved",
    reason: "Agreed in the team meeting",
    version,
    ...(choice === undefined ? {} : { choice }),
  });
  await client.advanceBy("PT1M");
}

describe("the weeks of the program", () => {
  let stepsUp: Referred;
  /** On leave in week 2, and worse from week 3 on. */
  let hasSetbacks: Referred;
  let staysLonger: Referred;

  beforeAll(async () => {
    await nextMonday();
    const people: Referred[] = [];
    for (const number of ["81", "82", "83"])
      people.push(await refer(client, number, { responses: [phq9FromElsewhere] }));
    await client.advanceBy("PT30M");
    for (const person of people) {
      await answer(person, "ask-forms", answerAll(1));
      await decide(person, "admission-approval", undefined, "clinician");
    }
    [stepsUp, hasSetbacks, staysLonger] = people as [Referred, Referred, Referred];
  }, 600_000);

  test(
    "step-up in week 2 with its receiver: urgent, accepted by a named one, and somebody's work until the arrival is confirmed",
    limit,
    async () => {
      await until(dateOf(2, 0), "10:00");
      await post(stepsUp, "/transition", {
        to: "discharge",
        disposition: "transfer-up",
        reason: "Needs the day hospital",
      });
      await client.advanceBy("PT1M");
      expect(await wordsOf(stepsUp, "discharge-checklist")).toContain(
        "accepted by a named receiver",
      );
      for (const item of await open(stepsUp, "discharge-checklist"))
        await office.finishTask(
          item,
          "done",
          item.about?.id === "follow-up-visit" ? { visitOn: dateOf(2, 1) } : {},
        );
      await client.advanceBy("PT1M");
      const approval = await office.openTask(stepsUp.episodeId, "discharge-approval");
      expect(localTimeOf(approval.dueAt, zone).date).toBe(dateOf(2, 0));
      await decide(stepsUp, "discharge-approval");
      const handOff = await office.openTask(stepsUp.episodeId, "hand-off");
      expect(handOff.words).toMatch(/^Stepped up to higher care: ask the named receiver/);
      expect(localTimeOf(handOff.dueAt, zone).date).toBe(dateOf(2, 0));
      await until(dateOf(2, 1), "12:00");
      // The first contact after it is a call by a person, and no message asks before it.
      const call = await office.openTask(stepsUp.episodeId, "aftercare-call");
      expect(call.words).toMatch(/^First call after the discharge/);
      expect(Date.parse(call.dueAt)).toBeLessThan(Date.parse(`${dateOf(2, 3)}T18:00Z`));
      await office.finish(stepsUp.episodeId, "hand-off", "not-arrived");
      expect(await wordsOf(stepsUp, "clinician-review")).toContain(
        "They have not arrived where they were handed over to",
      );
      await office.finish(stepsUp.episodeId, "hand-off", "arrived");
      expect(await open(stepsUp, "hand-off")).toEqual([]);
      await office.finish(stepsUp.episodeId, "aftercare-call", "reached");
    },
  );

  test(
    "leave with return: nothing goes to the hospital, what is owed stays, and they are back on the roster that day",
    limit,
    async () => {
      await until(dateOf(2, 1), "13:00");
      const owed = (await open(hasSetbacks, "plan-due")).map(({ taskId }) => taskId);
      expect(owed).not.toEqual([]);
      await post(hasSetbacks, "/hold", {
        kind: "hospital",
        contactKeptBy: "casey-riverside",
        expectedReturnOn: dateOf(2, 4),
        reason: "Appendix",
      });
      const left = await client.now();
      expect((await office.episode(hasSetbacks.episodeId)).status).toBe("onhold");
      expect(await wordsOf(hasSetbacks, "clinician-review")).toContain("On leave");
      await until(dateOf(2, 4), "08:30");
      expect(await sentSince(hasSetbacks, left)).toEqual([]);
      expect(await open(hasSetbacks, "leave-return")).toHaveLength(1);
      await post(hasSetbacks, "/resume", { reason: "Back today" });
      expect(await open(hasSetbacks, "leave-return")).toEqual([]);
      expect(await wordsOf(hasSetbacks, "clinician-review")).toContain(
        "ask the suicide and withdrawal screens again, and check the coverage",
      );
      const stillOwed = (await open(hasSetbacks, "plan-due")).map(({ taskId }) => taskId);
      expect(stillOwed).toEqual(expect.arrayContaining(owed));
      await until(dateOf(2, 4), "09:10");
      const session = sessionIdOf(
        "riverside",
        dateOf(2, 4),
        "fri-psychoeducation",
        hasSetbacks.episodeId,
      );
      await office.attend(hasSetbacks.episodeId, session, "present");
    },
  );

  test(
    "worsening in week 3: a clinician reads it the same day, and the second time a step up is proposed",
    limit,
    async () => {
      await until(dateOf(3, 0), "16:00");
      await answer(hasSetbacks, "measures", answerAll(3), instantOf(`${dateOf(3, 0)} 00:00`, zone));
      const [review] = (await open(hasSetbacks, "clinician-review")).filter(({ words }) =>
        words.includes("PHQ-9"),
      );
      expect(review?.assignedFunction).toBe("clinician");
      expect(localTimeOf(review?.dueAt ?? "", zone).date).toBe(dateOf(3, 1));
      expect(await open(hasSetbacks, "week-review-approval")).toEqual([]);
      await until(dateOf(5, 0), "16:00");
      await answer(hasSetbacks, "measures", answerAll(3), instantOf(`${dateOf(5, 0)} 00:00`, zone));
      await until(dateOf(6, 0), "08:00");
      const proposed = await client.queue("clinician", "approvals");
      expect(proposed).toContainEqual(
        expect.objectContaining({
          episodeId: hasSetbacks.episodeId,
          taskKind: "week-review-approval",
          proposal: "step-up",
          words: expect.stringContaining("for the second time"),
        }),
      );
    },
  );

  test(
    "extension from six to seven weeks decided before the week begins, which then begins on its Monday",
    limit,
    async () => {
      await until(dateOf(6, 3), "12:00");
      const question = await office.openTask(staysLonger.episodeId, "week-review-approval");
      expect(question.words).toContain("This is week 6 of 6 planned weeks.");
      await decide(staysLonger, "week-review-approval", "extend");
      expect((await office.episode(staysLonger.episodeId)).week).toBe(6);
      await until(dateOf(7, 0), "09:10");
      expect(await office.episode(staysLonger.episodeId)).toMatchObject({
        status: "active",
        week: 7,
      });
      const session = sessionIdOf("riverside", dateOf(7, 0), "mon-group", staysLonger.episodeId);
      await office.attend(staysLonger.episodeId, session, "present");
      expect(await wordsOf(staysLonger, "week-review-approval")).toContain("week 7 of 6");
    },
  );
});

describe("a sud-iop year with medication and screens", () => {
  let person: Referred;
  /** The answers to the BAM of somebody who used nothing. */
  const noUse = Object.fromEntries(
    Array.from({ length: 17 }, (_, index) => [`bam-${index + 1}`, 0]).filter(
      ([id]) => id !== "bam-5" && id !== "bam-7",
    ),
  );
  const noDanger = exampleScreens["suicide-screen"] ?? {};
  const usedOpioids = {
    "bam-6": 1,
    ...Object.fromEntries([..."abcdfg"].map((kind) => [`bam-7${kind}`, 0])),
    "bam-7e": 1,
  };
  const asNurse = (path: string, body: object) =>
    client.api("clinician", "POST", `/episodes/${person.episodeId}${path}`, body);
  const supply = (supplyThrough: string, version: number) =>
    asNurse("/medicines", {
      medicine: "buprenorphine",
      isTaken: true,
      prescriber: "Dr. Noor Haddad (fictional)",
      supplyThrough,
      version,
    });
  const screen = (screenId: string, answers: Readonly<Record<string, number>>) =>
    asNurse("/screens", {
      screenId,
      answers,
      refused: [],
      mode: "in-person",
      safetyConcern: false,
    });
  const measure = (answers: Readonly<Record<string, number>>) =>
    asNurse("/measures", {
      instrumentId: "bam-iop",
      answers: { ...noUse, ...answers },
      mode: "in-person",
    });
  const sample = (result: number) => ({
    "drug-screen-sample": 0,
    "drug-screen-result": result,
    "drug-screen-confirmed": 0,
  });
  const answerOn = async (date: string, but: Readonly<Record<string, string>>) => {
    await until(date, "18:00");
    await answer(person, "check-in", answerCheckIn(but), instantOf(`${date} 00:00`, zone));
  };
  const alerts = async () =>
    (
      await client.all<{
        readonly escalationId: string;
        readonly tier: string;
        readonly status: string;
      }>("clinician", `/episodes/${person.episodeId}/escalations`)
    ).filter(({ status }) => status !== "closed");

  async function settleAlerts(): Promise<void> {
    for (const { escalationId } of await alerts()) {
      const path = `/escalations/${escalationId}`;
      await client.api("clinician", "POST", `${path}/contact`, {
        outcome: "spoke-with-participant",
      });
      await client.api("clinician", "POST", `${path}/closure`, {
        outcome: "safe-with-plan",
        reason: "Spoke, plan agreed",
      });
    }
  }

  test(
    "opioids in week 3 and a sample of week 4 reach a clinician; the medicine that nobody renews pages; a year is lived",
    limit,
    async () => {
      await client.ok("POST", "/_local/reset", { seed: "empty" });
      await nextMonday();
      const gapOn = dateAfter(began, 70);
      person = await refer(client, "85", { programId: "sud-iop", responses: [phq9FromElsewhere] });
      await client.advanceBy("PT30M");
      await answer(person, "ask-forms", answerAll(1));
      await screen("suicide-screen", noDanger);
      await screen("in-the-room", { ...exampleScreens["in-the-room"], injecting: 0 });
      await office.writeCrisisPlan(person.episodeId);
      await decide(person, "admission-approval", undefined, "clinician");
      await supply(gapOn, 0);
      await until(dateOf(1, 1), "13:10");
      const asked = (await open(person, "screen-due")).map(({ about }) => about?.id);
      expect(asked.toSorted()).toEqual(["drug-screen", "opioid-medicine"]);
      await screen("opioid-medicine", { "opioid-medicine-missed": 0, "naloxone-at-hand": 0 });
      await screen("drug-screen", sample(0));
      await measure({});
      expect(await open(person, "screen-due")).toEqual([]);

      await until(dateOf(3, 1), "13:30");
      await measure(usedOpioids);
      expect((await alerts()).map(({ tier }) => tier)).toEqual(["ORANGE"]);
      expect(await wordsOf(person, "clinician-review")).toContain(
        "BAM, last 7 days rose by 1 to 1.",
      );
      await settleAlerts();
      await until(dateOf(4, 1), "13:30");
      await measure({});
      await screen("drug-screen", sample(2));
      expect(await wordsOf(person, "clinician-review")).toContain(
        "Drug screen positive, not confirmed",
      );
      // What a sample showed is never sent, and neither is anything about a medicine.
      expect((await sentSince(person, "2027-01-01T00:00:00Z")).join(" ")).not.toMatch(
        /screen|medic/,
      );

      await until(dateOf(6, 1), "13:30");
      await measure({});
      await screen("suicide-screen", noDanger);
      await until(dateOf(7, 0), "09:05");
      await decide(person, "week-review-approval", "discharge");
      const checklist = (await open(person, "discharge-checklist")).map(({ about }) => about?.id);
      expect(checklist).toContain("naloxone");
      expect(checklist).not.toContain("suicide-screen");
      await office.completeChecklist(person.episodeId);
      await client.advanceBy("PT1M");
      await decide(person, "discharge-approval", "although-not-met");
      await until(dateOf(7, 1), "12:00");
      await office.finish(person.episodeId, "aftercare-call", "reached");
      await answerOn(dateOf(8, 0), { naloxone: "no" });
      expect(await wordsOf(person, "next-step")).toContain("Has no naloxone at hand");
      await answerOn(dateOf(9, 0), { "any opioid that was not prescribed": "yes" });
      expect(await wordsOf(person, "check-in-call")).toMatch(
        /^Call today, after check-in 3\. Opioid/,
      );
      await office.finish(person.episodeId, "check-in-call", "reached");
      // Nobody renews the medicine: on the first day without it a clinician is paged.
      await until(dateAfter(gapOn, 1), "00:10");
      expect((await alerts()).map(({ tier }) => tier)).toContain("ORANGE");
      await settleAlerts();
      await supply(dateAfter(gapOn, 700), 1);
      // One of a weekend goes on the Monday after it.
      for (const day of [30, 60, 91, 182]) await answerOn(dateAfter(dateOf(7, 0), day), {});
      await until(dateAfter(dateOf(7, 0), 365), "18:00");
      expect(await office.episode(person.episodeId)).toMatchObject({
        programId: "sud-iop",
        status: "aftercare",
      });
      expect(
        await sentSince(person, instantOf(`${dateAfter(dateOf(7, 0), 365)} 00:00`, zone)),
      ).toContainEqual(expect.stringContaining("check-in"));
    },
  );
});
