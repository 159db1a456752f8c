import { describe, expect, it } from "vitest";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "casey-riverside";

/** The card as it is read, of somebody who went on leave by the form of their page. */
async function standing(expectedReturnOn: string): Promise<string> {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-08", week: 1 }),
  });
  const path = `/staff/episodes/${episodeId}`;
  const before = cardOf((await world.page(as, path)).html);
  expect(before).not.toContain("Back expected");
  const hold = { kind: "family", contactKeptBy: as, reason: "Her mother is ill" };
  const held = await world.call(as, "POST", `/episodes/${episodeId}/hold`, {
    ...hold,
    ...(expectedReturnOn === "" ? {} : { expectedReturnOn }),
  });
  expect(held.status).toBe(200);
  return cardOf((await world.page(as, path)).html);
}

function cardOf(html: string): string {
  const text = html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
  return text.slice(
    text.indexOf("Where they stand"),
    text.indexOf("Asked in the room", text.indexOf("Where they stand")),
  );
}

describe("where somebody on leave stands", () => {
  it("says since when they are away, and on which day they are expected back", async () => {
    expect(await standing("2027-01-20")).toContain(
      "On leave family, since Jan 12, 2027, contact kept by Casey Morgan (fictional) Back expected Jan 20, 2027",
    );
  });

  it("says so where nobody knows the day", async () => {
    expect(await standing("")).toContain("Back expected no day is known");
  });
});
