import { MemoryWorld } from "../../local/in-memory/memory-world.ts";
import { publishFiles } from "../../shared/publishing/publish-files.ts";
import { findStaff } from "../../shared/staff/staff-member.ts";
import { moveToVersionOnce, previewMove } from "../../workflows/run/commands/version-commands.ts";
import { filesWith } from "../builders/program-files.ts";
import type { Figure } from "./measure.ts";
import { MemoryPerson, publishIn } from "./memory-people.ts";

const people = 1000;

/** How long it takes to look at what a version changes for so many people, and to move them, one after the other. */
export async function migrationFigure(): Promise<Figure> {
  const world = new MemoryWorld({ startAt: "2027-01-04T14:00:00.000Z" });
  await publishIn(world);
  const referred: MemoryPerson[] = [];
  for (let number = 0; number < people; number += 1) {
    // Away from the numbers of the sites themselves.
    const person = new MemoryPerson(world, 1000 + number);
    await person.refer();
    referred.push(person);
  }
  const { files } = filesWith(
    "adult-iop/program.yaml",
    "offsetMinutes: 1440",
    "offsetMinutes: 2160",
  );
  const published = await publishFiles(world.deps, files);
  const staff = await findStaff(world.store, "taylor-riverside");
  if (!published.ok || staff === undefined) throw new Error("Nothing to move to, or nobody to");
  const { staffId, functions } = staff;
  const actor = { kind: "staff", staffId, functions } as const;
  const startedAt = performance.now();
  for (const [index, { episodeId }] of referred.entries()) {
    const look = await previewMove(world.deps, actor, episodeId, 2);
    if (!look.isPossible) throw new Error(look.why);
    const path = `/api/v1/episodes/${episodeId}/program-version`;
    const key = `move-${String(index).padStart(6, "0")}`;
    const request = { scope: staffId, key, method: "POST", path, body: "{}" };
    const body = { version: 2, reason: "Reminders come later" };
    await moveToVersionOnce(world.deps, { staff, actor, request }, episodeId, body);
  }
  await world.settle();
  const seconds = (performance.now() - startedAt) / 1000;
  for (const person of referred)
    if ((await person.episode()).programVersion !== 2) throw new Error("Somebody was not moved");
  return {
    name: "moving people to a new version",
    value: seconds,
    unit: "s",
    target: 60,
    better: "less",
    note: `${people} people looked at and moved, in memory`,
  };
}
