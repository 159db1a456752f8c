import { describe, expect, test } from "vitest";
import { compileProgram, type ProgramFiles } from "../../../shared/publishing/compile-program.ts";
import { findingText } from "../../../shared/publishing/finding.ts";
import { threadMilliseconds } from "../../builders/processor-time.ts";
import { shippedFiles } from "../../builders/program-files.ts";
import { fc, isFullVolume } from "../../builders/properties.ts";

const names = Object.keys(shippedFiles);

/** Whatever the files hold: an answer, and each finding names a place that can be opened. */
function check(files: ProgramFiles): ReturnType<typeof compileProgram> {
  const compiled = compileProgram(files, "adult-iop");
  if (!compiled.ok) expect(compiled.findings.some((one) => one.severity === "error")).toBe(true);
  for (const finding of compiled.findings) {
    expect(finding.line).toBeGreaterThanOrEqual(1);
    expect(finding.column).toBeGreaterThanOrEqual(1);
    const text = files[finding.file];
    if (text !== undefined) expect(finding.line).toBeLessThanOrEqual(text.split("\n").length + 1);
    expect(findingText(finding).length).toBeLessThan(5_000);
  }
  return compiled;
}

function withText(name: string, text: string): ProgramFiles {
  return { ...shippedFiles, [name]: text };
}

/** A whole program is checked for each draw: the usual volume tells that nothing broke, the full one looks for more. */
const numRuns = isFullVolume ? 1000 : 80;
/** Some hundred whole programs are checked in one test. */
const manyChecks = { timeout: 60_000 };

const file = fc.constantFrom(...names);
const position = fc.nat({ max: 20_000 });

describe("program check answers whatever a file holds", () => {
  test("lines lost, doubled or swapped", manyChecks, () => {
    fc.assert(
      fc.property(
        file,
        fc.constantFrom("lose", "double", "swap", "indent", "dedent"),
        position,
        position,
        (name, how, first, second) => {
          const lines = (shippedFiles[name] ?? "").split("\n");
          const [at, other] = [first % lines.length, second % lines.length];
          const line = lines[at] ?? "";
          if (how === "lose") lines.splice(at, 1);
          if (how === "double") lines.splice(at, 0, line);
          if (how === "indent") lines[at] = `  ${line}`;
          if (how === "dedent") lines[at] = line.replace(/^ {2}/, "");
          if (how === "swap") [lines[at], lines[other]] = [lines[other] ?? "", line];
          check(withText(name, lines.join("\n")));
        },
      ),
      { numRuns },
    );
  });

  test("characters lost or put in, and files cut off", manyChecks, () => {
    const odd = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ":",
      "&a ",
      "*a",
      "!!js/function ",
      "'",
      '"',
      "#",
      "|",
      ">",
      "\t",
      "\0",
      "%",
      "@",
      "`",
      "- ",
      "? ",
      "<<: ",
      "---\n",
      "...\n",
      "\u2028",
      "\ud800",
      "🙂",
      "~",
      "1e999",
      ".nan",
      "0x",
      "__proto__: ",
      "constructor: ",
    );
    fc.assert(
      fc.property(file, odd, position, fc.boolean(), (name, text, at, isCut) => {
        const whole = shippedFiles[name] ?? "";
        const index = at % (whole.length + 1);
        check(withText(name, whole.slice(0, index) + text + (isCut ? "" : whole.slice(index))));
      }),
      { numRuns },
    );
  });

  test("a value of another kind anywhere", manyChecks, () => {
    const values = fc.constantFrom(
      "null",
      "true",
      "-1",
      "1.5",
      "1e400",
      "[]",
      "{}",
      "[[[]]]",
      '""',
      "{ a: { b: 1 } }",
      "2027-13-45",
      "99999999999999999999",
      '"\\u0000"',
      "|\n",
    );
    fc.assert(
      fc.property(file, values, position, (name, value, at) => {
        const lines = (shippedFiles[name] ?? "").split("\n");
        const index = at % lines.length;
        lines[index] = (lines[index] ?? "").replace(/:.*$/, `: ${value}`);
        check(withText(name, lines.join("\n")));
      }),
      { numRuns },
    );
  });

  test("bytes and texts that are no program at all", manyChecks, () => {
    const anything = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString("utf8")),
      fc.json(),
    );
    fc.assert(
      fc.property(file, anything, (name, text) => {
        check(withText(name, text));
      }),
      { numRuns },
    );
  });

  const bomb = [
    "a: &a [x, x, x, x, x, x, x, x, x]",
    ...Array.from({ length: 12 }, (_, index) => {
      const [here, above] = [String.fromCharCode(98 + index), String.fromCharCode(97 + index)];
      return `${here}: &${here} [${Array(9).fill(`*${above}`).join(", ")}]`;
    }),
  ].join("\n");

  test.each([
    ["an alias bomb", bomb],
    ["an alias of itself", "a: &a { b: *a }"],
    ["a merge key", "base: &b { x: 1 }\nweeks:\n  <<: *b\n"],
    ["lists in lists without end", "[".repeat(50_000)],
    [
      "keys in keys without end",
      Array.from({ length: 3_000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
    ],
    ["a file of more than a megabyte", `name: ${"x".repeat(1_500_000)}`],
    ["very many keys", Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join("\n")],
    ["very many rows", `sessions:\n${"  - x\n".repeat(20_000)}`],
    ["a very long line", `name: "${"\\u0041".repeat(50_000)}"`],
    ["two documents", "a: 1\n---\nb: 2\n"],
    ["only comments", "# nothing\n"],
    ["nothing", ""],
    ["a mark at the beginning", "\ufeffprogramId: adult-iop\n"],
    ["a key that every object has", "__proto__: { polluted: true }\nconstructor: 1\ntoString: 2\n"],
    ["keys that are lists", "? [a, b]\n: 1\n? { c: 1 }\n: 2\n"],
    ["an unknown tag", "programId: !!js/function 'return 1'\n"],
  ])("%s, in any file and within seconds", (_why, text) => {
    for (const name of [
      "adult-iop/program.yaml",
      "instruments/phq-9.yaml",
      "policy.yaml",
      "adult-iop/messages.en.yaml",
    ]) {
      const startedAt = threadMilliseconds();
      expect(check(withText(name, text)).ok).toBe(false);
      expect(threadMilliseconds() - startedAt).toBeLessThan(5_000);
    }
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  test("a folder with no file at all", () => {
    expect(check({}).ok).toBe(false);
  });
});
