import { createCareAdapters } from "../../shared/aws/care-adapters.ts";
import { careEnvironmentSchema } from "../../shared/aws/environment.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { VirtualClock } from "../clock/virtual-clock.ts";
import type { World } from "../world/world.ts";
import { demoPeople } from "./demo/demo-people.ts";
import { DemoStory } from "./demo/demo-story.ts";
import { QuickWorld } from "./demo/quick-world.ts";
import { seedFoundation } from "./seed-foundation.ts";

/**
 * Fills an empty world with fictional people at different points of the pathway. Their stories are
 * played through the real API, functions and state machines, in memory and in seconds; then the store is
 * copied and every run is put back to work. Time begins over a year in the past and ends at the
 * instant at which this was called.
 */
export async function seedDemo(parts: {
  readonly url: string;
  readonly world: World;
  readonly clock: VirtualClock;
  readonly say: (sentence: string) => void;
}): Promise<void> {
  const { url, clock, say } = parts;
  const endsAtMs = clock.nowEpochMs();
  const isFlowing = !clock.isFrozen;
  clock.freeze();
  say(`Playing the stories of ${demoPeople.length} fictional people, from a year ago to now`);
  await clock.rehearse(async () => {
    try {
      const quick = new QuickWorld({ clock, environment: process.env, report: say });
      await seedFoundation(quick.deps);
      await new DemoStory({ world: quick, clock, people: demoPeople, endsAtMs, say }).play();
      say("Writing down what happened");
      const { store } = createCareAdapters(
        careEnvironmentSchema.parse(process.env),
        workflowReviews,
      );
      await quick.store.copyTo(store);
      await putBackToWork(url);
    } finally {
      clock.advanceTo(endsAtMs);
      if (isFlowing) clock.release();
    }
  });
}

/** What `throughcare doctor --rebuild` does: the executions of the story ended with it. */
async function putBackToWork(url: string): Promise<void> {
  const answer = await fetch(`${url}/_local/doctor`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ rebuild: true }),
  });
  if (!answer.ok)
    throw new Error(`The demonstration could not be put to work: ${await answer.text()}`);
}
