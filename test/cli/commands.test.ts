// Long because it tries every command of one tool against one planted folder and server.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import type { Io } from "../../cli/command.ts";
import { allCommands, commandsFor } from "../../cli/commands.ts";
import { runThroughcare } from "../../cli/main.ts";
import { readProgramFiles } from "../../shared/aws/program-files/read-program-files.ts";
import { compileProgram } from "../../shared/publishing/compile-program.ts";
import { contentHashOf } from "../../shared/publishing/publish-program.ts";
import { programsFolder } from "../builders/program-files.ts";

type Call = {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
};
type Answers = (call: Call) => { readonly status?: number; readonly body: unknown } | undefined;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Runs the command as a person would, against a server that answers as told. */
async function run(
  argv: readonly string[],
  options: { readonly answers?: Answers; readonly env?: Io["env"]; readonly cwd?: string } = {},
) {
  const calls: Call[] = [];
  let out = "";
  let err = "";
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    env: options.env ?? {},
    cwd: options.cwd ?? fileURLToPath(new URL("../..", import.meta.url)),
    isColored: false,
    fetch: async (input, init) => {
      const call = {
        method: init?.method ?? "GET",
        url: String(input),
        headers: new Headers(init?.headers),
        body: typeof init?.body === "string" ? JSON.parse(init.body) : undefined,
      };
      calls.push(call);
      const answer = options.answers?.(call);
      if (answer === undefined) throw new TypeError("fetch failed");
      return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 });
    },
  };
  const code = await runThroughcare(argv, io);
  return { code, out, err, calls };
}

/** A copy of the shipped programs with one text exchanged. */
function brokenPrograms(file: string, from: string, to: string): string {
  const folder = mkdtempSync(join(tmpdir(), "throughcare-cli-"));
  folders.push(folder);
  cpSync(programsFolder, folder, { recursive: true });
  const path = join(folder, file);
  writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
  return folder;
}

const person = {
  episodeId: "01KE0000000000000000000001",
  participantId: "01KE0000000000000000000002",
  reference: "ABCD-2345",
  name: "Alex Rivera",
  phase: "In the program",
  siteId: "riverside",
  programId: "adult-iop",
  week: 2,
};
const alert = {
  taskId: "01KE0000000000000000000003",
  participant: "Alex R.",
  siteId: "mesa",
  words: "PHQ-9 item 9 answered 1",
  dueAt: "2027-01-05T20:00:00.000Z",
  isOverdue: false,
  about: { type: "escalation", id: "01KE0000000000000000000004" },
};

/** The server of a small site. */
const smallSite: Answers = ({ url, method }) => {
  const { pathname, search } = new URL(url);
  if (pathname === "/_local/sign-in") return { body: { accessToken: "token-1" } };
  if (pathname === "/api/v1/me") return { body: { siteIds: ["mesa"] } };
  if (pathname === "/api/v1/participants") {
    return search.includes("cursor")
      ? { body: { items: [{ ...person, reference: "WXYZ-6789", name: "Bo Lind" }] } }
      : { body: { items: [person], next: "50" } };
  }
  if (pathname === "/api/v1/queue") return { body: { tab: "safety", items: [alert] } };
  if (pathname.endsWith("/acknowledgement") && method === "POST")
    return { body: { status: "acknowledged", contactDueAt: "2027-01-05T20:00:00.000Z" } };
  if (pathname.endsWith("/messages"))
    return {
      body: {
        items: [
          {
            messageId: "M1",
            step: "welcome",
            channel: "sms",
            status: "PLANNED",
            sendAt: "2027-01-05T15:00:00.000Z",
          },
        ],
      },
    };
  if (pathname.endsWith("/explanation"))
    return {
      body: { messageId: "M1", words: "It waits until 2027-01-05T15:00:00.000Z.", rules: [] },
    };
  if (pathname.endsWith("/tasks"))
    return {
      body: {
        items: [
          {
            status: "open",
            taskKind: "hours-review",
            dueAt: "2027-01-06",
            words: "Short of hours",
          },
        ],
      },
    };
  if (pathname.endsWith("/timeline"))
    return { body: { items: [{ at: "2027-01-04", what: "week opened" }] } };
  if (/\/episodes\/[^/]+$/.test(pathname))
    return { body: { ...person, participant: "Alex R.", programVersion: 1 } };
  return { status: 404, body: { title: "There is nothing at this address.", status: 404 } };
};

test("a call finds its command in the file that is read for it, and what is no command is looked for in all", async () => {
  const all = (await allCommands()).map(({ name }) => name);
  expect(all.length).toBeGreaterThan(15);
  for (const name of all) {
    const read = await commandsFor([...name.split(" "), "--help"]);
    expect(read.map((command) => command.name)).toContain(name);
  }
  for (const argv of [[], ["--help"], ["program"], ["program", "chek"], ["constructor"]])
    expect((await commandsFor(argv)).map(({ name }) => name)).toEqual(all);
  expect((await commandsFor(["program", "check"])).map(({ name }) => name)).toEqual([
    "program check",
  ]);
});

describe("throughcare program check", () => {
  test("0 and one line for a program that can be published", async () => {
    const { code, out, err } = await run(["program", "check", "programs/adult-iop"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/adult-iop can be published: 0 errors/);
  });

  test("1, and the place, what was found, what is allowed and the nearest name", async () => {
    const folder = brokenPrograms(
      "adult-iop/program.yaml",
      "modality: family",
      "modality: familly",
    );
    const { code, out } = await run(["program", "check", "adult-iop"], { cwd: folder });
    expect(code).toBe(1);
    expect(out).toMatch(
      /^adult-iop\/program\.yaml:\d+:\d+ error: sessions\[1\]\.modality: unknown modality "familly"\. Did you mean "family"\? Allowed: individual, /m,
    );
    expect(out).toMatch(/adult-iop cannot be published: 1 error, /);
  });

  test("the same as data with --json", async () => {
    const folder = brokenPrograms("policy.yaml", "policyVersion: 1", "policyVersion: one");
    const { code, out } = await run(["program", "check", folder, "--json"]);
    const answer = JSON.parse(out);
    expect(code).toBe(1);
    expect(answer).toMatchObject({ ok: false, programs: expect.arrayContaining(["adult-iop"]) });
    expect(answer.findings).toContainEqual(
      expect.objectContaining({
        file: "policy.yaml",
        severity: "error",
        path: "policyVersion",
        found: '"one"',
      }),
    );
  });

  test.each([
    [["program", "check", "no-such-folder"], "There is no folder no-such-folder"],
    [["program", "check", "docs"], "docs holds no program"],
    [["program", "check", "package.json"], "There is no folder package.json"],
    [["program", "check"], "missing required argument 'folder'"],
    [["program", "chek", "programs"], "unknown command 'chek'"],
    [["nothing"], "unknown command 'nothing'"],
    [["program", "check", "programs", "--wrong"], "unknown option '--wrong'"],
    [
      ["program", "simulate", "programs/adult-iop", "--seed", "x"],
      "--seed is a whole number from 1",
    ],
    [["program", "simulate", "no-such-folder"], "There is no folder no-such-folder"],
  ])("2 and a sentence when called wrongly: %j", async (argv, sentence) => {
    const { code, out, err } = await run(argv);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(out).toBe("");
    expect(err).not.toContain("    at ");
  });
});

describe("throughcare program check on what is no program file", () => {
  test.each([
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00, 0x01, 0x80, 0xc3])],
    ["a file of five megabytes", Buffer.alloc(5_000_000, "a: b\n")],
    ["nothing", Buffer.alloc(0)],
  ])("%s: 1 and a sentence, no stack", async (_why, content) => {
    const folder = brokenPrograms("policy.yaml", "x", "x");
    writeFileSync(join(folder, "adult-iop", "program.yaml"), content);
    const { code, out, err } = await run(["program", "check", join(folder, "adult-iop")]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain("adult-iop cannot be published");
  });

  test("a folder that is called like a file", async () => {
    const folder = brokenPrograms("policy.yaml", "x", "x");
    mkdirSync(join(folder, "instruments", "old.yaml"));
    expect((await run(["program", "check", folder])).code).toBe(0);
  });

  test("a link that leads nowhere: 1 and a sentence that names it", async () => {
    const folder = brokenPrograms("policy.yaml", "x", "x");
    symlinkSync("nowhere.yaml", join(folder, "instruments", "lost.yaml"));
    const { code, err } = await run(["program", "check", folder]);
    expect(code).toBe(1);
    expect(err).toContain("lost.yaml");
    expect(err).not.toContain("    at ");
  });
});

describe("throughcare program publish", () => {
  const published: Answers = ({ method, url }) => {
    if (!url.includes("/_local/programs")) return undefined;
    if (method === "GET") return { body: { versions: [] } };
    return {
      body: {
        ok: true,
        programs: [{ programId: "adult-iop", version: 3, isNew: true }],
        liveData: { policy: "unchanged", newSiteIds: [] },
      },
    };
  };
  const posted = (calls: readonly Call[]) => calls.filter(({ method }) => method === "POST");

  test("hands the files to the server on this machine, and weighs nobody's hours again for what new episodes begin on already", async () => {
    // Content that would be refused, were its people simulated.
    const folder = brokenPrograms("capacity.yaml", "clinician: 56", "clinician: 5");
    const compiled = compileProgram(readProgramFiles(folder), "adult-iop");
    if (!compiled.ok) throw new Error("The program cannot be published");
    const contentHash = await contentHashOf(compiled.content);
    const versions = [
      { version: 3, publishedAt: "2027-01-05T15:00:00.000Z", contentHash, isLatest: true },
    ];
    const { code, out, calls } = await run(["program", "publish", join(folder, "adult-iop")], {
      answers: (call) => (call.method === "GET" ? { body: { versions } } : published(call)),
    });
    expect(code).toBe(0);
    expect(out).toContain("adult-iop version 3 is published; new episodes begin on it.");
    expect(posted(calls)).toHaveLength(1);
    expect(posted(calls)[0]?.body).toMatchObject({ folders: ["adult-iop"] });
    expect(posted(calls)[0]?.body).not.toHaveProperty("above");
  });

  test("refuses a program whose people need more hours of staff than are declared, until a reason is given", async () => {
    const folder = brokenPrograms("capacity.yaml", "clinician: 56", "clinician: 5");
    const args = ["program", "publish", join(folder, "adult-iop")];
    const refused = await run(args, { answers: published });
    expect({ code: refused.code, calls: posted(refused.calls) }).toEqual({ code: 1, calls: [] });
    expect(refused.out).toMatch(
      /riverside: \d+\.\d hours a week of clinician, and 5\.0 are declared/,
    );
    expect(refused.out).toContain("Nothing was published.");
    const reason = "Two clinicians begin in March";
    const { code, calls } = await run([...args, "--above-capacity", reason], {
      answers: published,
    });
    expect(code).toBe(0);
    expect(posted(calls)[0]?.body).toMatchObject({
      above: { "adult-iop": { reason, loads: [expect.stringContaining("of clinician")] } },
    });
  }, 240_000);

  test("publishes nothing while a mistake is in it, and calls nobody", async () => {
    const folder = brokenPrograms("adult-iop/program.yaml", "tier: RED", "tier: READ");
    const { code, out, calls } = await run(["program", "publish", join(folder, "adult-iop")], {
      answers: published,
    });
    expect(code).toBe(1);
    expect(out).toContain("Nothing was published: 1 error");
    expect(calls).toEqual([]);
  });

  test("does not send programs to a server elsewhere", async () => {
    const { code, err, calls } = await run([
      "program",
      "publish",
      "programs/adult-iop",
      "--server",
      "https://care.example.org",
    ]);
    expect({ code, calls: calls.length }).toEqual({ code: 2, calls: 0 });
    expect(err).toContain("CARE_TABLE");
  });

  test("asks for all three tables when one is named", async () => {
    const { code, err } = await run(["program", "publish", "programs/adult-iop"], {
      env: { CARE_TABLE: "x" },
    });
    expect(code).toBe(2);
    expect(err).toContain("Name the three tables");
  });
});

describe("throughcare program versions", () => {
  test("lists them with why one was published above capacity", async () => {
    const one = { publishedAt: "2027-01-05T15:00:00.000Z", contentHash: "0", isLatest: false };
    const aboveCapacity = { reason: "Two clinicians begin in March", loads: ["riverside: more"] };
    const { code, out, calls } = await run(["program", "versions", "adult-iop"], {
      answers: () => ({
        body: {
          versions: [
            { version: 1, ...one },
            { version: 2, ...one, isLatest: true, aboveCapacity },
          ],
        },
      }),
    });
    expect({ code, url: calls[0]?.url }).toMatchObject({
      code: 0,
      url: expect.stringContaining("/_local/programs?program=adult-iop"),
    });
    expect(out).toContain(
      "version 2, published 2027-01-05T15:00:00.000Z; new episodes begin on it",
    );
    expect(out).toContain("published above capacity: Two clinicians begin in March");
  });
});

describe("throughcare program remove", () => {
  test.each([
    [{ removed: true }, 0, "adult-iop version 2 is gone."],
    [
      { removed: false, sentence: "1 live episode is on version 2 of adult-iop." },
      1,
      "Nothing was removed. 1 live episode is on version 2 of adult-iop.",
    ],
  ])("%j", async (removal, exit, words) => {
    const { code, out, calls } = await run(["program", "remove", "adult-iop", "2"], {
      answers: () => ({ body: removal }),
    });
    expect({ code, out }).toEqual({ code: exit, out: `${words}\n` });
    expect(calls[0]).toMatchObject({
      method: "DELETE",
      body: { programId: "adult-iop", version: 2 },
    });
  });

  test("2 for a version that is no number", async () => {
    expect((await run(["program", "remove", "adult-iop", "two"])).code).toBe(2);
  });
});

describe("throughcare program offer", () => {
  const site = {
    siteId: "mesa",
    version: 4,
    programs: ["adult-iop"],
    closures: [{ on: "2027-02-15" }],
  };
  const server: Answers = (call) => {
    const { pathname } = new URL(call.url);
    if (pathname === "/_local/sign-in") return { body: { accessToken: "token-1" } };
    if (pathname !== "/api/v1/sites/mesa") return undefined;
    return { body: call.method === "PUT" ? call.body : site };
  };
  const offer = (...argv: readonly string[]) =>
    run(["program", "offer", ...argv], { answers: server });

  test("adds a program to those of the site, and gives all else back as it was read", async () => {
    const { code, out, calls } = await offer("evening-iop", "--site", "mesa");
    expect({ code, out }).toEqual({ code: 0, out: "mesa offers evening-iop from now on.\n" });
    expect(calls.at(-1)).toMatchObject({
      method: "PUT",
      body: { ...site, programs: ["adult-iop", "evening-iop"] },
    });
  });

  test("takes one off with --no-longer, and says that whoever is in it stays", async () => {
    const { out, calls } = await offer("adult-iop", "--site", "mesa", "--no-longer");
    expect(out).toBe("mesa offers adult-iop no longer. Who is in it stays in it.\n");
    expect(calls.at(-1)).toMatchObject({ method: "PUT", body: { ...site, programs: [] } });
  });

  test.each([
    [["adult-iop"], "mesa offers adult-iop already. Nothing was changed."],
    [["evening-iop", "--no-longer"], "mesa does not offer evening-iop. Nothing was changed."],
  ])("writes nothing where it is so already: %j", async (argv, words) => {
    const { code, out, calls } = await offer(...argv, "--site", "mesa");
    expect({ code, out }).toEqual({ code: 0, out: `${words}\n` });
    expect(calls.map(({ method }) => method)).not.toContain("PUT");
  });

  test("asks for the site where none is named", async () => {
    const { code, err, calls } = await offer("adult-iop");
    expect({ code, calls }).toEqual({ code: 2, calls: [] });
    expect(err).toContain("Say which site offers it, such as --site riverside.");
  });
});

describe("people, alerts and messages", () => {
  test("lists everybody over all pages, with names masked", async () => {
    const { code, out, calls } = await run(["participant", "list"], { answers: smallSite });
    expect(code).toBe(0);
    expect(out).toContain("ABCD-2345");
    expect(out).toContain("WXYZ-6789");
    expect(out).toContain("A… R…");
    expect(out).not.toContain("Rivera");
    expect(calls.at(-1)?.headers.get("authorization")).toBe("Bearer token-1");
  });

  test.each([
    ["participant", "list"],
    ["participant", "show", "ABCD-2345"],
    ["participant", "explain", "ABCD-2345"],
    ["alerts", "list"],
    ["messages", "list"],
  ])("%s %s shows no name unless it is asked to, also as JSON", async (...argv) => {
    for (const format of [[], ["--json"]]) {
      const { code, out } = await run([...argv, ...format], { answers: smallSite });
      expect(code).toBe(0);
      expect(out).not.toMatch(/Rivera|Alex/);
      if (format.length > 0) expect(() => JSON.parse(out)).not.toThrow();
    }
  });

  test("shows names with --reveal", async () => {
    const { out } = await run(["participant", "show", "abcd-2345", "--reveal"], {
      answers: smallSite,
    });
    expect(out).toContain("Alex Rivera");
    expect(out).toContain("Short of hours");
    expect(out).toContain("week opened");
  });

  test("explains each message in words", async () => {
    const { out } = await run(["participant", "explain", "ABCD-2345"], { answers: smallSite });
    expect(out).toContain("It waits until 2027-01-05T15:00:00.000Z.");
  });

  test("1 for somebody who is not there", async () => {
    const { code, err } = await run(["participant", "show", "NOPE-0000"], { answers: smallSite });
    expect(code).toBe(1);
    expect(err).toContain("Nobody here has the reference or id NOPE-0000");
  });

  test("alerts list ends with 1 while contact is past due", async () => {
    expect((await run(["alerts", "list"], { answers: smallSite })).code).toBe(0);
    const overdue: Answers = (call) =>
      call.url.includes("/queue")
        ? { body: { items: [{ ...alert, isOverdue: true }] } }
        : smallSite(call);
    expect((await run(["alerts", "list"], { answers: overdue })).code).toBe(1);
  });

  test("alerts list shows nothing that alerts ack would not know: other work under safety is no alert", async () => {
    const welfare = {
      ...alert,
      taskId: "01KE0000000000000000000009",
      about: { type: "session", id: "01KE0000000000000000000008" },
    };
    const both: Answers = (call) =>
      call.url.includes("/queue") ? { body: { items: [welfare, alert] } } : smallSite(call);
    const { out } = await run(["alerts", "list"], { answers: both });
    expect(out).toContain(alert.about.id);
    expect(out).not.toContain(welfare.about.id);
  });

  test("an alert is taken by a clinician of its own site, with a key of its own", async () => {
    const { code, out, calls } = await run(["alerts", "ack", alert.about.id], {
      answers: smallSite,
    });
    expect(code).toBe(0);
    expect(out).toContain("Speak with the participant by 2027-01-05T20:00:00.000Z");
    expect(
      calls.findLast((call) => call.body !== undefined && "siteId" in Object(call.body))?.body,
    ).toEqual({
      as: "clinician",
      siteId: "mesa",
    });
    const taken = calls.at(-1);
    expect(taken?.url).toContain(`/escalations/${alert.about.id}/acknowledgement`);
    expect(taken?.headers.get("idempotency-key")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a terminal is not acted on by what a person typed", async () => {
    const odd: Answers = (call) =>
      call.url.includes("/participants")
        ? { body: { items: [{ ...person, phase: "\u001b[2J\u0007gone" }] } }
        : smallSite(call);
    const { out } = await run(["participant", "list", "--reveal"], { answers: odd });
    for (const control of ["\u001b", "\u0007"]) expect(out).not.toContain(control);
  });
});

describe("the server", () => {
  test("1 and what to do when it does not answer", async () => {
    const { code, err } = await run(["participant", "list"]);
    expect(code).toBe(1);
    expect(err).toBe(
      "throughcare: http://127.0.0.1:8080 does not answer. Start it with npm start, or name another with --server.\n",
    );
  });

  test("1 with the server's own sentence when it refuses", async () => {
    const refusing: Answers = ({ url }) =>
      url.endsWith("/_local/sign-in")
        ? { status: 400, body: { title: "as is one of case-manager, clinician.", status: 400 } }
        : undefined;
    const { code, err } = await run(["alerts", "list", "--as", "nobody"], { answers: refusing });
    expect(code).toBe(1);
    expect(err).toContain("The server said no (400): as is one of case-manager, clinician.");
  });

  test.each([
    "https://care.example.org",
    "http://127.0.0.1.example.org",
    "http://10.0.0.1:8080",
    "http://localhost.example.org",
  ])("nobody is let in without a token on %s", async (server) => {
    const { code, err, calls } = await run(["participant", "list", "--server", server]);
    expect({ code, calls }).toEqual({ code: 2, calls: [] });
    expect(err).toContain("THROUGHCARE_TOKEN");
  });

  test("a token is used as it is, and nobody signs in", async () => {
    const { code, calls } = await run(
      ["participant", "list", "--server", "https://care.example.org"],
      {
        answers: smallSite,
        env: { THROUGHCARE_TOKEN: "given" },
      },
    );
    expect(code).toBe(0);
    expect(calls.every((call) => call.headers.get("authorization") === "Bearer given")).toBe(true);
    expect(calls.some((call) => call.url.includes("_local"))).toBe(false);
  });

  test.each(["ftp://x", "not an address"])("2 for an address that is none: %s", async (server) => {
    expect((await run(["participant", "list", "--server", server])).code).toBe(2);
  });
});

describe("throughcare doctor", () => {
  const doctor =
    (result: unknown): Answers =>
    () => ({ body: { rebuild: true, result, runningExecutions: 4 } });

  test("says that nothing is stalled", async () => {
    const { code, out } = await run(["doctor"], {
      answers: doctor({ effects: 0, claims: 0, unknowns: 0, drivers: 0, failures: 0 }),
    });
    expect(code).toBe(0);
    expect(out).toBe("Nothing is stalled.\nExecutions running now: 4.\n");
  });

  test("says in words what it put right, and asks for every driver with --rebuild", async () => {
    const { code, out, calls } = await run(["doctor", "--rebuild"], {
      answers: doctor({
        effects: 1,
        claims: 0,
        unknowns: 2,
        attendance: 1,
        owed: 3,
        drivers: 12,
        failures: 0,
      }),
    });
    expect(code).toBe(0);
    expect(out).toContain("12 pathway steps were put back to work.");
    expect(out).toContain("2 messages of unknown fate became tasks.");
    expect(out).toContain("1 attendance was not marked in time and was asked for.");
    expect(out).toContain("1 owed action had not been carried out and was.");
    expect(out).toContain("3 tasks owed to people were not done in time and were passed on.");
    // Every count but those of nothing, and what runs.
    expect(out.trimEnd().split("\n")).toHaveLength(6);
    expect(calls[0]?.body).toEqual({ rebuild: true });
  });

  test("1 when something could not be put right", async () => {
    const { code, out } = await run(["doctor", "--json"], { answers: doctor({ failures: 1 }) });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, runningExecutions: 4 });
  });

  test("says that the audit trail holds, or which entry of it does not, and then 1", async () => {
    const result = { failures: 0 };
    const answering = (breaks: readonly object[]): Answers => {
      const audit = { entries: 812, breaks };
      return () => ({ body: { rebuild: false, result, runningExecutions: 4, audit } });
    };
    const whole = await run(["doctor"], { answers: answering([]) });
    expect(whole.code).toBe(0);
    expect(whole.out).toContain("The audit trail holds: 812 entries.");
    const broken = await run(["doctor"], {
      answers: answering([
        { aggregateId: "EP#01J0", sequence: 3, kind: "changed" },
        { aggregateId: "EP#01J0", sequence: 5, kind: "missing" },
        { aggregateId: "EP#01J0", sequence: 7, kind: "out-of-place" },
        { aggregateId: "EP#01J1", sequence: 9, kind: "not-the-last" },
      ]),
    });
    expect(broken.code).toBe(1);
    expect(broken.out).not.toContain("holds");
    expect(broken.out).toContain("Audit entry 3 of EP#01J0 is not what was written.");
    expect(broken.out).toContain("Audit entry 5 of EP#01J0 is missing.");
    expect(broken.out).toContain("Audit entry 7 of EP#01J0 is not where it was written");
    expect(broken.out).toContain("Audit entry 9 of EP#01J1 is not the latest");
    expect(broken.out).toContain("docs/runbooks/audit-changed.md");
  });

  test("2 for a server elsewhere, with what to do there", async () => {
    const { code, err } = await run(["doctor", "--server", "https://care.example.org"]);
    expect(code).toBe(2);
    expect(err).toContain("sweep-stalled-work");
  });
});

describe("as a process of its own", () => {
  const script = fileURLToPath(new URL("../../cli/throughcare.mjs", import.meta.url));

  test("exit code, output and no question without a terminal", () => {
    const done = spawnSync(process.execPath, [script, "program", "check", programsFolder], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
    });
    expect({ status: done.status, stderr: done.stderr }).toEqual({ status: 0, stderr: "" });
    expect(done.stdout).toContain("can be published");
    expect(done.stdout).not.toContain("\u001b");
  });

  test("2 when called wrongly", () => {
    const done = spawnSync(process.execPath, [script, "program", "check", "nowhere"], {
      encoding: "utf8",
    });
    expect(done.status).toBe(2);
    expect(done.stderr).toBe(
      "throughcare: There is no folder nowhere. Name one such as programs/adult-iop.\n",
    );
  });
});
