// Long because one server carries a whole aftercare: answers, silence, calls and the way back.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answerAll, answerCheckIn } from "./support/answers.ts";
import { Client } from "./support/client.ts";
import { LocalServer } from "./support/local-server.ts";
import { dateAfter, instantOf, localTimeOf, nextMondayMorning } from "./support/local-time.ts";
import { Office, type Task } from "./support/office.ts";
import { answerPages, type Choose, linkOf, openLink } from "./support/participant.ts";
import { phq9FromElsewhere, type Referred, refer } from "./support/refer.ts";

const zone = "America/New_York";

describe("the year after the program", () => {
  const server = new LocalServer({ startAt: "2027-01-11T14:00:00Z" });
  const client = new Client(() => server.url);
  const office = new Office(client);
  let people = 60;
  let person: Referred;
  /** The local date of the discharge. */
  let dischargedOn: string;

  beforeAll(() => server.start(), 90_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    await client.ok("POST", "/_local/reset", { seed: "empty" });
    await client.advanceTo(nextMondayMorning(await client.now(), zone));
    people += 1;
  });

  /** Day of the aftercare at a wall time where the person is. */
  const onDay = (day: number, time: string) =>
    client.advanceTo(instantOf(`${dateAfter(dischargedOn, day)} ${time}`, zone));
  const post = (path: string, body: object) =>
    client.tryApi("case-manager", "POST", `/episodes/${person.episodeId}${path}`, body);
  const open = async (taskKind: string): Promise<readonly Task[]> =>
    (await office.tasks(person.episodeId)).filter(
      (task) => task.status === "open" && task.taskKind === taskKind,
    );
  /** Admitted on Monday and discharged on Tuesday with a follow-up visit; the first call is made on Wednesday. */
  async function discharged({
    visitOnDay,
    disposition = "coverage-ended",
  }: {
    readonly visitOnDay?: number;
    readonly disposition?: string;
  } = {}): Promise<void> {
    person = await refer(client, String(people), { responses: [phq9FromElsewhere] });
    const asked = (await client.outbox({ participantId: person.participantId })).find(
      ({ templateId }) => templateId === "ask-forms",
    );
    if (asked === undefined) throw new Error("Nobody asked for the forms");
    await answerPages(await openLink(linkOf(asked)), answerAll(1));
    await client.advanceBy("PT1S");
    await office.decide(person.episodeId, "admission-approval", "approved");
    await client.advanceBy("PT24H");
    await office.client.api("case-manager", "POST", `/episodes/${person.episodeId}/transition`, {
      to: "discharge",
      disposition,
      reason: "Insurance ended the coverage",
    });
    await client.advanceBy("PT1M");
    dischargedOn = localTimeOf(await client.now(), zone).date;
    if (visitOnDay !== undefined) {
      const visit = (await open("discharge-checklist")).find(
        ({ about }) => about?.id === "follow-up-visit",
      );
      if (visit === undefined) throw new Error("The follow-up visit is not on the checklist");
      await office.finishTask(visit, "done", { visitOn: dateAfter(dischargedOn, visitOnDay) });
    }
    await office.completeChecklist(person.episodeId);
    await client.advanceBy("PT1M");
    await office.decide(person.episodeId, "discharge-approval", "approved", "clinical-lead");
    await onDay(1, "11:00");
    expect((await office.episode(person.episodeId)).status).toBe("aftercare");
  }

  /** Follows the link to a check-in of a day; one that falls on a weekend goes on the Monday after. */
  async function answerOnDay(day: number, choose: Choose = answerCheckIn()): Promise<string> {
    const since = instantOf(`${dateAfter(dischargedOn, day)} 00:00`, zone);
    for (let late = 0; late < 4; late += 1) {
      await onDay(day + late, "18:00");
      const sent = await client.outbox({ participantId: person.participantId, since });
      const asked = sent.find(({ templateId }) => templateId?.startsWith("check-in") === true);
      if (asked === undefined) continue;
      const { pages } = await answerPages(await openLink(linkOf(asked)), choose);
      await client.advanceBy("PT1M");
      return pages.join("\n");
    }
    throw new Error(`Nothing asked on day ${day} or the three after it`);
  }

  const checkInsSent = async (fromDay: number, untilDay: number): Promise<readonly number[]> => {
    await onDay(untilDay, "20:00");
    const since = instantOf(`${dateAfter(dischargedOn, fromDay)} 00:00`, zone);
    const sent = await client.outbox({ participantId: person.participantId, since });
    const days = sent
      .filter(({ templateId }) => templateId?.startsWith("check-in") === true)
      .map(({ sentAt }) => localTimeOf(sentAt, zone).date)
      .map((date) => (Date.parse(date) - Date.parse(dischargedOn)) / 86_400_000);
    return [...new Set(days)].sort((left, right) => left - right);
  };

  test("the day-7 link at a number that is somebody else's now opens nothing, and the contacts go on at the right one", {
    timeout: 900_000,
  }, async () => {
    await discharged();
    await office.finish(person.episodeId, "aftercare-call", "reached");
    await onDay(7, "18:00");
    const asked = (await client.outbox({ to: person.phone })).find(
      ({ templateId }) => templateId?.startsWith("check-in") === true,
    );
    if (asked === undefined) throw new Error("Nothing asked on day 7");
    const newNumber = "+12125550178";
    await client.api("case-manager", "POST", `/episodes/${person.episodeId}/corrections`, {
      phone: { number: newNumber, kind: "own", givenBy: "participant", former: "somebody-elses" },
      reason: "Said so on the phone",
    });
    const at = await client.now();
    expect((await openLink(linkOf(asked))).status).not.toBe(200);
    await onDay(14, "18:00");
    const later = await client.outbox({ since: at });
    expect(later.filter(({ to }) => to === person.phone)).toEqual([]);
    expect(later.some(({ to }) => to === newNumber)).toBe(true);
  });

  test("opioid use at day 30: a clinician's call the same day, and the next contact after two weeks instead of four", {
    timeout: 900_000,
  }, async () => {
    await discharged();
    await office.finish(person.episodeId, "aftercare-call", "reached");
    await answerOnDay(7);
    await answerOnDay(14);
    await answerOnDay(30, answerCheckIn({ "any opioid that was not prescribed": "yes" }));
    const [call] = await open("check-in-call");
    expect(call?.words).toContain("Call today");
    expect(call?.words).toContain("Opioid use after abstinence");
    expect(call?.assignedFunction).toBe("clinician");
    await office.finish(person.episodeId, "check-in-call", "reached-closer");
    expect((await checkInsSent(31, 44)).at(0)).toBe(44);
  });

  test("silence at day 7 is followed up by a person on day 9", { timeout: 900_000 }, async () => {
    await discharged();
    await office.finish(person.episodeId, "aftercare-call", "reached");
    expect(await checkInsSent(6, 8)).toContain(7);
    await onDay(9, "17:00");
    const calls = await open("outreach-call");
    expect(calls).toHaveLength(1);
    expect(localTimeOf(calls[0]?.dueAt ?? "", zone).date).toBe(dateAfter(dischargedOn, 9));
  });

  test("a first visit missed at day 10: asked the day after, a call within 48 hours, and contacts come closer", {
    timeout: 900_000,
  }, async () => {
    await discharged({ visitOnDay: 9 });
    await office.finish(person.episodeId, "aftercare-call", "reached");
    await answerOnDay(7);
    await onDay(10, "10:00");
    const [asked] = await open("first-visit");
    expect(asked?.words).toContain(dateAfter(dischargedOn, 9));
    expect(localTimeOf(asked?.dueAt ?? "", zone).date).toBe(dateAfter(dischargedOn, 10));
    await office.finish(person.episodeId, "first-visit", "missed");
    const [call] = await open("check-in-call");
    expect(call?.words).toContain("the first visit after the discharge was missed");
    const hours = (Date.parse(call?.dueAt ?? "") - Date.parse(await client.now())) / 3_600_000;
    expect(hours).toBeLessThanOrEqual(48);
    const { body } = await post("/aftercare-track", {
      track: "stretched",
      reason: "Seems to be well",
    });
    expect(JSON.stringify(body)).toContain("so far it is 0");
  });

  test("what holds after the program is asked from week two on, and followed by a person who introduces them", {
    timeout: 900_000,
  }, async () => {
    await discharged();
    await office.finish(person.episodeId, "aftercare-call", "reached");
    expect(await answerOnDay(7)).not.toContain("looking for a group");
    const pages = await answerOnDay(14, answerCheckIn({ "still looking for a group": "yes" }));
    expect(pages).toContain("Would you like to meet someone");
    const [step] = await open("next-step");
    expect(step?.words).toMatch(/^After check-in 3: Looks for a group or people who help\./);
    // It is no danger: nobody is rung about it, and the person counts as well.
    expect(await open("check-in-call")).toEqual([]);
    await answerOnDay(30, answerCheckIn({ "help with work, school": "yes" }));
    const [joined, ...others] = await open("next-step");
    expect(others).toEqual([]);
    expect(joined?.words).toContain("Wants help with work");
    expect(joined?.words).toContain("Looks for a group");
    await office.finish(person.episodeId, "next-step", "linked");
  });

  test("stable for nine months with a stretched cadence, which the team decided", {
    timeout: 900_000,
  }, async () => {
    await discharged();
    await office.finish(person.episodeId, "aftercare-call", "reached");
    for (const day of [7, 14, 30, 60]) await answerOnDay(day);
    const answered = await post("/aftercare-track", {
      track: "stretched",
      reason: "Well at four contacts, has a group and a job",
    });
    expect(answered.status, JSON.stringify(answered.body)).toBe(200);
    await answerOnDay(90);
    expect(await checkInsSent(91, 224)).toEqual([]);
    await answerOnDay(225);
    await onDay(270, "10:00");
    expect((await office.episode(person.episodeId)).status).toBe("aftercare");
    expect(await open("check-in-call")).toEqual([]);
    // A Tuesday and a year is a Wednesday: the last day stays the last.
    expect((await checkInsSent(232, 366)).at(0)).toBe(365);
  });

  test("whoever takes back the consent to follow-up is chased no more: a person decides about closing", {
    timeout: 900_000,
  }, async () => {
    await discharged();
    await office.finish(person.episodeId, "aftercare-call", "reached");
    await client.api("case-manager", "POST", `/episodes/${person.episodeId}/consents`, {
      takenBack: ["aftercare"],
      how: "phone",
    });
    const at = await client.now();
    await onDay(9, "12:00");
    const sent = await client.outbox({ participantId: person.participantId, since: at });
    expect(sent.filter(({ templateId }) => templateId?.startsWith("check-in") === true)).toEqual(
      [],
    );
    expect((await office.episode(person.episodeId)).status).toBe("aftercare");
    await onDay(15, "12:00");
    const { length } = await open("closing-approval");
    expect(length).toBe(1);
  });
});
