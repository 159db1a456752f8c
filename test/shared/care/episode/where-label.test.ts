import { describe, expect, it } from "vitest";
import { whereLabel } from "../../../../shared/care/episode/where-label.ts";

describe("where somebody is, as staff read it", () => {
  it.each([
    [{ status: "active", week: 3 }, "In the program, week 3"],
    [{ status: "discharge-planning", week: 6 }, "Planning discharge, week 6"],
    [
      { status: "discharge-planning", week: 2, disposition: "transfer-up" },
      "Planning a step up, week 2",
    ],
    [
      { status: "discharge-planning", week: 5, disposition: "transfer-down" },
      "Planning a step down, week 5",
    ],
    [{ status: "discharged", week: 2, disposition: "transfer-up" }, "Discharged"],
    [{ status: "aftercare", week: 6, disposition: "completed" }, "In aftercare"],
    [{ status: "discharged", week: 2, disposition: "deceased" }, "Died"],
    [{ status: "closed", disposition: "deceased" }, "Died"],
  ] as const)("%j is %s", (episode, label) => {
    expect(whereLabel(episode)).toBe(label);
  });
});
