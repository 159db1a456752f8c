import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { createTables } from "../../local/dynamodb/create-tables.ts";
import { startDynamoDb } from "../../local/dynamodb/dynamodb-server.ts";
import { createDynamoDbClient } from "../../shared/aws/dynamodb/dynamodb-client.ts";
import { createDynamoDbStore } from "../../shared/aws/dynamodb/dynamodb-store.ts";
import { findStaff } from "../../shared/staff/staff-member.ts";
import { listSites } from "../../shared/store/list-sites.ts";
import { awsTestEnvironment, useAwsTestEnvironment } from "../fakes/aws-test-environment.ts";
import { startWireStub, type WireStub } from "../fakes/wire-stub.ts";
import { type Documented, documentedCommands } from "./support/documented-commands.ts";
import { runProcess } from "./support/run-process.ts";
import { root } from "./support/synthesised.ts";

const tables = {
  care: "throughcare-care",
  identity: "throughcare-identity",
  audit: "throughcare-audit",
};
const guide = documentedCommands().filter(({ where }) => where.startsWith("docs/guides/deploy.md"));

let database: Awaited<ReturnType<typeof startDynamoDb>>;
let aws: WireStub;
let folder: string;
beforeAll(async () => {
  useAwsTestEnvironment();
  folder = mkdtempSync(join(tmpdir(), "throughcare-guide-"));
  aws = await startWireStub();
  database = await startDynamoDb({ dataFolder: folder });
  process.env.AWS_ENDPOINT_URL_DYNAMODB = database.endpoint;
  await createTables(createDynamoDbClient(), tables);
}, 900_000);
afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
  await database?.stop();
  await aws?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const store = () => createDynamoDbStore({ client: createDynamoDbClient(), tables });

/** Runs a command of the guide word by word; AWS is this machine's tables, and a stub that says yes. */
function typed(words: readonly string[]) {
  const [program = "", ...rest] = words;
  const script = program === "npx" ? ["cli/throughcare.mjs", ...rest.slice(1)] : rest;
  return runProcess(process.execPath, [join(root, script[0] ?? ""), ...script.slice(1)], {
    cwd: root,
    env: {
      ...awsTestEnvironment,
      PATH: process.env.PATH ?? "",
      HOME: folder,
      AWS_ENDPOINT_URL: aws.url,
      AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
      CARE_TABLE: tables.care,
      IDENTITY_TABLE: tables.identity,
      AUDIT_TABLE: tables.audit,
    },
  });
}

/**
 * What is done elsewhere with a command of the guide, since here it would need an account, hours, or a browser:
 * options, a comparison with an empty account and the templates of all (documented-commands.test.ts), the first
 * deployment (deployable.test.ts), alarms (ring-alarms.test.ts), sign-in (test/cli/sign-in.test.ts), what npm runs.
 */
const elsewhere =
  /^(aws (configure|sso|sts|iam) |npx cdk (bootstrap|diff|deploy|destroy) |npm (ci|run check|test|start)|node infra\/bin\/ring-alarms|npx throughcare (sign-in|participant list|cost) )/;

type Walk = {
  readonly command: RegExp;
  readonly expects: (command: Documented) => Promise<void>;
};

const walks: readonly Walk[] = [
  {
    command: /^npx throughcare program check /,
    async expects({ words }) {
      const { code, output } = await typed(words);
      expect(code, output).toBe(0);
      expect(output).toContain("can be published");
    },
  },
  {
    command: /^npx throughcare program publish /,
    async expects({ words }) {
      const first = await typed(words);
      expect(first.code, first.output).toBe(0);
      expect(first.output).toContain("version 1");
      expect((await listSites(store())).map(({ siteId }) => siteId)).toEqual([
        "riverside",
        "mesa",
        "canary",
      ]);
      // The guide says that what is there already is left, and that the command says so.
      const again = await typed(words);
      expect(again.output).toContain("version 1");
      expect(again.output).not.toBe(first.output);
    },
  },
  {
    command: /^aws dynamodb put-item /,
    async expects({ words }) {
      const option = (name: string) => words[words.indexOf(name) + 1] ?? "";
      const Item = z
        .record(z.string(), z.custom<NonNullable<PutItemCommand["input"]["Item"]>[string]>())
        .parse(JSON.parse(option("--item")));
      await createDynamoDbClient().send(
        new PutItemCommand({ TableName: option("--table-name"), Item }),
      );
      expect(await findStaff(store(), "jo.rivera")).toMatchObject({
        name: "Jo Rivera",
        functions: ["clinical-lead", "supervisor"],
        siteIds: ["riverside"],
      });
    },
  },
  {
    command: /^node infra\/bin\/set-spend-limits\.ts /,
    async expects({ words }) {
      aws.reset();
      const { code, output } = await typed(words);
      expect(code, output).toBe(0);
      const asked = aws.requests.map(({ body }) => JSON.parse(body));
      expect(asked).toEqual([{ MonthlyLimit: 20 }, { MonthlyLimit: 20 }]);
    },
  },
  {
    command: /^node infra\/bin\/prune-versions\.ts /,
    async expects({ words }) {
      const { code, output } = await typed(words);
      expect(code, output).toBe(0);
      expect(output).toContain("0 versions deleted");
    },
  },
];

const said = ({ words }: Documented) => words.join(" ");

test("every command of the guide is walked, here or where it is said", () => {
  const lost = guide
    .map(said)
    .filter(
      (command) =>
        !elsewhere.test(`${command} `) && !walks.some((one) => one.command.test(command)),
    );
  expect(lost).toEqual([]);
  for (const { command } of walks) expect(guide.some((one) => command.test(said(one)))).toBe(true);
});

describe("a command of the guide, as it is typed", () => {
  const here = guide.flatMap((command) => {
    const walk = walks.find((one) => one.command.test(said(command)));
    return walk === undefined ? [] : [{ ...command, walk }];
  });
  test.each(here)("$where", ({ walk, ...command }) => walk.expects(command), 900_000);
});
