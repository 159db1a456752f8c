import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readProgramFiles } from "../../../../shared/aws/program-files/read-program-files.ts";
import { readBy, valuesInFolder } from "../../../../shared/aws/program-files/values-in-folder.ts";
import { compileProgram } from "../../../../shared/publishing/compile-program.ts";
import { parseYaml, rememberValues } from "../../../../shared/publishing/parse-yaml.ts";

const programs = join(import.meta.dirname, "../../../../programs");
const nothingKept = { find: () => undefined, keep: () => {} };
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "values-"));
});
afterEach(() => {
  rememberValues(nothingKept);
  rmSync(folder, { recursive: true, force: true });
});

/** So that a file is read anew: the process itself remembers its last two texts. */
function forget(file: string): void {
  for (const other of ["{}", "[]"]) parseYaml(file, other);
}

test("a text that was read before has the same value, and its mistakes stand at the same places", () => {
  const shipped = readProgramFiles(programs);
  const policy = (shipped["policy.yaml"] ?? "").replace("perDay: 2", "perDay: 99");
  expect(policy).not.toBe(shipped["policy.yaml"]);
  const files = { ...shipped, "policy.yaml": policy };
  const findings = () => {
    for (const file of Object.keys(files)) forget(file);
    return compileProgram(files, "adult-iop").findings;
  };
  const readFromText = findings();
  expect(readFromText.map(({ file }) => file)).toContain("policy.yaml");
  rememberValues(valuesInFolder(folder));
  expect(findings()).toEqual(readFromText);
  // The texts of the reset, and every file that the program is made of.
  expect(readdirSync(folder).length).toBeGreaterThan(10);
  expect(findings()).toEqual(readFromText);
  const known = valuesInFolder(folder).find(policy);
  rememberValues(nothingKept);
  forget("policy.yaml");
  expect(known?.value).toEqual(parseYaml("policy.yaml", policy).value);
});

test("what was kept is used, and what was cut short is read from its text", () => {
  const text = "name: Riverside";
  rememberValues(valuesInFolder(folder));
  expect(parseYaml("one.yaml", text).value).toEqual({ name: "Riverside" });
  const [kept = ""] = readdirSync(folder);
  writeFileSync(join(folder, kept), '{"name":"Kept"}');
  expect(parseYaml("two.yaml", text).value).toEqual({ name: "Kept" });
  writeFileSync(join(folder, kept), '{"name":');
  expect(parseYaml("three.yaml", text).value).toEqual({ name: "Riverside" });
  expect(JSON.parse(readFileSync(join(folder, kept), "utf8"))).toEqual({ name: "Riverside" });
});

test("a text with a mistake and one that JSON cannot hold are not kept", () => {
  rememberValues(valuesInFolder(folder));
  expect(parseYaml("mistake.yaml", "a: 1\na: 2").problems).toHaveLength(1);
  expect(parseYaml("endless.yaml", "most: .inf").value).toEqual({
    most: Number.POSITIVE_INFINITY,
  });
  expect(readdirSync(folder)).toEqual([]);
});

test("a folder that cannot be written costs the reading and nothing else", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  rememberValues(valuesInFolder(join(file, "inside")));
  expect(parseYaml("one.yaml", "name: Mesa").value).toEqual({ name: "Mesa" });
});

test("those that were kept longest ago go when there are many", () => {
  const values = valuesInFolder(folder);
  const text = (number: number) => `number: ${number}`;
  values.keep(text(0), { number: 0 });
  const [first = ""] = readdirSync(folder);
  utimesSync(join(folder, first), 1, 1);
  for (let number = 1; number <= 300; number += 1) values.keep(text(number), { number });
  expect(readdirSync(folder)).toHaveLength(300);
  expect(values.find(text(0))).toBeUndefined();
  expect(values.find(text(300))).toEqual({ value: { number: 300 } });
});

test("what is kept names the reader that it was read by, so that another one reads anew", () => {
  const text = readFileSync(join(programs, "..", "package.json"), "utf8");
  const { devDependencies } = JSON.parse(text) as { devDependencies: Record<string, string> };
  expect(readBy).toContain(`yaml ${devDependencies.yaml},`);
});
