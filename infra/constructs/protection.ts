import type { IConstruct } from "constructs";

/** What `-c first=true` says: this is a stage's first deployment. */
export const firstDeployment = "first";

/**
 * Whether what outlives every mistake is protected from being deleted. Not in a stage's first deployment: where
 * that fails, CloudFormation must be able to take back what it made, or nothing could be deployed again.
 */
export function isProtected(scope: IConstruct): boolean {
  return String(scope.node.tryGetContext(firstDeployment) ?? "false") !== "true";
}
