import { beforeEach, describe, expect, it } from "vitest";
import { publishFiles } from "../../shared/publishing/publish-files.ts";
import { filesWith } from "../builders/program-files.ts";
import { Life } from "./life.ts";
import { type StaffCalls, taylor } from "./staff-calls.ts";

const names = ["Tobias", "Keisha", "Marisol"];

/** A program with mornings and evenings on Thursday; the evening group has two places. */
async function publishEvenings(life: Life): Promise<void> {
  const { files } = filesWith(
    "adult-iop/program.yaml",
    "sessions:\n",
    "groupTracks: [{ track: day, title: Days }, { track: evening, title: Evenings }]\nsessions:\n",
  );
  const evening = `  - slot: thu-evening
    track: evening
    capacity: 2
    dayOfWeek: 4
    startTime: "17:30"
    durationMinutes: 180
    modality: group
    title: Evening group
    everyWeeks: 1
  - slot: thu-individual
`;
  const published = await publishFiles(life.world.deps, {
    ...files,
    "adult-iop/program.yaml": (files["adult-iop/program.yaml"] ?? "")
      .replace("slot: thu-group\n", "slot: thu-group\n    track: day\n")
      .replace("  - slot: thu-individual\n", evening),
  });
  expect(published).toMatchObject({ ok: true });
}

let life: Life;
let staff: StaffCalls;
let people: string[];
/** Three people are admitted on Monday, to the mornings. */
beforeEach(async () => {
  life = new Life("2027-01-11 08:30");
  await life.start();
  await publishEvenings(life);
  staff = life.staff;
  people = [];
  for (const [index, given] of names.entries()) {
    const hour = String(9 + index).padStart(2, "0");
    await life.until(`2027-01-11 ${hour}:00`);
    await life.refer({
      participant: {
        name: { given, family: "Marrow" },
        birthDate: "1988-02-03",
        phone: `+1212555016${index + 2}`,
        phoneKind: "own",
        email: `${given.toLowerCase()}@example.org`,
        language: "en-US",
      },
    });
    await life.until(`2027-01-11 ${hour}:45`);
    await life.answerForm("ask-forms", 2);
    await life.until(`2027-01-11 ${hour}:50`);
    await life.decide("admission-approval");
    await life.until(`2027-01-11 ${hour}:55`);
    people.push(life.episodeId);
  }
});

const toEvenings = (episodeId: string, more: Readonly<Record<string, unknown>> = {}) =>
  staff.call(taylor, "POST", `/episodes/${episodeId}/group-track`, {
    track: "evening",
    from: "2027-01-12",
    reason: "Works in the morning now",
    ...more,
  });
const rosterOf = async (slot: string) => {
  const { items } = await staff.ok(
    taylor,
    "GET",
    `/sessions/riverside:adult-iop:2027-01-14:${slot}/roster`,
  );
  return (items as readonly { readonly episodeId: string }[]).map(({ episodeId }) => episodeId);
};

/** How the tasks stand by which a place in a group was offered to somebody. */
const offersTo = async (episodeId: string) => {
  const { items } = await staff.ok(taylor, "GET", `/episodes/${episodeId}/tasks`);
  return (items as readonly Readonly<Record<string, unknown>>[])
    .filter(({ taskKind }) => taskKind === "group-place")
    .map(({ status }) => status);
};

describe("people who are moved from the morning to the evening track", () => {
  it("are told the first evening and reminded of it, leave the morning's roster, and stop where the group is full", async () => {
    const [one = "", two = "", three = ""] = people;
    await life.until("2027-01-11 13:00");
    for (const episodeId of [one, two]) expect((await toEvenings(episodeId)).status).toBe(200);
    const full = await toEvenings(three);
    expect(full.status).toBe(409);
    expect(JSON.stringify(full.body)).toContain("2 are expected, and it has 2 places");
    const waits = await staff.call(taylor, "POST", `/episodes/${three}/group-waits`, {
      track: "evening",
      reason: "Works in the morning now",
    });
    expect(waits.status).toBe(200);
    await life.until("2027-01-11 13:05");
    expect((await rosterOf("thu-evening")).toSorted()).toEqual([one, two].toSorted());
    expect(await rosterOf("thu-group")).toEqual([three]);
    const told = life.world.sent.filter(({ text }) => text.includes("January 14, 5:30 PM"));
    expect(told.length).toBeGreaterThanOrEqual(2);
    expect(await offersTo(three)).toEqual([]);
    // Somebody goes back: the place is offered to the one who was told no, and kept for them.
    const back = await staff.call(taylor, "POST", `/episodes/${one}/group-track`, {
      track: "day",
      from: "2027-01-13",
      reason: "Works in the evening again",
    });
    expect(back.status).toBe(200);
    await life.until("2027-01-11 13:07");
    expect(await offersTo(three)).toEqual(["open"]);
    await life.until("2027-01-11 16:00");
    expect(await offersTo(three)).toEqual(["open"]);
    expect((await toEvenings(three, { from: "2027-01-13" })).status).toBe(200);
    expect((await rosterOf("thu-evening")).toSorted()).toEqual([two, three].toSorted());
    expect(await rosterOf("thu-group")).toEqual([one]);
    expect(await offersTo(three)).toEqual(["done"]);
    expect(life.world.problems).toEqual([]);
  });
});
