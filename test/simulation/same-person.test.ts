// Long because what follows from one answer is shown phase by phase.
import { describe, expect, it } from "vitest";
import type { TaskKind } from "../../shared/care/episode/task-kinds.ts";
import { parseIntakeRequest } from "../../shared/contracts/intake-request.ts";
import { openIntake } from "../../workflows/run/open-intake.ts";
import { Life } from "./life.ts";
import { avery, casey, StaffCalls, taylor } from "./staff-calls.ts";

/** Two records around one world: the one that a call is about is the one looked at last. */
class Records {
  readonly life: Life;
  readonly staff: StaffCalls;
  #referrals = 0;

  constructor(startAt: string) {
    this.life = new Life(startAt);
    this.staff = new StaffCalls(this.life);
  }

  /** Another referral; its record is the one looked at from now on. */
  async refer(
    participant: Readonly<Record<string, unknown>> = {},
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    this.#referrals += 1;
    const who = {
      name: { given: "Amina", family: "Quillfeather" },
      birthDate: "1990-05-04",
      phone: "+12125550161",
      phoneKind: "own",
      email: "amina.q@example.org",
      language: "en",
      ...participant,
    };
    const hasPhone = who.phone !== undefined;
    const { request, problems } = parseIntakeRequest(
      {
        programId: "adult-iop",
        siteId: "riverside",
        source: "self",
        participant: who,
        consents: { sms: hasPhone, email: who.email !== undefined, voicemail: hasPhone },
        ...more,
      },
      this.life.world.now().slice(0, 10),
    );
    if (request === undefined) throw new Error(JSON.stringify(problems));
    const key = `referral-${this.#referrals}`;
    const outcome = await openIntake(this.life.world.deps, {
      request,
      identity: { scope: "test", key, method: "POST", path: "/intakes", body: key },
      actorOf: (participantId) => ({ kind: "participant", participantId }),
    });
    if (outcome.outcome !== "opened") throw new Error(JSON.stringify(outcome));
    // Whoever refers is told the same as everybody.
    expect(Object.keys(outcome.answer).sort()).toEqual(["episodeId", "reference"]);
    await this.life.world.settle();
    this.life.episodeId = outcome.answer.episodeId;
    return outcome.answer.episodeId;
  }

  look(episodeId: string): void {
    this.life.episodeId = episodeId;
  }

  async episode(episodeId: string) {
    this.look(episodeId);
    return (await this.life.state()).episode;
  }

  async tasks(episodeId: string, kind: TaskKind) {
    this.look(episodeId);
    return this.staff.tasks(kind);
  }

  async say(episodeId: string, outcome: "same-person" | "not-the-same"): Promise<void> {
    this.look(episodeId);
    await this.staff.finish(casey, await this.staff.task("same-person"), outcome);
  }

  async admit(episodeId: string, hour: string): Promise<void> {
    this.look(episodeId);
    await this.life.answerForm("ask-forms", 1);
    await this.life.decide("admission-approval", "admit");
    await this.life.until(hour);
    expect((await this.life.state()).episode.status).toBe("active");
  }

  /** Somebody admitted on Monday morning. */
  static async admitted(): Promise<Records & { readonly first: string }> {
    const records = new Records("2027-01-11 08:30");
    await records.life.start();
    await records.life.until("2027-01-11 09:00");
    const first = await records.refer({ recordNumber: "MRN-77" });
    await records.life.until("2027-01-11 10:00");
    await records.admit(first, "2027-01-11 11:00");
    return Object.assign(records, { first });
  }
}

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
  /** Discharged on 26 January, in aftercare since the day after, with the first call not made. */
  async function inAftercare() {
    const records = await Records.admitted();
    records.look(records.first);
    await records.staff.ok(casey, "POST", `/episodes/${records.first}/corrections`, {
      pronouns: "she/her",
      emergencyContact: { name: "Sam Reyes", phone: "+12125550170" },
      reason: "Said so",
    });
    await records.life.until("2027-01-26 10:00");
    await records.staff.ok(casey, "POST", `/episodes/${records.first}/transition`, {
      to: "discharge",
      disposition: "left-before-completing",
      reason: "Moves to her sister",
    });
    await records.life.until("2027-01-27 12:00");
    for (const call of await records.tasks(records.first, "aftercare-call"))
      await records.staff.finish(casey, call, "reached");
    expect((await records.episode(records.first)).status).toBe("aftercare");
    return records;
  }

  it("at day 20: is screened again, confirms what is known, and is not followed up twice once admitted", async () => {
    const records = await inAftercare();
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
    const records = await inAftercare();
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

  it("after 30 days is not screened again for that, and what is known is carried all the same", async () => {
    const records = await inAftercare();
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
    ).toEqual([expect.stringContaining("A death is on record here")]);
  });
});
