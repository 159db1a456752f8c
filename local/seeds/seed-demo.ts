import type { VirtualClock } from "../clock/virtual-clock.ts";
import type { World } from "../world/world.ts";
import { LocalClient } from "./demo/local-client.ts";

/**
 * Fills an empty world with fictional people at different points of the pathway, by driving the server
 * as its callers do. Time begins in the past and ends at the instant at which it was called.
 */
export async function seedDemo(parts: {
  readonly url: string;
  readonly world: World;
  readonly clock: VirtualClock;
  readonly say: (sentence: string) => void;
}): Promise<void> {
  const client = new LocalClient(parts.url);
  parts.say("Filling the demonstration with fictional people");
  await client.post("/api/v1/intakes", {
    programId: "adult-iop",
    siteId: "riverside",
    source: "self",
    participant: {
      name: { given: "Alex", family: "Rivera (fictional)" },
      birthDate: "1990-05-31",
      phone: "+12125550130",
      email: "alex.rivera@example.org",
      language: "en",
    },
    consents: { sms: true, email: true, voicemail: true },
  });
  await parts.world.settle();
}
