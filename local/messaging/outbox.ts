import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { ulid } from "ulid";
import * as z from "zod";
import { findLinks } from "./links.ts";

const entrySchema = z.strictObject({
  id: z.string(),
  channel: z.enum(["email", "sms", "voice"]),
  to: z.string(),
  from: z.string(),
  subject: z.string().optional(),
  text: z.string(),
  html: z.string().optional(),
  /** Web addresses in the message, each once. */
  links: z.array(z.string()),
  /** Virtual time, RFC 3339 UTC. */
  sentAt: z.string(),
  participantId: z.string().optional(),
  templateId: z.string().optional(),
  messageId: z.string().optional(),
  providerMessageId: z.string(),
  status: z.enum(["accepted", "delivered", "bounced", "complained", "blocked"]),
  /** Mail headers that matter to a recipient: how to unsubscribe, where answers go. */
  headers: z.record(z.string(), z.string()).optional(),
  /** All tags or context keys that the sender attached. */
  tags: z.record(z.string(), z.string()),
});

/** One captured message: what the provider accepted and would have delivered. */
export type OutboxEntry = z.infer<typeof entrySchema>;

/** Where a message goes out: mail, text, or a spoken call. */
export type OutboxChannel = OutboxEntry["channel"];

/** What became of a captured message. */
export type OutboxStatus = OutboxEntry["status"];

/** What a provider captured; the outbox adds id, links, instant, status and the sender's ids. */
export interface CapturedMessage {
  readonly channel: OutboxChannel;
  readonly to: string;
  readonly from: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly providerMessageId: string;
}

/** What to list; everything where nothing is given. */
export interface OutboxFilter {
  readonly to?: string;
  readonly channel?: OutboxChannel;
  readonly participantId?: string;
  /** Only what was sent at this virtual instant or later, RFC 3339. */
  readonly since?: string;
  readonly limit?: number;
}

/** Everything that the captured providers accepted, in the order in which they did. */
export class Outbox {
  readonly #database: DatabaseSync;
  readonly #now: () => string;

  constructor(database: DatabaseSync, now: () => string) {
    this.#database = database;
    this.#now = now;
  }

  /** Keeps one message at the present virtual instant and returns it as kept. */
  append(message: CapturedMessage): OutboxEntry {
    const sentAt = this.#now();
    const { participantId, templateId, messageId } = message.tags;
    const entry: OutboxEntry = {
      id: ulid(Math.max(0, Date.parse(sentAt))),
      channel: message.channel,
      to: message.to,
      from: message.from,
      ...(message.subject === undefined ? {} : { subject: message.subject }),
      text: message.text,
      ...(message.html === undefined ? {} : { html: message.html }),
      links: findLinks(message.text, message.html),
      sentAt,
      ...(participantId === undefined ? {} : { participantId }),
      ...(templateId === undefined ? {} : { templateId }),
      ...(messageId === undefined ? {} : { messageId }),
      providerMessageId: message.providerMessageId,
      status: "accepted",
      ...(message.headers === undefined ? {} : { headers: { ...message.headers } }),
      tags: { ...message.tags },
    };
    this.#database
      .prepare(
        `INSERT INTO outbox
          (id, channel, recipient, participant_id, provider_message_id, sent_at, status, entry)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        entry.id,
        entry.channel,
        recipientKey(entry.to),
        participantId ?? null,
        entry.providerMessageId,
        sentAt,
        entry.status,
        JSON.stringify(entry),
      );
    return entry;
  }

  /** Newest first. */
  list(filter: OutboxFilter = {}): OutboxEntry[] {
    const conditions: string[] = [];
    const values: SQLInputValue[] = [];
    const wanted: [string, string | undefined][] = [
      ["recipient = ?", filter.to === undefined ? undefined : recipientKey(filter.to)],
      ["channel = ?", filter.channel],
      ["participant_id = ?", filter.participantId],
      ["sent_at >= ?", filter.since === undefined ? undefined : canonicalInstant(filter.since)],
    ];
    for (const [condition, value] of wanted) {
      if (value === undefined) continue;
      conditions.push(condition);
      values.push(value);
    }
    const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
    const rows = this.#database
      .prepare(`SELECT status, entry FROM outbox ${where} ORDER BY position DESC LIMIT ?`)
      .all(...values, filter.limit ?? -1);
    return rows.map(parseRow);
  }

  /** One message by its id, undefined where there is none. */
  get(id: string): OutboxEntry | undefined {
    const row = this.#database.prepare("SELECT status, entry FROM outbox WHERE id = ?").get(id);
    return row === undefined ? undefined : parseRow(row);
  }

  /** The newest text sent to a number, which a reply answers; undefined where there is none. */
  lastTextTo(number: string, sentFrom?: string): OutboxEntry | undefined {
    return this.list({ to: number, channel: "sms", limit: 50 }).find(
      (entry) => sentFrom === undefined || entry.from === sentFrom,
    );
  }

  /** Records what became of a message; returns it, or undefined where there is none. */
  setStatus(id: string, status: OutboxStatus): OutboxEntry | undefined {
    this.#database.prepare("UPDATE outbox SET status = ? WHERE id = ?").run(status, id);
    return this.get(id);
  }

  /** How many messages are kept. */
  count(): number {
    return Number(this.#database.prepare("SELECT count(*) AS n FROM outbox").get()?.n ?? 0);
  }

  /** Forgets every message, for a fresh world. */
  clear(): void {
    this.#database.exec("DELETE FROM outbox");
  }
}

function parseRow(row: Record<string, unknown>): OutboxEntry {
  const entry: unknown = JSON.parse(String(row.entry));
  return entrySchema.parse({
    ...z.record(z.string(), z.unknown()).parse(entry),
    status: row.status,
  });
}

/** Mail addresses are compared without regard to case, numbers as they are. */
function recipientKey(to: string): string {
  return to.trim().toLowerCase();
}

/** The stored form of an instant, so that text comparison is time comparison. */
function canonicalInstant(instant: string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? instant : date.toISOString();
}
