import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answerAll } from "./support/answers.ts";
import { Client } from "./support/client.ts";
import { LocalServer } from "./support/local-server.ts";
import { dateAfter, instantOf, localTimeOf, nextMondayMorning } from "./support/local-time.ts";
import { Office } from "./support/office.ts";
import { answerPages, linkOf, newestMessage, openLink } from "./support/participant.ts";
import { phq9FromElsewhere, type Referred, refer } from "./support/refer.ts";
import { sessionIdOf } from "./support/session-id.ts";

const zone = "America/New_York";
const limit = { timeout: 900_000 };

describe("missed sessions", () => {
  const server = new LocalServer({ startAt: "2027-01-11T14:00:00Z" });
  const client = new Client(() => server.url);
  const office = new Office(client);
  let people = 30;
  let person: Referred;
  /** The local date of the admission, a Monday. */
  let monday: string;

  beforeAll(() => server.start(), 90_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    await client.ok("POST", "/_local/reset", { seed: "empty" });
    await client.advanceTo(nextMondayMorning(await client.now(), zone));
    monday = localTimeOf(await client.now(), zone).date;
    people += 1;
  });

  /** Day of the program at a wall time where the person is; Monday is 0. */
  const onDay = (day: number, time: string) =>
    client.advanceTo(instantOf(`${dateAfter(monday, day)} ${time}`, zone));
  const mark = (day: number, slot: string, status: string, reason?: string) =>
    office.attend(
      person.episodeId,
      sessionIdOf("riverside", dateAfter(monday, day), slot, person.episodeId),
      status,
      reason,
    );
  const open = async (taskKind: string) =>
    (await office.tasks(person.episodeId)).filter(
      (task) => task.taskKind === taskKind && task.status === "open",
    );
  const missedTexts = async () =>
    (await client.outbox({ participantId: person.participantId })).filter(
      ({ templateId }) => templateId?.startsWith("missed-session") === true,
    );
  const welfare = async () =>
    (await open("outreach-call")).filter(({ words }) => words.includes("welfare check"));
  const calls = async () =>
    (await open("outreach-call")).filter(({ words }) => words.includes("Call the person"));

  async function admitted(): Promise<void> {
    person = await refer(client, String(people), { responses: [phq9FromElsewhere] });
    const asked = await newestMessage(client, person.participantId, "ask-forms");
    await answerPages(await openLink(linkOf(asked)), answerAll(1));
    await client.advanceBy("PT1S");
    await office.decide(person.episodeId, "admission-approval", "approved");
    await client.advanceBy("PT1M");
  }

  test(
    "the ladder starts only from a no-show entered by a person: “not yet” is the group leader's after 20 minutes, the site lead's after 45",
    limit,
    async () => {
      await admitted();
      await onDay(1, "09:19");
      expect(
        (await open("mark-attendance")).filter(({ words }) => /today|Tue/.test(words)),
      ).toEqual([]);
      await onDay(1, "09:21");
      expect((await open("mark-attendance")).at(-1)?.assignedFunction).toBe("group-leader");
      await onDay(1, "09:46");
      expect((await open("mark-attendance")).at(-1)?.assignedFunction).toBe("site-lead");
      await mark(1, "tue-skills", "on-the-way");
      await onDay(1, "11:30");
      expect([await missedTexts(), await open("outreach-call")]).toEqual([[], []]);
    },
  );

  test(
    "rungs count staffed minutes: the first call within 60, and a correction with a reason undoes the ladder",
    limit,
    async () => {
      await admitted();
      await onDay(1, "09:10");
      await mark(1, "tue-skills", "no-show");
      await onDay(1, "09:40");
      const [call] = await calls();
      expect(call?.dueAt).toBe(instantOf(`${dateAfter(monday, 1)} 10:10`, zone));
      expect(await missedTexts()).toHaveLength(1);
      await expect(mark(1, "tue-skills", "present")).rejects.toThrow("reason");
      await mark(1, "tue-skills", "present", "Sat at the back");
      expect(await open("outreach-call")).toEqual([]);
    },
  );

  test(
    "a clinician's welfare decision the same day in the first program week, with mobile crisis before police, and the on-call where nobody makes it",
    limit,
    async () => {
      await admitted();
      await onDay(1, "09:15");
      const since = await client.now();
      await mark(1, "tue-skills", "no-show");
      const [decision] = await welfare();
      expect(decision).toMatchObject({
        assignedFunction: "clinician",
        dueAt: instantOf(`${dateAfter(monday, 1)} 19:00`, zone),
        words: expect.stringContaining("Mobile crisis comes before police"),
      });
      const refused = await client.tryApi(
        "case-manager",
        "POST",
        `/tasks/${decision?.taskId}/outcome`,
        { outcome: "no-check-needed" },
      );
      expect(refused.body.title).toContain("This is recorded by: clinician");
      await onDay(1, "18:58");
      expect(await client.outbox({ to: "+12125550113", since })).toEqual([]);
      await onDay(1, "19:05");
      expect((await client.outbox({ to: "+12125550113", since })).length).toBeGreaterThan(0);
    },
  );

  test(
    "somebody without a phone is reached as they said: nothing is sent, nothing ends, and a person has it on their list",
    limit,
    async () => {
      const { body } = await client.json(
        "POST",
        "/api/v1/intakes",
        {
          programId: "adult-iop",
          siteId: "riverside",
          source: "referrer",
          participant: {
            name: { given: "Wren", family: `Number${people}` },
            birthDate: "1990-05-04",
            reachBy: "Ask for them at the desk of the Elm Street shelter",
            language: "en",
          },
          consents: { sms: false, email: false, voicemail: false },
        },
        { "idempotency-key": `without-a-phone-${people}` },
      );
      const { participantId } = await office.episode(body.episodeId);
      person = { episodeId: body.episodeId, participantId, phone: "", email: "" };
      await client.advanceBy("P10D");
      expect(await client.outbox({ participantId })).toEqual([]);
      const shown = await client.api("case-manager", "GET", `/episodes/${person.episodeId}`);
      expect(JSON.stringify(shown)).toContain("the desk of the Elm Street shelter");
      // After more than a week without a way to write to them, somebody still has it on their list.
      const { status } = await office.episode(person.episodeId);
      expect(["closed", "withdrawn"]).not.toContain(status);
      expect((await office.tasks(person.episodeId)).some((task) => task.status === "open")).toBe(
        true,
      );
    },
  );
});
