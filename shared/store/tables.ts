/**
 * The tables, their keys and indexes, in one place and without any SDK: read by the stacks, the
 * local run and the tests, so that none of them can drift from the others.
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
export const workKinds = ["effect", "claim", "unknown", "driver", "attendance"] as const;
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

export function workPartitions(siteId: string, kind: WorkKind): readonly string[] {
  return Array.from({ length: workShardCount }, (_, shard) => `WORK#${siteId}#${kind}#${shard}`);
}

/** Where a task is listed. `overdue` is no partition: it is what is past due in the open ones. */
export const queueTabs = ["safety", "approvals", "work", "snoozed", "done"] as const;
export type QueueTab = (typeof queueTabs)[number];

export function queuePartition(siteId: string, tab: QueueTab): string {
  return `QUEUE#${siteId}#${tab}`;
}

export const keys = {
  episode: (episodeId: string) => ({ pk: `EP#${episodeId}`, sk: "EPISODE" }),
  episodeItem: (episodeId: string, sk: string) => ({ pk: `EP#${episodeId}`, sk }),
  contactPoint: (hash: string) => ({ pk: `CP#${hash}`, sk: "CONTACT" }),
  contactPointEpisode: (hash: string, episodeId: string) => ({
    pk: `CP#${hash}`,
    sk: `EPISODE#${episodeId}`,
  }),
  seat: (groupSessionId: string, episodeId: string) => ({
    pk: `GS#${groupSessionId}`,
    sk: `SEAT#${episodeId}`,
  }),
  groupSession: (groupSessionId: string) => ({ pk: `GS#${groupSessionId}`, sk: "SESSION" }),
  siteDay: (siteId: string, date: string, groupSessionId: string) => ({
    pk: `SITEDAY#${siteId}`,
    sk: `${date}#${groupSessionId}`,
  }),
  site: (siteId: string) => ({ pk: `SITE#${siteId}`, sk: "SITE" }),
  siteList: () => ({ pk: "SITES", sk: "LIST" }),
  policy: () => ({ pk: "POLICY", sk: "LIVE" }),
  program: (programId: string, version: number) => ({
    pk: `PROGRAM#${programId}`,
    sk: `VERSION#${String(version).padStart(6, "0")}`,
  }),
  programLatest: (programId: string) => ({ pk: `PROGRAM#${programId}`, sk: "LATEST" }),
  ledger: (participantId: string, period: string) => ({
    pk: `LEDGER#${participantId}`,
    sk: period,
  }),
  link: (linkId: string) => ({ pk: `LINK#${linkId}`, sk: "LINK" }),
  request: (scope: string, key: string) => ({ pk: `REQUEST#${scope}#${key}`, sk: "REQUEST" }),
  reference: (reference: string) => ({ pk: `REFERENCE#${reference}`, sk: "REFERENCE" }),
  roster: (siteId: string, chunk: string) => ({ pk: `ROSTER#${siteId}`, sk: chunk }),
  profile: (participantId: string) => ({ pk: `PERSON#${participantId}`, sk: "PROFILE" }),
  address: (hash: string) => ({ pk: `CP#${hash}`, sk: "ADDRESS" }),
  reason: (aggregateId: string, sequence: number) => ({
    pk: `NOTES#${aggregateId}`,
    sk: `REASON#${String(sequence).padStart(10, "0")}`,
  }),
  note: (episodeId: string, noteId: string) => ({ pk: `NOTES#${episodeId}`, sk: `NOTE#${noteId}` }),
  staff: (staffId: string) => ({ pk: `STAFF#${staffId}`, sk: "STAFF" }),
  partner: (keyHash: string) => ({ pk: `PARTNER#${keyHash}`, sk: "PARTNER" }),
  audit: (aggregateId: string, sequence: number) => ({
    pk: aggregateId,
    sk: String(sequence).padStart(10, "0"),
  }),
} as const;
