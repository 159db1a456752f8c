import { describe, expect, it } from "vitest";
import { createCountingIds } from "../../../local/in-memory/counting-ids.ts";
import { FixedClock } from "../../../local/in-memory/fixed-clock.ts";
import { MemoryPager } from "../../../local/in-memory/memory-pager.ts";
import { MemorySender } from "../../../local/in-memory/memory-sender.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { systemClock } from "../../../shared/aws/clock/system-clock.ts";
import { createUlidIds } from "../../../shared/aws/ids/ulid-ids.ts";
import { createHmacSecrets } from "../../../shared/aws/secrets/hmac-secrets.ts";
import { fc } from "../../builders/properties.ts";

const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

describe("the system clock", () => {
  it("tells the present instant in UTC with milliseconds", () => {
    const now = systemClock.now();
    expect(now).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(1000);
  });
});

describe("ids", () => {
  it("are ULIDs of the clock's time that rise, also within one millisecond and when the clock goes back", () => {
    const clock = new FixedClock("2026-03-02T15:00:00.000Z");
    const ids = createUlidIds(clock);
    const given = Array.from({ length: 500 }, (_, index) => {
      if (index === 250) clock.moveTo("2026-03-01T00:00:00.000Z");
      if (index === 400) clock.moveTo("2026-03-03T00:00:00.000Z");
      return ids.next();
    });
    expect(given.every((id) => ulid.test(id))).toBe(true);
    expect(new Set(given).size).toBe(500);
    expect(given).toEqual(given.toSorted());
    expect(given[0]?.slice(0, 10)).toBe(
      createUlidIds(new FixedClock("2026-03-02T15:00:00.000Z")).next().slice(0, 10),
    );
  });

  it("of a test count up in the letters of a ULID and differ between seeds", () => {
    const given = [0, 1, 40].flatMap((seed) => {
      const ids = createCountingIds(seed);
      return Array.from({ length: 2000 }, () => ids.next());
    });
    expect(given.every((id) => ulid.test(id))).toBe(true);
    expect(new Set(given).size).toBe(6000);
    expect(createCountingIds(3).next()).toBe(createCountingIds(3).next());
  });
});

describe("secrets", () => {
  const secrets = createHmacSecrets({
    linkSecret: "the first secret of these tests, long enough",
    contactSecret: "the contact secret of these tests, long enough",
  });
  const others = createHmacSecrets({
    linkSecret: "another secret of these tests, long enough",
    contactSecret: "another contact secret of these tests, long enough",
  });

  it("open a link that they sealed, and no other text", () => {
    const token = secrets.sealLink("01LINK");
    expect(token).toMatch(/^01LINK\.[A-Za-z0-9_-]{22}$/);
    expect(secrets.openLink(token)).toBe("01LINK");
    expect(others.openLink(token)).toBeUndefined();
    for (const wrong of [
      "",
      ".",
      "01LINK",
      "01LINK.",
      `.${token}`,
      `${token}=`,
      `${token} `,
      token.replace("01", "02"),
    ]) {
      expect(secrets.openLink(wrong)).toBeUndefined();
    }
  });

  it("accept no second way to write a seal", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const token = secrets.sealLink("01LINK");
    const accepted = [...alphabet].filter(
      (letter) => secrets.openLink(token.slice(0, -1) + letter) !== undefined,
    );
    expect(accepted).toEqual([token.at(-1)]);
  });

  it("notice every change of one letter in a sealed value", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 40 }),
        fc.nat(),
        fc.constantFrom("A", "_", ".", "ü"),
        (value, at, letter) => {
          const sealed = secrets.sealValue(value);
          expect(sealed).toMatch(/^1\.[A-Za-z0-9_-]+$/);
          const place = at % sealed.length;
          const changed = sealed.slice(0, place) + letter + sealed.slice(place + 1);
          expect(secrets.openValue(changed)).toBe(
            changed === sealed ? value.toWellFormed() : undefined,
          );
        },
      ),
    );
  });

  it("give a sealed value back", () => {
    for (const value of ["a", "staff.01|2026", "ü ✓", JSON.stringify({ a: 1 })]) {
      expect(secrets.openValue(secrets.sealValue(value))).toBe(value);
      expect(others.openValue(secrets.sealValue(value))).toBeUndefined();
    }
  });

  it("tell nobody what is in a sealed value, nor that two are the same", () => {
    const sealed = secrets.sealValue('{"given":"Robin","birthDate":"1990-03-28"}');
    const readable = Buffer.from(sealed.slice(2), "base64url").toString("latin1");
    expect(`${sealed} ${readable}`).not.toMatch(/Robin|given|1990/);
    expect(secrets.sealValue("same")).not.toBe(secrets.sealValue("same"));
  });

  it("never take what was sealed for one purpose for another", () => {
    const link = secrets.sealLink(Buffer.from("staff").toString("base64url"));
    expect(secrets.openValue(link)).toBeUndefined();
    expect(secrets.openLink(secrets.sealValue("01LINK"))).toBeUndefined();
  });

  it("know a contact point by its address, however it is typed, and tell nobody without the key", () => {
    const id = secrets.contactPointId("ana@example.org");
    expect(secrets.contactPointId(" Ana@Example.org ")).toBe(id);
    expect(secrets.contactPointId("bo@example.org")).not.toBe(id);
    expect(others.contactPointId("ana@example.org")).not.toBe(id);
    expect(id).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it("hash as everyone does", () => {
    expect(secrets.sha256("abc")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });
});

describe("the stand-ins of providers", () => {
  const message = {
    messageId: "m",
    participantId: "p",
    templateId: "t",
    channel: "sms",
    to: "+12025550143",
    from: "+12025550100",
    senderName: "River Street",
    text: "Hello",
    language: "en",
  } as const;

  it("keep what was sent and answer as planned", async () => {
    const sender = new MemorySender();
    sender.answerNext({ outcome: "throttled" }, { outcome: "ambiguous", code: "timeout" });
    expect((await sender.send(message)).outcome).toBe("throttled");
    expect(sender.sent).toHaveLength(0);
    expect((await sender.send(message)).outcome).toBe("ambiguous");
    expect((await sender.send(message)).outcome).toBe("accepted");
    expect(sender.sent).toHaveLength(2);
  });

  it("keep pages of both sorts", async () => {
    const pager = new MemoryPager();
    pager.answerNext({ outcome: "throttled" });
    expect((await pager.call({ to: "a", from: "b", words: "w", key: "k1" })).outcome).toBe(
      "throttled",
    );
    expect((await pager.text({ to: "a", from: "b", body: "w", key: "k2" })).outcome).toBe(
      "accepted",
    );
    expect(pager.pages.map(({ channel, key }) => `${channel} ${key}`)).toEqual([
      "call k1",
      "text k2",
    ]);
  });

  it("keep the name of an execution for ever, as AWS does", async () => {
    const runner = new MemoryWorkflowRunner();
    const start = (input: string) =>
      runner.start({ workflow: "intake", name: "intake-1-g1", input });
    expect(await start("{}")).toEqual({ started: true });
    expect(await start("{}")).toEqual({ started: true });
    expect(await start("{ }")).toEqual({ started: false, status: "RUNNING" });
    runner.end("intake-1-g1", "SUCCEEDED");
    expect(await start("{}")).toEqual({ started: false, status: "SUCCEEDED" });
    expect(await runner.status("intake", "intake-1-g1")).toBe("SUCCEEDED");
    expect(await runner.status("intake", "intake-1-g2")).toBe("unknown");
    runner.waitOn("token");
    expect(await runner.wake("token", "{}")).toBe("woken");
    expect(await runner.wake("token", "{}")).toBe("gone");
  });
});
