import { beforeAll, describe, expect, test } from "vitest";
import { signedInAddress } from "../../cli/sign-in/loopback-sign-in.ts";
import { stageNamed } from "../../infra/config/stage-named.ts";
import { functionNames, functions } from "../../infra/functions/catalogue.ts";
import { workflows } from "../../infra/functions/workflows.ts";
import { at, listOf, type Resource, resourcesOf, text } from "../../infra/rules/template.ts";
import { extraStopWords } from "../../infra/stacks/messaging/texts.ts";
import { keptFields } from "../../infra/stacks/web/distribution-logs.ts";
import { staffGroups } from "../../infra/stacks/web/sign-in.ts";
import { STAFF_ROLES } from "../../local/sign-in/staff-account.ts";
import { functionIn, functionTemplates } from "./support/functions-in.ts";
import { protectedStacks, stackNames, synthesised, type Templates } from "./support/synthesised.ts";

let dev: Templates;
let production: Templates;
beforeAll(() => {
  dev = synthesised("dev");
  production = synthesised("production");
}, 900_000);

const dayInSeconds = 86_400;

function only(templates: Templates, stack: keyof Templates, type: string): Resource {
  const found = resourcesOf(templates[stack], type);
  expect(found.length, `${type} in ${stack}`).toBe(1);
  const first = found[0]?.[1];
  if (first === undefined) throw new Error(`${stack} has no ${type}`);
  return first;
}

describe("data", () => {
  test("the audit archive is locked for as long as the stage says", () => {
    for (const [stage, templates, lock] of [
      ["dev", dev, { Mode: "GOVERNANCE", Days: 1 }],
      ["production", production, { Mode: "COMPLIANCE", Days: 7 * 366 }],
    ] as const) {
      const archive = resourcesOf(templates.data, "AWS::S3::Bucket").find(([, { Properties }]) =>
        text(at(Properties, "BucketName")).includes("audit-archive"),
      );
      expect(
        at(archive?.[1].Properties, "ObjectLockConfiguration", "Rule", "DefaultRetention"),
        stage,
      ).toEqual(lock);
    }
  });

  test("every table is in the backup plan, whose vault is locked", () => {
    const selection = only(dev, "data", "AWS::Backup::BackupSelection").Properties;
    expect(listOf(at(selection, "BackupSelection", "Resources")).length).toBe(3);
    const lock = (templates: Templates) =>
      at(only(templates, "data", "AWS::Backup::BackupVault").Properties, "LockConfiguration");
    expect(lock(production)).toEqual({ MinRetentionDays: 35, ChangeableForDays: 3 });
    expect(lock(dev)).toEqual({ MinRetentionDays: 1 });
    const rule = at(
      only(production, "data", "AWS::Backup::BackupPlan").Properties,
      "BackupPlan",
      "BackupPlanRule",
      0,
    );
    expect(at(rule, "Lifecycle", "DeleteAfterDays")).toBe(365);
  });

  test("every kind of data has a key of its own", () => {
    const keys = resourcesOf(dev.data, "AWS::DynamoDB::Table").map(([, { Properties }]) =>
      text(at(Properties, "SSESpecification", "KMSMasterKeyId")),
    );
    expect(new Set(keys).size).toBe(3);
  });

  test("production cannot be taken down by one command, dev can", () => {
    expect(protectedStacks("production")).toEqual([...stackNames].sort());
    expect(protectedStacks("dev")).toEqual([]);
  });

  test("an unknown stage is refused with the names of those that are", () => {
    expect(() => stageNamed("staging")).toThrow(
      'There is no stage "staging". Name one of dev, production',
    );
  });
});

describe("functions", () => {
  test.each(functionNames)("%s is deployed as the catalogue says", (name) => {
    const made = functionIn(dev, name);
    expect(made).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      MemorySize: functions[name].memoryMb,
      Timeout: functions[name].timeoutSeconds,
    });
    expect(at(made, "LoggingConfig", "LogGroup")).toBeDefined();
    expect(at(made, "TracingConfig")).toBeUndefined();
    expect(at(made, "VpcConfig")).toBeUndefined();
  });

  test("a function ends before the task that waits for it", () => {
    for (const [, machine] of resourcesOf(dev.workflow, "AWS::StepFunctions::StateMachine")) {
      const definition: unknown = JSON.parse(String(at(machine.Properties, "DefinitionString")));
      for (const [name, state] of Object.entries(at(definition, "States") ?? {})) {
        const limit = at(state, "TimeoutSeconds");
        const called = /\$\{(\w+)FunctionArn\}/.exec(
          text(at(state, "Arguments", "FunctionName")),
        )?.[1];
        if (typeof limit !== "number" || called === undefined) continue;
        const folder = called.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
        expect(Number(functionIn(dev, folder).Timeout), name).toBeLessThan(limit);
      }
    }
  });

  test("the copies that send keep to the rates of the stage", () => {
    const copies = (templates: Templates) =>
      Number(functionIn(templates, "send-message").ReservedConcurrentExecutions);
    expect(copies(dev)).toBe(1);
    expect(copies(production)).toBe(4);
    expect(functionIn(dev, "page-on-call").ReservedConcurrentExecutions).toBe(10);
  });

  test("every function has alarms on failing and on being held back", () => {
    for (const { stack, logicalId } of functionTemplates(dev)) {
      const metrics = resourcesOf(dev[stack], "AWS::CloudWatch::Alarm")
        .filter(([, { Properties }]) =>
          text(at(Properties, "Dimensions")).includes(`"${logicalId}"`),
        )
        .map(([, { Properties }]) => at(Properties, "MetricName"));
      expect(metrics, logicalId).toContain("Errors");
    }
  });
});

describe("machines", () => {
  test("there is one per workflow, with a version and the alias live", () => {
    const names = resourcesOf(dev.workflow, "AWS::StepFunctions::StateMachine").map(
      ([, { Properties }]) => at(Properties, "StateMachineName"),
    );
    expect(names.sort()).toEqual(workflows.map((workflow) => `throughcare-${workflow}`));
    expect(resourcesOf(dev.workflow, "AWS::StepFunctions::StateMachineAlias").length).toBe(6);
  });

  test("a replaced version stays for the executions that run on it", () => {
    for (const type of ["AWS::StepFunctions::StateMachineVersion", "AWS::Lambda::Version"])
      for (const [id, version] of resourcesOf(dev.workflow, type)) {
        expect(version.DeletionPolicy, id).toBe("RetainExceptOnCreate");
        expect(version.UpdateReplacePolicy ?? "Retain", id).toBe("Retain");
      }
  });

  test("each has alarms on failed, timed out, throttled and too old", () => {
    for (const [id] of resourcesOf(dev.workflow, "AWS::StepFunctions::StateMachine")) {
      const metrics = resourcesOf(dev.workflow, "AWS::CloudWatch::Alarm")
        .filter(([, { Properties }]) => text(at(Properties, "Dimensions")).includes(`"${id}"`))
        .map(([, { Properties }]) => String(at(Properties, "MetricName")));
      expect(metrics.sort()).toEqual([
        "ExecutionThrottled",
        "ExecutionTime",
        "ExecutionsFailed",
        "ExecutionsTimedOut",
      ]);
    }
  });
});

describe("what starts functions", () => {
  test("the sweep comes every minute, and at once for executions that ended badly", () => {
    const rules = resourcesOf(dev.workflow, "AWS::Events::Rule").map(
      ([, { Properties }]) => Properties,
    );
    expect(rules.map((rule) => at(rule, "ScheduleExpression"))).toContain("rate(1 minute)");
    const pattern = rules
      .map((rule) => at(rule, "EventPattern"))
      .find((found) => found !== undefined);
    expect(at(pattern, "source")).toEqual(["aws.states"]);
    expect(at(pattern, "detail-type")).toEqual(["Step Functions Execution Status Change"]);
    expect(at(pattern, "detail", "status")).toEqual(["FAILED", "ABORTED", "TIMED_OUT"]);
    const watched = text(at(pattern, "detail", "stateMachineArn"));
    for (const workflow of workflows)
      expect(watched).toContain(`stateMachine:throughcare-${workflow}"`);
    expect(listOf(at(pattern, "detail", "stateMachineArn")).length).toBe(workflows.length);
    for (const rule of rules) {
      expect(text(at(rule, "Targets"))).toContain("SweepStalledWork");
      expect(at(rule, "State") ?? "ENABLED").toBe("ENABLED");
      // What is older than ten minutes was swept by the minutes after it.
      expect(at(listOf(at(rule, "Targets"))[0], "RetryPolicy")).toEqual({
        MaximumEventAgeInSeconds: 600,
        MaximumRetryAttempts: 2,
      });
    }
  });

  test("new effects and nothing else of the care table's stream reach carry-out-effects", () => {
    const mappings = resourcesOf(dev.workflow, "AWS::Lambda::EventSourceMapping").map(
      ([, { Properties }]) => Properties,
    );
    const outbox = mappings.find((mapping) => text(mapping).includes("CareTable"));
    expect(text(at(outbox, "FunctionName"))).toContain("CarryOutEffects");
    const patterns = listOf(at(outbox, "FilterCriteria", "Filters")).map((filter): unknown =>
      JSON.parse(String(at(filter, "Pattern"))),
    );
    expect(patterns).toEqual([
      { eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: [{ prefix: "EFFECT#" }] } } } },
    ]);
    const audit = mappings.find((mapping) => text(mapping).includes("AuditTable"));
    expect(text(at(audit, "FunctionName"))).toContain("ArchiveAudit");
    // Removals and changes must be seen too: they are what must never happen.
    expect(at(audit, "FilterCriteria")).toBeUndefined();
    expect(Number(at(audit, "MaximumRecordAgeInSeconds"))).toBeLessThan(dayInSeconds);
  });

  test("an outbox entry is carried out at once: pages and alerts are among them", () => {
    const [outbox, audit] = ["CareTable", "AuditTable"].map((table) =>
      resourcesOf(production.workflow, "AWS::Lambda::EventSourceMapping")
        .map(([, { Properties }]) => Properties)
        .find((mapping) => text(mapping).includes(table)),
    );
    expect(at(outbox, "MaximumBatchingWindowInSeconds") ?? 0).toBe(0);
    expect(Number(at(outbox, "BatchSize"))).toBeLessThanOrEqual(10);
    // One entry that takes its time holds up only what shares its part of a shard.
    expect(Number(at(outbox, "ParallelizationFactor"))).toBeGreaterThanOrEqual(4);
    // The chain of the audit entries is copied in its order.
    expect(at(audit, "ParallelizationFactor") ?? 1).toBe(1);
    for (const mapping of [outbox, audit]) {
      expect(at(mapping, "Enabled") ?? true).toBe(true);
      // Also what was written between the table's creation and the mapping's.
      expect(at(mapping, "StartingPosition")).toBe("TRIM_HORIZON");
      expect(Number(at(mapping, "MaximumRetryAttempts"))).toBeGreaterThanOrEqual(3);
    }
  });

  test("texts, emails and delivery reports reach their functions", () => {
    const subscriptions = resourcesOf(dev.workflow, "AWS::SNS::Subscription").map(
      ([, { Properties }]) => text(Properties),
    );
    const pairs = [
      ["InboundTexts", "ReceiveSms"],
      ["InboundMail", "ReceiveEmail"],
      ["DeliveryReports", "RecordDelivery"],
    ] as const;
    for (const [topic, receiver] of pairs)
      expect(
        subscriptions.filter((line) => line.includes(topic) && line.includes(receiver)).length,
      ).toBe(1);
  });
});

describe("messaging", () => {
  test("participants' numbers know the words that AWS does not; a staff phone's STOP changes nothing", () => {
    const pools = resourcesOf(dev.messaging, "AWS::SMSVOICE::Pool").map(
      ([, { Properties }]) => Properties,
    );
    const words = pools.map((pool) =>
      listOf(at(pool, "OptionalKeywords")).map((keyword) => at(keyword, "Keyword")),
    );
    expect(words).toEqual([[...extraStopWords], [...extraStopWords], [], []]);
    expect(extraStopWords).toEqual(["REVOKE", "OPT OUT", "ALTO", "PARAR", "CANCELAR"]);
    const lists = pools.map((pool) => text(at(pool, "OptOutListName")));
    expect(new Set(lists).size).toBe(2);
  });

  test("nothing that the provider itself may answer names care", () => {
    const said = [
      ...text(resourcesOf(dev.messaging, "AWS::SMSVOICE::Pool")).matchAll(/"Message":"([^"]*)"/g),
    ]
      .map((match) => match[1])
      .join(" ");
    expect(said).toContain("STOP");
    expect(said).not.toMatch(/therap|clinic|recover|treatment|program|care\b/i);
  });
});

describe("web", () => {
  test("staff sign in with the groups that the local sign-in has", () => {
    const groups = resourcesOf(dev.web, "AWS::Cognito::UserPoolGroup").map(([, { Properties }]) =>
      at(Properties, "GroupName"),
    );
    expect(groups.sort()).toEqual([...STAFF_ROLES].sort());
    expect([...staffGroups].sort()).toEqual([...STAFF_ROLES].sort());
  });

  test("the distribution keeps no field of a request that could open a form", () => {
    expect(keptFields.filter((field) => /uri|query|cookie|referer|ip/i.test(field))).toEqual([]);
  });

  test("the API is reached with the distribution's secret only", () => {
    const origins = text(only(dev, "web", "AWS::CloudFront::Distribution").Properties);
    expect(origins).toContain("{{resolve:secretsmanager:throughcare/origin-secret:SecretString}}");
    const authorizer = only(dev, "web", "AWS::ApiGatewayV2::Authorizer").Properties;
    expect(at(authorizer, "IdentitySource")).toEqual(["$request.header.x-origin-secret"]);
  });
});

test("the sign-in knows where the command line waits for a browser", () => {
  for (const templates of [dev, production]) {
    const client = only(templates, "web", "AWS::Cognito::UserPoolClient").Properties;
    expect(at(client, "CallbackURLs")).toContain(signedInAddress);
  }
});
