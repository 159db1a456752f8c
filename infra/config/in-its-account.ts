import type { StageConfig } from "./stage-config.ts";

/**
 * Holds a stage against the account that somebody is signed in to.
 * @param signedInTo Its number, as CDK found it from the credentials; `undefined` where nobody is signed in,
 *   as when templates are only looked at
 * @throws Error that names both accounts when they differ
 */
export function inItsAccount(config: StageConfig, signedInTo: string | undefined): StageConfig {
  if (signedInTo === undefined || signedInTo === "" || signedInTo === config.account) return config;
  throw new Error(
    `The stage ${config.stage} is in the account ${config.account} (infra/config/${config.stage}.ts), but you are signed in to ${signedInTo}. Nothing was built.`,
  );
}
