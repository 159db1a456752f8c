import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { allCommands } from "../../cli/commands.ts";
import { runThroughcare } from "../../cli/main.ts";
import { problemOfAwsCommand } from "./support/aws-commands.ts";
import { documentedCommands } from "./support/documented-commands.ts";
import { runProcess } from "./support/run-process.ts";
import { root, whereIs } from "./support/synthesised.ts";

const commands = documentedCommands();
const of = (...start: readonly string[]) =>
  commands.filter(({ words }) => start.every((word, index) => words[index] === word));

const helps = new Map<string, Promise<string>>();

/** What a command says of itself; a command that is in several places is asked once. */
function helpOf(script: string, ...words: readonly string[]): Promise<string> {
  const name = [script, ...words].join(" ");
  const help = helps.get(name) ?? askHelp(script, words);
  helps.set(name, help);
  return help;
}

async function askHelp(script: string, words: readonly string[]): Promise<string> {
  const { code, output } = await runProcess(
    process.execPath,
    [join(root, script), ...words, "--help"],
    {
      cwd: root,
      env: { PATH: process.env.PATH ?? "", HOME: tmpdir(), CI: "true" },
    },
  );
  expect(code, output).toBe(0);
  return output;
}

/** The first command of each group is asked as a process; the others are asked what that process asks. */
const askedGroups = new Map<string, string>();

async function ownHelpOf(command: readonly string[]): Promise<string> {
  const [group = ""] = command;
  const name = command.join(" ");
  if ((askedGroups.get(group) ?? name) === name) {
    askedGroups.set(group, name);
    return await helpOf("cli/throughcare.mjs", ...command);
  }
  let said = "";
  const say = (text: string) => {
    said += text;
  };
  const io = { out: say, err: say, env: {}, cwd: root, fetch, isColored: false };
  expect(await runThroughcare([...command, "--help"], io), said).toBe(0);
  return said;
}

const optionsIn = (words: readonly string[]) =>
  words.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.replace(/=.*$/, ""));

test("the documents tell people to run things", () => {
  expect(of("aws").length).toBeGreaterThanOrEqual(6);
  expect(of("npx", "cdk").length).toBeGreaterThanOrEqual(10);
  expect(of("node").length).toBeGreaterThanOrEqual(4);
});

describe("a command of AWS's CLI is one, with options that it takes", () => {
  test.each(of("aws"))("$where", ({ words }) => {
    expect(problemOfAwsCommand(words)).toBeUndefined();
  });

  test("and one that is none is found out", () => {
    const wrong = [
      "aws lambda invokes --function-name x",
      "aws lambda invoke --function x",
      "aws lamda invoke --function-name x",
      "aws dynamodb put-item --table-name x --items {}",
      "aws iam create-service-linked-role --service-name x",
    ];
    for (const command of wrong)
      expect(problemOfAwsCommand(command.split(" ")), command).toBeDefined();
  });
});

describe("a command of CDK takes the options that are given to it, and names its stage", () => {
  const help = new Map<string, string>();
  beforeAll(async () => {
    const used = new Set(of("npx", "cdk").map(({ words }) => words[2] ?? ""));
    for (const command of used)
      help.set(command, await helpOf("node_modules/aws-cdk/bin/cdk", command));
  }, 900_000);

  test.each(of("npx", "cdk"))("$where", ({ words }) => {
    const [command = "", ...rest] = words.slice(2);
    const said = help.get(command) ?? "";
    expect(said).toContain(`cdk ${command}`);
    for (const option of optionsIn(rest))
      expect(said, option).toMatch(new RegExp(`(^|[\\s,])${option}([\\s,]|$)`, "m"));
    expect(words.join(" ")).toMatch(/-c stage=/);
  });
});

test("cdk compares a stack with an account that has nothing, and shows what bootstrap makes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "throughcare-diff-"));
  const empty = join(folder, "empty.json");
  writeFileSync(empty, '{"Resources":{}}');
  const cdk = (...words: readonly string[]) =>
    runProcess(process.execPath, [join(root, "node_modules/aws-cdk/bin/cdk"), ...words], {
      cwd: root,
      env: { PATH: process.env.PATH ?? "", HOME: folder, CI: "true" },
    });
  const [diff, bootstrap] = await Promise.all([
    cdk("diff", "data", "--exclusively", "--template", empty, "--app", whereIs("dev")),
    cdk("bootstrap", "--show-template"),
  ]);
  rmSync(folder, { recursive: true });
  expect(diff.code, diff.output).toBe(0);
  expect(diff.output).toContain("[+] AWS::DynamoDB::Table CareTable");
  expect(diff.output).toContain("Number of stacks with differences: 1");
  expect(bootstrap.output).toContain("DeploymentActionRole");
}, 900_000);

describe("a command of our own takes the options that are given to it", () => {
  test.each(of("npx", "throughcare"))(
    "$where",
    async ({ words }) => {
      const rest = words.slice(2);
      const named = (await allCommands()).find(({ name }) =>
        `${rest.join(" ")} `.startsWith(`${name} `),
      );
      const command = named?.name.split(" ") ?? [];
      expect(command.length, rest.join(" ")).toBeGreaterThan(0);
      const said = await ownHelpOf(command);
      expect(said).toContain(`throughcare ${command.join(" ")}`);
      for (const option of optionsIn(rest)) expect(said).toContain(`${option} `);
    },
    900_000,
  );

  test.each(of("node"))("$where", ({ words }) => {
    const [script = "", ...rest] = words.slice(1);
    expect(existsSync(join(root, script)), script).toBe(true);
    const source = readFileSync(join(root, script), "utf8");
    for (const option of optionsIn(rest))
      expect(source).toMatch(new RegExp(`"?${option.slice(2)}"?: \\{ type`));
  });

  test.each(of("npm", "run"))("$where", ({ words }) => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
    expect(Object.keys(scripts)).toContain(words[2]);
  });

  test.each(of("npx", "vitest"))("$where", ({ words }) => {
    for (const path of words.slice(3).filter((word) => word.includes("/")))
      expect(existsSync(join(root, path)), path).toBe(true);
  });

  test.each(["prune-versions", "ring-alarms", "set-spend-limits"])(
    "infra/bin/%s.ts says what it needs where nothing is said",
    async (script) => {
      const { code, output } = await runProcess(
        process.execPath,
        [join(root, `infra/bin/${script}.ts`)],
        { cwd: root, env: { PATH: process.env.PATH ?? "" } },
      );
      expect(code).not.toBe(0);
      expect(output).toMatch(/Say (--|which stage is meant: dev or production)/);
    },
    900_000,
  );
});
