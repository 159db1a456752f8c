import { beforeAll, expect, test } from "vitest";
import { at, identityStatements, listOf, resourcesOf, text } from "../../infra/rules/template.ts";
import { stackNames, synthesised, type Templates } from "./support/synthesised.ts";

let dev: Templates;
let production: Templates;
beforeAll(() => {
  dev = synthesised("dev");
  production = synthesised("production");
}, 900_000);

/**
 * Every statement of every role, in a file that people review: whoever widens a permission changes it.
 * After a change that is meant: `vitest run test/infra/iam.test.ts -u`, and read the difference.
 */
test("what every role may do is what was reviewed", async () => {
  await expect(statementsOf(dev)).toMatchFileSnapshot("reviewed/iam-statements.txt");
});

test("production allows what dev allows, to its own numbers and domain", () => {
  const shape = (templates: Templates) =>
    statementsOf(templates)
      .replaceAll("phone-production", "phone-dev")
      .replaceAll(".dev.mail.", ".mail.");
  expect(shape(production)).toBe(shape(dev));
});

test("every role is for a service of AWS, but the one that deploys", () => {
  const outsiders = stackNames.flatMap((stack) =>
    resourcesOf(dev[stack], "AWS::IAM::Role")
      .filter(([, { Properties }]) => {
        const trusted = text(at(Properties, "AssumeRolePolicyDocument", "Statement"));
        return !/"Principal":{"Service":"(lambda|states|backup)\.amazonaws\.com"}/.test(trusted);
      })
      .map(([logicalId]) => `${stack} ${ownName(logicalId)}`),
  );
  expect(outsiders).toEqual(["delivery DeployRole"]);
});

test("only the two functions that carry out effects can start or wake executions", () => {
  const starters = stackNames.flatMap((stack) =>
    identityStatements(dev[stack])
      .filter(({ statement }) =>
        /states:(StartExecution|SendTaskSuccess)/.test(text(statement.Action)),
      )
      .map(({ logicalId }) => logicalId.replace(/Policy\w*$/, "")),
  );
  expect([...new Set(starters)].sort()).toEqual(["CarryOutEffects", "SweepStalledWork"]);
});

test("only the functions that write to people or ring the on-call can send", () => {
  const senders = (action: RegExp) =>
    stackNames
      .flatMap((stack) =>
        identityStatements(dev[stack])
          .filter(({ statement }) => action.test(text(statement.Action)))
          .map(({ logicalId }) => logicalId.replace(/Policy\w*$/, "")),
      )
      .sort();
  expect(senders(/ses:/)).toEqual(["SendMessage"]);
  expect(senders(/sms-voice:SendVoiceMessage/)).toEqual([
    "PageOnCall",
    "ReceiveEmail",
    "ReceiveSms",
  ]);
  expect([...new Set(senders(/sms-voice:SendTextMessage/))]).toEqual([
    "PageOnCall",
    "ReceiveEmail",
    "ReceiveSms",
    "SendMessage",
  ]);
});

/** One line per statement: stack, role, name, actions, resources, conditions. */
function statementsOf(templates: Templates): string {
  const lines = stackNames.flatMap((stack) => [
    ...identityStatements(templates[stack]).map(({ logicalId, statement }) =>
      [
        `${stack} ${ownName(logicalId)} ${String(statement.Sid)}: ${String(statement.Effect)}`,
        `  ${listOf(statement.Action).map(String).join(", ")}`,
        ...listOf(statement.Resource).map((resource) => `  on ${plain(resource)}`),
        ...(statement.Condition === undefined ? [] : [`  if ${plain(statement.Condition)}`]),
      ].join("\n"),
    ),
    ...resourcesOf(templates[stack], "AWS::IAM::Role").flatMap(([logicalId, { Properties }]) =>
      listOf(Properties?.ManagedPolicyArns)
        .map(plain)
        .filter((arn) => arn.includes("iam::aws:policy"))
        .map((arn) => `${stack} ${ownName(logicalId)} has AWS's policy ${arn}`),
    ),
  ]);
  return `${lines.join("\n")}\n`;
}

/** A logical id without the hash behind it. */
function ownName(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, "");
}

/** A value with its references in words. */
function plain(value: unknown): string {
  if (typeof value === "string") return value;
  const join = at(value, "Fn::Join", 1);
  if (join !== undefined) return listOf(join).map(plain).join("");
  const reference = at(value, "Ref") ?? at(value, "Fn::GetAtt", 0) ?? at(value, "Fn::ImportValue");
  if (typeof reference === "string")
    return `<${ownName(reference.replace(/^throughcare-\w+-\w+:ExportsOutput(Ref|FnGetAtt)/, ""))}>`;
  return text(value);
}
