import PostalMime, { decodeWords } from "postal-mime";

/** What a mail says, taken out of its MIME form. */
export interface ParsedMail {
  /** Lower-case names, unfolded, encoded words decoded; a repeated header keeps its first value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly html?: string;
  /** File names of the attachments, "attachment" where one has none. */
  readonly attachments: readonly string[];
}

/**
 * Reads a mail as a recipient's program would: nested multiparts, quoted-printable and base64, charsets. What it cannot
 * read becomes replacement characters; texts end without a line break.
 * @throws {Error} for parts nested deeper than 256 and headers longer than 2 MiB
 */
export async function parseMail(raw: Buffer): Promise<ParsedMail> {
  const mail = await PostalMime.parse(raw);
  const headers: Record<string, string> = {};
  for (const { key, value } of mail.headers) headers[key] ??= decodeWords(value);
  return {
    headers,
    ...(mail.text === undefined ? {} : { text: withoutLastBreak(mail.text) }),
    ...(mail.html === undefined ? {} : { html: withoutLastBreak(mail.html) }),
    attachments: mail.attachments.map(({ filename }) => filename ?? "attachment"),
  };
}

/** The parser ends every text with a line break of its own. */
function withoutLastBreak(text: string): string {
  return text.replace(/\n$/, "");
}
