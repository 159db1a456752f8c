import { beforeAll, describe, expect, it } from "vitest";
import { Life } from "../../simulation/life.ts";

let life: Life;
beforeAll(async () => {
  life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.answerForm("ask-forms", 1);
  await life.until("2027-01-11 10:30");
  await life.decide("admission-approval", "admit");
  await life.until("2027-01-13 12:00");
}, 120_000);

describe("the words of what was sent", () => {
  it("are kept as the person got them, without the links that are theirs alone", () => {
    const kept = new Map(
      life.world.store
        .all("identity")
        .filter(({ sk }) => sk.startsWith("SENT#"))
        .map((item) => [String(item.messageId), item]),
    );
    const own = life.world.sent.filter(({ participantId }) => participantId !== undefined);
    expect(own.length).toBeGreaterThan(3);
    expect(own.some(({ text }) => text.includes("/k/"))).toBe(true);
    for (const message of own) {
      const words = kept.get(message.messageId);
      expect([message.templateId, words?.subject]).toEqual([message.templateId, message.subject]);
      expect(words?.text).toBe(
        message.text.replaceAll(/https?:\/\/\S+\/[ku]\/\S+/g, "[a link of their own]"),
      );
    }
    expect(JSON.stringify([...kept.values()])).not.toMatch(/\/[ku]\//);
  });
});
