import type { YAMLError } from "yaml";

/** What keeps a file from being read as YAML, in the words of somebody who writes a program. */
export type YamlFault = {
  /** Offset in characters of where to look: where a bracket opens, not where its end was missed. */
  readonly offset: number;
  readonly found: string;
  readonly allowed: string;
};

/**
 * The first fault of a text that is no YAML. What the parser says after it mostly follows from it.
 * @param errors - as the parser found them, in its order
 */
export function yamlFault(text: string, errors: readonly YAMLError[]): YamlFault | undefined {
  const first = errors.toSorted((left, right) => left.pos[0] - right.pos[0])[0];
  if (first === undefined) return undefined;
  const offset = first.pos[0];
  // The end of the file is after its last line.
  const within = Math.min(offset, Math.max(0, text.trimEnd().length));
  return { offset: within, ...sentenceOf(text, within, first) };
}

type Sentence = Omit<YamlFault, "offset"> & { readonly offset?: number };

function sentenceOf(text: string, offset: number, { code, message }: YAMLError): Sentence {
  const line = lineAround(text, offset);
  const rest = text.slice(offset);
  switch (code) {
    case "TAB_AS_INDENT":
      return { found: "a tab at the beginning of a line", allowed: "spaces" };
    case "MISSING_CHAR":
      return missing(text, offset, message);
    case "BAD_DQ_ESCAPE":
      return {
        found: `a backslash before "${rest.slice(1, 2)}" inside double quotes`,
        allowed: 'no backslash, or two: "\\\\"',
      };
    case "BAD_SCALAR_START":
      return {
        found: `a value that begins with ${rest.slice(0, 1)}`,
        allowed: 'the value in quotes, such as "@home"',
      };
    case "BAD_INDENT":
      return message.startsWith("Flow") ? unclosed(text, offset) : outOfLine;
    case "BLOCK_IN_FLOW":
      return { found: "a comma that is missing between two values", allowed: betweenBrackets };
    case "MULTIPLE_DOCS":
      return {
        found: "a line of three hyphens, after which nothing is read",
        allowed: "one file, one text",
      };
    case "BLOCK_AS_IMPLICIT_KEY":
      return message.includes("sequence") ? outOfLine : missingColon(text, offset, line);
    case "MULTILINE_IMPLICIT_KEY":
      return missingColon(text, offset, line);
    case "UNEXPECTED_TOKEN":
      return unexpected(rest);
    default:
      return {
        found: `${shown(line)}, which cannot be read`,
        allowed: "keys with values, and lists",
      };
  }
}

const outOfLine: Sentence = {
  found: "a line that stands further left or right than those of its list or keys",
  allowed: "the same number of spaces as the lines that belong with it",
};

const betweenBrackets = "a comma between two values, and a space after each comma and colon";

function missing(text: string, offset: number, message: string): Sentence {
  if (!message.includes("quote"))
    return message.startsWith("Missing ,")
      ? { found: "a comma that is missing between two values", allowed: betweenBrackets }
      : missingColon(text, offset, lineAround(text, offset));
  const mark = message.includes('"') ? '"' : "'";
  return {
    found: `a quotation mark ${mark} that is not closed`,
    allowed: `a second ${mark} where the value ends`,
    offset: Math.max(0, text.lastIndexOf(mark, offset - 1)),
  };
}

/** A key without its colon, or a value with one too many. */
function missingColon(text: string, offset: number, line: string): Sentence {
  if (/^\s*-[^\s-]/.test(line))
    return {
      found: `no space after the hyphen of ${shown(line)}`,
      allowed: "a hyphen and a space",
    };
  const value = /^[\s-]*[A-Za-z][\w-]*: +(.*)$/.exec(line)?.[1];
  if (value?.includes(": ") === true || value?.endsWith(":") === true)
    return {
      found: `a colon inside the value ${shown(value)}`,
      allowed: "a value that holds a colon stands in quotes",
    };
  if (value !== undefined)
    return {
      found: `lines after ${shown(line)} that stand further right than it`,
      allowed: "the same number of spaces as the lines that belong with it",
    };
  if (/^\s*- /.test(line) && !line.includes(":"))
    return {
      found: `${shown(line)} without a colon`,
      allowed: "a key, a colon, a space and a value",
    };
  if (/^\s*- /.test(line))
    return {
      ...outOfLine,
      offset: lineStart(text, offset) + line.length - line.trimStart().length,
    };
  if (/^\s*[A-Za-z][\w-]*:\S/.test(line))
    return { found: `no space after the colon of ${shown(line)}`, allowed: "a colon and a space" };
  return {
    found: `${shown(line)} without a colon`,
    allowed: "a key, a colon, a space and a value",
  };
}

/** A bracket that opens and never ends: told where it opens. */
function unclosed(text: string, offset: number): Sentence {
  const open: number[] = [];
  for (let at = 0; at < offset; at += 1) {
    const sign = text[at];
    if (sign === "[" || sign === "{") open.push(at);
    else if (sign === "]" || sign === "}") open.pop();
  }
  const opened = open.at(-1) ?? offset;
  const sign = text[opened] === "[" ? "[" : "{";
  return {
    found: `a bracket ${sign} that is not closed`,
    allowed: `a ${sign === "[" ? "]" : "}"} where it ends`,
    offset: opened,
  };
}

function unexpected(rest: string): Sentence {
  const sign = rest.slice(0, 1);
  if (sign === "]" || sign === "}")
    return { found: `a bracket ${sign} too many`, allowed: "as many as were opened" };
  if (sign === ",") return { found: "a comma too many", allowed: betweenBrackets };
  return {
    found: `${shown(rest.split("\n")[0] ?? "")}, which does not belong here`,
    allowed: "one value; in quotes if it holds signs",
  };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", Math.max(0, offset - 1)) + 1;
}

function lineAround(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(lineStart(text, offset), end < 0 ? undefined : end);
}

function shown(text: string): string {
  const trimmed = text.trim();
  return JSON.stringify(trimmed.length > 60 ? `${trimmed.slice(0, 57)}...` : trimmed);
}
