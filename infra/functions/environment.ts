import type { Stack } from "aws-cdk-lib";
import type { StageConfig } from "../config/stage-config.ts";
import {
  arnOf,
  auditArchiveName,
  contactSecretName,
  emailConfigurationSet,
  linkSecretName,
  machineName,
  participantOptOutList,
  secretValue,
  textConfigurationSet,
} from "../names.ts";
import type { EnvironmentKey, FunctionDefinition } from "./catalogue.ts";

/** What only some stacks know. */
export type EnvironmentValues = {
  readonly config: StageConfig;
  readonly signIn?: { readonly issuer: string; readonly clientId: string };
};

/**
 * The environment of a function: what it reads, and how it logs.
 * @throws Error when the function needs a value that its stack does not have
 */
export function environmentOf(
  stack: Stack,
  definition: FunctionDefinition,
  values: EnvironmentValues,
): Record<string, string> {
  const known: Readonly<Record<EnvironmentKey, string | undefined>> = {
    CARE_TABLE: "throughcare-care",
    IDENTITY_TABLE: "throughcare-identity",
    AUDIT_TABLE: "throughcare-audit",
    // The one that seals first; the functions take them all to open.
    LINK_SECRET: values.config.linkSecretVersions
      .map((version) => `${version}:${secretValue(linkSecretName(version))}`)
      .join(" "),
    CONTACT_SECRET: secretValue(contactSecretName),
    STATE_MACHINE_ARN_PREFIX: arnOf(stack, "states", `stateMachine:${machineName("")}`),
    PUBLIC_ORIGIN: `https://${values.config.domainName}`,
    TOKEN_ISSUER: values.signIn?.issuer,
    TOKEN_CLIENT_ID: values.signIn?.clientId,
    STAFF_IDLE_MINUTES: String(values.config.staffSession.idleMinutes),
    STAFF_SESSION_HOURS: String(values.config.staffSession.maxHours),
    EMAIL_CONFIGURATION_SET: emailConfigurationSet,
    SMS_CONFIGURATION_SET: textConfigurationSet,
    SMS_OPT_OUT_LIST: participantOptOutList,
    AUDIT_ARCHIVE_BUCKET: auditArchiveName,
  };
  const environment: Record<string, string> = {
    POWERTOOLS_LOG_LEVEL: "INFO",
    POWERTOOLS_SERVICE_NAME: "throughcare",
  };
  for (const key of definition.environment) {
    const value = known[key];
    if (value === undefined)
      throw new Error(`The stack ${stack.stackName} has no value for ${key}`);
    environment[key] = value;
  }
  return environment;
}
