import { expect, it } from "vitest";
import type { Message } from "../../shared/care/episode/message.ts";
import { localDate } from "../../shared/care/time/zoned-time.ts";
import { keys } from "../../shared/keys/keys.ts";
import { explainStoredMessage } from "../../shared/sending/explain-stored-message.ts";
import { loadPolicyInUse, policyItem } from "../../shared/store/load-policy.ts";
import { Life } from "./life.ts";
import { casey } from "./staff-calls.ts";

const zone = "America/New_York";
const victim = "+12125550177";

/** Somebody who refers "themself" by the number, with a time zone of their choice and no email. */
async function refer(life: Life, index: number, timeZone = zone, phone = victim): Promise<string> {
  await life.refer({
    participant: {
      name: { given: "Robin", family: `Fictional${index}` },
      birthDate: "1990-03-28",
      phone,
      language: "en",
      timeZone,
    },
    consents: { sms: true, email: false, voicemail: false },
  });
  return life.episodeId;
}

const textsOf = (life: Life, phone = victim) =>
  life.world.sent.filter(({ channel, to }) => channel === "sms" && to === phone);

function maxInOneDay(life: Life): number {
  const days = textsOf(life).map(({ at }) => localDate(at, zone));
  return Math.max(0, ...days.map((day) => days.filter((one) => one === day).length));
}

async function messagesOf(life: Life, episodeId: string): Promise<readonly Message[]> {
  const { items } = await life.world.store.query("care", `EP#${episodeId}`, { skPrefix: "MSG#" });
  return items as unknown as readonly Message[];
}

it("a number that a hundred referrals name gets one text a day, and each of them a person to call", async () => {
  const life = new Life("2027-01-11 09:00");
  await life.start();
  const episodes: string[] = [];
  const zones = [zone, "Pacific/Honolulu", "Asia/Tokyo", "Europe/Paris"];
  for (let index = 0; index < 100; index += 1) {
    if (index === 50) await life.until("2027-01-11 10:05");
    episodes.push(await refer(life, index, zones[index % zones.length]));
  }
  await life.until("2027-01-15 23:00");
  expect(maxInOneDay(life)).toBe(1);
  expect(textsOf(life).length).toBeLessThanOrEqual(5);
  // Whoever is really meant is not lost: what the number could not take is a person's task.
  let droppedCount = 0;
  for (const episodeId of episodes) {
    const messages = await messagesOf(life, episodeId);
    const dropped = messages.filter(({ reason }) => reason === "number-full");
    const { items: tasks } = await life.world.store.query("care", `EP#${episodeId}`, {
      skPrefix: "TASK#",
    });
    const wasTexted = messages.some(({ status }) => status === "ACCEPTED");
    expect(wasTexted || tasks.length > 0).toBe(true);
    droppedCount += dropped.length;
    for (const message of dropped) {
      expect(tasks.some(({ taskKind }) => taskKind === "channel-needed")).toBe(true);
      const explained = await explainStoredMessage(life.world.deps, episodeId, message);
      expect(explained.rules.find(({ rule }) => rule === "number-cap")).toMatchObject({
        outcome: "holds",
        words: expect.stringContaining("Nobody has answered from it yet"),
      });
    }
  }
  expect(droppedCount).toBeGreaterThan(50);
  expect(life.world.problems).toEqual([]);
}, 120_000);

it.each(["an answer from it", "a member of staff"] as const)(
  "what waited for the number goes once it is confirmed by %s",
  async (how) => {
    const life = new Life("2027-01-11 10:00");
    await life.start();
    const first = await refer(life, 1);
    const second = await refer(life, 2);
    await life.until("2027-01-11 10:30");
    expect(textsOf(life)).toHaveLength(1);
    const held = (await messagesOf(life, second)).find(({ status }) => status === "PLANNED");
    expect(held?.reason).toContain("1 of at most 1");
    life.episodeId = first;
    if (how === "an answer from it") await life.text("Yes, it is me", victim);
    else
      await life.staff.onEpisode(casey, "reach-confirmation", {
        channel: "sms",
        reason: "Spoke on the phone",
      });
    await life.until("2027-01-11 10:40");
    const replies = how === "an answer from it" ? 1 : 0;
    expect(textsOf(life)).toHaveLength(2 + replies);
  },
);

it("a site writes to so many unconfirmed numbers a day, and to the others the next", async () => {
  const life = new Life("2027-01-11 09:30");
  await life.start();
  const { policy } = await loadPolicyInUse(life.world.store);
  const caps = { ...policy.caps, unconfirmedAtSite: { perDay: 16 } };
  const item = await policyItem(keys.policy(), JSON.stringify({ ...policy, caps }));
  for (;;) {
    try {
      await life.world.store.transact([{ put: { table: "care", item } }]);
      break;
    } catch {
      // Another transaction was in the way.
    }
  }
  for (let index = 0; index < 40; index += 1)
    await refer(life, index, zone, `+1415555${String(100 + index).padStart(4, "0")}`);
  await life.until("2027-01-11 20:00");
  const today = life.world.sent.filter(({ channel }) => channel === "sms").length;
  expect(today).toBeLessThanOrEqual(16);
  expect(today).toBeGreaterThan(8);
  await life.until("2027-01-12 20:00");
  expect(life.world.sent.filter(({ channel }) => channel === "sms").length).toBeGreaterThan(today);
});

it("reminders of visits go, however many referrals name the phone that somebody in care shares", async () => {
  const life = new Life("2027-01-11 09:00");
  await life.start();
  await life.refer();
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 2);
  await life.until("2027-01-12 10:00");
  await life.decide("admission-approval");
  const own = life.world.sent.find(({ channel }) => channel === "sms")?.to ?? "";
  for (let index = 0; index < 30; index += 1) await refer(life, index, zone, own);
  await life.until("2027-01-15 23:00");
  const reminders = textsOf(life, own).filter(({ text }) =>
    /visit|tomorrow|today/i.test(text ?? ""),
  );
  expect(reminders.length).toBeGreaterThanOrEqual(2);
});
