import { expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { buildTask, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const casey = "casey-riverside";
const others = ["B2", "B3"].map((end) => `01JHTEST0000000000000000${end}`);

/** Somebody of whom it is asked whether they are either of two others on record, the second one at another site. */
async function worldOfThree(secondSite: "riverside" | "mesa"): Promise<StaffWorld> {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", {
      reference: "TC-0001",
      createdAt: "2027-01-12T14:00:00.000Z",
    }),
    items: others.map((id, index) =>
      buildTask({
        sk: `TASK#same-person#${id}`,
        taskId: `01JHTEST0000000000000000T${index}`,
        taskKind: "same-person",
        words: "Somebody who is on record here has the same phone number. Look at both.",
        about: { type: "episode", id },
        evidence: { sameAre: "phone number" },
      }),
    ),
    given: "Robin",
    family: "Okafor",
  });
  for (const [index, id] of others.entries())
    await world.add({
      episode: personAt(index === 0 ? "riverside" : secondSite, {
        episodeId: id,
        participantId: `01JHTEST0000000000000000P${index + 5}`,
        reference: `TC-100${index}`,
        createdAt: `2026-11-0${index + 3}T14:00:00.000Z`,
      }),
      items: [],
      given: ["Robyn", "Rosa"][index] ?? "",
      family: "Okafor",
    });
  return world;
}

const text = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

it("each “Same person?” on the list says of which two records it asks, by name, reference and day", async () => {
  const world = await worldOfThree("riverside");
  const list = text((await world.page(casey, "/staff?tab=work")).html);
  for (const other of ["Robyn O. (TC-1000, referred Nov 3)", "Rosa O. (TC-1001, referred Nov 4)"])
    expect(list).toContain(
      `Same person? ${other} has the same phone number as this record (TC-0001, referred Jan 12). Look at both.`,
    );
  const beside = await world.page(
    casey,
    "/staff/tasks/01JHTEST0000000000000000T0?back=work-all-1-1",
  );
  expect(text(beside.html)).toContain("Same person? Rosa O., TC-1001");
});

it("names no record of a site that the reader does not have", async () => {
  const world = await worldOfThree("mesa");
  const list = text((await world.page(casey, "/staff?tab=work")).html);
  expect(list).toContain("Robyn O. (TC-1000");
  expect(list).toContain("Somebody who is on record here has the same phone number. Look at both.");
  expect(list).not.toMatch(/Rosa|TC-1001/);
});

it("an other record that is gone takes nothing from the list", async () => {
  const world = await worldOfThree("riverside");
  const { pk, sk } = keys.episode(others[1] ?? "");
  await world.store.transact([{ delete: { table: "care", pk, sk } }]);
  const list = text((await world.page(casey, "/staff?tab=work")).html);
  expect(list).toContain("Robyn O. (TC-1000");
  expect(list).toContain("Somebody who is on record here has the same phone number. Look at both.");
});
