import { describe, expect, it } from "vitest";
import { carryOutOutbox } from "../../../functions/carry-out-effects/carry-out-effects.ts";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { streamEvent } from "../../../local/in-memory/stream-event.ts";
import { streamEventSchema } from "../../../shared/contracts/stream-event.ts";
import { StoreUnavailableError } from "../../../shared/errors/store-unavailable-error.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { type OwedOutboxEntry, outboxItem } from "../../../shared/store/outbox-item.ts";
import { buildMessage } from "../../builders/message.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const { pk } = keys.episode(episodeId);

/** Three messages that are owed, as a commit leaves them, and the batch that tells the function of them. */
async function owed(last: readonly OwedOutboxEntry[] = []) {
  const world = await StaffWorld.create(tuesdayMorning);
  const messages = ["w1", "w2", "w3"].map((occurrence) => buildMessage({ occurrence }));
  await world.add({ episode: personAt("riverside", { status: "active" }), items: messages });
  const sends = messages.map(({ sk }) => ({ kind: "send", episodeId, messageSk: sk }) as const);
  const items = [...sends, ...last].map((effect) =>
    outboxItem({
      pk,
      siteId: "riverside",
      effectId: world.deps.ids.next(),
      effect,
      now: tuesdayMorning,
    }),
  );
  for (const item of items) await world.put(item);
  const { Records } = streamEventSchema.parse(
    streamEvent(
      items.map((item) => ({
        table: "care",
        eventName: "INSERT",
        keys: { pk: item.pk, sk: item.sk },
        newImage: item,
      })),
    ),
  );
  const functions = new MemoryFunctionRunner();
  const errors: string[] = [];
  const carryOut = (store = world.store as typeof world.deps.store) =>
    carryOutOutbox(
      {
        ...world.deps,
        store,
        runner: new MemoryWorkflowRunner(),
        functions,
        logger: { info: () => {}, warn: () => {}, error: (sentence) => void errors.push(sentence) },
      },
      Records,
    );
  const left = async () =>
    (await world.store.query("care", pk, { skPrefix: "EFFECT#" })).items.length;
  return { world, items, carryOut, functions, errors, left };
}

describe("an outbox entry that could not be carried out", () => {
  it("is handed back to the stream, that one alone, and is carried out when it comes again", async () => {
    const { world, items, carryOut, functions, errors, left } = await owed();
    const failing = items[1]?.sk;
    const { store } = world;
    const broken = {
      get: async (...asked: Parameters<typeof store.get>) => {
        if (asked[2] === failing) throw new StoreUnavailableError("The store did not answer");
        return store.get(...asked);
      },
      getMany: store.getMany.bind(store),
      query: store.query.bind(store),
      queryIndex: store.queryIndex.bind(store),
      transact: store.transact.bind(store),
    };
    expect(await carryOut(broken)).toEqual({ batchItemFailures: [{ itemIdentifier: "2" }] });
    expect(errors).toEqual(["An outbox entry could not be carried out"]);
    expect(functions.calls).toHaveLength(2);
    expect(await left()).toBe(1);
    // The whole batch is given again: what was done is not done twice.
    expect(await carryOut()).toEqual({ batchItemFailures: [] });
    expect(functions.calls).toHaveLength(3);
    expect(await left()).toBe(0);
  });

  it("is one whose function could not be called: nothing that is owed is forgotten", async () => {
    const { carryOut, functions, left } = await owed();
    const run = functions.run.bind(functions);
    functions.run = async () => {
      throw new Error("no such function");
    };
    expect((await carryOut()).batchItemFailures).toHaveLength(3);
    expect(await left()).toBe(3);
    functions.run = run;
    expect((await carryOut()).batchItemFailures).toEqual([]);
  });
});

describe("a page among what is owed", () => {
  it("is made first, however late in the batch it stands", async () => {
    const page = { kind: "page", episodeId, escalationSk: "ESC#one", tier: 0, attempt: 0 } as const;
    const { carryOut, functions } = await owed([page]);
    expect(await carryOut()).toEqual({ batchItemFailures: [] });
    expect(functions.calls.map(({ functionName }) => functionName)).toEqual([
      "page-on-call",
      "send-message",
      "send-message",
      "send-message",
    ]);
  });
});
