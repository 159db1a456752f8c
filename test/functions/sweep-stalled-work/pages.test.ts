import { describe, expect, it } from "vitest";
import {
  type SweepDeps,
  sweepStalledWork,
} from "../../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { MemoryStore } from "../../../shared/store/memory/memory-store.ts";
import { outboxItem } from "../../../shared/store/outbox-item.ts";

const now = "2027-01-12T16:00:00.000Z";

describe("the sweep of a site with much stalled work", () => {
  it("looks at everything that is due, although the first hundred fail every time", async () => {
    const store = new MemoryStore({ conflictRate: 0 });
    await store.transact([
      {
        put: {
          table: "care",
          item: { ...keys.siteList(), schemaVersion: 1, version: 1, siteIds: ["riverside"] },
        },
      },
    ]);
    const owed = 900;
    for (let index = 0; index < owed; index += 1) {
      const effectId = String(index).padStart(6, "0");
      const item = outboxItem({
        pk: "EP#01JHEP000000000000000000E1",
        siteId: "riverside",
        effectId,
        effect: { kind: "send", episodeId: "01JHEP000000000000000000E1", messageSk: "MSG#x" },
        now: "2027-01-12T15:00:00.000Z",
      });
      await store.transact([{ put: { table: "care", item } }]);
    }
    const failed = new Set<string>();
    const deps = {
      store,
      clock: { now: () => now },
      functions: {
        run: async () => {
          throw new Error("the function cannot be called");
        },
      },
      logger: {
        info: () => {},
        warn: () => {},
        error: (_sentence: string, fields?: { readonly effectKey?: unknown }) =>
          void failed.add(String(fields?.effectKey)),
      },
    } as unknown as SweepDeps;
    const counts = await sweepStalledWork(deps);
    expect(failed.size).toBe(owed);
    expect(counts.failures).toBe(owed);
  });
});
