import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type FunctionName, functionNames, functions } from "../../infra/functions/catalogue.ts";
import {
  definitionOf,
  machinePlaceholders,
  placeholdersIn,
  workflows,
} from "../../infra/functions/workflows.ts";
import { functionName, machineName } from "../../infra/names.ts";
import { logMetrics } from "../../infra/operations/log-metrics.ts";
import { at, listOf, resourcesOf, text } from "../../infra/rules/template.ts";
import { routes } from "../../infra/stacks/web/routes.ts";
import { localEnvironment } from "../../local/world/environment.ts";
import {
  bareFunctionName,
  functionPlaceholders,
  localDefinition,
  machinePrefix,
} from "../../local/world/machines.ts";
import { buildFunctions } from "../../scripts/build-functions.ts";
import { workflowNames } from "../../shared/care/episode/workflow-name.ts";
import { tables } from "../../shared/keys/keys.ts";
import { type BundleNeeds, needsOf, source } from "./support/bundle-needs.ts";
import { environmentIn, functionTemplates } from "./support/functions-in.ts";
import { keysRead } from "./support/keys-read.ts";
import { root, synthesised, type Templates } from "./support/synthesised.ts";

let dev: Templates;
const needs = new Map<string, BundleNeeds>();
beforeAll(async () => {
  dev = synthesised("dev");
  for (const built of await buildFunctions()) needs.set(built.name, needsOf(built));
}, 900_000);

const local = localEnvironment({
  origin: "http://127.0.0.1:8080",
  dynamoDbEndpoint: "http://127.0.0.1:8000",
  issuer: "http://127.0.0.1:8080/_local/oidc",
  clientId: "client",
  linkSecret: "0".repeat(64),
  contactSecret: "1".repeat(64),
});

function needed(name: FunctionName): BundleNeeds {
  const found = needs.get(name);
  if (found === undefined) throw new Error(`functions/${name} has no bundle`);
  return found;
}

describe("functions", () => {
  test("those that are deployed are those that exist, and the check of the origin", () => {
    const folders = readdirSync(join(root, "functions"))
      .filter((name) => existsSync(join(root, "functions", name, "handler.ts")))
      .sort();
    expect([...functionNames].sort()).toEqual(folders);
    expect(
      functionTemplates(dev)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["check-origin", ...folders].sort());
  });

  test("they are called by the names that the local run knows", () => {
    for (const name of functionNames) expect(bareFunctionName(functionName(name))).toBe(name);
  });
});

describe("environment", () => {
  const ours = (keys: Iterable<string>) =>
    [...keys].filter((key) => !/^(AWS|POWERTOOLS)_/.test(key)).sort();

  test.each(functionNames)("%s finds what it reads, and nothing else", async (name) => {
    const given = environmentIn(dev, name);
    const read = await keysRead(name, given, local);
    expect(ours(read)).toEqual(ours(Object.keys(given)));
  });

  test("every variable of the local run is one that a function finds, and the other way round", () => {
    const given = new Set(functionNames.flatMap((name) => Object.keys(environmentIn(dev, name))));
    expect(ours(given)).toEqual(ours(Object.keys(local)));
    expect([...given].filter((key) => !Object.hasOwn(local, key))).toEqual([]);
  });

  test("fixed names are the same here and there", () => {
    const given = environmentIn(dev, "send-message");
    for (const key of [
      "CARE_TABLE",
      "IDENTITY_TABLE",
      "AUDIT_TABLE",
      "SMS_CONFIGURATION_SET",
      "EMAIL_CONFIGURATION_SET",
    ])
      expect(given[key], key).toBe(local[key]);
    expect(environmentIn(dev, "receive-sms").SMS_OPT_OUT_LIST).toBe(local.SMS_OPT_OUT_LIST);
    const prefix = (arn: string | undefined) => arn?.replace(/\d{12}/, "");
    expect(prefix(environmentIn(dev, "carry-out-effects").STATE_MACHINE_ARN_PREFIX)).toBe(
      prefix(local.STATE_MACHINE_ARN_PREFIX),
    );
  });
});

describe("tables", () => {
  test.each(Object.entries(tables))(
    "%s has the keys, indexes, stream and expiry of shared/keys",
    (kind, definition) => {
      const table = resourcesOf(dev.data, "AWS::DynamoDB::Table").find(
        ([, { Properties }]) => at(Properties, "TableName") === `throughcare-${kind}`,
      )?.[1].Properties;
      const keys = (schema: unknown) =>
        Object.fromEntries(
          listOf(schema).map((key) => [at(key, "KeyType"), at(key, "AttributeName")]),
        );
      expect(keys(at(table, "KeySchema"))).toEqual({
        HASH: definition.partitionKey,
        RANGE: definition.sortKey,
      });
      const indexes = Object.fromEntries(
        listOf(at(table, "GlobalSecondaryIndexes")).map((index) => [
          at(index, "IndexName"),
          {
            ...keys(at(index, "KeySchema")),
            projection: at(index, "Projection", "ProjectionType"),
          },
        ]),
      );
      const wanted = Object.entries(definition.indexes).map(
        ([indexName, index]: [string, { partitionKey: string; sortKey: string | undefined }]) => [
          indexName,
          {
            HASH: index.partitionKey,
            ...(index.sortKey === undefined ? {} : { RANGE: index.sortKey }),
            projection: "ALL",
          },
        ],
      );
      expect(indexes).toEqual(Object.fromEntries(wanted));
      expect(at(table, "StreamSpecification", "StreamViewType")).toBe(
        definition.stream ? "NEW_AND_OLD_IMAGES" : undefined,
      );
      expect(at(table, "TimeToLiveSpecification", "AttributeName")).toBe(
        definition.timeToLiveAttribute,
      );
    },
  );
});

describe("machines", () => {
  test("there is one for every workflow, by the name that the local run gives it", () => {
    expect([...workflows].sort()).toEqual([...workflowNames].sort());
    for (const workflow of workflows)
      expect(machineName(workflow)).toBe(`${machinePrefix}${workflow}`);
    expect(machinePlaceholders).toEqual(functionPlaceholders);
  });

  test.each(workflows)("%s runs the definition that the local run runs", (workflow) => {
    const machine = resourcesOf(dev.workflow, "AWS::StepFunctions::StateMachine").find(
      ([, { Properties }]) => at(Properties, "StateMachineName") === machineName(workflow),
    )?.[1].Properties;
    const definition = String(at(machine, "DefinitionString"));
    expect(Object.keys(at(machine, "DefinitionSubstitutions") ?? {}).sort()).toEqual(
      placeholdersIn(definitionOf(workflow)),
    );
    // With the placeholders filled in as the local run fills them, both say the same.
    const filled = definition.replace(/\$\{(\w+)\}/g, (_match, placeholder: string) => {
      const version = resourcesOf(dev.workflow, "AWS::Lambda::Version").find(
        ([logicalId]) => logicalId === at(machine, "DefinitionSubstitutions", placeholder, "Ref"),
      )?.[1].Properties;
      const called = functionTemplates(dev).find(
        ({ logicalId }) => logicalId === at(version, "FunctionName", "Ref"),
      );
      return `arn:aws:lambda:us-east-1:000000000000:function:throughcare-${called?.name}`;
    });
    expect(JSON.parse(filled)).toEqual(JSON.parse(localDefinition(workflow)));
  });
});

describe("routes", () => {
  test("the API sends every address to the function that the local run sends it to", () => {
    const mounted = [
      ...source("local/start-local.ts").matchAll(/prefix: "([^"]+)", handle: site\("([\w-]+)"\)/g),
    ].map(([, prefix, answeredBy]) => ({ prefix, answeredBy }));
    expect([...routes]).toEqual(mounted);
  });

  test("the template has these routes and no others", () => {
    const served = resourcesOf(dev.web, "AWS::ApiGatewayV2::Route").map(([, { Properties }]) => {
      const target = text(at(Properties, "Target"));
      const integration = resourcesOf(dev.web, "AWS::ApiGatewayV2::Integration").find(
        ([logicalId]) => target.includes(`"${logicalId}"`),
      )?.[1].Properties;
      const called = functionTemplates(dev).find(({ logicalId }) =>
        text(at(integration, "IntegrationUri")).includes(`"${logicalId}"`),
      );
      expect(at(integration, "PayloadFormatVersion")).toBe("2.0");
      return `${String(at(Properties, "RouteKey"))} -> ${called?.name}`;
    });
    const wanted = routes.flatMap(({ prefix, answeredBy }) =>
      prefix === "/"
        ? [`$default -> ${answeredBy}`]
        : [`ANY ${prefix} -> ${answeredBy}`, `ANY ${prefix}/{proxy+} -> ${answeredBy}`],
    );
    expect(served.sort()).toEqual(wanted.sort());
  });
});

describe("permissions", () => {
  test.each(functionNames)(
    "%s may do to the tables what its code does, and nothing else",
    (name) => {
      const { care, identity, audit, careIndexes } = needed(name);
      const granted = functions[name];
      expect({
        care: [...granted.care].sort(),
        identity: [...granted.identity].sort(),
        audit: [...granted.audit].sort(),
        careIndexes: [...granted.careIndexes].sort(),
      }).toEqual({ care, identity, audit, careIndexes });
    },
  );

  test.each(functionNames)("%s may send, page, start and archive where its code does", (name) => {
    const { files, runs } = needed(name);
    const has = (file: string) => files.has(`shared/aws/${file}`);
    const {
      sendsEmail,
      textsParticipants,
      pagesStaff,
      keepsOptOutList,
      startsWorkflows,
      archivesAudit,
    } = functions[name];
    expect({
      sendsEmail,
      textsParticipants,
      pagesStaff,
      keepsOptOutList,
      startsWorkflows,
      archivesAudit,
    }).toEqual({
      sendsEmail: has("ses/ses-email-sender.ts"),
      textsParticipants: has("sms/sms-sender.ts"),
      pagesStaff: has("sms/voice-pager.ts"),
      keepsOptOutList: has("sms/opt-out-list.ts"),
      startsWorkflows: has("step-functions/step-functions-runner.ts"),
      archivesAudit: has("archive/s3-audit-archive.ts"),
    });
    expect([...functions[name].runs].sort()).toEqual(runs);
  });
});

test.each(functionNames)("%s holds nothing of the local run", (name) => {
  const { files } = needed(name);
  const strangers = [...files].filter((path) =>
    /^(local|test|cli|console|infra|scripts)\//.test(path),
  );
  expect(files.size).toBeGreaterThan(5);
  expect(strangers).toEqual([]);
});

describe("what the alarms count", () => {
  test.each(logMetrics)("$loggedBy says: $sentence", ({ loggedBy, sentence, outcome }) => {
    const said = [...needed(loggedBy).files].filter((path) =>
      source(path).includes(`"${sentence}"`),
    );
    expect(said.length).toBeGreaterThan(0);
    if (outcome !== undefined)
      expect(source(said[0] ?? "")).toMatch(new RegExp(`\\b${outcome}\\b`));
  });
});
