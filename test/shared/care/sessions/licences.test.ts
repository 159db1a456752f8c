import { describe, expect, it } from "vitest";
import type { GroupChange } from "../../../../shared/care/program/group-change.ts";
import type { SessionSlot } from "../../../../shared/care/program/program.ts";
import type { Site } from "../../../../shared/care/program/site.ts";
import { stateNames } from "../../../../shared/care/program/us-states.ts";
import {
  licenceOfGroups,
  licensedIn,
  outsideLicence,
} from "../../../../shared/care/sessions/licences.ts";

const riverside = {
  state: "NY",
  licences: [
    { staffId: "avery", states: ["NJ", "NY"] },
    { staffId: "robin", states: [] },
  ],
};

describe("where a member of staff is licensed", () => {
  it("is what is recorded, and where the site is while nothing is", () => {
    expect(licensedIn(riverside, "avery")).toEqual(["NJ", "NY"]);
    expect(licensedIn(riverside, "casey")).toEqual(["NY"]);
    expect(licensedIn({}, "casey")).toBeUndefined();
  });
});

describe("a licence", () => {
  it("says nothing where it counts, where nobody leads, and where nobody knows where the person is", () => {
    expect(outsideLicence(riverside, "avery", "NJ")).toBeUndefined();
    expect(outsideLicence(riverside, "casey", "NY")).toBeUndefined();
    expect(outsideLicence(riverside, undefined, "NJ")).toBeUndefined();
    expect(outsideLicence(riverside, "casey", undefined)).toBeUndefined();
  });

  it("says of whoever is in another state where it counts, and where they are", () => {
    expect(outsideLicence(riverside, "avery", "CA")).toBe(
      "{staff:avery} is licensed in New Jersey and New York, and the person is in California at that time.",
    );
    expect(outsideLicence(riverside, "casey", "CA", "somebody who is expected")).toBe(
      "{staff:casey} is licensed in New York, and somebody who is expected is in California at that time.",
    );
  });

  it("says that none is on record of whoever has none, and where nobody has said where the site is", () => {
    for (const site of [riverside, {}])
      expect(outsideLicence(site, "robin", "NY")).toBe(
        "No licence of {staff:robin} is on record, and the person is in New York at that time.",
      );
  });
});

describe("groups that somebody is to come to", () => {
  const group = (slot: string): SessionSlot => ({
    slot,
    dayOfWeek: 4,
    startTime: "17:30",
    durationMinutes: 90,
    modality: "group",
    title: slot === "thu-evening" ? "Evening group" : "Late group",
    everyWeeks: 1,
  });
  const groups = ["thu-evening", "thu-late"].map((slot) => ({
    slot: group(slot),
    plannedOn: "2027-01-14",
  }));
  const change = {
    changeId: "one",
    by: "taylor",
    at: "2027-01-11T15:00:00.000Z",
    programId: "adult-iop",
    andFollowing: true,
    words: "",
  };
  const led = ["thu-evening", "thu-late"].map((slot) => ({
    ...change,
    slot,
    from: "2027-01-14",
    leaderId: "casey",
  }));
  const online = {
    ...change,
    slot: "thu-late",
    from: "2027-01-28",
    place: { onlineAddress: "https://meet.example.org/late" },
  };
  const site = { ...riverside, timeZone: "America/New_York", closures: [] as Site["closures"] };
  const said = (groupChanges: readonly GroupChange[], state?: string, closures = site.closures) =>
    licenceOfGroups({ ...site, closures, groupChanges }, "adult-iop", groups, state);

  it("are looked at from the first day on, and only where they are online", () => {
    expect(said(led, "NJ")).toBeUndefined();
    expect(said([...led, online], "NY")).toBeUndefined();
    expect(said([...led, online])).toBeUndefined();
    expect(said([...led, online], "NJ")).toBe(
      "“Late group” on 2027-01-28 is online. {staff:casey} is licensed in New York, and the person is in New Jersey at that time.",
    );
  });

  it("are looked at on a day on which the whole site is online, and not on one that is closed", () => {
    const day = { on: "2027-01-21", words: "Heating out" };
    expect(said(led, "NJ", [day])).toBeUndefined();
    expect(said(led, "NJ", [{ ...day, onlineAddress: "https://meet.example.org/day" }])).toContain(
      "“Evening group” on 2027-01-21 is online.",
    );
  });
});

describe("states in words", () => {
  it("are named by their codes; what is no state stands as it is", () => {
    expect(stateNames(["DC"])).toBe("District of Columbia");
    expect(stateNames(["CT", "NJ", "NY"])).toBe("Connecticut, New Jersey and New York");
    expect(stateNames(["XX"])).toBe("XX");
    expect(stateNames([])).toBe("");
  });
});
