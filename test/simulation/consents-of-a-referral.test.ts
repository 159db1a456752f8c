import { describe, expect, it } from "vitest";
import { Records } from "./records.ts";
import { avery, casey } from "./staff-calls.ts";

/** Somebody in care, and a second referral of them with a phone of its own; what is agreed to in its call is written there. */
async function saidInTheCall(said: object) {
  const records = await Records.admitted();
  const second = await records.refer(
    { phone: "+12125550163", phoneKind: "own", email: undefined },
    { source: "referrer", consents: { sms: false, email: false, voicemail: false } },
  );
  records.look(second);
  await records.staff.onEpisode(casey, "consents", { how: "phone", ...said });
  const before = (await records.episode(records.first)).consents;
  await records.say(second, "same-person");
  records.look(records.first);
  return { records, before, staff: records.staff };
}

describe("what a person in care agrees to in the call about a new referral", () => {
  it("stands on their record as a question with its words, and counts for nothing by itself", async () => {
    const { records, before, staff } = await saidInTheCall({ given: ["sms", "voicemail"] });
    expect((await staff.task("consents-said")).words).toMatch(
      /agreed to texts \(on the phone\), voicemail\. It counts for nothing here before it is recorded/,
    );
    const { items } = await staff.ok(avery, "GET", `/episodes/${records.first}/notes`);
    expect(JSON.stringify(items)).toContain("Agreed to with it: texts (on the phone), voicemail");
    expect((await records.life.state()).episode.consents).toEqual(before);
  });

  it("is taken over by recording it, and by nothing less", async () => {
    const { records, staff } = await saidInTheCall({ given: ["sms"] });
    const task = await staff.task("consents-said");
    const path = `/tasks/${task.taskId}/outcome`;
    expect(await staff.refused(casey, "POST", path, { outcome: "taken-over" })).toContain(
      "Fill in what the person agrees to",
    );
    const consents = { takenBack: ["email"], given: ["sms"], how: "phone" };
    expect(
      await staff.refused(casey, "POST", path, { outcome: "left-as-it-is", consents }),
    ).toContain("Change one of them");
    await staff.finish(casey, task, "taken-over", { consents });
    expect((await records.life.state()).episode.consents).toMatchObject({
      sms: { how: "phone", recordedBy: casey },
      email: { withdrawnAt: expect.any(String), recordedBy: casey },
    });
    expect(await staff.tasks("consents-said")).toEqual([]);
  });

  it("is left by recording that, and a wish for no more texts is asked about as well", async () => {
    const { records, before, staff } = await saidInTheCall({ takenBack: ["sms"] });
    const task = await staff.task("consents-said");
    expect(task.words).toContain("took back texts (on the phone)");
    await staff.finish(casey, task, "left-as-it-is");
    expect((await records.life.state()).episode.consents).toEqual(before);
    expect(await staff.tasks("consents-said")).toEqual([]);
  });

  it("is no question where it says what the record says", async () => {
    const records = await Records.admitted();
    const second = await records.refer();
    await records.say(second, "same-person");
    records.look(records.first);
    expect(await records.staff.tasks("consents-said")).toEqual([]);
  });
});
