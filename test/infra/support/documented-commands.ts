import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./synthesised.ts";

/** One command that a guide, a runbook or a workflow tells somebody to run, in words. */
export type Documented = { readonly where: string; readonly words: readonly string[] };

const programs = ["aws", "npx", "node", "npm"];
const folders = ["docs/guides", "docs/runbooks", "docs/decisions", "infra", ".github/workflows"];

/** Every command in the documents that begins with a program that people run. */
export function documentedCommands(): readonly Documented[] {
  const files = [
    "README.md",
    ...folders.flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => /\.(md|yml)$/.test(name))
        .map((name) => `${folder}/${name}`),
    ),
  ];
  return files.flatMap((file) =>
    commandsIn(readFileSync(join(root, file), "utf8"), file.endsWith(".yml")).map((command) => ({
      where: `${file}: ${command}`,
      words: wordsOf(command),
    })),
  );
}

function commandsIn(text: string, isWorkflow: boolean): readonly string[] {
  const lines = isWorkflow
    ? [...text.matchAll(/run: (.*)/g)].map((match) => match[1] ?? "")
    : [
        ...fencedLines(text),
        ...[...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? ""),
      ];
  return lines
    .map((line) => line.trim())
    .filter((line) => programs.some((program) => line.startsWith(`${program} `)));
}

/** Lines of code blocks, without comments; a quoted text that goes on over lines is one line. */
function fencedLines(text: string): readonly string[] {
  return [...text.matchAll(/^ *```\w*\n([\s\S]*?)^ *```/gm)].flatMap((match) =>
    (match[1] ?? "")
      .replace(/'[^']*'/g, (quoted) => quoted.replaceAll("\n", " "))
      .replace(/\\\n */g, " ")
      .split("\n"),
  );
}

function withoutFences(text: string): string {
  return text.replace(/^ *```[\s\S]*?^ *```/gm, "");
}

/** What a shell would hand over; a comment and what another program does with the output are left off. */
function wordsOf(command: string): readonly string[] {
  const words = [...command.matchAll(/'([^']*)'|"([^"]*)"|(#.*)|(\|.*|&&.*)|([^\s'"]+)/g)];
  const end = words.findIndex((match) => match[3] !== undefined || match[4] !== undefined);
  return (end < 0 ? words : words.slice(0, end)).map(
    (match) => match[1] ?? match[2] ?? match[5] ?? "",
  );
}
