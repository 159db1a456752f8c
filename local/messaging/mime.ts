/** What a mail says, taken out of its MIME form. */
export interface ParsedMail {
  /** Lower-case names, unfolded, encoded words decoded; a repeated header keeps its first value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly html?: string;
  /** File names of the attachments, "attachment" where one has none. */
  readonly attachments: readonly string[];
}

interface Part {
  readonly headers: Record<string, string>;
  /** One character per byte. */
  readonly body: string;
}

const DEEPEST_NESTING = 10;

/**
 * Reads a mail as a recipient's program would: nested multiparts, quoted-printable and base64,
 * charsets. Never throws; what it cannot read becomes replacement characters.
 */
export function parseMail(raw: Buffer): ParsedMail {
  const found: { text?: string; html?: string; attachments: string[] } = { attachments: [] };
  const root = partOf(raw.toString("latin1"));
  collect(root, found, 0);
  const headers = Object.fromEntries(
    Object.entries(root.headers).map(([name, value]) => [name, decodeWords(value)]),
  );
  return { headers, ...found };
}

function collect(
  part: Part,
  found: { text?: string; html?: string; attachments: string[] },
  depth: number,
): void {
  const type = headerWithParameters(part.headers["content-type"] ?? "text/plain");
  const disposition = headerWithParameters(part.headers["content-disposition"] ?? "inline");
  const boundary = type.parameters.boundary;
  if (type.value.startsWith("multipart/") && boundary !== undefined && depth < DEEPEST_NESTING) {
    for (const child of splitAt(part.body, boundary)) collect(partOf(child), found, depth + 1);
    return;
  }
  if (disposition.value === "attachment" || !type.value.startsWith("text/")) {
    const name = disposition.parameters.filename ?? type.parameters.name ?? "attachment";
    found.attachments.push(decodeWords(name));
    return;
  }
  const encoding = (part.headers["content-transfer-encoding"] ?? "7bit").trim().toLowerCase();
  const bytes = decodeTransfer(part.body, encoding);
  // Lines end with CR LF on the wire only.
  const content = decodeCharset(bytes, type.parameters.charset).replaceAll("\r\n", "\n");
  if (type.value === "text/html") found.html ??= content;
  else if (type.value === "text/plain") found.text ??= content;
  else found.attachments.push(type.parameters.name ?? "attachment");
}

function partOf(source: string): Part {
  // The added line break makes a part without any header look like one with an empty head.
  const whole = `\n${source}`;
  const end = /\r?\n\r?\n/.exec(whole);
  const head = end === null ? whole : whole.slice(0, end.index);
  const body = end === null ? "" : whole.slice(end.index + end[0].length);
  const headers: Record<string, string> = {};
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0)
      headers[line.slice(0, colon).trim().toLowerCase()] ??= line.slice(colon + 1).trim();
  }
  return { headers, body };
}

function splitAt(body: string, boundary: string): string[] {
  const delimiter = `--${boundary}`;
  const parts: string[][] = [];
  let current: string[] | undefined;
  for (const line of body.split(/\r?\n/)) {
    const trimmed = line.trimEnd();
    if (trimmed === `${delimiter}--`) break;
    if (trimmed === delimiter) {
      current = [];
      parts.push(current);
    } else {
      current?.push(line);
    }
  }
  return parts.map((lines) => lines.join("\r\n"));
}

function decodeTransfer(body: string, encoding: string): Buffer {
  if (encoding === "base64") return Buffer.from(body.replace(/[^A-Za-z0-9+/=]/g, ""), "base64");
  if (encoding === "quoted-printable") {
    return decodeEscapes(body.replace(/[ \t]+(?=\r?\n|$)/g, "").replace(/=\r?\n/g, ""));
  }
  return Buffer.from(body, "latin1");
}

function decodeEscapes(text: string): Buffer {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1");
}

function decodeCharset(bytes: Buffer, charset = "utf-8"): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder("utf-8").decode(bytes);
  }
}

/** Decodes `=?utf-8?B?...?=` words; raw bytes beyond ASCII are read as UTF-8. */
function decodeWords(value: string): string {
  if (/[^ -~\t]/.test(value)) return decodeCharset(Buffer.from(value, "latin1"));
  return value
    .replace(/(\?=)\s+(?==\?)/g, "$1")
    .replace(/(?:=\?[^?\s]+\?[BQ]\?[^?]*\?=)+/gi, (run) => decodeRun(run));
}

function decodeRun(run: string): string {
  const words = [...run.matchAll(/=\?([^?*\s]+)(?:\*[^?]*)?\?([BQ])\?([^?]*)\?=/gi)];
  const charset = words[0]?.[1];
  const parts = words.map(([, , kind, text = ""]) =>
    kind?.toUpperCase() === "B"
      ? Buffer.from(text, "base64")
      : decodeEscapes(text.replaceAll("_", " ")),
  );
  return decodeCharset(Buffer.concat(parts), charset);
}

function headerWithParameters(header: string): {
  value: string;
  parameters: Record<string, string>;
} {
  const [value = "", ...rest] = header.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const parameters: Record<string, string> = {};
  for (const parameter of rest) {
    const equals = parameter.indexOf("=");
    if (equals === -1) continue;
    const name = parameter.slice(0, equals).trim().toLowerCase();
    parameters[name] = parameter
      .slice(equals + 1)
      .trim()
      .replace(/^"(.*)"$/s, "$1");
  }
  return { value: value.trim().toLowerCase(), parameters };
}
