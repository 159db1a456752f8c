// Long because each story is one life, told in order.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answerAll } from "./support/answers.ts";
import { Client } from "./support/client.ts";
import { LocalServer } from "./support/local-server.ts";
import { nextMondayMorning } from "./support/local-time.ts";
import { Office } from "./support/office.ts";
import { answerPages, linkOf, newestMessage, openLink } from "./support/participant.ts";
import { phq9FromElsewhere, type Referred, refer } from "./support/refer.ts";

const limit = { timeout: 900_000 };

describe("people over time: how care begins, ends and begins again", () => {
  const server = new LocalServer({ startAt: "2027-01-11T14:00:00Z" });
  const client = new Client(() => server.url);
  const office = new Office(client);
  let people = 50;

  beforeAll(() => server.start(), 90_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    await client.ok("POST", "/_local/reset", { seed: "empty" });
    await client.advanceTo(nextMondayMorning(await client.now(), "America/New_York"));
    people += 1;
  });

  const sentTo = async (to: string, since?: string) =>
    client.outbox({ to, ...(since === undefined ? {} : { since }) });
  const open = async (episodeId: string, taskKind: string) =>
    (await office.tasks(episodeId)).filter(
      (task) => task.taskKind === taskKind && task.status === "open",
    );
  const post = (as: "case-manager" | "clinician", episodeId: string, what: string, body: object) =>
    client.api(as, "POST", `/episodes/${episodeId}/${what}`, body);

  async function admitted(): Promise<Referred> {
    const person = await refer(client, String(people), { responses: [phq9FromElsewhere] });
    await answerForms(person);
    return person;
  }

  async function answerForms(person: Pick<Referred, "episodeId" | "participantId">) {
    const asked = await newestMessage(client, person.participantId, "ask-forms");
    await answerPages(await openLink(linkOf(asked)), answerAll(1));
    await client.advanceBy("PT1S");
    await office.decide(person.episodeId, "admission-approval", "approved");
    await client.advanceBy("PT1M");
    expect((await office.episode(person.episodeId)).status).toBe("active");
  }

  /** The same person is referred by somebody, with the same number. */
  async function referAgain(person: Referred, more: object = {}): Promise<string> {
    const { status, body } = await client.json(
      "POST",
      "/api/v1/intakes",
      {
        programId: "adult-iop",
        siteId: "riverside",
        source: "self",
        participant: {
          name: { given: "WREN", family: `Number${people}` },
          birthDate: "1988-03-02",
          phone: person.phone,
          phoneKind: "own",
          language: "en",
        },
        consents: { sms: true, email: false, voicemail: false },
        ...more,
      },
      { "idempotency-key": `again-${people}-${JSON.stringify(more).length}` },
    );
    // Nobody who refers learns whether somebody is on record.
    expect([status, Object.keys(body).sort()]).toEqual([202, ["episodeId", "reference"]]);
    await client.advanceBy("PT1M");
    return body.episodeId;
  }

  test(
    "a hospital refers somebody without phone or consent: staff find them, and the first check-in comes",
    limit,
    async () => {
      const { status, body } = await client.json(
        "POST",
        "/api/v1/intakes",
        {
          programId: "adult-iop",
          siteId: "riverside",
          source: "referrer",
          participant: {
            name: { given: "Juniper", family: "Ward" },
            birthDate: "1979-09-09",
            reachBy: "On ward 4 of the county hospital, until Thursday",
            language: "en",
          },
          consents: { sms: false, email: false, voicemail: false },
          referrer: { name: "Dana Frost", organisation: "County Hospital" },
          referralEvent: {
            kind: "inpatient",
            facility: "County Hospital",
            dischargedOn: "2027-01-14",
          },
          responses: [phq9FromElsewhere],
        },
        { "idempotency-key": "from-the-ward" },
      );
      expect(status).toBe(202);
      const { episodeId } = body;
      await client.advanceBy("PT1M");
      const { participantId } = await office.episode(episodeId);
      expect(await client.outbox({ participantId })).toEqual([]);
      // The first contact is a call by staff, who write down the number and what the person agrees to.
      const phone = "+12125550188";
      await post("case-manager", episodeId, "corrections", {
        phone: { number: phone, kind: "own", givenBy: "participant" },
        reason: "Met on the ward",
      });
      await post("case-manager", episodeId, "consents", {
        given: ["sms"],
        how: "in-person",
        witness: "Dana Frost",
      });
      for (const call of await open(episodeId, "first-contact-call"))
        await office.finishTask(call, "reached");
      await client.advanceBy("PT1H");
      await answerForms({ episodeId, participantId });
      await post("case-manager", episodeId, "transition", {
        to: "discharge",
        disposition: "left-before-completing",
        reason: "Goes back to work",
      });
      await client.advanceBy("P2D");
      for (const call of await open(episodeId, "aftercare-call"))
        await office.finishTask(call, "reached", { answers: {} });
      await client.advanceBy("P6D");
      const checkIn = await newestMessage(client, participantId, "check-in");
      expect(checkIn.to).toBe(phone);
      expect((await openLink(linkOf(checkIn))).main).toContain("<form");
    },
  );

  test(
    "a death in week 3 ends everything at once; recorded by mistake, it is put right and a person calls",
    limit,
    async () => {
      const person = await admitted();
      await client.advanceBy("P15D");
      const at = await client.now();
      await post("case-manager", person.episodeId, "transition", {
        to: "discharge",
        disposition: "deceased",
        reason: "The family rang",
      });
      await client.advanceBy("P3D");
      const silent = (
        await client.outbox({ participantId: person.participantId, since: at })
      ).filter(({ sentAt }) => sentAt > at);
      expect(silent).toEqual([]);
      expect((await office.episode(person.episodeId)).status).toBe("closed");
      const refused = await client.tryApi(
        "case-manager",
        "POST",
        `/episodes/${person.episodeId}/death-correction`,
        { reason: "They are alive" },
      );
      expect(refused.status).toBe(404);
      await post("clinician", person.episodeId, "death-correction", { reason: "They are alive" });
      expect((await office.episode(person.episodeId)).status).toBe("active");
      expect((await open(person.episodeId, "first-contact-call")).length).toBe(1);
      await client.advanceBy("P14D");
      const back = await client.outbox({ participantId: person.participantId, since: at });
      expect(back.length).toBeGreaterThan(0);
      const runs = (await office.drivers(person.episodeId)).filter(
        ({ workflow, status }) => workflow === "weekly-program" && status !== "done",
      );
      expect(runs.length).toBe(1);
    },
  );

  test(
    "referred again while in care: staff say that it is the same person, and one pathway goes on",
    limit,
    async () => {
      const person = await admitted();
      const second = await referAgain(person, { reason: "Wants to come to the morning group" });
      const [asked] = await open(second, "same-person");
      expect(asked?.words).toContain("the same name and birth date and phone number");
      if (asked !== undefined) await office.finishTask(asked, "same-person");
      await client.advanceBy("PT1M");
      expect(await office.episode(second)).toMatchObject({
        status: "withdrawn",
        closingReason: "same-person",
      });
      const [read] = await open(person.episodeId, "inbound-reply");
      expect(read?.words).toContain("A new referral came for this person");
      const notes = await client.all<{ readonly text: string }>(
        "case-manager",
        `/episodes/${person.episodeId}/notes`,
      );
      expect(notes.map(({ text }) => text).join()).toContain("Wants to come to the morning group");
    },
  );

  test(
    "somebody who writes after care has ended is known, and danger still pages",
    limit,
    async () => {
      const person = await admitted();
      await post("case-manager", person.episodeId, "withdraw", { reason: "Moves away" });
      await client.advanceBy("P30D");
      await client.ok("POST", "/_local/sms", {
        from: person.phone,
        body: "can i come back please",
      });
      await client.advanceBy("PT1M");
      const [task, ...others] = await open(person.episodeId, "inbound-reply");
      expect(others).toEqual([]);
      expect(task?.words).toMatch(/care ended on 2027-\d\d-\d\d \(withdrew/);
      await client.ok("POST", "/_local/sms", { from: person.phone, body: "I want to kill myself" });
      await client.advanceBy("PT2M");
      const alerts = await client.all<{ readonly tier: string }>(
        "clinician",
        `/episodes/${person.episodeId}/escalations`,
      );
      expect(alerts.map(({ tier }) => tier)).toEqual(["RED"]);
      await client.ok("POST", "/_local/sms", { from: person.phone, body: "STOP" });
      await client.advanceBy("PT1M");
      const { contact } = await office.episode(person.episodeId);
      expect(contact.phone).toMatchObject({ state: "opted-out" });
    },
  );

  test(
    "readmitted at day 20: what is known is confirmed, the screens are asked again, the old aftercare ends",
    limit,
    async () => {
      const person = await admitted();
      await post("case-manager", person.episodeId, "corrections", {
        emergencyContact: { name: "Sam Reyes", phone: "+12125550179" },
        reason: "Said so",
      });
      await post("case-manager", person.episodeId, "transition", {
        to: "discharge",
        disposition: "left-before-completing",
        reason: "Goes back to work",
      });
      await client.advanceBy("P20D");
      expect((await office.episode(person.episodeId)).status).toBe("aftercare");
      const second = await referAgain(person);
      const [asked] = await open(second, "same-person");
      if (asked !== undefined) await office.finishTask(asked, "same-person");
      await client.advanceBy("PT1M");
      const [known] = await open(second, "known-facts");
      expect(known?.evidence).toMatchObject({
        carriedOver: expect.stringContaining("emergency contact"),
      });
      expect((await open(second, "clinician-review")).map(({ words }) => words).join()).toContain(
        "Back within 30 days",
      );
      const again = await office.episode(second);
      expect(again.contact.emergencyContact).toMatchObject({ name: "Sam Reyes" });
      await client.advanceBy("PT1H");
      await answerForms({ episodeId: second, participantId: again.participantId });
      await client.advanceBy("PT1M");
      expect(await office.episode(person.episodeId)).toMatchObject({
        status: "closed",
        closingReason: "readmitted",
      });
      const at = await client.now();
      await client.advanceBy("P21D");
      const toThem = (await sentTo(person.phone, at)).map(({ templateId }) => templateId);
      expect(toThem.filter((template) => template?.startsWith("check-in"))).toEqual([]);
      expect(toThem.length).toBeGreaterThan(0);
    },
  );

  test(
    "somebody who speaks Vietnamese is called with an interpreter, from the referral to the first visits",
    limit,
    async () => {
      const { body } = await client.json(
        "POST",
        "/api/v1/intakes",
        {
          programId: "adult-iop",
          siteId: "riverside",
          source: "self",
          participant: {
            name: { given: "Lan", family: "Tran" },
            birthDate: "1985-02-03",
            phone: "+12125550189",
            phoneKind: "own",
            language: "vi",
            interpreter: true,
          },
          consents: { sms: true, email: false, voicemail: false },
          responses: [phq9FromElsewhere],
        },
        { "idempotency-key": "vietnamese" },
      );
      const { episodeId } = body;
      await client.advanceBy("PT1H");
      const { participantId } = await office.episode(episodeId);
      expect(await client.outbox({ participantId })).toEqual([]);
      const calls = (await office.tasks(episodeId)).filter(({ status }) => status === "open");
      expect(calls.map(({ words }) => words).join(" ")).toContain("interpreter");
      await client.advanceBy("P5D");
      expect(await client.outbox({ participantId })).toEqual([]);
      // Nobody waits in silence: what is not done goes up.
      const later = (await office.tasks(episodeId)).filter(({ status }) => status === "open");
      expect(later.length).toBeGreaterThan(0);
    },
  );
});
