import { describe, expect, it } from "vitest";
import { Records } from "./records.ts";
import { avery, casey } from "./staff-calls.ts";

const reason = "Two sisters who share an email address";

/** Says on one record that the other is somebody else's. */
const takeBack = ({ staff }: Records, episodeId: string, otherEpisodeId: string) =>
  staff.ok(casey, "POST", `/episodes/${episodeId}/same-person-taken-back`, {
    otherEpisodeId,
    reason,
  });

/** What the timeline of a record tells of it, newest first. */
async function told(records: Records, episodeId: string): Promise<readonly string[]> {
  const { items } = await records.staff.ok(casey, "GET", `/episodes/${episodeId}/timeline`);
  return (items as { readonly what: string }[]).map(({ what }) => what);
}

async function notes(records: Records, episodeId: string): Promise<string> {
  const { items } = await records.staff.ok(avery, "GET", `/episodes/${episodeId}/notes`);
  return JSON.stringify(items);
}

describe("“the same person”, said by mistake of a referral and somebody in care", () => {
  /** The referral speaks of danger, and its words were added to the record of somebody in care. */
  async function joined() {
    const records = await Records.admitted();
    const second = await records.refer(
      { phone: "+12125550163", phoneKind: "own" },
      {
        reason: "Says she wants to kill herself since Sunday",
        pregnant: true,
        referralEvent: { kind: "hospital", dischargedOn: "2027-01-09" },
      },
    );
    await records.say(second, "same-person");
    expect((await records.episode(second)).status).toBe("withdrawn");
    expect(await records.tasks(records.first, "consents-said")).toHaveLength(1);
    expect((await records.episode(records.first)).facts).toMatchObject({
      pregnant: true,
      recentHigherCareOn: "2027-01-09",
    });
    expect(await notes(records, records.first)).toContain("kill herself since Sunday");
    return { records, first: records.first, second };
  }

  it.each(["first", "second"] as const)(
    "taken back on the %s record: each goes on by itself, and nothing of the one is left with the other",
    async (on) => {
      const { records, first, second } = await joined();
      const other = on === "first" ? second : first;
      await records.life.until("2027-01-11 13:00");
      await takeBack(records, on === "first" ? first : second, other);

      const kept = await records.episode(first);
      expect(kept.status).toBe("active");
      expect(kept.others).toEqual([]);
      // As the screens in the room had found it.
      expect(kept.facts.pregnant).toBe(false);
      expect(kept.facts).not.toHaveProperty("recentHigherCareOn");
      expect(await notes(records, first)).not.toContain("kill herself");
      expect(await records.tasks(first, "inbound-reply")).toEqual([]);
      expect(await records.tasks(first, "consents-said")).toEqual([]);

      const back = await records.episode(second);
      expect(back).toMatchObject({ status: "screening", others: [], facts: { pregnant: true } });
      expect(back).not.toHaveProperty("closingReason");
      const calls = await records.tasks(second, "first-contact-call");
      expect(calls.map(({ words }) => words)).toEqual([
        expect.stringContaining("Care under this record was ended on 2027-01-11"),
      ]);
      for (const episodeId of [first, second])
        expect(await told(records, episodeId)).toContainEqual(
          "Not the same person after all: the two records were taken apart",
        );
    },
  );

  it("leaves what is about safety in sight: the alert where it was raised, and the review with where its words are", async () => {
    const { records, first, second } = await joined();
    await takeBack(records, first, second);
    records.look(second);
    expect((await records.staff.alert()).status).not.toBe("closed");
    const reviews = await records.tasks(first, "clinician-review");
    expect(reviews.map(({ words, about, priority }) => ({ words, about, priority }))).toEqual(
      expect.arrayContaining([
        {
          words: expect.stringContaining("they are of another person"),
          about: { type: "episode", id: second },
          priority: "safety",
        },
        {
          words: expect.stringContaining("taken for one person since 2027-01-11"),
          about: { type: "episode", id: second },
          priority: "safety",
        },
      ]),
    );
    expect(
      (await records.tasks(second, "clinician-review")).map(({ words }) => words),
    ).toContainEqual(expect.stringContaining("they are two"));
  });

  it("the referral is asked for its forms and reminded again, and nobody is asked once more whether it is the same person", async () => {
    const { records, first, second } = await joined();
    await records.life.until("2027-01-12 09:00");
    const sent = records.life.outbox().length;
    await takeBack(records, second, first);
    await records.life.until("2027-01-14 18:00");
    expect(records.life.outbox().slice(sent)).toContainEqual(
      expect.stringContaining("remind-forms"),
    );
    for (const episodeId of [first, second]) {
      await records.staff.ok(casey, "POST", `/episodes/${episodeId}/corrections`, {
        preferredName: "Ami",
        reason: "Said so",
      });
      expect(await records.tasks(episodeId, "same-person")).toEqual([]);
    }
    await records.admit(second, "2027-01-14 19:00");
  });

  it("keeps a fact that staff put right meanwhile, and can be taken back once", async () => {
    const { records, first, second } = await joined();
    await records.staff.ok(casey, "POST", `/episodes/${first}/corrections`, {
      recentHigherCareOn: "2027-01-05",
      reason: "On the discharge letter",
    });
    await takeBack(records, first, second);
    expect((await records.episode(first)).facts.recentHigherCareOn).toBe("2027-01-05");
    const version = (await records.episode(first)).version;
    expect(
      await records.staff.refused(casey, "POST", `/episodes/${first}/same-person-taken-back`, {
        otherEpisodeId: second,
        reason,
      }),
    ).toContain("Nobody has said");
    expect((await records.episode(first)).version).toBe(version);
  });
});

describe("“the same person”, said by mistake of somebody whose care had ended", () => {
  const medicine = {
    medicine: "buprenorphine",
    isTaken: true,
    prescriber: "Dr. Noor Haddad (fictional)",
    supplyThrough: "2027-02-17",
    version: 0,
  };
  const release = {
    name: "Ana Marrow",
    relation: "sister",
    about: "How the program goes",
    purpose: "Family sessions",
    from: "2027-01-04",
    until: "2027-06-30",
    how: "paper",
    version: 0,
  };
  const releases = async ({ staff }: Records, episodeId: string) =>
    (await staff.ok(casey, "GET", `/episodes/${episodeId}/releases`)).items;

  async function cameBack() {
    const records = await Records.inAftercare();
    await records.staff.ok(casey, "POST", `/episodes/${records.first}/releases`, release);
    await records.staff.ok(casey, "POST", `/episodes/${records.first}/medicines`, medicine);
    await records.life.until("2027-01-28 09:00");
    const second = await records.refer(
      { email: undefined },
      { source: "referrer", consents: { sms: false, email: false, voicemail: false } },
    );
    await records.say(second, "same-person");
    return { records, first: records.first, second };
  }

  it("what was carried over is taken off, and named to be asked anew; what was said here since stays", async () => {
    const { records, first, second } = await cameBack();
    await records.staff.ok(casey, "POST", `/episodes/${second}/corrections`, {
      pronouns: "they/them",
      reason: "Said so",
    });
    expect(await releases(records, second)).toMatchObject([
      { number: 1, name: "Ana Marrow", until: "2027-06-30", standing: "valid", by: casey },
    ]);
    await records.staff.ok(casey, "POST", `/episodes/${second}/releases`, {
      ...release,
      name: "Lee Ortiz",
      version: 1,
    });
    await takeBack(records, second, first);
    const { contact } = await records.staff.ok(casey, "GET", `/episodes/${second}`);
    expect(contact).toMatchObject({ pronouns: "they/them", mayLeaveVoicemail: false });
    expect(contact).not.toHaveProperty("emergencyContact");
    expect(contact).not.toHaveProperty("recordNumber");
    const episode = await records.episode(second);
    expect(episode.consents).toMatchObject({ sms: {}, voicemail: false });
    expect(episode.consents.sms).not.toHaveProperty("grantedAt");
    expect(episode.medicines).toEqual({});
    const medicines = await records.staff.ok(casey, "GET", `/episodes/${second}/medicines`);
    expect(medicines.items).toEqual([]);
    expect(await releases(records, second)).toMatchObject([
      { number: 2, name: "Lee Ortiz", standing: "valid" },
    ]);
    expect(await releases(records, first)).toMatchObject([
      { number: 1, name: "Ana Marrow", standing: "valid" },
    ]);
    expect(await records.tasks(second, "known-facts")).toEqual([]);
    const reviews = await records.tasks(second, "clinician-review");
    expect(reviews.map(({ words }) => words)).toEqual([
      expect.stringMatching(
        /Taken off here, to be asked anew: record number, emergency contact, consent to texts, voicemail, who may be told what, Buprenorphine\./,
      ),
    ]);
    expect((await records.episode(first)).medicines).toMatchObject({
      buprenorphine: { supplyThrough: "2027-02-17" },
    });
    expect((await records.episode(first)).status).toBe("aftercare");
  });

  it("a consent of the person's own, given since, stays", async () => {
    const { records, first, second } = await cameBack();
    await records.staff.ok(casey, "POST", `/episodes/${second}/consents`, {
      given: ["sms"],
      how: "phone",
    });
    await takeBack(records, second, first);
    expect((await records.episode(second)).consents).toMatchObject({
      sms: { grantedAt: expect.any(String), how: "phone" },
      voicemail: false,
    });
  });

  it("a follow-up that ended with the other's admission goes on, and so does the supply that was followed there", async () => {
    const { records, first, second } = await cameBack();
    await records.admit(second, "2027-01-28 11:00");
    await records.staff.ok(casey, "POST", `/episodes/${second}/medicines`, {
      ...medicine,
      supplyThrough: "2027-03-17",
      version: 1,
    });
    expect((await records.episode(first)).status).toBe("closed");
    expect(await records.tasks(first, "medication-supply")).toEqual([]);
    await records.life.until("2027-01-29 10:00");
    await takeBack(records, first, second);
    expect(await records.episode(first)).toMatchObject({
      status: "aftercare",
      disposition: "left-before-completing",
      others: [],
    });
    const [renewal] = await records.tasks(first, "medication-supply");
    expect(renewal?.words).toContain("lasts until 2027-02-17");
    // The other is in the program with a medicine of their own.
    expect(await records.episode(second)).toMatchObject({
      status: "active",
      medicines: { buprenorphine: { version: 2 } },
    });
    const sent = records.life.outbox().length;
    await records.life.until("2027-03-01 12:00");
    expect(records.life.outbox().slice(sent)).toContainEqual(expect.stringContaining("check-in"));
    // Neither ends the other's care any more.
    expect((await records.episode(first)).status).toBe("aftercare");
    expect((await records.episode(second)).status).toBe("active");
  });
});
