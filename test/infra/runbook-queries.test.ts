import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FunctionName, functionNames } from "../../infra/functions/catalogue.ts";
import { episodeId } from "../builders/state.ts";
import { useAwsTestEnvironment } from "../fakes/aws-test-environment.ts";
import { startWireStub, type WireStub } from "../fakes/wire-stub.ts";
import { fieldsIn, type LogLine, runInsights } from "./support/insights.ts";
import { type Recorded, recordLines } from "./support/recorded-lines.ts";
import { root } from "./support/synthesised.ts";

const folder = join(root, "docs/runbooks");

/** The queries of the runbooks, each with the function whose log it is for; `<name>` stands for any. */
const queries = readdirSync(folder).flatMap((file) => {
  const parts = readFileSync(join(folder, file), "utf8").split(/^ *```\w*$/m);
  return parts.flatMap((query, index) => {
    if (index % 2 === 0 || !/^\s*(fields|filter|stats) /.test(query)) return [];
    const [, group = ""] =
      /log group `\/throughcare\/functions\/([\w<>-]+)`/.exec(parts[index + 1] ?? "") ?? [];
    return [{ file, query, group }];
  });
});

let stub: WireStub;
let recorded: Recorded;
beforeAll(async () => {
  useAwsTestEnvironment();
  stub = await startWireStub();
  process.env.AWS_ENDPOINT_URL = stub.url;
  recorded = await recordLines(stub);
}, 900_000);
afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL;
  await stub.stop();
});

const linesOf = (group: string): readonly LogLine[] => {
  const name = functionNames.find((one) => one === group);
  return name === undefined ? Object.values(recorded).flat() : (recorded[name] ?? []);
};
const failures = () =>
  Object.values(recorded)
    .flat()
    .filter(({ level }) => level !== "INFO");

test("the runbooks ask the logs", () => {
  expect(queries.length).toBeGreaterThanOrEqual(9);
});

describe("a query of a runbook", () => {
  test.each(queries)("$file finds what the function logged, and why", ({ query, group }) => {
    expect([...functionNames, "<name>"]).toContain(group);
    const rows = runInsights(query, linesOf(group));
    expect(rows.length).toBeGreaterThan(0);
    // The cause stands in what is shown: the provider's code, or that the event could not be read.
    const shown = fieldsIn(query).filter((field) => /code$/i.test(field));
    const causes = rows.flatMap((row) => shown.map((field) => row[field])).filter(Boolean);
    expect(causes.length).toBeGreaterThan(0);
  });

  test.each(queries)("$file names no field that no line has", ({ query, group }) => {
    const known = new Set(linesOf(group).flatMap((line) => Object.keys(line)));
    const everywhere = new Set(failures().flatMap((line) => Object.keys(line)));
    for (const field of fieldsIn(query)) expect([...known, ...everywhere]).toContain(field);
  });
});

describe("the language of the queries", () => {
  const lines = [
    { level: "ERROR", message: "A", code: "x", timestamp: "1" },
    { level: "ERROR", message: "A", code: "x", timestamp: "3" },
    { level: "WARN", message: "B", code: "y", timestamp: "2" },
  ];

  test("filters, sorts, counts and ends", () => {
    const newest = runInsights('filter message = "A"\n| sort @timestamp desc\n| limit 1', lines);
    expect(newest).toMatchObject([{ timestamp: "3" }]);
    expect(runInsights("stats count(*) by message, code", lines)).toEqual([
      { message: "A", code: "x", "count(*)": 2 },
      { message: "B", code: "y", "count(*)": 1 },
    ]);
    expect(runInsights('filter message like /^B/ or code in ["x"]', lines).length).toBe(3);
  });

  test.each([
    "parse @message",
    "filter strlen(message) > 3",
    "stats avg(x) by y",
    "sort @timestamp",
  ])("refuses %s, which it does not know", (query) => {
    expect(() => runInsights(query, lines)).toThrow();
  });
});

describe("a line about a failure", () => {
  const line = (name: FunctionName, sentence: string) =>
    recorded[name]?.find(({ message }) => message === sentence);

  test.each<[FunctionName, string, LogLine]>([
    ["hold-care", "A step failed", { errorCode: "AccessDeniedException" }],
    [
      "carry-out-effects",
      "An outbox entry could not be carried out",
      { errorCode: "AccessDeniedException" },
    ],
    ["archive-audit", "An audit entry could not be archived", { provider: "s3" }],
    [
      "page-on-call",
      "The provider did not take a page",
      { code: "AccessDeniedException", channel: "sms" },
    ],
    [
      "receive-sms",
      "The provider's opt-out list could not be changed",
      { errorCode: "AccessDeniedException", provider: "sms" },
    ],
    ["send-message", "The provider refused a message", { code: "AccessDeniedException" }],
    ["send-message", "The provider asked for a pause", { code: "ThrottlingException" }],
    [
      "send-message",
      "The provider's client failed; whether the message left is unknown",
      { code: "ECONNRESET" },
    ],
    [
      "sweep-stalled-work",
      "Stalled work could not be settled",
      { errorCode: "AccessDeniedException", provider: "step-functions" },
    ],
  ])("of %s says what AWS called it: %s", (name, sentence, why) => {
    expect(line(name, sentence)).toMatchObject(why);
  });

  test("tells whose care it was about and which execution asked", () => {
    expect(line("hold-care", "A step failed")).toMatchObject({
      episodeId,
      driverId: `intake-${episodeId}`,
      executionName: `intake-${episodeId}-g2`,
    });
    const ofPeople: readonly FunctionName[] = [
      "hold-care",
      "carry-out-effects",
      "page-on-call",
      "send-message",
      "sweep-stalled-work",
    ];
    for (const name of ofPeople)
      for (const one of recorded[name] ?? [])
        if (one.level !== "INFO")
          expect(one, String(one.message)).toHaveProperty("episodeId", episodeId);
  });

  test("holds no number and no word of anybody", () => {
    const all = JSON.stringify(recorded);
    for (const word of ["5550100", "STOP", "See you today", "no text at all"])
      expect(all).not.toContain(word);
  });
});
