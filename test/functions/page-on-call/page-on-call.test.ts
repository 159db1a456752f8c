import { beforeEach, describe, expect, it } from "vitest";
import { pageOnCall } from "../../../functions/page-on-call/page-on-call.ts";
import { MemoryPager } from "../../../local/in-memory/memory-pager.ts";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { buildRun, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const escalationId = "01JHTEST0000000000000000X1";
const alert: Escalation = {
  kind: "escalation",
  sk: "ESC#intake#phq-9/phq9-9",
  version: 1,
  escalationId,
  tier: "RED",
  status: "open",
  raisedAt: tuesdayMorning,
  contactDueAt: "2027-01-12T17:00:00.000Z",
  trigger: { source: "instrument", rule: "phq-9/phq9-9", value: 2 },
  reason: "An answer about self-harm.",
  pageTier: 0,
  pageAttempt: 0,
  tierEndsAt: "2027-01-12T16:15:00.000Z",
  acknowledgements: [],
  contacts: [],
  confirmed: true,
};
const [primary, backup, supervisor] = ["+12125550113", "+12125550114", "+12125550115"];
const taken = { outcome: "accepted", providerMessageId: "p" } as const;
const refused = { outcome: "refused", code: "no", isOptedOut: false } as const;
const nobodyKnows = { outcome: "ambiguous", code: "timeout" } as const;

let world: StaffWorld;
let pager: MemoryPager;
let errors: string[];

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  pager = new MemoryPager();
  errors = [];
});

const raise = (overrides: Partial<Escalation> = {}) =>
  world.add({
    episode: personAt("riverside", {
      status: "active",
      openEscalations: [{ escalationId, tier: "RED" }],
    }),
    items: [
      { ...alert, ...overrides },
      buildRun("escalation", escalationId, { data: { escalationSk: alert.sk } }),
    ],
  });

const page = (tier = 0, attempt = 0) =>
  pageOnCall(
    {
      ...world.deps,
      pager,
      logger: { info: () => {}, warn: () => {}, error: (sentence) => void errors.push(sentence) },
    },
    { schemaVersion: 1, episodeId, escalationSk: alert.sk, tier, attempt },
  );
const paged = () => pager.pages.map(({ channel, to }) => `${channel} ${to}`);

describe("the on-call", () => {
  it("is called and texted about an alert, without a word about the participant", async () => {
    await raise();
    expect(await page()).toEqual({ outcome: "paged", personsTried: 1 });
    expect(paged()).toEqual([`call ${primary}`, `text ${primary}`]);
    const [called = "", texted = ""] = pager.pages.map(({ words }) => words);
    // Whoever is woken by a call hears it twice.
    expect(called).toBe(`${texted} ${texted}`);
    for (const { words, from } of pager.pages) {
      expect(words).toContain("Sign in to acknowledge.");
      expect(words).not.toMatch(/Robin|self-harm|RED|PHQ/);
      // Never the number that participants are texted from.
      expect(from).toBe("+12125550112");
    }
    const audit = await world.store.query("audit", `EP#${episodeId}`);
    expect(audit.items).toMatchObject([{ action: "on-call-paged" }]);
  });

  it.each([
    ["primary", primary],
    ["backup", backup],
    ["supervisor", supervisor],
  ] as const)(
    "is whom the program's tier names, whatever its number: the %s",
    async (pageTo, phone) => {
      await raise({ pageTier: 1, pageTo });
      await page(1);
      expect(paged()).toEqual([`call ${phone}`, `text ${phone}`]);
    },
  );

  const inRota = "+12125550119";
  it.each([
    ["2027-01-12T15:00:00.000Z", "2027-01-12T17:00:00.000Z", inRota],
    [tuesdayMorning, "2027-01-12T17:00:00.000Z", inRota],
    ["2027-01-12T15:00:00.000Z", tuesdayMorning, primary],
    ["2027-01-12T16:00:00.001Z", "2027-01-12T17:00:00.000Z", primary],
  ] as const)("is whom the rota names from %s until %s is over: %s", async (from, to, phone) => {
    const key = keys.site("riverside");
    const site = await world.store.get("care", key.pk, key.sk);
    if (site === undefined) throw new Error("There is no site");
    const { onCall } = site as unknown as Site;
    const shift = { ...onCall, primary: { ...onCall?.primary, phone: inRota }, from, to };
    await world.put({ ...site, rota: [shift] });
    await raise();
    await page();
    expect(paged()).toEqual([`call ${phone}`, `text ${phone}`]);
  });

  it("who stands in for two is rung once before the next person is", async () => {
    await raise();
    const key = keys.site("riverside");
    const site = await world.store.get("care", key.pk, key.sk);
    if (site === undefined) throw new Error("There is no site");
    const { onCall } = site as unknown as Site;
    if (onCall === undefined) throw new Error("Nobody is on call");
    await world.put({ ...site, onCall: { ...onCall, backup: onCall.primary } });
    pager.answerNext(refused, refused, refused, refused);
    await expect(page()).rejects.toThrow();
    expect(paged()).toEqual([
      `call ${primary}`,
      `text ${primary}`,
      `call ${supervisor}`,
      `text ${supervisor}`,
    ]);
  });

  it("is asked to read an alert that is to be read within the hour, and told nothing else", async () => {
    await raise({ tier: "YELLOW", readBy: "2027-01-12T17:00:00.000Z" });
    await page();
    for (const { words } of pager.pages) {
      expect(words).toContain("Sign in and read it within 60 minutes.");
      expect(words).not.toMatch(/Robin|self-harm|YELLOW|PHQ/);
    }
    const shown = await world.item(episodeId, alert.sk);
    expect(shown).toMatchObject({ pages: [{ to: ["avery-riverside"], outcome: "taken" }] });
  });

  it.each([
    ["refuses", refused],
    ["does not say whether it took", nobodyKnows],
    ["asks for fewer calls instead of taking", { outcome: "throttled" } as const],
  ])(
    "is passed over at once for the next person when the provider %s the page",
    async (_how, answer) => {
      await raise();
      pager.answerNext(answer, answer);
      expect(await page()).toEqual({ outcome: "paged", personsTried: 2 });
      expect(paged()).toEqual([
        `call ${primary}`,
        `text ${primary}`,
        `call ${backup}`,
        `text ${backup}`,
      ]);
    },
  );

  it("counts as paged when one of call and text is taken", async () => {
    await raise();
    pager.answerNext(refused, taken);
    expect((await page()).personsTried).toBe(1);
  });

  it("who is nobody's on any path leaves the alert in the queue, and the alarm goes off", async () => {
    await raise();
    pager.answerNext(...Array.from({ length: 6 }, () => refused));
    await expect(page()).rejects.toMatchObject({ name: "PageUndeliveredError", isRetryable: true });
    expect(paged()).toHaveLength(6);
    expect(paged()).toContain(`call ${supervisor}`);
    expect(errors).toEqual(["A page reached nobody; the alert stands in the queue"]);
    expect((await world.item(episodeId, alert.sk))?.status).toBe("open");
  });

  it("is the next tier's person first once the alert has moved on, and everybody after", async () => {
    await raise({ pageTier: 2, pageAttempt: 4 });
    pager.answerNext(refused, refused);
    await page(2, 4);
    expect(paged()[0]).toBe(`call ${supervisor}`);
    expect(paged()[2]).toBe(`call ${primary}`);
  });

  it("is paged again when the record of a page got lost, and not for a page of before", async () => {
    await raise();
    world.store.failNext("write-not-made");
    await page();
    expect(await page()).toEqual({ outcome: "not-needed", personsTried: 0 });
    expect(pager.pages).toHaveLength(2);
  });

  it("is left alone once somebody has spoken with the participant", async () => {
    await raise({ status: "contacted" });
    expect(await page()).toEqual({ outcome: "not-needed", personsTried: 0 });
    expect(pager.pages).toEqual([]);
  });
});
