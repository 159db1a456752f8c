import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHmacSecrets } from "../../../shared/aws/secrets/hmac-secrets.ts";
import {
  keys,
  queuePartition,
  workKinds,
  workPartition,
  workPartitions,
} from "../../../shared/keys/keys.ts";
import type { Store, StoredItem } from "../../../shared/ports/store.ts";
import { storedItem } from "../../../shared/store/episode-forms.ts";
import { outboxItem } from "../../../shared/store/outbox-item.ts";
import { buildSession } from "../../builders/attendance.ts";
import { buildTask } from "../../builders/state.ts";
import { storeKinds, type TestStore, write } from "../../fakes/test-stores.ts";

const secrets = createHmacSecrets({
  linkSecret: "a secret of a test that is long enough",
  contactSecret: "a contact secret of a test, long enough",
});
const siteId = "river-street";
const now = "2026-03-02T15:00:00.000Z";

function stored(
  key: { readonly pk: string; readonly sk: string },
  attributes: Readonly<Record<string, unknown>>,
): StoredItem {
  return { schemaVersion: 1, ...attributes, ...key };
}

describe.each(["memory", "dynamodb"] as const)("access patterns of the %s store", (kind) => {
  let running: TestStore;
  let store: Store;
  beforeAll(async () => {
    running = await storeKinds[kind]();
    store = running.store;
  });
  afterAll(() => running.stop());

  async function put(...items: readonly StoredItem[]): Promise<void> {
    await write(store, ...items.map((item) => ({ put: { table: "care" as const, item } })));
  }

  it.each(["task", "message", "session", "escalation", "check-in", "document"])(
    "id → key: a %s is found by its id alone, and then read by its key",
    async (what) => {
      const key = keys.episodeItem("E1", `${what.toUpperCase()}#1`);
      await put(stored(key, { id: `01-${what}`, kind: what, version: 4 }));
      const { items } = await store.queryIndex("byId", `01-${what}`);
      expect(items).toHaveLength(1);
      const found = items[0];
      expect(await store.get("care", found?.pk ?? "", found?.sk ?? "")).toMatchObject({
        kind: what,
        version: 4,
      });
    },
  );

  it.each(workKinds)(
    "due work: %s items come by site, kind and shard, in order of time, up to now",
    async (work) => {
      const ids = Array.from({ length: 24 }, (_, index) => `${work}-${index}`);
      const dueAt = (index: number) => `2026-03-02T${String(index).padStart(2, "0")}:00:00.000Z`;
      const items = ids.map((id, index) =>
        stored(keys.episodeItem(`E-${work}`, id), {
          workPartition: workPartition(siteId, work, id),
          workAt: dueAt(index),
        }),
      );
      await put(...items);
      await put(
        stored(keys.episodeItem(`E-${work}`, "elsewhere"), {
          workPartition: workPartition("hill-road", work, "x"),
          workAt: dueAt(0),
        }),
      );
      const shards = await Promise.all(
        workPartitions(siteId, work).map((partition) =>
          store.queryIndex("byWork", partition, { to: now }),
        ),
      );
      for (const { items: due } of shards) {
        const times = due.map(({ workAt }) => String(workAt));
        expect(times).toEqual(times.toSorted());
      }
      const found = shards.flatMap(({ items: due }) => due.map(({ sk }) => sk));
      expect(found.toSorted()).toEqual(ids.slice(0, 16).toSorted());
      expect(shards.filter(({ items: due }) => due.length > 0).length).toBeGreaterThan(1);
    },
  );

  it("due work: an outbox entry that was carried out is not in the index any more", async () => {
    const entry = outboxItem({
      pk: keys.episode("E2").pk,
      siteId: "lake-view",
      effectId: "01EFFECT",
      effect: { kind: "send", episodeId: "E2", messageSk: "MSG#1" },
      now,
    });
    await put(entry);
    const partition = workPartition("lake-view", "effect", "01EFFECT");
    expect((await store.queryIndex("byWork", partition)).items).toEqual([entry]);
    await write(store, { delete: { table: "care", pk: entry.pk, sk: entry.sk } });
    expect((await store.queryIndex("byWork", partition)).items).toEqual([]);
  });

  it("due work: a session is listed until its attendance is marked, its task until it is done", async () => {
    const owner = { episodeId: "E11", siteId: "oak-hill" };
    const session = buildSession({ scheduledStartAt: "2026-03-02T14:00:00.000Z" });
    const task = buildTask({
      taskKind: "mark-attendance",
      assignedFunction: "group-leader",
      dueAt: "2026-03-02T14:45:00.000Z",
    });
    const list = async () => {
      const shards = await Promise.all(
        (["attendance", "owed"] as const)
          .flatMap((kind) => workPartitions("oak-hill", kind))
          .map((partition) => store.queryIndex("byWork", partition)),
      );
      return Object.fromEntries(
        shards.flatMap(({ items }) => items.map(({ sk, workAt }) => [sk, workAt])),
      );
    };
    await put(storedItem(owner, session), storedItem(owner, task));
    expect(await list()).toEqual({
      [session.sk]: "2026-03-02T14:20:00.000Z",
      [task.sk]: "2026-03-02T14:45:00.000Z",
    });
    await put(
      storedItem(owner, { ...session, status: "closed" }),
      storedItem(owner, { ...task, status: "done" }),
    );
    expect(await list()).toEqual({});
  });

  it("queue tab: tasks come by site and tab, by priority and then by time, page by page", async () => {
    const ranks = [
      "2#2026-03-02T09#d",
      "0#2026-03-02T18#a",
      "1#2026-03-02T07#b",
      "1#2026-03-02T08#c",
    ];
    const partition = queuePartition(siteId, "approvals");
    await put(
      ...ranks.map((queueRank) =>
        stored(keys.episodeItem("E3", `TASK#${queueRank}`), {
          queuePartition: partition,
          queueRank,
        }),
      ),
      stored(keys.episodeItem("E3", "TASK#other-tab"), {
        queuePartition: queuePartition(siteId, "done"),
        queueRank: "0",
      }),
    );
    const first = await store.queryIndex("byQueue", partition, { limit: 3 });
    const second = await store.queryIndex("byQueue", partition, {
      limit: 3,
      after: first.next ?? "",
    });
    const seen = [...first.items, ...second.items].map(({ queueRank }) => queueRank);
    expect(seen).toEqual([ranks[1], ranks[2], ranks[3], ranks[0]]);
    expect(second.next).toBeUndefined();
  });

  it("phone or email → contact point: by keyed hash, there at once, with the episodes that share it", async () => {
    const hash = secrets.contactPointId("+12025550143");
    const intake = (episodeId: string) =>
      write(
        store,
        {
          put: {
            table: "care",
            item: stored(keys.episode(episodeId), { version: 1 }),
            condition: { kind: "absent" },
          },
        },
        {
          add: {
            table: "care",
            ...keys.contactPoint(hash),
            attribute: "version",
            by: 1,
            set: { siteId },
          },
        },
        {
          put: {
            table: "care",
            item: stored(keys.contactPointEpisode(hash, episodeId), { episodeId }),
          },
        },
        {
          put: { table: "identity", item: stored(keys.address(hash), { address: "+12025550143" }) },
        },
      );
    await intake("E4");
    await intake("E5");
    const again = secrets.contactPointId("+12025550143");
    const { items } = await store.query("care", keys.contactPoint(again).pk, {
      skPrefix: "EPISODE#",
    });
    expect(items.map(({ episodeId }) => episodeId)).toEqual(["E4", "E5"]);
    const contact = await store.get(
      "care",
      keys.contactPoint(again).pk,
      keys.contactPoint(again).sk,
    );
    expect(contact).toMatchObject({ version: 2, siteId });
    expect(JSON.stringify([contact, ...items])).not.toContain("5550143");
  });

  it("reference, link and partner key → episode: by pointer items that are taken once", async () => {
    const pointers = [
      keys.reference("TC-7F3K"),
      keys.link("01LINK"),
      keys.request("partner-a", "key-1"),
    ];
    for (const key of pointers) {
      const claim = (episodeId: string) =>
        write(store, {
          put: { table: "care", item: stored(key, { episodeId }), condition: { kind: "absent" } },
        });
      await claim("E6");
      await expect(claim("E7")).rejects.toMatchObject({
        name: "ConditionFailedError",
        existing: { episodeId: "E6" },
      });
      expect(await store.get("care", key.pk, key.sk)).toMatchObject({ episodeId: "E6" });
    }
  });

  it("attendance: everyone of a group session is under it, and a day's sessions under their site", async () => {
    const episodes = ["E8", "E9", "E10"];
    await put(
      stored(keys.groupSession("GS-1"), { topic: "skills" }),
      ...episodes.map((episodeId) =>
        stored(keys.seat("GS-1", episodeId), { episodeId, attendance: "present" }),
      ),
      stored(keys.seat("GS-2", "E8"), { episodeId: "E8" }),
      stored(keys.siteDay(siteId, "2026-03-02", "GS-1"), { groupSessionId: "GS-1" }),
      stored(keys.siteDay(siteId, "2026-03-03", "GS-2"), { groupSessionId: "GS-2" }),
    );
    const seats = await store.query("care", keys.groupSession("GS-1").pk, { skPrefix: "SEAT#" });
    expect(seats.items.map(({ episodeId }) => episodeId).toSorted()).toEqual(episodes.toSorted());
    const day = keys.siteDay(siteId, "2026-03-02", "");
    const sessions = await store.query("care", day.pk, { skPrefix: day.sk });
    expect(sessions.items.map(({ groupSessionId }) => groupSessionId)).toEqual(["GS-1"]);
  });

  it("a site's roster: in chunks of name, reference and episode, read together and filtered in memory", async () => {
    const chunk = (name: string, people: readonly string[]) =>
      write(store, {
        put: {
          table: "identity",
          item: stored(keys.roster(siteId, name), {
            people: people.map((person) => ({ name: person, reference: "TC", episodeId: "E" })),
          }),
        },
      });
    await chunk("00", ["Ana R.", "Bo L."]);
    await chunk("01", ["Anabel T."]);
    const { items } = await store.query("identity", keys.roster(siteId, "00").pk);
    const people = items.flatMap((item) => (Array.isArray(item.people) ? item.people : []));
    expect(people.map(({ name }) => name).filter((name) => String(name).startsWith("Ana"))).toEqual(
      ["Ana R.", "Anabel T."],
    );
  });
});
