import { beforeEach, describe, expect, it } from "vitest";
import type { Message } from "../../../shared/care/episode/message.ts";
import { addMinutes } from "../../../shared/care/time/instants.ts";
import { settleStaleClaim } from "../../../shared/sending/settle-messages.ts";
import { buildMessage } from "../../builders/message.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

let world: StaffWorld;
let handedOver: unknown[];
let message: Message;

async function having(more: Partial<Message>): Promise<void> {
  const { driverId: _driverId, ...unowned } = buildMessage();
  message = more.driverId === undefined ? { ...unowned, ...more } : buildMessage(more);
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({ episode: personAt("riverside", { status: "active" }), items: [message] });
}
beforeEach(() => {
  handedOver = [];
});

/** What the sweep does with an entry of its index, which may be older than the message is. */
const settle = () =>
  settleStaleClaim(
    {
      ...world.deps,
      functions: { run: async (name, payload) => void handedOver.push([name, payload]) },
    },
    { pk: `EP#${episodeId}`, sk: message.sk },
  );
const status = async () => (await world.item(episodeId, message.sk))?.status;

describe("a claim without an end", () => {
  it("is left to its sender for five minutes, whatever the index says", async () => {
    await having({ status: "CLAIMED", claimedAt: addMinutes(tuesdayMorning, -4) });
    expect(await settle()).toBe(false);
    expect(await status()).toBe("CLAIMED");
  });

  it("is not known to be sent after that: it is never sent again by itself", async () => {
    await having({ status: "CLAIMED", claimedAt: addMinutes(tuesdayMorning, -5) });
    expect(await settle()).toBe(true);
    expect(await status()).toBe("UNKNOWN");
    expect(handedOver).toEqual([]);
  });

  it("that was ended meanwhile is left as it ended", async () => {
    await having({ status: "ACCEPTED", claimedAt: addMinutes(tuesdayMorning, -60) });
    expect(await settle()).toBe(false);
    expect(await status()).toBe("ACCEPTED");
  });
});

describe("a message that no workflow run waits for", () => {
  it("is handed to the sender when it is due", async () => {
    await having({ status: "PLANNED", sendAt: tuesdayMorning });
    expect(await settle()).toBe(true);
    expect(handedOver).toEqual([
      ["send-message", { schemaVersion: 1, episodeId, messageSk: message.sk }],
    ]);
  });

  it("waits until then", async () => {
    await having({ status: "PLANNED", sendAt: addMinutes(tuesdayMorning, 1) });
    expect(await settle()).toBe(false);
    expect(handedOver).toEqual([]);
  });

  it("is left to the workflow run where it has one", async () => {
    await having({ status: "PLANNED", sendAt: tuesdayMorning, driverId: "intake-1" });
    expect(await settle()).toBe(false);
    expect(handedOver).toEqual([]);
  });
});
