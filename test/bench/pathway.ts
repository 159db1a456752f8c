import { MemoryWorld } from "../../local/in-memory/memory-world.ts";
import { cpuMilliseconds, type Figure } from "./measure.ts";
import { MemoryPerson, playPathway, publishIn } from "./memory-people.ts";

const peopleCount = 60;

/** Milliseconds per participant from referral to closing, on the real machines with the in-memory store. */
export async function pathwayFigures(): Promise<readonly Figure[]> {
  await timePathways(10);
  const { milliseconds, messages } = await timePathways(peopleCount);
  return [
    {
      name: "full pathway",
      value: milliseconds / peopleCount,
      unit: "ms/participant",
      target: 40,
      better: "less",
      note: `${peopleCount} people, ${Math.round(messages / peopleCount)} messages each, 5 % conflicts`,
    },
  ];
}

/** Plays so many people's whole pathway, in memory and without history. */
export async function timePathways(
  count: number,
): Promise<{ readonly milliseconds: number; readonly messages: number }> {
  const world = new MemoryWorld({ startAt: "2027-01-04T14:00:00.000Z" });
  await publishIn(world);
  const people = Array.from({ length: count }, (_, index) => new MemoryPerson(world, index));
  const startedAt = cpuMilliseconds();
  await playPathway(world, people);
  const milliseconds = cpuMilliseconds() - startedAt;
  for (const person of people) {
    const { status } = await person.episode();
    if (status !== "closed") throw new Error(`A pathway of the benchmark ended as ${status}`);
  }
  return { milliseconds, messages: world.sent.length };
}
