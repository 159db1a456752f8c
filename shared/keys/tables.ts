/**
 * The tables and their indexes, in one place and without any SDK: read by the stacks, the local run and the
 * tests, so that none of them can drift from the others.
 */
export const tables = {
  care: {
    partitionKey: "pk",
    sortKey: "sk",
    stream: true,
    timeToLiveAttribute: "expiresAtEpochSeconds",
    indexes: {
      byId: { partitionKey: "id", sortKey: undefined },
      byWork: { partitionKey: "workPartition", sortKey: "workAt" },
      byQueue: { partitionKey: "queuePartition", sortKey: "queueRank" },
    },
  },
  identity: {
    partitionKey: "pk",
    sortKey: "sk",
    stream: false,
    timeToLiveAttribute: undefined,
    indexes: {},
  },
  audit: {
    partitionKey: "pk",
    sortKey: "sk",
    stream: true,
    timeToLiveAttribute: undefined,
    indexes: {},
  },
} as const;

export const workShardCount = 8;
export const workKinds = ["effect", "claim", "unknown", "driver", "attendance", "owed"] as const;
export type WorkKind = (typeof workKinds)[number];

/** FNV-1a, 32 bits: spreads ids over shards and sends over their window; not for secrets. */
export function spread(text: string, buckets: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash % buckets;
}

/** Partition of the due-work index; `workAt` beside it is the due instant. */
export function workPartition(siteId: string, kind: WorkKind, id: string): string {
  return `WORK#${siteId}#${kind}#${spread(id, workShardCount)}`;
}

/** All partitions of a site's due work of one kind; they are read one after the other. */
export function workPartitions(siteId: string, kind: WorkKind): readonly string[] {
  return Array.from({ length: workShardCount }, (_, shard) => `WORK#${siteId}#${kind}#${shard}`);
}

/** Where a task is listed. `overdue` is no partition: it is what is past due in the open ones. */
export const queueTabs = ["safety", "approvals", "work", "snoozed", "done"] as const;
export type QueueTab = (typeof queueTabs)[number];

/** The partition of a site's open tasks of one tab. */
export function queuePartition(siteId: string, tab: QueueTab): string {
  return `QUEUE#${siteId}#${tab}`;
}

/** The tab of a queue's partition; `undefined` for what is none. */
export function workListTab(partition: unknown): QueueTab | undefined {
  const tab = typeof partition === "string" ? partition.split("#").at(-1) : undefined;
  return queueTabs.find((known) => known === tab);
}
