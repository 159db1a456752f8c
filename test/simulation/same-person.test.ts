// Long because what follows from one answer is shown phase by phase.
import { describe, expect, it } from "vitest";
import { Records } from "./records.ts";
import { avery, casey, taylor } from "./staff-calls.ts";

describe("somebody who is on record already is shown to staff, who say whether it is the same person", () => {
  it.each([
    [
      "name in other letters and order, and birth date",
      {
        name: { given: "Quillfeather", family: "AMÍNA" },
        phone: undefined,
        phoneKind: undefined,
        email: undefined,
        reachBy: "Ask at the shelter",
      },
      "name and birth date",
    ],
    [
      "phone",
      { name: { given: "Ama", family: "Q" }, birthDate: "1991-01-01", email: undefined },
      "phone number",
    ],
    [
      "email",
      {
        name: { given: "Ama", family: "Q" },
        birthDate: "1991-01-01",
        phone: undefined,
        phoneKind: undefined,
      },
      "email address",
    ],
    [
      "record number as somebody else writes it",
      {
        name: { given: "Ama", family: "Q" },
        birthDate: "1991-01-01",
        phone: "+12125550162",
        email: undefined,
        recordNumber: "mrn 77",
      },
      "record number",
    ],
    [
      "everything",
      { recordNumber: "MRN-77" },
      "name and birth date, record number, phone number and email address",
    ],
  ])("by %s", async (_by, participant, words) => {
    const records = await Records.admitted();
    const second = await records.refer(participant);
    const [task, ...more] = await records.tasks(second, "same-person");
    expect(more).toEqual([]);
    expect(task).toMatchObject({
      words: `Somebody who is on record here has the same ${words}. Look at both: is it the same person?`,
      about: { type: "episode", id: records.first },
    });
    expect(await records.tasks(records.first, "same-person")).toEqual([]);
  });

  it.each([
    ["another birth date", { birthDate: "1990-05-05", phone: "+12125550162", email: undefined }],
    [
      "a phone that is shared",
      { name: { given: "Sage", family: "Q" }, phoneKind: "shared", email: undefined },
    ],
  ])("not by %s", async (_by, participant) => {
    const records = await Records.admitted();
    const second = await records.refer(participant);
    expect(await records.tasks(second, "same-person")).toEqual([]);
  });

  it("not the same: both go on, and nobody asks about the two again", async () => {
    const records = await Records.admitted();
    const second = await records.refer();
    await records.say(second, "not-the-same");
    expect((await records.episode(second)).status).toBe("screening");
    await records.staff.ok(casey, "POST", `/episodes/${second}/corrections`, {
      preferredName: "Ami",
      reason: "Said so",
    });
    await records.staff.ok(casey, "POST", `/episodes/${records.first}/corrections`, {
      preferredName: "Ami",
      reason: "Said so",
    });
    expect(await records.tasks(second, "same-person")).toEqual([]);
    expect(await records.tasks(records.first, "same-person")).toEqual([]);
  });

  it("found by a name that is put right", async () => {
    const records = await Records.admitted();
    const second = await records.refer({
      name: { given: "Amina", family: "Quilfether" },
      phone: "+12125550162",
      email: undefined,
    });
    expect(await records.tasks(second, "same-person")).toEqual([]);
    await records.staff.ok(casey, "POST", `/episodes/${second}/corrections`, {
      name: { given: "Amina", family: "Quillfeather" },
      reason: "Misheard",
    });
    expect((await records.tasks(second, "same-person")).length).toBe(1);
  });
});

describe("the same person, who is in care", () => {
  it("goes on in one pathway: the new referral's words and facts stand there, read by a clinician where they speak of danger", async () => {
    const records = await Records.admitted();
    const second = await records.refer(
      { phone: "+12125550163", phoneKind: "own" },
      {
        source: "referrer",
        consents: { sms: false, email: false, voicemail: false },
        reason: "Says she wants to kill herself since Sunday",
        pregnant: true,
        referrer: { name: "Robin Vale", organisation: "Harbor Clinic" },
      },
    );
    const sent = records.life.outbox().length;
    await records.say(second, "same-person");
    expect(await records.episode(second)).toMatchObject({
      status: "withdrawn",
      closingReason: "same-person",
      others: [{ episodeId: records.first, how: "goes-on-in" }],
    });
    // Whoever was paged about the words is still at work on them.
    expect((await records.staff.alert()).status).not.toBe("closed");
    expect(await records.episode(records.first)).toMatchObject({
      status: "active",
      facts: { pregnant: true },
      others: [{ episodeId: second, how: "joined-from" }],
    });
    const { items } = await records.staff.ok(avery, "GET", `/episodes/${records.first}/notes`);
    expect(items).toContainEqual(
      expect.objectContaining({
        source: "referral",
        text: expect.stringMatching(
          /kill herself since Sunday[\s\S]*Harbor Clinic[\s\S]*\+12125550163/,
        ),
      }),
    );
    const review = await records.staff.task("clinician-review");
    expect(review).toMatchObject({ priority: "safety", assignedFunction: "clinician" });
    expect((await records.staff.task("inbound-reply")).words).toContain("A new referral came");
    // One pathway: nothing more goes from the second.
    await records.life.until("2027-01-18 12:00");
    const later = records.life.outbox().slice(sent);
    expect(later.filter((line) => line.includes("forms"))).toEqual([]);
    expect(later.some((line) => line.includes("weekly-text"))).toBe(true);
    const { items: told } = await records.staff.ok(
      casey,
      "GET",
      `/episodes/${records.first}/timeline`,
    );
    expect(told).toContainEqual(
      expect.objectContaining({ what: "A new referral of the same person was added" }),
    );
  });
});

describe("somebody who comes back after care", () => {
  it("at day 20: is screened again, confirms what is known, and is not followed up twice once admitted", async () => {
    const records = await Records.inAftercare();
    await records.life.until("2027-02-15 09:00");
    const second = await records.refer(
      { email: undefined },
      { source: "referrer", consents: { sms: false, email: false, voicemail: false } },
    );
    await records.say(second, "same-person");
    const episode = await records.episode(second);
    expect(episode).toMatchObject({
      status: "screening",
      others: [{ episodeId: records.first, how: "earlier" }],
      // Their own word about the same number, not taken back.
      consents: { sms: { grantedAt: expect.any(String) }, voicemail: true },
    });
    const known = await records.staff.task("known-facts");
    expect(known).toMatchObject({
      words: expect.stringContaining("In care here before, until 2027-01-26."),
      evidence: {
        asOf: "2027-01-26",
        carriedOver: expect.stringMatching(
          /pronouns, record number, emergency contact.*consent to texts/,
        ),
      },
    });
    const { contact } = await records.staff.ok(casey, "GET", `/episodes/${second}`);
    expect(contact).toMatchObject({
      pronouns: "she/her",
      recordNumber: "MRN-77",
      emergencyContact: { name: "Sam Reyes" },
    });
    const [screen] = await records.tasks(second, "clinician-review");
    expect(screen?.words).toContain("Back within 30 days: earlier care ended on 2027-01-26.");
    // Not admitted yet: the check-ins of the earlier care are the net below them.
    expect((await records.episode(records.first)).status).toBe("aftercare");
    await records.admit(second, "2027-02-15 11:00");
    expect(await records.episode(records.first)).toMatchObject({
      status: "closed",
      closingReason: "readmitted",
      others: [{ episodeId: second, how: "later" }],
    });
    const sent = records.life.outbox().length;
    await records.life.until("2027-04-01 12:00");
    expect(
      records.life
        .outbox()
        .slice(sent)
        .filter((line) => line.includes("check-in")),
    ).toEqual([]);
    await records.staff.finish(casey, known, "still-right");
  });

  it("owed work of the earlier care stays with its deadline", async () => {
    const records = await Records.inAftercare();
    await records.staff.ok(casey, "POST", `/episodes/${records.first}/contacts`, {
      channel: "phone",
      outcome: "reached",
      note: "Denies thoughts of suicide",
    });
    const owed = await records.tasks(records.first, "clinician-review");
    expect(owed.length).toBeGreaterThanOrEqual(2);
    const second = await records.refer();
    await records.say(second, "same-person");
    await records.life.until("2027-01-27 13:00");
    await records.admit(second, "2027-01-27 14:00");
    expect((await records.episode(records.first)).status).toBe("closed");
    expect(await records.tasks(records.first, "clinician-review")).toEqual(owed);
  });

  it("a medicine is carried over to be confirmed, and the supply that runs out is somebody's work until then", async () => {
    const records = await Records.inAftercare();
    const medicine = {
      medicine: "buprenorphine",
      isTaken: true,
      prescriber: "Dr. Noor Haddad (fictional)",
      supplyThrough: "2027-02-17",
      version: 0,
    };
    await records.staff.ok(casey, "POST", `/episodes/${records.first}/medicines`, medicine);
    await records.life.until("2027-01-28 09:00");
    const second = await records.refer();
    await records.say(second, "same-person");
    expect((await records.episode(second)).medicines).toMatchObject({
      buprenorphine: { version: 1, isTaken: true, supplyThrough: "2027-02-17" },
    });
    expect(
      (await records.staff.ok(casey, "GET", `/episodes/${second}/medicines`)).items,
    ).toMatchObject([{ prescriber: medicine.prescriber, version: 1 }]);
    const known = await records.staff.task("known-facts");
    expect(known).toMatchObject({
      words: expect.stringContaining("Ask about their medicine too (Buprenorphine)"),
      evidence: { medicinesThen: "Buprenorphine" },
    });
    await records.admit(second, "2027-01-28 11:00");
    const [renewal] = await records.tasks(records.first, "medication-supply");
    expect(renewal?.words).toContain("lasts until 2027-02-17");

    await records.staff.ok(casey, "POST", `/episodes/${second}/medicines`, {
      ...medicine,
      supplyThrough: "2027-03-17",
      version: 1,
    });
    expect(await records.tasks(records.first, "medication-supply")).toEqual([]);
    const { items: told } = await records.staff.ok(
      casey,
      "GET",
      `/episodes/${records.first}/timeline`,
    );
    expect(told).toContainEqual(
      expect.objectContaining({
        what: expect.stringContaining("Medicine recorded in the other record: followed there"),
      }),
    );
    // Nothing rings from the earlier record on the day on which its supply would have ended.
    await records.life.until("2027-02-18 12:00");
    records.look(records.first);
    expect(await records.staff.alerts()).toEqual([]);
    expect((await records.tasks(second, "medication-supply")).map(({ words }) => words)).toEqual([
      expect.stringContaining("lasts until 2027-03-17"),
    ]);
  });

  it("a medicine of which nobody says anything runs out as an alert, whatever became of the earlier care", async () => {
    const records = await Records.inAftercare();
    await records.staff.ok(casey, "POST", `/episodes/${records.first}/medicines`, {
      medicine: "buprenorphine",
      isTaken: true,
      prescriber: "Dr. Noor Haddad (fictional)",
      supplyThrough: "2027-02-03",
      version: 0,
    });
    const second = await records.refer();
    await records.say(second, "same-person");
    await records.admit(second, "2027-01-27 14:00");
    expect((await records.episode(records.first)).status).toBe("closed");
    await records.life.until("2027-02-04 01:00");
    records.look(records.first);
    expect(await records.staff.alert()).toMatchObject({ tier: "ORANGE" });
  });

  it("after 30 days is not screened again for that, and what is known is carried all the same", async () => {
    const records = await Records.inAftercare();
    await records.life.until("2027-03-10 09:00");
    const second = await records.refer();
    await records.say(second, "same-person");
    expect(await records.tasks(second, "clinician-review")).toEqual([]);
    expect((await records.tasks(second, "known-facts")).length).toBe(1);
  });

  it("after a recorded death has the record looked at", async () => {
    const records = await Records.admitted();
    records.look(records.first);
    await records.staff.ok(taylor, "POST", `/episodes/${records.first}/transition`, {
      to: "discharge",
      disposition: "deceased",
      reason: "The family rang",
    });
    const second = await records.refer();
    await records.say(second, "same-person");
    expect(
      (await records.tasks(records.first, "clinician-review")).map(({ words }) => words),
    ).toEqual(
      expect.arrayContaining([
        expect.stringContaining("A death is on record here"),
        expect.stringContaining("Event review after a death"),
      ]),
    );
  });
});
