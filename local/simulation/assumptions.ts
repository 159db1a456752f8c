/**
 * What virtual time cannot measure. Each is set on the dear side: nobody but one group is on the pathway,
 * so that functions start cold and keys are fetched again for it alone.
 */
export const assumedMs = {
  /** Parsing, deciding, answering. */
  handler: 10,
  read: 6,
  transaction: 15,
  /** A call of SES, the phone service or Step Functions. */
  otherService: 60,
  /** Loading the SDK takes some 115 ms of a whole processor, and a function of 512 MB has a third of one. */
  coldStart: 450,
} as const;

/** A function that was idle longer than this starts cold; a key that was fetched this long ago is fetched again. */
export const warmForMs = 5 * 60_000;

/** The stream gathers audit entries so long, as deployed, and hands them over as one batch. */
export const archiveWindowMs = 300_000;

/** Lambda writes START, END and REPORT for each call; CloudWatch adds 26 bytes to each line. */
export const platformLogBytes = 400 + 3 * 26;
/** What the logger puts around a sentence and its fields, whose care it was included, with the 26 bytes of the line. */
export const loggerEnvelopeBytes = 380 + 26;
/** A figure as a function prints it: a cold start, a send, how late outbox entries are. */
export const metricLineBytes = 400 + 26;
/** One access-log line of the API, one of the distribution and one of the firewall. */
export const requestLogBytes = 260 + 400 + 1500;
/** A state machine logs each failed or timed-out task at level ERROR, without what the execution holds. */
export const machineErrorLogBytes = 700 + 26;

/** Reports of the providers per message: queued, sent, delivered for a text; send, delivery for mail. */
export const reportsPerMessage = {
  sms: ["QUEUED", "SENT", "DELIVERED"],
  email: ["Send", "Delivery"],
} as const;

/** As deployed; a test compares them with the stacks. */
export const functionMemoryMb: Readonly<Record<string, number>> = {
  "advance-care": 512,
  "archive-audit": 256,
  "carry-out-effects": 512,
  "hold-care": 512,
  "page-on-call": 512,
  "participant-site": 1024,
  "receive-email": 512,
  "receive-intake": 1024,
  "receive-sms": 512,
  "record-delivery": 512,
  "send-message": 512,
  "staff-api": 1024,
  "staff-site": 1024,
  "sweep-stalled-work": 512,
};

/** The same in words, for whoever reads the bill. */
export const assumptionWords: readonly string[] = [
  "The reference pathway: adult-iop, a self-referral on the pages, six weeks of four session days with attendance entered for every session, one of them missed and followed up by a text and a call, discharge, the call within 72 hours and seven check-ins to day 365; the forms and each check-in are answered after their reminders.",
  "State transitions: every state entered and every further try of a task, as the price list defines them.",
  `Milliseconds: ${assumedMs.handler} per call, ${assumedMs.read} per read, ${assumedMs.transaction} per transaction, ${assumedMs.otherService} per call of another service, one after the other; ${assumedMs.coldStart} for a cold start.`,
  "One group of eight alone: a function that was idle for five minutes starts cold, and each function fetches the key of each table, of its log and of its environment again every five minutes. Several groups at once share these and cost less.",
  "DynamoDB: consistent reads of 4 kB, transactional writes at two units per kB, one unit per kB in each index that holds the item, condition checks like writes; streams are read free of charge by functions.",
  "Logs: three platform lines per call, what the functions log, one line per figure that they print (cold starts, sends, how late effects are), one line per failed or timed-out task, and one line each of API, distribution and firewall per request.",
  `Audit archive: the entries that one participant's episode writes within ${archiveWindowMs / 60_000} minutes are one batch of the stream, one call and one object, although others' share it.`,
  "Delivery reports: three per text, two per email, each a call of record-delivery.",
  "Staff look at their queue before each piece of work and at the roster before attendance; attendance of a group is entered session by session, all its people at once.",
  "No free tier and no discount is taken off. Prices are for us-east-1.",
];
