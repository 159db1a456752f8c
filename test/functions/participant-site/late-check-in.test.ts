import { beforeEach, describe, expect, it } from "vitest";
import { publishFiles } from "../../../shared/publishing/publish-files.ts";
import { filesWith, shippedFiles } from "../../builders/program-files.ts";
import { SiteVisitor } from "../../fakes/site-visitor.ts";
import { SiteWorld } from "../../fakes/site-world.ts";

const firstRule = "  itemRules:\n";
/** The shipped program, in which an answer to the check-in's own questions can raise an alert. */
const files = {
  ...filesWith(
    "adult-iop/program.yaml",
    firstRule,
    `${firstRule}    - { instrumentId: phq-2, itemId: phq2-2, atLeast: 1, tier: RED, reason: "PHQ-2 item 2 was answered" }\n`,
  ).files,
  "instruments/phq-2.yaml": (shippedFiles["instruments/phq-2.yaml"] ?? "").replace(
    /(- itemId: phq2-2$[\s\S]*?safety: )false/m,
    "$1true",
  ),
};

let world: SiteWorld;
let episodeId: string;
/** Two devices on which the participant opened the same link. */
let phone: SiteVisitor;
let tablet: SiteVisitor;

beforeEach(async () => {
  world = await SiteWorld.start();
  // The one program that has a rule for the item.
  const own = Object.entries(files).filter(([path]) => !path.startsWith("sud-iop/"));
  const published = await publishFiles(world.deps, Object.fromEntries(own));
  if (!published.ok) throw new Error(JSON.stringify(published.findings));
  episodeId = await world.participant();
  const token = await world.openCheckIn(episodeId);
  phone = new SiteVisitor(world);
  tablet = new SiteVisitor(world);
  for (const device of [phone, tablet]) {
    await device.open(`/k/${token}`);
    await device.submit();
  }
  await phone.submit();
  for (let page = 0; page < 40 && phone.path !== "/check-in/check"; page += 1) {
    const name = phone.offered[0]?.name;
    const good = name === "confidence" ? "4" : name === "follow-up-attended" ? "yes" : undefined;
    const isYesNo = phone.offered.some(({ value }) => value === "yes");
    await phone.submit(name === undefined ? {} : { [name]: good ?? (isYesNo ? "no" : "0") });
    if (phone.status !== 200) throw new Error(phone.main);
  }
  await phone.submit();
});

const alerts = () => world.episodeItems(episodeId, "escalation");
const checkIn = async () => (await world.episodeItems(episodeId, "check-in"))[0];

describe("what comes after a check-in was sent, from a page that was still open", () => {
  it("an answer of danger raises the alert and shows help at once; what was recorded stays", async () => {
    const before = await checkIn();
    expect(await alerts()).toEqual([]);
    await tablet.post("/check-in/2", { "phq2-2": "3", key: world.deps.ids.next() });
    expect(tablet.status).toBe(200);
    expect(tablet.main).toContain('href="tel:988"');
    expect(await alerts()).toMatchObject([
      { tier: "RED", status: "open", confirmed: true, trigger: { source: "instrument", value: 3 } },
    ]);
    expect(await checkIn()).toMatchObject({ answers: before?.answers, action: "none" });
    // A second press raises no second alert.
    await tablet.post("/check-in/2", { "phq2-2": "3", key: world.deps.ids.next() });
    expect(tablet.main).toContain('href="tel:988"');
    expect(await alerts()).toHaveLength(1);
  });

  it("an answer of no danger changes nothing", async () => {
    const before = world.everything();
    await tablet.post("/check-in/2", { "phq2-2": "0", key: world.deps.ids.next() });
    expect(tablet.path).toBe("/check-in/done");
    expect(world.everything() === before).toBe(true);
  });

  it("words are kept, in front of a person, and screened for danger", async () => {
    await tablet.post("/check-in/send", {
      words: "My bus line ended, said cedarwood",
      key: world.deps.ids.next(),
    });
    expect(tablet.path).toBe("/check-in/done");
    const tasks = await world.episodeItems(episodeId, "task");
    const reading = tasks.filter(
      (task) => task.kind === "task" && task.taskKind === "inbound-reply",
    );
    expect(reading).toMatchObject([{ status: "open" }]);
    expect(JSON.stringify(world.store.all("identity"))).toContain("cedarwood");
    expect(await alerts()).toEqual([]);
    await tablet.post("/check-in/send", {
      words: "I want to kill myself",
      key: world.deps.ids.next(),
    });
    expect(tablet.main).toContain('href="tel:988"');
    expect(await alerts()).toMatchObject([{ tier: "RED", confirmed: false }]);
    expect((await checkIn())?.status).toBe("answered");
  });
});
