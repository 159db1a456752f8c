// Long because every key that is stored is named here, and nowhere else.

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

/**
 * Every key that is stored, and nothing else: imports nothing, so that whoever names an item may. A key
 * written out anywhere else fails the check.
 */

/** How the sort keys of each kind of item begin. */
export const itemPrefixes = {
  driver: "DRIVER#",
  hold: "HOLD#",
  message: "MSG#",
  task: "TASK#",
  session: "SESSION#",
  form: "FORM#",
  checkIn: "CHECKIN#",
  outreach: "OUTREACH#",
  escalation: "ESC#",
  effect: "EFFECT#",
  seat: "SEAT#",
  episodeOfContact: "EPISODE#",
  programVersion: "VERSION#",
} as const;

/** Sort keys of an episode's items: each is its business key, so that nothing is planned twice. */
export const itemKeys = {
  driver: (workflow: string, subject: string) => `${itemPrefixes.driver}${workflow}#${subject}`,
  hold: (workflow: string, subject: string) => `${itemPrefixes.hold}${workflow}#${subject}`,
  holdOfDriver: (runSk: string) => runSk.replace(itemPrefixes.driver, itemPrefixes.hold),
  message: (step: string, occurrence: string, channel: string) =>
    `${itemPrefixes.message}${step}#${occurrence}#${channel}`,
  task: (taskKind: string, occurrence: string) => `${itemPrefixes.task}${taskKind}#${occurrence}`,
  session: (on: string, slot: string) => `${itemPrefixes.session}${on}#${slot}`,
  form: (occasion: string) => `${itemPrefixes.form}${occasion}`,
  checkIn: (number: number) => `${itemPrefixes.checkIn}${number}`,
  outreach: (ladder: string, aboutId: string) => `${itemPrefixes.outreach}${ladder}#${aboutId}`,
  escalation: (occasion: string, rule: string) => `${itemPrefixes.escalation}${occasion}#${rule}`,
} as const;

/** The occurrence in a task's business key. */
export function occurrenceOfTask(task: { readonly sk: string; readonly taskKind: string }): string {
  return task.sk.slice(itemKeys.task(task.taskKind, "").length);
}

const episodePrefix = "EP#";

let latestPartition = { episodeId: "", pk: "" };

/**
 * The partition of an episode: the same text again while one episode is asked for again and again, as one decision does
 * for all its items. A text that is put together anew is also gone through anew by everybody who looks it up.
 */
function episodePartition(episodeId: string): string {
  if (latestPartition.episodeId !== episodeId)
    latestPartition = { episodeId, pk: `${episodePrefix}${episodeId}` };
  return latestPartition.pk;
}

/** The episode whose partition it is; `undefined` for anybody else's. */
export function episodeIdOf(pk: string): string | undefined {
  return pk.startsWith(episodePrefix) ? pk.slice(episodePrefix.length) : undefined;
}

const sitePrefix = "SITE#";

/** The site whose partition it is; `undefined` for anybody else's. */
export function siteIdOf(pk: string): string | undefined {
  return pk.startsWith(sitePrefix) ? pk.slice(sitePrefix.length) : undefined;
}

const personPrefix = "PERSON#";
const profileSk = "PROFILE";

/** Whose profile it is; `undefined` for any other item. */
export function participantIdOf({
  pk,
  sk,
}: {
  readonly pk: string;
  readonly sk: string;
}): string | undefined {
  return sk === profileSk && pk.startsWith(personPrefix)
    ? pk.slice(personPrefix.length)
    : undefined;
}

/** The aggregate under which an audit chain of a site's task is kept. */
export function siteTaskAggregate(taskId: string): string {
  return `${itemPrefixes.task}${taskId}`;
}

/** The periods of a ledger: a local day, and an ISO week such as `2026-W48`. */
export const ledgerPeriod = {
  day: (date: string) => `DAY#${date}`,
  week: (isoWeek: string) => `WEEK#${isoWeek}`,
} as const;

/** Whose ledger counts the texts of a site to numbers that nobody has vouched for, in shards. */
export function siteLedgerOwner(siteId: string, shard: number): string {
  return `${keys.site(siteId).pk}#${shard}`;
}

/** The chunk of a roster. */
export function rosterChunk(chunk: number): string {
  return `CHUNK#${chunk}`;
}

/** Whether an item remembers a request that was carried out. */
export function isRequest(pk: string): boolean {
  return pk.startsWith("REQUEST#");
}

const groupPlacesSk = "PLACES";

/** The site and program whose groups have these places; `undefined` for any other item. */
export function groupPlacesOf({
  pk,
  sk,
}: {
  readonly pk: string;
  readonly sk: string;
}): { readonly siteId: string; readonly programId: string } | undefined {
  const [siteId, programId] = pk.slice("GS#".length).split(":");
  if (sk !== groupPlacesSk || siteId === undefined || programId === undefined) return undefined;
  return { siteId, programId };
}

/** Whether an item counts something: messages of a day, intakes of an hour. */
export function isLedger(pk: string): boolean {
  return pk.startsWith("LEDGER#");
}

const ofNotes = (episodeId: string, sk: string) => ({ pk: `NOTES#${episodeId}`, sk });

export const keys = {
  episode: (episodeId: string) => ({ pk: episodePartition(episodeId), sk: "EPISODE" }),
  episodeItem: (episodeId: string, sk: string) => ({ pk: episodePartition(episodeId), sk }),
  contactPoint: (hash: string) => ({ pk: `CP#${hash}`, sk: "CONTACT" }),
  contactPointEpisode: (hash: string, episodeId: string) => ({
    pk: `CP#${hash}`,
    sk: `${itemPrefixes.episodeOfContact}${episodeId}`,
  }),
  /** An episode whose person has this name and birth date, or this record number, as a keyed hash. */
  personMark: (hash: string, episodeId: string) => ({
    pk: `MARK#${hash}`,
    sk: `${itemPrefixes.episodeOfContact}${episodeId}`,
  }),
  seat: (groupSessionId: string, episodeId: string) => ({
    pk: `GS#${groupSessionId}`,
    sk: `${itemPrefixes.seat}${episodeId}`,
  }),
  groupSession: (groupSessionId: string) => ({ pk: `GS#${groupSessionId}`, sk: "SESSION" }),
  /** Who takes places in the groups of a program at a site. */
  groupPlaces: (siteId: string, programId: string) => ({
    pk: `GS#${siteId}:${programId}`,
    sk: groupPlacesSk,
  }),
  siteDay: (siteId: string, date: string, groupSessionId: string) => ({
    pk: `SITEDAY#${siteId}`,
    sk: `${date}#${groupSessionId}`,
  }),
  staffDay: (staffId: string, date: string) => ({ pk: `STAFFDAY#${staffId}`, sk: date }),
  site: (siteId: string) => ({ pk: `${sitePrefix}${siteId}`, sk: "SITE" }),
  siteList: () => ({ pk: "SITES", sk: "LIST" }),
  policy: () => ({ pk: "POLICY", sk: "LIVE" }),
  /** Which policy is live: read by every decision, so that the policy itself is read once by each process. */
  policyMark: () => ({ pk: "POLICY", sk: "MARK" }),
  /** The live policy once more, and the one before it: they stand in for one that cannot be read. */
  policyAsPublished: () => ({ pk: "POLICY", sk: "PUBLISHED" }),
  policyBefore: () => ({ pk: "POLICY", sk: "BEFORE" }),
  program: (programId: string, version: number) => ({
    pk: `PROGRAM#${programId}`,
    sk: `${itemPrefixes.programVersion}${String(version).padStart(6, "0")}`,
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
  profile: (participantId: string) => ({ pk: `${personPrefix}${participantId}`, sk: profileSk }),
  listedName: (siteId: string, participantId: string) => ({
    pk: `NAMES#${siteId}`,
    sk: `NAME#${participantId}`,
  }),
  address: (hash: string) => ({ pk: `CP#${hash}`, sk: "ADDRESS" }),
  reason: (aggregateId: string, sequence: number) => ({
    pk: `NOTES#${aggregateId}`,
    sk: `REASON#${String(sequence).padStart(10, "0")}`,
  }),
  note: (episodeId: string, noteId: string) => ({ pk: `NOTES#${episodeId}`, sk: `NOTE#${noteId}` }),
  sentWords: (episodeId: string, messageId: string) => ({
    pk: `NOTES#${episodeId}`,
    sk: `SENT#${messageId}`,
  }),
  plan: (episodeId: string, planKind: string, version: number) => ({
    pk: `NOTES#${episodeId}`,
    sk: `PLAN#${planKind}#${String(version).padStart(6, "0")}`,
  }),
  screen: (episodeId: string, screenId: string, version: number) => ({
    pk: `NOTES#${episodeId}`,
    sk: `SCREEN#${screenId}#${String(version).padStart(6, "0")}`,
  }),
  presence: (episodeId: string, sessionId: string) => ofNotes(episodeId, `PRESENCE#${sessionId}`),
  /** Why two people are not to be in one group, whichever of them it was recorded with. */
  apartReason: (episodeId: string, otherEpisodeId: string) => {
    const [first = "", second = ""] = [episodeId, otherEpisodeId].sort();
    return { pk: `NOTES#${first}`, sk: `APART#${second}` };
  },
  release: (episodeId: string, number: number) =>
    ofNotes(episodeId, `RELEASE#${String(number).padStart(6, "0")}`),
  medicine: (episodeId: string, medicine: string, version: number) => ({
    pk: `NOTES#${episodeId}`,
    sk: `MEDICINE#${medicine}#${String(version).padStart(6, "0")}`,
  }),
  service: (episodeId: string, service: string, version: number) => ({
    pk: `NOTES#${episodeId}`,
    sk: `SERVICE#${service}#${String(version).padStart(6, "0")}`,
  }),
  siteStaff: (siteId: string, staffId: string) => ({ pk: `SITESTAFF#${siteId}`, sk: staffId }),
  staff: (staffId: string) => ({ pk: `STAFF#${staffId}`, sk: "STAFF" }),
  keptForm: (id: string) => ({ pk: `KEPTFORM#${id}`, sk: "KEPTFORM" }),
  signedOut: (tokenId: string) => ({ pk: `SIGNEDOUT#${tokenId}`, sk: "SIGNEDOUT" }),
  partner: (keyHash: string) => ({ pk: `PARTNER#${keyHash}`, sk: "PARTNER" }),
  referral: (participantId: string, episodeId: string) => ({
    pk: `${personPrefix}${participantId}`,
    sk: `REFERRAL#${episodeId}`,
  }),
  /** Intakes that named a contact in the hour of an instant. */
  intakeCount: (contactPointId: string, instant: string) => ({
    pk: `LEDGER#${contactPointId}`,
    sk: `INTAKES#${instant.slice(0, 13)}`,
  }),
  /** A code for a clinic's tablet, by its keyed hash. */
  tabletCode: (hash: string) => ({ pk: `TABLET#${hash}`, sk: "CODE" }),
  /** Codes that were tried on a site's tablets in the hour of an instant. */
  tabletTries: (siteId: string, instant: string) => ({
    pk: `LEDGER#TABLET#${siteId}`,
    sk: `TRIES#${instant.slice(0, 13)}`,
  }),
  effect: (pk: string, effectId: string) => ({ pk, sk: `${itemPrefixes.effect}${effectId}` }),
  audit: (aggregateId: string, sequence: number) => ({
    pk: aggregateId,
    sk: String(sequence).padStart(10, "0"),
  }),
} as const;
