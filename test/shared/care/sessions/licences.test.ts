import { describe, expect, it } from "vitest";
import { stateNames } from "../../../../shared/care/program/us-states.ts";
import { licensedIn, outsideLicence } from "../../../../shared/care/sessions/licences.ts";

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

describe("states in words", () => {
  it("are named by their codes; what is no state stands as it is", () => {
    expect(stateNames(["DC"])).toBe("District of Columbia");
    expect(stateNames(["CT", "NJ", "NY"])).toBe("Connecticut, New Jersey and New York");
    expect(stateNames(["XX"])).toBe("XX");
    expect(stateNames([])).toBe("");
  });
});
