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
import { serviceRules } from "./service-rules.ts";
import type { Rule, Template } from "./template.ts";
import { webRules } from "./web-rules.ts";
import { workflowRules } from "./workflow-rules.ts";

/** Every rule of our own, for what the rule packs do not see. None of them can be acknowledged away. */
export const houseRules: readonly Rule[] = [
  ...dataRules,
  ...workflowRules,
  ...functionRules,
  ...messagingRules,
  ...serviceRules,
  ...webRules,
  ...operationsRules,
];

/** Applies the rules to the templates at every synthesis, so that nothing that breaks one can be deployed. */
export class HouseRules implements IPolicyValidationPlugin {
  readonly name = "Throughcare";
  readonly ruleIds: string[];
  readonly #rules: readonly Rule[];

  /** @param except - rules that this synthesis leaves out, by id */
  constructor(except: readonly string[]) {
    this.#rules = houseRules.filter(({ id }) => !except.includes(id));
    this.ruleIds = this.#rules.map(({ id }) => id);
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const templates = context.templatePaths.map((templatePath) => {
      const template: Template = JSON.parse(readFileSync(templatePath, "utf8"));
      return { templatePath, template };
    });
    const all = templates.map(({ template }) => template);
    const violations: PolicyViolation[] = templates.flatMap(({ templatePath, template }) => {
      return this.#rules.flatMap(({ id, statement, find }) => {
        const findings = find(template, all);
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
