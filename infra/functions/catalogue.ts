/**
 * Every function, by its folder below `functions/`: what starts it, how long it may take, what it finds
 * in its environment and what it may do. Nothing else is granted anywhere.
 */

type TableAction =
  | "GetItem"
  | "BatchGetItem"
  | "Query"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "ConditionCheckItem";

export type EnvironmentKey =
  | "CARE_TABLE"
  | "IDENTITY_TABLE"
  | "AUDIT_TABLE"
  | "LINK_SECRET"
  | "CONTACT_SECRET"
  | "STATE_MACHINE_ARN_PREFIX"
  | "PUBLIC_ORIGIN"
  | "TOKEN_ISSUER"
  | "TOKEN_CLIENT_ID"
  | "STAFF_IDLE_MINUTES"
  | "STAFF_SESSION_HOURS"
  | "EMAIL_CONFIGURATION_SET"
  | "SMS_CONFIGURATION_SET"
  | "SMS_OPT_OUT_LIST"
  | "AUDIT_ARCHIVE_BUCKET";

export type FunctionDefinition = {
  readonly purpose: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: readonly EnvironmentKey[];
  readonly care: readonly TableAction[];
  readonly careIndexes: readonly ("byId" | "byWork" | "byQueue")[];
  readonly identity: readonly TableAction[];
  readonly audit: readonly TableAction[];
  /** Functions that it calls without waiting. */
  readonly runs: readonly FunctionName[];
  readonly startsWorkflows: boolean;
  readonly sendsEmail: boolean;
  readonly textsParticipants: boolean;
  readonly pagesStaff: boolean;
  readonly keepsOptOutList: boolean;
  readonly archivesAudit: boolean;
  /** The table whose changes start it. */
  readonly followsTable: "care" | "audit" | undefined;
  /** Copies kept free for it, and the most that ever run; `undefined` shares the account's. */
  readonly copies: "one-per-send-rate" | number | undefined;
};

export const functionNames = [
  "advance-care",
  "archive-audit",
  "carry-out-effects",
  "hold-care",
  "page-on-call",
  "participant-site",
  "receive-email",
  "receive-intake",
  "receive-sms",
  "record-delivery",
  "send-message",
  "staff-api",
  "staff-site",
  "sweep-stalled-work",
] as const;
export type FunctionName = (typeof functionNames)[number];

const careEnvironment = [
  "CARE_TABLE",
  "IDENTITY_TABLE",
  "AUDIT_TABLE",
  "LINK_SECRET",
  "CONTACT_SECRET",
] as const;

const signInEnvironment = ["TOKEN_ISSUER", "TOKEN_CLIENT_ID"] as const;
const sessionEnvironment = ["STAFF_IDLE_MINUTES", "STAFF_SESSION_HOURS"] as const;

/** What every function needs that loads an episode, decides and commits. */
const decides = {
  memoryMb: 512,
  environment: careEnvironment,
  care: ["GetItem", "BatchGetItem", "PutItem"],
  careIndexes: [],
  identity: ["PutItem"],
  audit: ["PutItem"],
  runs: [],
  startsWorkflows: false,
  sendsEmail: false,
  textsParticipants: false,
  pagesStaff: false,
  keepsOptOutList: false,
  archivesAudit: false,
  followsTable: undefined,
  copies: undefined,
} as const satisfies Partial<FunctionDefinition>;

/** What the two functions that start and wake executions need. */
const carriesOutEffects = {
  ...decides,
  environment: [...careEnvironment, "STATE_MACHINE_ARN_PREFIX"],
  care: [...decides.care, "Query", "DeleteItem"],
  // The words of a text are handed from the number to its episodes.
  identity: ["GetItem", "BatchGetItem", "PutItem", "DeleteItem"],
  runs: ["page-on-call", "send-message"],
  startsWorkflows: true,
} as const satisfies Partial<FunctionDefinition>;

export const functions: Readonly<Record<FunctionName, FunctionDefinition>> = {
  "advance-care": {
    ...decides,
    purpose: "Takes a step of a workflow",
    timeoutSeconds: 28,
    care: [...decides.care, "ConditionCheckItem"],
  },
  "archive-audit": {
    ...decides,
    purpose: "Writes audit entries to the archive",
    memoryMb: 256,
    timeoutSeconds: 60,
    environment: ["AUDIT_ARCHIVE_BUCKET", "AUDIT_TABLE"],
    care: [],
    identity: [],
    // The entry before the first of a batch: what the batch adds must continue it.
    audit: ["BatchGetItem"],
    archivesAudit: true,
    followsTable: "audit",
  },
  "carry-out-effects": {
    ...carriesOutEffects,
    purpose: "Carries out what a commit owes others",
    followsTable: "care",
    timeoutSeconds: 60,
  },
  "hold-care": {
    ...decides,
    purpose: "Stores a wait",
    timeoutSeconds: 28,
    care: ["BatchGetItem", "PutItem", "ConditionCheckItem"],
    identity: [],
    audit: [],
  },
  "page-on-call": {
    ...decides,
    purpose: "Pages the on-call about a safety alert",
    timeoutSeconds: 115,
    environment: [...careEnvironment, "SMS_CONFIGURATION_SET"],
    pagesStaff: true,
    copies: 10,
  },
  "participant-site": {
    ...decides,
    purpose: "The public pages",
    memoryMb: 1024,
    timeoutSeconds: 15,
    environment: [...careEnvironment, "PUBLIC_ORIGIN"],
    care: [...decides.care, "Query", "UpdateItem"],
    // The plans that a person wants on their own page.
    identity: [...decides.identity, "GetItem"],
  },
  "receive-email": {
    ...decides,
    purpose: "Takes the emails that people send",
    timeoutSeconds: 60,
    environment: [...careEnvironment, "SMS_CONFIGURATION_SET"],
    care: [...decides.care, "Query"],
    pagesStaff: true,
  },
  "receive-intake": {
    ...decides,
    purpose: "Takes referrals",
    memoryMb: 1024,
    timeoutSeconds: 15,
    environment: [...careEnvironment, ...signInEnvironment],
    care: [...decides.care, "UpdateItem"],
  },
  "receive-sms": {
    ...decides,
    purpose: "Takes the texts that people send",
    timeoutSeconds: 60,
    environment: [...careEnvironment, "PUBLIC_ORIGIN", "SMS_CONFIGURATION_SET", "SMS_OPT_OUT_LIST"],
    care: [...decides.care, "Query", "UpdateItem", "ConditionCheckItem"],
    identity: ["GetItem", "PutItem"],
    textsParticipants: true,
    pagesStaff: true,
    keepsOptOutList: true,
  },
  "record-delivery": {
    ...decides,
    purpose: "Takes over what the providers report",
    timeoutSeconds: 30,
    care: [...decides.care, "Query"],
    careIndexes: ["byId"],
  },
  "send-message": {
    ...decides,
    purpose: "Sends planned messages",
    timeoutSeconds: 85,
    environment: [
      ...careEnvironment,
      "PUBLIC_ORIGIN",
      "EMAIL_CONFIGURATION_SET",
      "SMS_CONFIGURATION_SET",
    ],
    care: [...decides.care, "Query", "UpdateItem", "ConditionCheckItem"],
    identity: ["GetItem", "PutItem"],
    sendsEmail: true,
    textsParticipants: true,
    copies: "one-per-send-rate",
  },
  "staff-api": {
    ...decides,
    purpose: "The staff's API",
    memoryMb: 1024,
    timeoutSeconds: 15,
    environment: [...careEnvironment, ...signInEnvironment],
    // A number that is put right takes the links with it that were sent to the old one.
    care: [...decides.care, "Query", "DeleteItem"],
    // Names of many people are read together; what tells two people apart again takes what the one had from the other.
    identity: ["GetItem", "BatchGetItem", "PutItem", "Query", "DeleteItem"],
    careIndexes: ["byId", "byQueue"],
    audit: ["PutItem", "Query"],
  },
  "staff-site": {
    ...decides,
    purpose: "The staff's pages",
    memoryMb: 1024,
    timeoutSeconds: 15,
    environment: [...careEnvironment, "PUBLIC_ORIGIN", ...signInEnvironment, ...sessionEnvironment],
    // A number that is put right takes the links with it that were sent to the old one; referrals that name one are counted.
    care: [...decides.care, "Query", "DeleteItem", "UpdateItem"],
    // Names of many people are read together; what tells two people apart again takes what the one had from the other.
    identity: ["GetItem", "BatchGetItem", "PutItem", "Query", "DeleteItem"],
    careIndexes: ["byId", "byQueue"],
    audit: ["PutItem", "Query"],
  },
  "sweep-stalled-work": {
    ...carriesOutEffects,
    purpose: "Finds what stalled and moves it on",
    timeoutSeconds: 60,
    careIndexes: ["byWork"],
  },
};
