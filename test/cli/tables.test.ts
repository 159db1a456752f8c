import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runThroughcare } from "../../cli/main.ts";
import { episodeStatuses } from "../../shared/care/episode/status.ts";
import { publishFiles } from "../../shared/publishing/publish-files.ts";
import { buildSession } from "../builders/attendance.ts";
import { shippedFiles } from "../builders/program-files.ts";
import { episodeId, tuesdayMorning } from "../builders/state.ts";
import { origin, personAt, StaffWorld } from "../fakes/staff-world.ts";

const session = buildSession();
let world: StaffWorld;
let folder: string;

/** Runs the command against the API itself, signed in as a member of staff. */
async function run(as: string, ...argv: readonly string[]) {
  let out = "";
  let err = "";
  const code = await runThroughcare(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    env: { THROUGHCARE_TOKEN: as, THROUGHCARE_SERVER: origin },
    cwd: folder,
    isColored: false,
    fetch: async (input, init) => world.fetch(new Request(String(input), init)),
  });
  return { code, out, err };
}

const attendance = async () => (await world.item(episodeId, session.sk))?.attendance;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "throughcare-tables-"));
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-08", week: 1 }),
    items: [session],
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("throughcare table export", () => {
  it.each([
    ["roster", []],
    ["schedule", ["--from", "2027-01-11", "--to", "2027-01-15"]],
    ["attendance", ["--from", "2027-01-11"]],
  ] as const)("writes %s to a file that nobody else reads, once", async (kind, days) => {
    const argv = ["table", "export", kind, "--out", "list.csv", ...days];
    const { code, out } = await run("taylor-riverside", ...argv);
    expect([code, out]).toEqual([0, expect.stringMatching(/^\d+ rows? written to list\.csv\./)]);
    const file = join(folder, "list.csv");
    const csv = readFileSync(file, "utf8");
    expect(csv.split("\r\n")[0]).toContain(kind === "roster" ? "Name" : "Day");
    expect(csv.trimEnd().split("\r\n").length).toBeGreaterThan(1);
    expect(statSync(file).mode % 0o1000).toBe(0o600);
    const again = await run("taylor-riverside", ...argv);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining("is there already")]);
    expect(readFileSync(file, "utf8")).toBe(csv);
  });

  it("needs a file to go to, a table there is, and somebody who may", async () => {
    expect(await run("taylor-riverside", "table", "export", "roster")).toMatchObject({ code: 2 });
    expect(
      await run("taylor-riverside", "table", "export", "toString", "--out", "a"),
    ).toMatchObject({ code: 2, err: expect.stringContaining("roster, schedule, attendance") });
    const refused = await run("noel-riverside", "table", "export", "roster", "--out", "a.csv");
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("The server said no") });
  });
});

describe("throughcare table import", () => {
  const rows = (...lines: readonly string[]) =>
    writeFileSync(
      join(folder, "came.csv"),
      ["Day,Begins,Name,Reference,Attendance", ...lines, ""].join("\r\n"),
    );
  const present = "2027-01-11,09:00,Robin T.,TC-0001,Present";

  it("lists what it would change and writes nothing; enters it with --apply, and then finds it there", async () => {
    rows(present, "2027-01-11,09:00,,TC-0099,Present");
    const argv = ["table", "import", "attendance", "came.csv"];
    const look = await run("casey-riverside", ...argv);
    expect(look.code).toBe(1);
    expect(look.out).toMatch(/2 +R… T… .*would be entered\n3 .*left out: /);
    expect(look.out).toContain("1 would be entered. 1 left out, with why. Nothing was written");
    expect(await attendance()).toBeUndefined();

    rows(present);
    const applied = await run("casey-riverside", ...argv, "--apply", "--reveal");
    expect([applied.code, applied.out]).toEqual([0, expect.stringContaining("1 entered.")]);
    expect(applied.out).toContain("Robin T");
    expect(await attendance()).toMatchObject({ status: "present", recordedBy: "casey-riverside" });
    const again = await run("casey-riverside", ...argv, "--apply", "--json");
    expect(JSON.parse(again.out)).toMatchObject({
      isApplied: false,
      lines: [{ line: 2, state: "same" }],
    });
  });

  it("says what is wrong with the file or the call, and writes nothing", async () => {
    rows(present);
    writeFileSync(join(folder, "odd.csv"), "Who,When\r\nRobin,today\r\n");
    writeFileSync(join(folder, "nothing.csv"), "\uFEFF\r\n");
    for (const [argv, code, words] of [
      [["people", "came.csv"], 2, "attendance, visits, roster"],
      [["roster", "came.csv"], 1, "lacks the heading"],
      [["visits", "nothing.csv"], 2, "nothing.csv is empty"],
      [["attendance", "gone.csv"], 2, "gone.csv cannot be read"],
      [["attendance", "odd.csv", "--apply"], 1, "The server said no"],
    ] as const)
      expect([argv, await run("casey-riverside", "table", "import", ...argv)]).toMatchObject([
        argv,
        { code, err: expect.stringContaining(words) },
      ]);
    expect(await attendance()).toBeUndefined();
  });
});

describe("throughcare program migrate", () => {
  it("speaks of everybody in care and of nobody whose episode has ended", async () => {
    const file = "adult-iop/program.yaml";
    const changed = (shippedFiles[file] ?? "").replace(
      "offsetMinutes: 1440",
      "offsetMinutes: 2880",
    );
    await publishFiles(world.deps, { ...shippedFiles, [file]: changed }, ["adult-iop"], {});
    const others = episodeStatuses.filter((status) => status !== "active");
    for (const [index, status] of others.entries()) {
      const id = `01JHTEST00000000000000${String(index).padStart(2, "0")}EE`;
      const episode = personAt("riverside", { episodeId: id, reference: status, status });
      await world.add({ episode });
    }
    const argv = ["program", "migrate", "adult-iop", "--to", "2", "--json"];
    const { out, err } = await run("taylor-riverside", ...argv);
    const { people } = JSON.parse(out);
    const told = people.map((one: { readonly reference: string }) => one.reference);
    const inCare = others.filter((status) => !["closed", "declined", "withdrawn"].includes(status));
    expect(
      told.filter((one: string) => others.some((status) => status === one)),
      err,
    ).toEqual(inCare.toSorted());
    expect(told).toHaveLength(inCare.length + 1);
  });

  it("leaves people where there is no room unless --over-capacity says so, with a reason", async () => {
    const file = "adult-iop/program.yaml";
    const files = {
      ...shippedFiles,
      [file]: (shippedFiles[file] ?? "").replace("offsetMinutes: 1440", "offsetMinutes: 2880"),
    };
    const above = { reason: "Two start in March", loads: ["riverside: 61 hours of clinician"] };
    await publishFiles(world.deps, files, ["adult-iop"], { "adult-iop": above });
    const argv = ["program", "migrate", "adult-iop", "--to", "2"];
    const version = async () =>
      (await world.call("taylor-riverside", "GET", `/episodes/${episodeId}`)).body.programVersion;
    const apply = ["--apply", "--reason", "Reminders come later"];
    const stays = await run("taylor-riverside", ...argv, ...apply);
    expect(stays.code).toBe(1);
    expect(stays.out).toContain("Version 2 needs more hours of staff than the sites declare");
    expect(stays.out).toContain(
      "Where there is no room, --over-capacity moves people all the same.",
    );
    expect(await version()).toBe(1);
    const look = await run("taylor-riverside", ...argv, "--over-capacity");
    expect([look.code, look.out]).toEqual([0, expect.stringContaining("Nothing was written")]);
    expect(await version()).toBe(1);
    const moved = await run("taylor-riverside", ...argv, ...apply, "--over-capacity");
    expect([moved.code, moved.out]).toEqual([0, expect.stringContaining("1 person moved")]);
    expect(await version()).toBe(2);
  });
});
