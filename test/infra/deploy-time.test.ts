import { expect, test } from "vitest";
import { pruneVersions } from "../../infra/deploy-time/prune-versions.ts";
import { supersededBefore } from "../../infra/deploy-time/superseded.ts";

const published = (id: string, day: string) => ({ id, publishedAt: `${day}T00:00:00.000Z` });

test("a version goes when its successor is older than the limit, not when it is old itself", () => {
  const versions = [
    published("3", "2026-03-01"),
    published("1", "2025-06-01"),
    published("2", "2025-09-01"),
  ];
  expect(supersededBefore(versions, "2026-01-01")).toEqual(["1"]);
  expect(supersededBefore(versions, "2026-06-01")).toEqual(["1", "2"]);
  expect(supersededBefore(versions, "2025-01-01")).toEqual([]);
});

test("the newest version stays, however old", () => {
  expect(supersededBefore([published("7", "2020-01-01")], "2026-01-01")).toEqual([]);
  expect(supersededBefore([], "2026-01-01")).toEqual([]);
});

test("a limit that is no date is refused", () => {
  expect(() => supersededBefore([], "soon")).toThrow('"soon" is no date');
});

test("pruning reads every page and deletes what was superseded, of machines first", async () => {
  const said: string[] = [];
  const answers = (pages: Readonly<Record<string, unknown>>) => ({
    send: async (command: {
      readonly constructor: { readonly name: string };
      readonly input: unknown;
    }) => {
      const { name } = command.constructor;
      const { input } = command;
      said.push(`${name} ${JSON.stringify(input)}`);
      const hasMarker = JSON.stringify(input).includes("second");
      return pages[`${name}${hasMarker ? "2" : ""}`] ?? {};
    },
  });
  const machine = "arn:aws:states:us-east-1:111111111111:stateMachine:throughcare-x";
  const deleted = await pruneVersions({
    // The clients' `send` has an overload for every command.
    states: answers({
      ListStateMachineVersionsCommand: {
        stateMachineVersions: [
          { stateMachineVersionArn: `${machine}:2`, creationDate: new Date("2025-09-01") },
        ],
        nextToken: "second",
      },
      ListStateMachineVersionsCommand2: {
        stateMachineVersions: [
          { stateMachineVersionArn: `${machine}:1`, creationDate: new Date("2025-06-01") },
        ],
      },
    }) as never,
    lambda: answers({
      ListVersionsByFunctionCommand: {
        Versions: [
          { Version: "$LATEST", LastModified: "2026-03-01T00:00:00.000+0000" },
          { Version: "4", LastModified: "2025-06-01T00:00:00.000+0000" },
        ],
        NextMarker: "second",
      },
      ListVersionsByFunctionCommand2: {
        Versions: [{ Version: "5", LastModified: "2025-09-01T00:00:00.000+0000" }],
      },
    }) as never,
    account: "111111111111",
    region: "us-east-1",
    before: "2026-01-01",
  });
  expect(deleted).toHaveLength(6 + 4);
  expect(deleted).toContain("throughcare-intake 1");
  expect(deleted).toContain("throughcare-advance-care 4");
  expect(said.filter((line) => line.startsWith("DeleteFunctionCommand"))[0]).toBe(
    'DeleteFunctionCommand {"FunctionName":"throughcare-advance-care","Qualifier":"4"}',
  );
  expect(said.some((line) => line.includes("$LATEST"))).toBe(false);
});
