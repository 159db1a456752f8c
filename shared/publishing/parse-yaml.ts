import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import { madeWellFormed } from "../contracts/read-input.ts";
import { type DocumentPath, type Finding, type FindingDetails, pathText } from "./finding.ts";
import { yamlFault } from "./yaml-sentences.ts";

/** A file of a program, read: its plain value and where each part of it stands. */
export type ParsedFile = {
  readonly file: string;
  readonly value: unknown;
  /** What keeps it from being read; empty for a readable file. */
  readonly problems: readonly Finding[];
  /** A finding at the part that the path names, or at the nearest part around it that is there. */
  readonly finding: (path: DocumentPath, details: FindingDetails) => Finding;
};

/**
 * A policy is one item of the database, which holds 400 kB, and is packed to a half: more is a mistake, and would
 * take long to look through.
 */
const largestCharacters = 600_000;

type Read = { readonly text: string; readonly parsed: ParsedFile };
/**
 * The last two texts of each file, the later one first: programs share instruments, sites and policy, which are read
 * once, and so is what somebody changes and takes back.
 */
const lastRead = new Map<string, readonly Read[]>();
const keptFiles = 100;

/** The values of texts that some earlier process has read without a fault, by the text itself. */
export type ValuesRead = {
  readonly find: (text: string) => { readonly value: unknown } | undefined;
  readonly keep: (text: string, value: unknown) => void;
};
let valuesRead: ValuesRead | undefined;

/**
 * From now on a text that was read before, by whatever process, is not read again for its value: a policy takes a
 * third of a second. Where its parts stand is worked out when somebody asks.
 */
export function rememberValues(values: ValuesRead): void {
  valuesRead = values;
}

/** What a person puts right at one sitting; the rest shows when these are gone. */
export const maxFindings = 100;

/** Reads YAML. Never throws: whatever cannot be read becomes a finding. */
export function parseYaml(file: string, text: string): ParsedFile {
  const before = lastRead.get(file) ?? [];
  const parsed =
    before.find((one) => one.text === text)?.parsed ??
    readBefore(file, text) ??
    readYaml(file, text);
  if (lastRead.size >= keptFiles) lastRead.clear();
  const other = before.find((one) => one.text !== text);
  lastRead.set(file, [{ text, parsed }, ...(other === undefined ? [] : [other])]);
  return parsed;
}

function readBefore(file: string, text: string): ParsedFile | undefined {
  const known = valuesRead?.find(text);
  if (known === undefined) return undefined;
  let whole: ParsedFile | undefined;
  return {
    file,
    value: known.value,
    problems: [],
    finding: (path, details) => {
      whole ??= readYaml(file, text);
      return whole.finding(path, details);
    },
  };
}

function readYaml(file: string, text: string): ParsedFile {
  const counter = new LineCounter();
  try {
    if (text.length > largestCharacters)
      return unreadable(file, `${text.length} characters`, `at most ${largestCharacters}`);
    if (nestsTooDeep(text))
      return unreadable(file, "brackets inside brackets without end", "a few levels");
    const document = parseDocument(text, {
      lineCounter: counter,
      prettyErrors: false,
      // Checked below, in one pass: the parser compares every key with every other.
      uniqueKeys: false,
      // Keys that are lists or maps become findings of the schema, not warnings of the process.
      // A second document of the file is an error all the same.
      logLevel: "error",
    });
    const at = (offset: number) => position(counter, offset);
    const fault = yamlFault(text, document.errors);
    const problems: Finding[] =
      fault === undefined
        ? []
        : [
            {
              ...base(file, at(fault.offset)),
              found: fault.found,
              allowed: fault.allowed,
            },
          ];
    visit(document, {
      Map(_key, node) {
        const seen = new Set<unknown>();
        for (const { key } of node.items) {
          if (!isScalar(key)) continue;
          if (seen.has(key.value)) {
            problems.push({
              ...base(file, at(key.range?.[0] ?? 0)),
              found: `the key ${JSON.stringify(key.value)} a second time`,
              allowed: "every key once",
            });
          }
          seen.add(key.value);
        }
      },
      Alias(_key, node) {
        problems.push({
          ...base(file, at(node.range?.[0] ?? 0)),
          found: `the alias *${node.source}`,
          allowed: "every value written out where it belongs",
        });
      },
    });
    problems.splice(maxFindings);
    const root = document.contents;
    const value = problems.length === 0 ? madeWellFormed(document.toJS()) : undefined;
    if (value !== undefined) valuesRead?.keep(text, value);
    return {
      file,
      value,
      problems,
      finding: (path, details) => ({
        ...base(file, at(offsetOf(root, path, details.atKey ?? false))),
        severity: details.severity ?? "error",
        path: pathText(path),
        found: details.found,
        allowed: details.allowed,
        ...(details.nearest === undefined ? {} : { nearest: details.nearest }),
      }),
    };
  } catch (error) {
    const why = error instanceof Error ? firstLine(error.message) : "an unknown problem";
    return unreadable(file, `something that cannot be read (${why})`, "well-formed YAML");
  }
}

const deepestBrackets = 200;

/** The parser takes long to give up on thousands of open brackets; no program needs more than a few. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === "[" || bracket === "{" ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepestBrackets) return true;
  }
  return false;
}

/** A file that is not there, or cannot be read at all. */
export function unreadable(file: string, found: string, allowed: string): ParsedFile {
  const finding = (path: DocumentPath, details: FindingDetails): Finding => ({
    ...base(file, { line: 1, column: 1 }),
    severity: details.severity ?? "error",
    path: pathText(path),
    found: details.found,
    allowed: details.allowed,
  });
  return { file, value: undefined, problems: [finding([], { found, allowed })], finding };
}

function base(file: string, at: { readonly line: number; readonly column: number }) {
  return { severity: "error", file, ...at, path: "" } as const;
}

function position(
  counter: LineCounter,
  offset: number,
): { readonly line: number; readonly column: number } {
  const { line, col } = counter.linePos(Math.max(0, offset));
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function offsetOf(root: Node | null, path: DocumentPath, atKey: boolean): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [index, segment] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === String(segment),
      );
      if (pair === undefined) return offset;
      const keyOffset = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
      node = pair.value;
      offset =
        (atKey && index === path.length - 1 ? keyOffset : (startOf(node) ?? keyOffset)) ?? offset;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      const start = startOf(node);
      if (start === undefined) return offset;
      offset = start;
    } else {
      return offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) || isAlias(node)
    ? node.range?.[0]
    : undefined;
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? text).slice(0, 200);
}
