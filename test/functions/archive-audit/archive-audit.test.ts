// Long because everything that somebody may do to an entry is tried here on the batch that brings it.
import { describe, expect, it } from "vitest";
import { archiveAudit } from "../../../functions/archive-audit/archive-audit.ts";
import { readImage } from "../../../functions/archive-audit/read-image.ts";
import { streamEvent } from "../../../local/in-memory/stream-event.ts";
import { createHmacSecrets } from "../../../shared/aws/secrets/hmac-secrets.ts";
import { streamEventSchema } from "../../../shared/contracts/stream-event.ts";
import { StoreUnavailableError } from "../../../shared/errors/store-unavailable-error.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { LogFields } from "../../../shared/ports/logger.ts";
import type { Store, StoredItem } from "../../../shared/ports/store.ts";
import { auditEntry, emptyAuditChain } from "../../../shared/store/audit-entry.ts";
import { episodeId } from "../../builders/state.ts";

const otherEpisodeId = "01HZZZZZZZZZZZZZZZZZZZZZZZ";
const secrets = createHmacSecrets({
  linkSecret: "link-secret-of-tests-link-secret-of-tests",
  contactSecret: "contact-secret-of-tests-contact-secret",
});

/** What so many calls to one person leave in the trail, as the product writes it. */
function trailOf(id: string, count: number): readonly StoredItem[] {
  let chain = emptyAuditChain;
  return Array.from({ length: count }, (_, index) => {
    const written = auditEntry(secrets, {
      aggregateId: keys.episode(id).pk,
      chain,
      at: `2027-01-14T15:0${index}:00.000Z`,
      commandId: `http/casey-riverside/call-${index}`,
      draft: {
        action: "contact-recorded",
        actor: { kind: "staff", staffId: "casey-riverside", functions: ["case-manager"] },
        facts: { attempt: index, isReached: index === 1, outcome: "not-reached" },
      },
    });
    chain = written.chain;
    const [operation] = written.operations;
    if (operation === undefined || !("put" in operation)) throw new Error("nothing was written");
    return operation.put.item as StoredItem;
  });
}

type RawRecord = ReturnType<typeof streamEvent>["Records"][number];

/** The batch as the table's stream hands it over, a second past three on 14 January. */
function batchOf(
  items: readonly StoredItem[],
  eventName: "INSERT" | "MODIFY" | "REMOVE" = "INSERT",
): readonly (RawRecord & { readonly dynamodb: { ApproximateCreationDateTime?: number } })[] {
  const changes = items.map((item) => ({
    table: "audit" as const,
    eventName,
    keys: { pk: item.pk, sk: item.sk },
    ...(eventName === "REMOVE" ? { oldImage: item } : { newImage: item }),
  }));
  return streamEvent(changes).Records.map((record) => ({
    ...record,
    dynamodb: {
      ...record.dynamodb,
      ApproximateCreationDateTime: Date.UTC(2027, 0, 14, 15, 0, 1) / 1000,
    },
  }));
}

/** The audit table as it stands. */
function tableOf(entries: readonly StoredItem[]): Pick<Store, "getMany"> {
  return {
    getMany: async (table, wanted) => {
      expect(table).toBe("audit");
      expect(wanted.length).toBeLessThanOrEqual(100);
      return entries.filter(({ pk, sk }) => wanted.some((key) => key.pk === pk && key.sk === sk));
    },
  };
}

/** Archives a batch and says what was kept, what was logged and what is given again. */
async function archive(
  records: readonly unknown[],
  given: {
    readonly putOnce?: (name: string, body: string) => Promise<void>;
    readonly store?: Pick<Store, "getMany">;
  } = {},
) {
  const objects: { name: string; lines: readonly unknown[] }[] = [];
  const errors: { sentence: string; fields: LogFields | undefined }[] = [];
  const { Records } = streamEventSchema.parse({ Records: records });
  const { batchItemFailures } = await archiveAudit(
    {
      archive: {
        putOnce:
          given.putOnce ??
          (async (name, body) => {
            const lines = body.split("\n");
            expect(lines.pop()).toBe("");
            objects.push({ name, lines: lines.map((line): unknown => JSON.parse(line)) });
          }),
      },
      store: given.store ?? tableOf([...trail, ...otherTrail]),
      logger: {
        info: () => {},
        warn: () => {},
        error: (sentence, fields) => void errors.push({ sentence, fields }),
      },
    },
    Records,
  );
  return { objects, errors, givenAgain: batchItemFailures };
}

const trail = trailOf(episodeId, 3);
const otherTrail = trailOf(otherEpisodeId, 3);
const { pk } = keys.episode(episodeId);
const keyOf = ({ pk: partition, sk }: StoredItem) => `${partition}/${sk}`;
const changed = "An audit entry was changed or removed";

describe("the archive of a batch", () => {
  it("is one object under its day, named by its first and last change, with a line for each entry", async () => {
    const { objects, errors, givenAgain } = await archive(batchOf(trail));
    expect(objects).toHaveLength(1);
    expect(objects[0]?.name).toBe("2027/01/14/1-3.jsonl");
    expect(objects[0]?.lines).toEqual(
      trail.map((item) => ({
        entry: keyOf(item),
        event: "INSERT",
        image: expect.objectContaining({
          action: { S: "contact-recorded" },
          hash: { S: item.hash },
        }),
      })),
    );
    expect({ errors, givenAgain }).toEqual({ errors: [], givenAgain: [] });
  });

  it("lies under no day where the stream names none", async () => {
    const undated = batchOf(trail).map(({ dynamodb, ...record }) => ({
      ...record,
      dynamodb: { ...dynamodb, ApproximateCreationDateTime: undefined },
    }));
    expect((await archive(undated)).objects[0]?.name).toBe("undated/1-3.jsonl");
  });

  it("is nothing where there is nothing to keep", async () => {
    expect(await archive([])).toEqual({ objects: [], errors: [], givenAgain: [] });
  });

  it("is given again from its first entry where it could not be kept, and the log says why", async () => {
    const outage = new Error("the bucket does not answer");
    const { errors, givenAgain } = await archive(batchOf(trail), {
      putOnce: () => Promise.reject(outage),
    });
    expect(givenAgain).toEqual([{ itemIdentifier: "1" }]);
    expect(errors).toEqual([
      {
        sentence: "An audit entry could not be archived",
        fields: { effectKey: keyOf(trail[0] as StoredItem), count: 3, error: outage },
      },
    ]);
  });
});

describe("an entry that is not as it was written", () => {
  it.each(["MODIFY", "REMOVE"] as const)("alarms by its key where it is a %s", async (event) => {
    const { objects, errors } = await archive(batchOf(trail.slice(1, 2), event));
    expect(errors).toEqual([
      { sentence: changed, fields: { effectKey: keyOf(trail[1] as StoredItem), code: event } },
    ]);
    // What was taken away is in the archive since it was written; the line says that it is gone.
    expect(objects[0]?.lines).toEqual([
      {
        entry: keyOf(trail[1] as StoredItem),
        event,
        image: event === "REMOVE" ? {} : expect.objectContaining({ hash: expect.anything() }),
      },
    ]);
  });

  it("alarms by its number and what is wrong with it where its content is another's", async () => {
    const forged = trail.map((item, index) =>
      index === 1 ? { ...item, facts: { attempt: 1, isReached: false, outcome: "reached" } } : item,
    );
    const { errors } = await archive(batchOf(forged));
    expect(errors).toEqual([
      { sentence: changed, fields: { effectKey: `${pk}/2`, code: "changed" } },
    ]);
  });

  it("alarms about the gap where one between two others never came", async () => {
    const { errors } = await archive(batchOf([trail[0], trail[2]] as StoredItem[]));
    expect(errors).toEqual([
      { sentence: changed, fields: { effectKey: `${pk}/2`, code: "missing" } },
    ]);
  });

  it("alarms where the first of all names one before it", async () => {
    const [first] = trailOf(episodeId, 1);
    const { errors } = await archive(
      batchOf([{ ...first, previousHash: "a".repeat(64) } as StoredItem]),
    );
    expect(errors.map(({ fields }) => fields?.code)).toEqual(["out-of-place", "changed"]);
  });

  it("is looked for in each trail of a batch by itself, wherever the batch took it up", async () => {
    const other = otherTrail;
    const mixed = [trail[1], other[0], trail[2], other[1]] as StoredItem[];
    expect((await archive(batchOf(mixed))).errors).toEqual([]);
    const forged = mixed.map((item) =>
      item === other[1] ? { ...item, action: "contact-reached" } : item,
    );
    expect((await archive(batchOf(forged))).errors).toEqual([
      {
        sentence: changed,
        fields: { effectKey: `${keys.episode(otherEpisodeId).pk}/2`, code: "changed" },
      },
    ]);
  });
});

describe("a batch of one, held against what stands in the table before it", () => {
  const [first, second, third] = trail as readonly [StoredItem, StoredItem, StoredItem];
  /** The third entry, as it would be written after another second one. */
  const afterAnother = (hash: string) => {
    const [operation] = auditEntry(secrets, {
      aggregateId: pk,
      chain: { sequence: 2, hash },
      at: String(third.at),
      commandId: String(third.commandId),
      draft: { action: "contact-recorded", actor: { kind: "system", part: "sweep" }, facts: {} },
    }).operations;
    if (operation === undefined || !("put" in operation)) throw new Error("nothing was written");
    return operation.put.item as StoredItem;
  };
  const found = async (entry: StoredItem, table: readonly StoredItem[]) =>
    (await archive(batchOf([entry]), { store: tableOf(table) })).errors.map(
      ({ sentence, fields }) => {
        expect(sentence).toBe(changed);
        return `${String(fields?.effectKey).replace(`${pk}/`, "")} ${fields?.code}`;
      },
    );

  it("is silent about each that follows the one before it", async () => {
    expect(await found(first, [])).toEqual([]);
    expect(await found(second, [first, second])).toEqual([]);
    // The stream is late: the table holds what came after, too.
    expect(await found(second, trail)).toEqual([]);
  });

  it("alarms about the one before it where that is gone", async () => {
    expect(await found(third, [first, third])).toEqual(["2 missing"]);
    expect(await found(third, [third])).toEqual(["2 missing"]);
  });

  it("alarms where it follows another than the one that stands there, whole as it is in itself", async () => {
    const inserted = afterAnother("a".repeat(64));
    expect(await found(inserted, [first, second, inserted])).toEqual(["3 out-of-place"]);
    const genuine = afterAnother(String(second.hash));
    expect(await found(genuine, [first, second, genuine])).toEqual([]);
  });

  it("alarms about two that stand in each other's place, each in its own batch", async () => {
    const atThird = { ...second, sk: third.sk };
    const atSecond = { ...third, sk: second.sk };
    const table = [first, atSecond, atThird];
    expect(await found(atSecond, table)).toContain("2 out-of-place");
    expect(await found(atThird, table)).toContain("3 out-of-place");
  });

  it("alarms about a number that no entry can have, without counting up to it", async () => {
    for (const sk of ["9007199254740991", "0000000002.5", "-1", "x"]) {
      const errors = await found({ ...third, sk }, trail);
      expect(errors.length, sk).toBeGreaterThan(0);
    }
    const { errors } = await archive(batchOf([third, { ...third, sk: "9007199254740991" }]));
    expect(errors.length).toBeLessThan(200);
  });

  it("is kept, and given again, where the table cannot be read", async () => {
    const outage = new StoreUnavailableError("The store did not answer");
    const { objects, errors, givenAgain } = await archive(batchOf([second]), {
      store: { getMany: () => Promise.reject(outage) },
    });
    expect(objects).toHaveLength(1);
    expect(givenAgain).toEqual([{ itemIdentifier: "1" }]);
    expect(errors.map(({ fields }) => fields?.error)).toEqual([outage]);
  });

  it("asks for what comes before many trails at once, and finds the one that is broken", async () => {
    const ids = Array.from(
      { length: 150 },
      (_, index) => `01HMANY${String(index).padStart(18, "0")}`,
    );
    const trails = ids.map((id) => trailOf(id, 2) as readonly [StoredItem, StoredItem]);
    const table = trails.flat().filter((entry) => entry !== trails[149]?.[0]);
    const { errors } = await archive(batchOf(trails.map(([, latest]) => latest)), {
      store: tableOf(table),
    });
    expect(errors.map(({ fields }) => fields)).toEqual([
      { effectKey: `${keys.episode(ids[149] ?? "").pk}/1`, code: "missing" },
    ]);
  });
});

describe("an entry in the database's own form", () => {
  it("is read as it was written: numbers, lists, nothing, and what lies inside another", () => {
    expect(
      readImage({
        sequence: { N: "7" },
        actor: {
          M: { kind: { S: "staff" }, functions: { L: [{ S: "nurse" }, { S: "clinician" }] } },
        },
        hasReason: { BOOL: false },
        ended: { NULL: true },
      }),
    ).toEqual({
      sequence: 7,
      actor: { kind: "staff", functions: ["nurse", "clinician"] },
      hasReason: false,
      ended: null,
    });
  });

  it("throws for nothing that somebody may have made of it", () => {
    expect(
      readImage({ one: undefined, two: null, three: {}, four: { M: [] }, five: { L: "x" } }),
    ).toEqual({
      one: undefined,
      two: undefined,
      three: undefined,
      four: [],
      five: "x",
    });
  });
});
