import { Duration, RemovalPolicy, Stack, Tags } from "aws-cdk-lib";
import { ManagedPolicy, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Architecture, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { type FunctionName, functions } from "../functions/catalogue.ts";
import { type EnvironmentValues, environmentOf } from "../functions/environment.ts";
import { type PermissionTargets, statementsOf } from "../functions/permissions.ts";
import { functionLogGroup, functionName } from "../names.ts";
import { type AlarmTopics, careAlarm, fiveMinutes } from "./alarm.ts";
import { AlarmedQueue } from "./alarmed-queue.ts";

/** What the functions of a stack share. */
export type CareFunctionShared = {
  /** The folder that holds `<name>/index.mjs` for every function. */
  readonly bundles: string;
  readonly values: EnvironmentValues;
  readonly targets: Omit<PermissionTargets, "deadLettersArn">;
  readonly workKey: IKey;
  readonly logKey: IKey;
  readonly topics: AlarmTopics;
};

/**
 * One function as it is deployed: its bundle, a role of its own with what it uses and nothing else, its
 * environment under a key, its log group, a place for events it could not handle, and its alarms.
 */
export class CareFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;
  readonly deadLetters: AlarmedQueue;

  constructor(scope: Construct, name: FunctionName, shared: CareFunctionShared) {
    super(scope, constructId(name));
    const stack = Stack.of(this);
    const definition = functions[name];
    const { config } = shared.values;
    this.deadLetters = new AlarmedQueue(this, "DeadLetters", {
      key: shared.workKey,
      topics: shared.topics,
    });
    this.logGroup = new LogGroup(this, "Logs", {
      logGroupName: functionLogGroup(name),
      encryptionKey: shared.logKey,
      retention: config.retention.logDays satisfies RetentionDays,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `${functionName(name)}: ${definition.purpose}`,
    });
    Tags.of(role).add("function", name);
    role.addManagedPolicy(
      new ManagedPolicy(this, "Policy", {
        description: `All that ${functionName(name)} may do`,
        statements: statementsOf(stack, definition, {
          ...shared.targets,
          deadLettersArn: this.deadLetters.queue.queueArn,
        }),
      }),
    );
    const copies =
      definition.copies === "one-per-send-rate" ? copiesForSendRate(config) : definition.copies;
    this.function = new LambdaFunction(this, "Function", {
      functionName: functionName(name),
      description: definition.purpose,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(`${shared.bundles}/${name}`, { exclude: ["meta.json"] }),
      memorySize: definition.memoryMb,
      timeout: Duration.seconds(definition.timeoutSeconds),
      environment: environmentOf(stack, definition, shared.values),
      environmentEncryption: shared.workKey,
      // Its policy is complete as it is: nothing that is wired to the function may widen it.
      role: role.withoutPolicyUpdates(),
      logGroup: this.logGroup,
      deadLetterQueue: this.deadLetters.queue,
      retryAttempts: 2,
      maxEventAge: Duration.hours(2),
      // Executions that run call the version that they were started with.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
      ...(copies === undefined ? {} : { reservedConcurrentExecutions: copies }),
    });
    this.function.node.addDependency(role);
    this.#alarms(name, shared.topics);
  }

  #alarms(name: FunctionName, topics: AlarmTopics): void {
    const special = {
      "page-on-call": "pages-failing",
      "send-message": "sends-failing",
      "receive-sms": "texts-not-received",
      "record-delivery": "delivery-reports-lost",
      "archive-audit": "audit-not-archived",
    } as const;
    const isSpecial = (key: string): key is keyof typeof special => Object.hasOwn(special, key);
    careAlarm(this, "Failing", topics, {
      alarm: isSpecial(name) ? special[name] : "function-failing",
      metric: this.function.metricErrors({ period: fiveMinutes }),
      threshold: errorsUntilAlarm[name] ?? 5,
    });
    careAlarm(this, "Throttled", topics, {
      alarm: "function-throttled",
      metric: this.function.metricThrottles({ period: fiveMinutes }),
      // A send that waits its turn is tried again; that is what the limit is for.
      threshold: name === "send-message" ? 500 : 1,
    });
  }
}

/** A wait whose episode moved on meanwhile fails on purpose, so that its machine looks again. */
const errorsUntilAlarm: Readonly<Partial<Record<FunctionName, number>>> = {
  "page-on-call": 1,
  "receive-email": 1,
  "receive-sms": 1,
  "hold-care": 50,
};

/** One send takes about a quarter of a second, so four copies reach the rate that four a second allow. */
function copiesForSendRate(config: EnvironmentValues["config"]): number {
  return Math.max(1, Math.floor((config.email.ratePerSecond + config.sms.ratePerSecond) / 4));
}

function constructId(name: string): string {
  return name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
