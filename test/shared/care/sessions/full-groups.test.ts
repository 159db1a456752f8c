import { describe, expect, it } from "vitest";
import {
  type GroupPlaces,
  limitedGroupsOf,
  refuseFull,
} from "../../../../shared/care/sessions/full-groups.ts";
import { firstTrackOf } from "../../../../shared/care/sessions/group-tracks.ts";
import { buildProgram } from "../../../builders/program.ts";

const group = (more: Partial<GroupPlaces> = {}): GroupPlaces => ({
  slot: "wed-skills",
  title: "Skills",
  on: "2027-01-13",
  taken: 8,
  capacity: 8,
  ...more,
});

describe("one more person in a group", () => {
  it("is refused where every place is taken, with the figures of each group that is full", () => {
    const full = refuseFull([group(), group({ title: "Process", taken: 9 })], undefined);
    expect(full?.sentence).toContain("“Skills” is full on 2027-01-13: 8 are expected");
    expect(full?.sentence).toContain("“Process” is full on 2027-01-13: 9 are expected");
    expect(full?.refused).toBe("not-now");
  });

  it("is no question where a place is left, nobody counts them, or a person has said so", () => {
    expect(refuseFull([group({ taken: 7 })], undefined)).toBeUndefined();
    expect(refuseFull([group({ capacity: undefined })], false)).toBeUndefined();
    expect(refuseFull([], undefined)).toBeUndefined();
    expect(refuseFull([group()], true)).toBeUndefined();
  });
});

describe("groups with a number of places", () => {
  const [slot] = buildProgram().sessions.filter((one) => one.slot === "wed-skills");
  if (slot === undefined) throw new Error("The program has no such group");
  const sessions = [
    { ...slot, capacity: 8, track: "evening" },
    { ...slot, slot: "wed-open", capacity: 20 },
    { ...slot, slot: "wed-any", track: "evening" },
    { ...slot, slot: "wed-alone", track: "evening", capacity: 1, modality: "individual" },
  ] as const;

  it("are those of a track, on their first day from a date on; visits of one person are none", () => {
    const on = (from: string) =>
      limitedGroupsOf(sessions, ["evening"], from).map((one) => [one.slot.slot, one.plannedOn]);
    expect(on("2027-01-11")).toEqual([["wed-skills", "2027-01-13"]]);
    expect(on("2027-01-13")).toEqual([["wed-skills", "2027-01-13"]]);
    expect(on("2027-01-14")).toEqual([["wed-skills", "2027-01-20"]]);
    expect(
      limitedGroupsOf(sessions, [undefined], "2027-01-11").map((one) => one.slot.slot),
    ).toEqual(["wed-open"]);
  });

  it("are those of the first track for whoever begins", () => {
    expect(firstTrackOf({})).toBeUndefined();
    expect(
      firstTrackOf({
        groupTracks: [
          { track: "day", title: "Days" },
          { track: "evening", title: "Evenings" },
        ],
      }),
    ).toBe("day");
  });
});
