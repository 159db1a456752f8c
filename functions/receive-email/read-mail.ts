import PostalMime from "postal-mime";

/** What a mail says, as far as a person or the crisis screen reads it. */
export type MailWords = {
  /** Address of whoever wrote it; empty where none can be read. */
  readonly from: string;
  /** Subject and words as they came, with what was quoted; names of files that came along. */
  readonly words: string;
  /** The writer's own words: what an answer quotes was written by us. */
  readonly ownWords: string;
  /** What was quoted without marks, and the subject of an answer: ours as a rule, and now and then the writer's. */
  readonly perhapsOwn: string;
  /** True for what a machine sent: an out-of-office note, a report that a mail was not delivered. */
  readonly isAutomatic: boolean;
};

/** Characters of one mail that are kept; a mail is mostly far shorter. */
const mostCharacters = 20_000;

/** Where an answer begins to quote what it answers, in the mail programs' own words. */
const quoteBegins = [
  /^\s*on .{6,200} wrote:\s*$/i,
  /^\s*el .{6,200} escribi[oó]:\s*$/i,
  /^\s*-{2,}\s*(?:original message|forwarded message|mensaje original|mensaje reenviado)\s*-{2,}/i,
  /^\s*_{10,}\s*$/,
];

/**
 * Reads a mail as its recipient's program would.
 * @param raw - the mail as it came over the wire
 * @throws {Error} for what is no mail at all
 */
export async function readMail(raw: Uint8Array): Promise<MailWords> {
  const mail = await PostalMime.parse(raw);
  // Some programs send a text that holds nothing beside the page that holds it all.
  const text = (mail.text ?? "").trim();
  const body = text === "" ? textOf(mail.html ?? "") : text;
  const subject = (mail.subject ?? "").trim();
  const files = mail.attachments.map(({ filename }) => filename ?? "a file");
  const parts = [
    ...(subject === "" ? [] : [`Subject: ${subject}`]),
    body,
    ...(files.length === 0 ? [] : [`[Came along and was not kept: ${files.join(", ")}]`]),
  ];
  const { own, below } = withoutQuotes(body);
  const isAnswer = isReplySubject(subject);
  return {
    from: (mail.from?.address ?? "").trim(),
    words: kept(parts.filter((part) => part !== "").join("\n\n")),
    ownWords: inOne(isAnswer ? "" : subject, own),
    perhapsOwn: inOne(isAnswer ? subject : "", below),
    isAutomatic: mail.headers.some(isMachines),
  };
}

function inOne(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(". ");
}

/** A subject that answers ours says nothing of its own, unless the writer changed it. */
function isReplySubject(subject: string): boolean {
  return /^(?:re|aw|rv|fwd?)\s*:/i.test(subject);
}

function isMachines({ key, value }: { readonly key: string; readonly value: string }): boolean {
  const said = value.trim().toLowerCase();
  switch (key) {
    case "auto-submitted":
      return said !== "no";
    case "x-autoreply":
    case "x-autorespond":
    case "x-failed-recipients":
      return true;
    case "precedence":
      return said === "auto_reply" || said === "bulk" || said === "junk";
    default:
      return false;
  }
}

/**
 * What the writer wrote above, below and between what they quote; everything where nothing else is there. Where a quote
 * has no marks nobody can tell where it ends: what stands below its beginning is handed over by itself.
 */
function withoutQuotes(body: string): { readonly own: string; readonly below: string } {
  const lines = body.split(/\r?\n/);
  const isMarked = (line: string) => /^\s*>/.test(line);
  const begins = (line: string) => quoteBegins.some((pattern) => pattern.test(line));
  const unmarked = lines.findIndex(
    (line, at) =>
      begins(line) && !isMarked(lines.slice(at + 1).find((next) => next.trim() !== "") ?? ">"),
  );
  const end = unmarked === -1 ? lines.length : unmarked;
  const theirs = (part: readonly string[]) =>
    part
      .filter((line) => !isMarked(line) && !begins(line))
      .join("\n")
      .trim();
  const own = theirs(lines.slice(0, end));
  return { own: own === "" ? body : own, below: theirs(lines.slice(end)) };
}

const entities: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
]);

/** The words of a mail that came as a page alone: what it quotes is marked as quoted text is. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script|head|title)\b[\s\S]*?<\/\1\s*>/gi, " ")
    .replace(/<blockquote\b[^>]*>([\s\S]*?)<\/blockquote\s*>/gi, (_all, quoted: string) =>
      textOf(quoted).replace(/^/gm, "> "),
    )
    .replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^>]*>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d{1,7});/g, (_all, code: string) => characterOf(Number(code)))
    .replace(/&#x([0-9a-f]{1,6});/gi, (_all, code: string) =>
      characterOf(Number.parseInt(code, 16)),
    )
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_all, name: string) => entities.get(name) ?? " ")
    .replace(/[ \t]+/g, " ")
    .replace(/\n\s*\n\s*\n/g, "\n\n")
    .trim();
}

function characterOf(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : " ";
}

function kept(words: string): string {
  const whole = words.toWellFormed();
  if (whole.length <= mostCharacters) return whole;
  // A cut may fall between the two halves of one character.
  const begin = whole.slice(0, mostCharacters).replace(/[\uD800-\uDBFF]$/, "");
  return `${begin}\n\n[The mail goes on: ${whole.length - begin.length} characters more.]`;
}
