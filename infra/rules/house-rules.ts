import { readFileSync } from "node:fs";
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from "aws-cdk-lib";
import { dataRules } from "./data-rules.ts";
import { functionRules } from "./function-rules.ts";
import { messagingRules } from "./messaging-rules.ts";
import { operationsRules } from "./operations-rules.ts";
import type { Rule, Template } from "./template.ts";
import { webRules } from "./web-rules.ts";
import { workflowRules } from "./workflow-rules.ts";

/** Every rule of our own, for what the rule packs do not see. None of them can be acknowledged away. */
export const houseRules: readonly Rule[] = [
  ...dataRules,
  ...workflowRules,
  ...functionRules,
  ...messagingRules,
  ...webRules,
  ...operationsRules,
];

/** The rules that hold for a deployment: a first one, which may fail, must be possible to clear away. */
export function rulesFor(options: { readonly isFirstDeployment: boolean }): readonly Rule[] {
  return options.isFirstDeployment
    ? houseRules.filter(({ isOffAtFirst }) => isOffAtFirst !== true)
    : houseRules;
}

/** Applies the rules to the templates at every synthesis, so that nothing that breaks one can be deployed. */
export class HouseRules implements IPolicyValidationPlugin {
  readonly name = "Throughcare";
  readonly ruleIds: string[];
  readonly #rules: readonly Rule[];

  constructor(options: { readonly isFirstDeployment: boolean }) {
    this.#rules = rulesFor(options);
    this.ruleIds = this.#rules.map(({ id }) => id);
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations: PolicyViolation[] = context.templatePaths.flatMap((templatePath) => {
      const template: Template = JSON.parse(readFileSync(templatePath, "utf8"));
      return this.#rules.flatMap(({ id, statement, find }) => {
        const findings = find(template);
        return findings.length === 0
          ? []
          : [
              {
                ruleName: id,
                description: `${statement} ${findings.map(({ problem }) => problem).join("; ")}`,
                severity: "error",
                violatingResources: findings.map(({ logicalId }) => ({
                  resourceLogicalId: logicalId,
                  templatePath,
                  locations: [],
                })),
              },
            ];
      });
    });
    return { success: violations.length === 0, violations };
  }
}
