import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { runThroughcare } from "../../cli/main.ts";
import { describeChanges } from "../../shared/publishing/describe-changes.ts";
import { programsFolder, shippedProgram } from "../builders/program-files.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function run(...argv: readonly string[]) {
  let out = "";
  let err = "";
  const exitCode = await runThroughcare(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    env: {},
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    isColored: false,
    fetch: () => Promise.reject(new Error("Nothing is asked of a server")),
  });
  return { exitCode, out, err };
}

/** A copy of all programs with one text of the program exchanged. */
function changed(from: string, to: string): string {
  const folder = mkdtempSync(join(tmpdir(), "throughcare-diff-"));
  folders.push(folder);
  cpSync(programsFolder, folder, { recursive: true });
  const file = join(folder, "adult-iop/program.yaml");
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`The program does not hold: ${from}`);
  writeFileSync(file, text.replace(from, to));
  return join(folder, "adult-iop");
}

describe("program preview", () => {
  const preview = (...more: readonly string[]) =>
    run("program", "preview", "programs/adult-iop", "--on", "2027-01-05", ...more);

  test("is one person's calendar: six weeks, the discharge, and a year of contacts", async () => {
    const { exitCode, out } = await preview("--json");
    expect(exitCode).toBe(0);
    const { calendar, site } = JSON.parse(out);
    expect(site).toBe("riverside");
    type Line = { readonly on: string; readonly what: string; readonly about: string };
    const lines: readonly Line[] = calendar;
    expect(lines.map(({ on }) => on)).toEqual(lines.map(({ on }) => on).sort());
    const weeks = new Set(
      lines.flatMap(({ what, about }) => (what === "session" ? about.split(":")[0] : [])),
    );
    expect([...weeks]).toEqual(["week 1", "week 2", "week 3", "week 4", "week 5", "week 6"]);
    // The first contact after the discharge is a call by a person; the day of the others is the program's.
    const contacts = lines.filter(({ what }) => what === "call" || what === "check-in");
    expect(contacts.map(({ about }) => Number(/day (\d+)/.exec(about)?.[1]))).toEqual([
      2, 7, 14, 30, 60, 90, 180, 365,
    ]);
    expect(contacts[0]?.what).toBe("call");
  });

  test("tells each later week before its first session, as people are told", async () => {
    const { calendar } = JSON.parse((await preview("--json")).out);
    const lines: readonly { on: string; at: string; what: string; about: string }[] = calendar;
    const texts = lines.filter(({ about }) => about === "weekly-text");
    expect(texts).toHaveLength(6);
    for (const { on } of texts.slice(1)) expect(new Date(`${on}T12:00:00Z`).getUTCDay()).toBe(0);
  });

  test("shows every message of the program in each of its languages, filled in", async () => {
    const { out } = await preview("--json");
    const { texts } = JSON.parse(out);
    const { templates } = shippedProgram();
    for (const [language, ofLanguage] of Object.entries(templates))
      for (const templateId of Object.keys(ofLanguage))
        expect(texts).toContainEqual(expect.objectContaining({ templateId, language }));
    for (const { text, smsParts } of texts) {
      expect(text).not.toMatch(/[{}]/);
      if (smsParts !== undefined) expect(smsParts).toBe(1);
    }
    const { out: words } = await preview("--texts");
    expect(words).toContain("session-reminder (en, text, 1 part)");
    expect(words).toContain("reminder of your visit tomorrow at 9:00 AM");
    expect(words).toContain("we missed you today");
  });

  test("is the same for the same day, and says what it was called with wrongly", async () => {
    expect((await preview()).out).toBe((await preview()).out);
    expect(
      await run("program", "preview", "programs/adult-iop", "--on", "2027-02-30"),
    ).toMatchObject({ exitCode: 2, out: "", err: expect.stringContaining("2027-02-30 is no day") });
    const nowhere = await preview("--site", "atlantis");
    expect(nowhere).toMatchObject({ exitCode: 2, out: "" });
    expect(nowhere.err).toContain("atlantis is no site that runs adult-iop. They are: riverside");
  });

  test("of a program with mistakes says how to see them", async () => {
    const { exitCode, err } = await run("program", "preview", changed("programId: ", "program: "));
    expect(exitCode).toBe(2);
    expect(err).toContain("throughcare program check");
  });
});

describe("program diff", () => {
  test("tells what differs by the names of the program, and nothing of two that are the same", async () => {
    const same = await run("program", "diff", "programs/adult-iop", changed("# ", "# "));
    expect(same).toMatchObject({ exitCode: 0, out: "Nothing differs.\n" });
    const { out } = await run(
      "program",
      "diff",
      "programs/adult-iop",
      changed("{ number: 5, day: 60, kind", "{ number: 5, day: 61, kind"),
    );
    expect(out).toContain("~ aftercare › checkIns › 5 › day: was 60, is 61");
    expect(out).toContain("0 added, 0 removed, 1 changed.");
  });

  test("knows rows by their names: one put in between changes nothing else", () => {
    const before = {
      messages: [
        { step: "a", offset: 1 },
        { step: "c", offset: 3 },
      ],
    };
    const after = {
      messages: [
        { step: "a", offset: 1 },
        { step: "b", offset: 2 },
        { step: "c", offset: 4 },
      ],
    };
    expect(describeChanges(before, after)).toEqual([
      { kind: "added", where: "messages › b", after: '{"step":"b","offset":2}' },
      { kind: "changed", where: "messages › c › offset", before: "3", after: "4" },
    ]);
    expect(describeChanges(after, before)[1]).toMatchObject({ kind: "removed" });
  });

  test("tells rows apart that share a name", () => {
    const rows = (offset: number) => ({
      messages: [
        { step: "remind", onlyWhen: "week-one", offset: 1 },
        { step: "remind", onlyWhen: "missed-in-14-days", offset },
      ],
    });
    expect(describeChanges(rows(1), rows(2))).toEqual([
      {
        kind: "changed",
        where: "messages › remind (missed-in-14-days) › offset",
        before: "1",
        after: "2",
      },
    ]);
  });
});
