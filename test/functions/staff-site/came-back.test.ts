import { expect, it } from "vitest";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "taylor-riverside";
const path = `/staff/episodes/${episodeId}?referral=added`;
const next = "01JHTEST0000000000000000N1";

it("says of somebody who is referred again after the program that they go on in a new record, and leads to it", async () => {
  const world = await StaffWorld.create(tuesdayMorning);
  const read = async (of: Parameters<typeof personAt>[1]) => {
    await world.add({ episode: personAt("riverside", { ...of, admittedOn: "2026-10-02" }) });
    return (await world.page(as, path)).html;
  };
  expect(await read({ status: "active" })).toContain("What it says is being added to this record.");
  const before = await read({ status: "aftercare" });
  expect(before).toContain("The earlier care of this record is over");
  expect(before).not.toContain("being added to this record");
  const after = await read({
    status: "aftercare",
    others: [{ episodeId: next, how: "later", at: tuesdayMorning }],
  });
  expect(after).toContain(`<a href="/staff/episodes/${next}">a new record</a>`);
});
