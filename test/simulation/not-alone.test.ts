import { beforeEach, describe, expect, it } from "vitest";
import type { Message } from "../../shared/care/episode/message.ts";
import { Life } from "./life.ts";
import { avery, casey } from "./staff-calls.ts";

let life: Life;
/** Somebody who was admitted on Monday morning; the group of Tuesday at nine is reminded of. */
beforeEach(async () => {
  life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 1);
  await life.until("2027-01-11 11:00");
  await life.decide("admission-approval", "admit");
  await life.until("2027-01-11 11:05");
});

const sentSince = (count: number) =>
  life.world.sent.slice(count).map(({ templateId }) => templateId);
async function planned(): Promise<readonly Message[]> {
  const { items } = await life.state();
  return [...items.values()].filter(
    (item): item is Message => item.kind === "message" && item.status === "PLANNED",
  );
}

describe.each(["sorry, can't talk right now, he's listening", "mi marido me revisa el teléfono"])(
  "somebody writes “%s”",
  (words) => {
    it("and gets no answer and no planned message that would tell, until a clinician has read it", async () => {
      const before = life.world.sent.length;
      expect((await planned()).length).toBeGreaterThan(1);
      await life.text(words);
      expect((await life.state()).episode.notAlone).toMatchObject({
        since: "2027-01-11T16:05:00.000Z",
      });
      const review = await life.task("clinician-review");
      expect(review).toMatchObject({
        assignedFunction: "clinician",
        priority: "safety",
        dueAt: "2027-01-11T17:05:00.000Z",
        words: expect.stringContaining("leave no voicemail"),
      });
      // Nobody reads it: it climbs, the on-call is rung, and still nothing is written to them.
      const pages = life.world.pages.length;
      await life.until("2027-01-12 08:59");
      expect(life.world.pages.length).toBeGreaterThan(pages);
      expect(sentSince(before)).toEqual([]);
      // What could not go in time is said to a person, and nobody answers them by text.
      expect((await life.tasks("message-gap")).length).toBeGreaterThan(0);
      expect((await life.task("inbound-reply")).words).toContain("Do not write back");
    }, 60_000);
  },
);

it("an end of texts asked for in the same words counts, and is confirmed to nobody", async () => {
  const before = life.world.sent.length;
  await life.text("my boyfriend reads my phone, don't text me here");
  await life.until("2027-01-12 08:59");
  expect(life.world.sent.slice(before).filter(({ channel }) => channel === "sms")).toEqual([]);
  expect((await life.tasks("clinician-review")).map(({ words }) => words)).toContainEqual(
    expect.stringContaining("not alone"),
  );
});

it("at night the on-call reads it, and messages are held until the alert is closed", async () => {
  await life.until("2027-01-11 21:00");
  const before = life.world.sent.length;
  await life.text("he's reading my texts, don't answer this");
  const { escalationId, tier } = await life.staff.alert();
  expect(tier).toBe("YELLOW");
  const path = `/escalations/${escalationId}`;
  await life.staff.ok(avery, "POST", `${path}/reading`, { answer: "call-now" });
  await life.staff.ok(avery, "POST", `${path}/contact`, { outcome: "spoke-with-participant" });
  expect((await life.state()).episode.notAlone).toBeDefined();
  await life.staff.ok(avery, "POST", `${path}/closure`, {
    outcome: "safe-with-plan",
    reason: "Is at her sister's, the phone is hers alone",
  });
  expect((await life.state()).episode.notAlone).toBeUndefined();
  expect(sentSince(before)).toEqual([]);
});

it("danger and company in one text: it pages, and no text about a crisis goes", async () => {
  const before = life.world.sent.length;
  await life.text("he is listening, he said he will kill me tonight");
  expect((await life.staff.alert()).tier).toBe("RED");
  expect((await life.state()).episode.notAlone).toBeDefined();
  expect(sentSince(before)).toEqual([]);
});

it("words of staff and of a referral are heard as well", async () => {
  await life.staff.onEpisode(casey, "contacts", {
    channel: "phone",
    outcome: "reached",
    note: "She says her husband reads her messages and is listening in.",
  });
  expect((await life.state()).episode.notAlone).toBeDefined();
  await life.refer({ reason: "Her husband checks her phone, please call at work only." });
  expect((await life.state()).episode.notAlone).toBeDefined();
});

describe("danger and company in one writing: it pages, and what is planned is held too", () => {
  const words = "She wants to kill herself. Her husband reads her messages and is listening in.";
  const held = async () => (await life.state()).episode.notAlone;

  it("in a note of staff, until the alert is closed", async () => {
    await life.staff.onEpisode(casey, "contacts", {
      channel: "phone",
      outcome: "reached",
      note: words,
    });
    const { escalationId, tier } = await life.staff.alert();
    expect(tier).toBe("RED");
    expect(await held()).toBeDefined();
    const before = life.world.sent.length;
    await life.until("2027-01-12 08:59");
    expect(sentSince(before)).toEqual([]);
    const path = `/escalations/${escalationId}`;
    await life.staff.ok(avery, "POST", `${path}/contact`, { outcome: "spoke-with-participant" });
    await life.staff.ok(avery, "POST", `${path}/closure`, {
      outcome: "safe-with-plan",
      reason: "Is at her sister's, the phone is hers alone",
    });
    expect(await held()).toBeUndefined();
  });

  it("in a note whose writer is worried, or says that there is no concern", async () => {
    const note = "Her husband reads her messages and is listening in.";
    const write = (safetyConcern: boolean) =>
      life.staff.onEpisode(casey, "contacts", {
        channel: "phone",
        outcome: "reached",
        note,
        safetyConcern,
      });
    await write(false);
    expect(await held()).toBeDefined();
    const review = await life.task("clinician-review");
    expect(review.words).toContain("leave no voicemail");
    await life.staff.finish(avery, review, "reviewed");
    expect(await held()).toBeUndefined();
    await write(true);
    expect((await life.staff.alert()).tier).toBe("ORANGE");
    expect(await held()).toBeDefined();
  });
});

it("danger and company in a referral: nothing is sent to whoever it is about", async () => {
  const other = new Life("2027-01-11 08:30");
  await other.start();
  await other.until("2027-01-11 09:00");
  await other.refer({
    reason: "Her husband checks her phone and reads her texts.",
    safety: "She says she wants to kill herself.",
  });
  expect((await other.staff.alert()).tier).toBe("RED");
  expect((await other.state()).episode.notAlone).toBeDefined();
  await other.until("2027-01-12 12:00");
  expect(other.world.sent).toEqual([]);
});
