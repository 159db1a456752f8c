import { App, Tags, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, HIPAASecurityChecks, ServerlessChecks } from "cdk-nag";
import { acknowledge } from "./acknowledgements.ts";
import type { StageConfig } from "./config/stage-config.ts";
import { HouseRules } from "./rules/house-rules.ts";
import { DataStack } from "./stacks/data-stack.ts";
import { DeliveryStack } from "./stacks/delivery-stack.ts";
import { MessagingStack } from "./stacks/messaging-stack.ts";
import { ObservabilityStack } from "./stacks/observability-stack.ts";
import { WebStack } from "./stacks/web-stack.ts";
import { WorkflowStack } from "./stacks/workflow-stack.ts";

export type AppOptions = {
  /** The folder that holds `<function>/index.mjs` for every function. */
  readonly bundles: string;
  /** Leaves protection off, so that a first deployment that failed can be cleared away and repeated. */
  readonly isFirstDeployment?: boolean;
  readonly outdir?: string;
  readonly context?: Record<string, unknown>;
};

/** All stacks of a stage, checked by the rule packs and by our own rules when it is synthesised. */
export function throughcareApp(config: StageConfig, options: AppOptions): App {
  const app = throughcareStacks(config, options);
  acknowledge(app);
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app, { verbose: true }),
    new HIPAASecurityChecks(app, { verbose: true }),
    new ServerlessChecks(app, { verbose: true }),
    new HouseRules({ isFirstDeployment: options.isFirstDeployment ?? false }),
  );
  return app;
}

/** The stacks alone, for a look at what the rule packs say without the acknowledgements. */
export function throughcareStacks(config: StageConfig, options: AppOptions): App {
  const app = new App({
    analyticsReporting: false,
    ...(options.outdir === undefined ? {} : { outdir: options.outdir }),
    ...(options.context === undefined ? {} : { context: options.context }),
  });
  const isProtected = options.isFirstDeployment !== true;
  const named = (name: string) => ({
    env: { account: config.account, region: config.region },
    stackName: `throughcare-${config.stage}-${name}`,
    terminationProtection: isProtected && config.stage === "production",
  });
  const data = new DataStack(app, "data", {
    ...named("data"),
    description: "Throughcare: tables, keys, secrets, backups, audit archive",
    config,
    isProtected,
  });
  const messaging = new MessagingStack(app, "messaging", {
    ...named("messaging"),
    description: "Throughcare: mail, texts, calls, alarms' topics",
    config,
    isProtected,
  });
  const workflow = new WorkflowStack(app, "workflow", {
    ...named("workflow"),
    description: "Throughcare: functions, state machines, sweep",
    config,
    bundles: options.bundles,
    data,
    messaging,
  });
  const web = new WebStack(app, "web", {
    ...named("web"),
    description: "Throughcare: pages, API, console, sign-in",
    config,
    isProtected,
    bundles: options.bundles,
    data,
    messaging,
  });
  new ObservabilityStack(app, "observability", {
    ...named("observability"),
    description: "Throughcare: alarms, dashboard, canary",
    config,
    data,
    messaging,
    workflow,
    web,
  });
  new DeliveryStack(app, "delivery", {
    ...named("delivery"),
    description: "Throughcare: how the repository deploys",
    config,
  });
  Tags.of(app).add("system", "throughcare");
  Tags.of(app).add("stage", config.stage);
  return app;
}
