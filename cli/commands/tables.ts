import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import * as z from "zod";
import { importedLineSchema, outgoingTables } from "../../shared/contracts/routes/tables.ts";
import { openApi, revealOption, serverOptions } from "../api-client.ts";
import {
  CalledWrongly,
  type Command,
  type Input,
  NotDone,
  type Outcome,
  textOption,
} from "../command.ts";
import { maskName, plain, table } from "../output.ts";

const incoming = ["attendance", "visits", "roster"] as const;

export const tableCommands: readonly Command[] = [
  {
    name: "table export",
    summary:
      "take people, the schedule or attendance out as a file for spreadsheets; it is audited",
    args: [{ name: "<table>", words: Object.keys(outgoingTables).join(", ") }],
    options: [
      ...serverOptions,
      { flags: "--out <file>", words: "where the file is written; it holds names" },
      { flags: "--from <day>", words: "of schedule and attendance: the first day, YYYY-MM-DD" },
      { flags: "--to <day>", words: "of schedule and attendance: the last day" },
      { flags: "--search <words>", words: "of the roster: only people who match" },
      {
        flags: "--phase <status>",
        words: "of the roster: only people in this status, e.g. active",
      },
    ],
    run: exportTable,
  },
  {
    name: "table import",
    summary:
      "say line by line what a file of attendance, visits or the groups of people would change; enter it with --apply",
    args: [
      { name: "<table>", words: incoming.join(", ") },
      { name: "<file>", words: "the file, with the headings of an export" },
    ],
    options: [
      ...serverOptions,
      revealOption,
      { flags: "--apply", words: "enter it; without it nothing is written" },
    ],
    run: importTable,
  },
];

const exportedSchema = z.object({ rowCount: z.number(), csv: z.string() });

async function exportTable(input: Input): Promise<Outcome> {
  const [kind = ""] = input.args;
  if (!Object.hasOwn(outgoingTables, kind))
    throw new CalledWrongly(`Name what goes out: ${Object.keys(outgoingTables).join(", ")}.`);
  const out = textOption(input, "out");
  if (out === undefined)
    throw new CalledWrongly("Say where the file goes, with --out: it holds names.");
  const asked = (kind === "roster" ? ["search", "phase"] : ["from", "to"]).flatMap((name) => {
    const value = textOption(input, name);
    return value === undefined ? [] : [[name, value]];
  });
  const query = asked.length === 0 ? "" : `?${new URLSearchParams(asked)}`;
  const api = await openApi(input, "site-lead");
  const { rowCount, csv } = exportedSchema.parse(await api.get(`/exports/${kind}${query}`));
  const file = resolve(input.io.cwd, out);
  try {
    // Nobody else on the machine reads it.
    writeFileSync(file, csv, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (isCode(error, "EEXIST"))
      throw new CalledWrongly(`${out} is there already: name another file, or remove it.`);
    throw new NotDone(`${out} could not be written. Name a file in a folder of yours.`);
  }
  return {
    exitCode: 0,
    json: { table: kind, rowCount, file },
    text: `${rowCount} ${rowCount === 1 ? "row" : "rows"} written to ${plain(out)}. It holds names: keep it where only those who need it read it.`,
  };
}

const importedSchema = z.object({
  isApplied: z.boolean(),
  lines: z.array(importedLineSchema),
  seen: z.string(),
});
type Line = z.infer<typeof importedLineSchema>;

const stateWords: Readonly<Record<Line["state"], string>> = {
  "to-do": "would be entered",
  done: "entered",
  same: "stands there already",
  blank: "says nothing",
  refused: "left out",
};

async function importTable(input: Input): Promise<Outcome> {
  const [kind = "", name = ""] = input.args;
  if (!incoming.some((one) => one === kind))
    throw new CalledWrongly(`Name what comes in: ${incoming.join(", ")}.`);
  const csv = readFile(input, name);
  const api = await openApi(input, "case-manager");
  const path = `/imports/${kind}`;
  const looked = importedSchema.parse(await api.post(path, { csv }));
  const isToDo = looked.lines.some(({ state }) => state === "to-do");
  const outcome =
    input.options.apply === true && isToDo
      ? importedSchema.parse(await api.post(path, { csv, seen: looked.seen }))
      : looked;
  const lines = outcome.lines.map((line) =>
    input.options.reveal === true ? line : { ...line, person: maskName(line.person) },
  );
  return {
    exitCode: lines.some(({ state }) => state === "refused") ? 1 : 0,
    json: { table: kind, isApplied: outcome.isApplied, lines },
    text: [differences(lines), "", verdict(lines, outcome.isApplied)].join("\n"),
  };
}

function readFile(input: Input, name: string): string {
  let csv: string;
  try {
    csv = readFileSync(resolve(input.io.cwd, name), "utf8");
  } catch {
    throw new CalledWrongly(`${name} cannot be read: name a file.`);
  }
  if (csv.replace("\uFEFF", "").trim() === "") throw new CalledWrongly(`${name} is empty.`);
  return csv;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function differences(lines: readonly Line[]): string {
  return table(
    ["Line", "Who", "What", "How it stands"],
    lines.map(({ line, person, what, state, sentence }) => [
      String(line),
      plain(person),
      plain(what),
      `${stateWords[state]}${sentence === undefined ? "" : `: ${plain(sentence)}`}`,
    ]),
    "The file has no lines.",
  );
}

function verdict(lines: readonly Line[], isApplied: boolean): string {
  const count = (state: Line["state"]) => lines.filter((line) => line.state === state).length;
  const left = count("refused") === 0 ? "" : ` ${count("refused")} left out, with why.`;
  if (isApplied) return `${count("done")} entered.${left}`;
  return count("to-do") === 0
    ? `Nothing to enter.${left}`
    : `${count("to-do")} would be entered.${left} Nothing was written: add --apply to enter them.`;
}
