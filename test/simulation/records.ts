import { expect } from "vitest";
import type { TaskKind } from "../../shared/care/episode/task-kinds.ts";
import { Life } from "./life.ts";
import { casey, type StaffCalls } from "./staff-calls.ts";

/** Two records around one world: the one that a call is about is the one looked at last. */
export class Records {
  readonly life: Life;
  readonly staff: StaffCalls;

  constructor(startAt: string) {
    this.life = new Life(startAt);
    this.staff = this.life.staff;
  }

  /** Another referral; its record is the one looked at from now on. */
  async refer(
    participant: Readonly<Record<string, unknown>> = {},
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
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
    const answered = await this.life.refer({
      participant: who,
      consents: { sms: hasPhone, email: who.email !== undefined, voicemail: hasPhone },
      ...more,
    });
    // Whoever refers is told the same as everybody.
    expect(Object.keys(answered).sort()).toEqual(["episodeId", "reference"]);
    return this.life.episodeId;
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

  /** Discharged on 26 January, in aftercare since the day after, with the first call not made. */
  static async inAftercare(): Promise<Records & { readonly first: string }> {
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
}
