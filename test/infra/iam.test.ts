import { beforeAll, expect, test } from "vitest";
import { identityStatements, isRecord, resourcesOf, text } from "../../infra/rules/template.ts";
import { stackNames, synthesised, type Templates } from "./support/synthesised.ts";

let dev: Templates;
let production: Templates;
beforeAll(() => {
  dev = synthesised("dev");
  production = synthesised("production");
}, 120_000);

/**
 * Every statement of every role, in a file that people review: whoever widens a permission changes it.
 * After a change that is meant: `vitest run test/infra/iam.test.ts -u`, and read the difference.
 */
test("what every role may do is what was reviewed", async () => {
  await expect(`${JSON.stringify(statementsOf(dev), undefined, 2)}\n`).toMatchFileSnapshot(
    "reviewed/iam-statements.json",
  );
});

test("production allows what dev allows, to its own numbers and domain", () => {
  const shape = (templates: Templates) =>
    text(statementsOf(templates))
      .replaceAll("production", "dev")
      .replaceAll("dev.mail.example", "mail.example");
  expect(shape(production)).toBe(shape(dev));
});

test("whom each role trusts is a service of AWS, and only those that run something here", () => {
  const trusted = stackNames.flatMap((stack) =>
    resourcesOf(dev[stack], "AWS::IAM::Role").map(([, { Properties }]) => {
      const document = Properties?.AssumeRolePolicyDocument;
      return text(isRecord(document) ? document.Statement : undefined);
    }),
  );
  for (const statement of trusted)
    expect(statement).toMatch(/"Service":"(lambda|states|backup)\.amazonaws\.com"/);
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

test("only the functions that may write to people can send", () => {
  const senders = (action: RegExp) =>
    stackNames
      .flatMap((stack) =>
        identityStatements(dev[stack])
          .filter(({ statement }) => action.test(text(statement.Action)))
          .map(({ logicalId }) => logicalId.replace(/Policy\w*$/, "")),
      )
      .sort();
  expect(senders(/ses:/)).toEqual(["SendMessage"]);
  expect(senders(/sms-voice:SendVoiceMessage/)).toEqual(["PageOnCall", "ReceiveSms"]);
  expect([...new Set(senders(/sms-voice:SendTextMessage/))]).toEqual([
    "PageOnCall",
    "ReceiveSms",
    "SendMessage",
  ]);
});

function statementsOf(templates: Templates) {
  return Object.fromEntries(
    stackNames.map((stack) => {
      const byPolicy: Record<string, unknown[]> = {};
      for (const { logicalId, statement } of identityStatements(templates[stack])) {
        byPolicy[logicalId] ??= [];
        byPolicy[logicalId].push(statement);
      }
      const managed = resourcesOf(templates[stack], "AWS::IAM::Role").flatMap(
        ([id, { Properties }]) => {
          const arns = Properties?.ManagedPolicyArns;
          const ofAws = Array.isArray(arns)
            ? arns.filter((arn) => text(arn).includes("iam::aws:policy"))
            : [];
          return ofAws.length === 0 ? [] : [[id, ofAws] as const];
        },
      );
      return [stack, { statements: byPolicy, policiesOfAws: Object.fromEntries(managed) }];
    }),
  );
}
