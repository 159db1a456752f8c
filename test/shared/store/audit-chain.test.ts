import { beforeAll, describe, expect, it } from "vitest";
import { archiveAudit } from "../../../functions/archive-audit/archive-audit.ts";
import { streamEvent } from "../../../local/in-memory/stream-event.ts";
import { streamEventSchema } from "../../../shared/contracts/stream-event.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { StoredItem } from "../../../shared/ports/store.ts";
import { findAuditBreaks } from "../../../shared/store/audit-chain.ts";
import { readEpisode } from "../../../shared/store/episode-forms.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const { pk } = keys.episode(episodeId);
let entries: readonly StoredItem[];
let head: { readonly sequence: number; readonly hash: string };

/** Seven things that staff did, by the API as it is. */
beforeAll(async () => {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", {
      status: "active",
      admittedOn: "2027-01-04",
      audit: { sequence: 0, hash: "" },
    }),
  });
  for (const note of ["one", "two", "three", "four", "five"]) {
    const body = { channel: "phone", outcome: "not-reached", note };
    await world.call("casey-riverside", "POST", `/episodes/${episodeId}/contacts`, body);
    world.clock.advanceMinutes(7);
  }
  const leave = { kind: "medical", contactKeptBy: "casey-riverside", reason: "Surgery" };
  await world.call("casey-riverside", "POST", `/episodes/${episodeId}/hold`, leave);
  await world.call("casey-riverside", "POST", `/episodes/${episodeId}/resume`, { reason: "Back" });
  entries = world.store.all("audit").filter((entry) => entry.pk === pk);
  const root = await world.item(episodeId, "EPISODE");
  if (root === undefined) throw new Error("There is no episode");
  head = readEpisode(root).audit;
});

/** The trail with one entry as somebody with the keys of the database would have changed it. */
const withEntry = (at: number, change: (entry: StoredItem) => object): readonly StoredItem[] =>
  entries.map((entry, index) =>
    index === at ? ({ ...entry, ...change(entry) } as StoredItem) : entry,
  );
const contentOf = ({ pk: _pk, sk: _sk, ...content }: StoredItem) => content;

/** What an insider might do, by what an auditor would call it. */
const tampering: Readonly<Record<string, () => readonly StoredItem[]>> = {
  "an action that was another": () => withEntry(2, () => ({ action: "contact-reached" })),
  "a fact that was another": () =>
    withEntry(2, ({ facts }) => ({ facts: { ...(facts as object), outcome: "reached" } })),
  "a fact that was added": () =>
    withEntry(2, ({ facts }) => ({ facts: { ...(facts as object), by: "x" } })),
  "facts that are gone": () => withEntry(2, () => ({ facts: {} })),
  "somebody else's name on it": () =>
    withEntry(2, () => ({ actor: { kind: "staff", staffId: "dana-mesa", functions: [] } })),
  "another function of whoever did it": () =>
    withEntry(2, ({ actor }) => ({
      actor: { ...(actor as object), functions: ["clinical-lead"] },
    })),
  "another number in it": () => withEntry(2, () => ({ sequence: 4 })),
  "another entry before it": () => withEntry(2, () => ({ previousHash: "0".repeat(64) })),
  "another instant": () => withEntry(2, () => ({ at: "2027-01-11T16:00:00.000Z" })),
  "another command": () => withEntry(2, () => ({ commandId: "http/other" })),
  "a reason that is said to be there": () =>
    withEntry(2, ({ hasReason }) => ({ hasReason: hasReason !== true })),
  "another hash": () => withEntry(2, () => ({ hash: "0".repeat(64) })),
  "a field that no entry has": () => withEntry(2, () => ({ note: "added" })),
  "an entry that is gone": () => entries.filter((_entry, index) => index !== 2),
  "the first entry gone": () => entries.slice(1),
  "two entries in each other's place": () => {
    const [one, other] = [entries[2], entries[3]];
    if (one === undefined || other === undefined) return [];
    return entries.map((entry) =>
      entry === one
        ? ({ ...contentOf(other), pk, sk: one.sk } as StoredItem)
        : entry === other
          ? ({ ...contentOf(one), pk, sk: other.sk } as StoredItem)
          : entry,
    );
  },
  "an entry of somebody else's trail": () => withEntry(2, () => ({ aggregateId: "EP#another" })),
  "an entry put in between": () => {
    const [one] = entries.slice(2);
    if (one === undefined) return [];
    return [
      ...entries.slice(0, 3),
      { ...one, sk: `${one.sk}.5` } as StoredItem,
      ...entries.slice(3),
    ];
  },
};

describe("an audit trail, recomputed by other code than wrote it", () => {
  it("holds as it was written, to the entry that the episode names as its latest", async () => {
    expect(entries.length).toBe(7);
    // What happened is told: who, when, what and with which facts.
    for (const { actor, at, action, facts, commandId } of entries) {
      expect({ actor, at, action }).toMatchObject({
        actor: { kind: "staff", staffId: "casey-riverside" },
        at: expect.stringMatching(/^2027-01-12T/),
        action: expect.stringMatching(/^[a-z-]+$/),
      });
      expect(String(commandId)).toMatch(/^http\//);
      expect(facts).toBeTypeOf("object");
    }
    expect(entries[0]?.facts).toMatchObject({ outcome: "not-reached" });
    expect(await findAuditBreaks(entries, undefined, head)).toEqual([]);
  });

  it.each(Object.keys(tampering))("shows %s", async (name) => {
    const found = await findAuditBreaks(tampering[name]?.() ?? [], undefined, head);
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expect(one.aggregateId).toBe(pk);
  });

  it("names the entry that was changed, those that are missing, and those out of place", async () => {
    const kinds = async (trail: readonly StoredItem[], last?: typeof head) =>
      (await findAuditBreaks(trail, undefined, last)).map(
        ({ sequence, kind }) => `${sequence} ${kind}`,
      );
    expect(await kinds(withEntry(2, () => ({ facts: {} })))).toEqual(["3 changed"]);
    expect(await kinds(entries.filter((_entry, index) => index !== 2 && index !== 3))).toEqual([
      "3 missing",
      "4 missing",
    ]);
    expect(await kinds(tampering["two entries in each other's place"]?.() ?? [])).toEqual([
      "3 out-of-place",
      "4 out-of-place",
      "5 out-of-place",
    ]);
  });

  it("shows the latest entries gone, or one more than there was", async () => {
    expect(await findAuditBreaks(entries.slice(0, -1), undefined, head)).toEqual([
      { aggregateId: pk, sequence: 6, kind: "not-the-last" },
    ]);
    const other = { ...head, hash: "0".repeat(64) };
    expect(await findAuditBreaks(entries, undefined, other)).toHaveLength(1);
  });
});

describe("the archive of an audit trail", () => {
  /** What the archive's alarm counts, and what it keeps, of one batch of the table's stream. */
  async function archived(
    trail: readonly StoredItem[],
    eventName: "INSERT" | "MODIFY" | "REMOVE" = "INSERT",
    table = trail,
  ) {
    const alarms: string[] = [];
    const kept: string[] = [];
    const changes = trail.map((item) => ({
      table: "audit" as const,
      eventName,
      keys: { pk: item.pk, sk: item.sk },
      ...(eventName === "REMOVE" ? { oldImage: item } : { newImage: item }),
    }));
    const { Records } = streamEventSchema.parse(streamEvent(changes));
    await archiveAudit(
      {
        archive: { putOnce: async (_name, body) => void kept.push(body) },
        store: {
          getMany: async (_table, wanted) =>
            table.filter((one) => wanted.some((key) => key.pk === one.pk && key.sk === one.sk)),
        },
        logger: {
          info: () => {},
          warn: () => {},
          error: (sentence) => void alarms.push(sentence),
        },
      },
      Records,
    );
    return { alarms, lines: kept.join("").split("\n").filter(Boolean).length };
  }
  const alarm = "An audit entry was changed or removed";

  it("keeps every entry and alarms about none, wherever a batch begins and ends", async () => {
    for (let cut = 1; cut < entries.length; cut += 1)
      for (const batch of [entries.slice(0, cut), entries.slice(cut)])
        expect(await archived(batch, "INSERT", entries)).toEqual({
          alarms: [],
          lines: batch.length,
        });
  });

  it("keeps what it cannot read, too, and alarms about it", async () => {
    const image = { actor: { M: undefined }, facts: { M: null }, sequence: { L: 7 } };
    const { Records } = streamEventSchema.parse({
      Records: [
        {
          eventName: "INSERT",
          dynamodb: {
            Keys: { pk: { S: pk }, sk: { S: "1" } },
            SequenceNumber: "1",
            NewImage: image,
          },
        },
      ],
    });
    const kept: string[] = [];
    const alarms: string[] = [];
    const answer = await archiveAudit(
      {
        archive: { putOnce: async (_name, body) => void kept.push(body) },
        store: { getMany: async () => [] },
        logger: {
          info: () => {},
          warn: () => {},
          error: (sentence) => void alarms.push(sentence),
        },
      },
      Records,
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(kept).toHaveLength(1);
    expect(alarms).toContain(alarm);
  });

  it.each(["MODIFY", "REMOVE"] as const)(
    "alarms about each entry that is %s, and keeps it",
    async (event) => {
      expect(await archived(entries.slice(2, 4), event)).toEqual({
        alarms: [alarm, alarm],
        lines: 2,
      });
    },
  );

  it.each(Object.keys(tampering))("alarms about %s, in one batch or one by one", async (name) => {
    const trail = tampering[name]?.() ?? [];
    const { alarms, lines } = await archived(trail);
    expect(new Set(alarms)).toEqual(new Set([alarm]));
    expect(lines).toBe(trail.length);
    const oneByOne: string[] = [];
    for (const entry of trail) oneByOne.push(...(await archived([entry], "INSERT", trail)).alarms);
    expect(new Set(oneByOne)).toEqual(new Set([alarm]));
  });
});
