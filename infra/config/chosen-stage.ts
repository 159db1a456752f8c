import type { StageConfig } from "./stage-config.ts";
import { stageNamed } from "./stage-named.ts";

export type Choice = {
  readonly config: StageConfig;
  /** Leaves off what would keep a deployment that failed half-way from being cleared away and repeated. */
  readonly isFirstDeployment: boolean;
};

/**
 * What a command of CDK is about: the stage, and into which account.
 * @param context - the values behind `-c`, as CDK hands them over
 * @param credentialsAccount - the account of the credentials at hand, if there are any
 * @throws Error in words for whoever typed the command: no stage, an unknown one, credentials of another account
 */
export function chosenStage(
  context: Readonly<Record<string, unknown>>,
  credentialsAccount: string | undefined,
): Choice {
  const config = stageNamed(context.stage);
  if (
    credentialsAccount !== undefined &&
    credentialsAccount !== "" &&
    credentialsAccount !== config.account
  )
    throw new Error(
      `The stage ${config.stage} is in the account ${config.account} (infra/config/${config.stage}.ts), but you are signed in to ${credentialsAccount}. Nothing was built.`,
    );
  return { config, isFirstDeployment: isYes(context["first-deployment"]) };
}

function isYes(value: unknown): boolean {
  if (value === undefined || value === "false" || value === false) return false;
  if (value === "true" || value === true) return true;
  throw new Error("Say -c first-deployment=true, or leave it out.");
}
