import { Aws, type Stack } from "aws-cdk-lib";

/**
 * The fixed names that parts call each other by. ARNs are put together from them: a function that
 * referred to the machine that refers to the function would be a circular template.
 */
const prefix = "throughcare";

/** A function's name in AWS. */
export const functionName = (name: string): string => `${prefix}-${name}`;
/** A state machine's name in AWS. */
export const machineName = (workflow: string): string => `${prefix}-${workflow}`;
/** New executions start through the alias of this name, at the version that was released last. */
export const liveAlias = "live";
/** The log group into which a function writes. */
export const functionLogGroup = (name: string): string => `/${prefix}/functions/${name}`;

export const emailConfigurationSet = "throughcare";
export const emailReceiptRules = "throughcare";
export const textConfigurationSet = "throughcare";
export const participantOptOutList = "participants";
export const staffOptOutList = "staff";
/** Bucket names are one's own in the whole world only with something of the account in them. */
export const auditArchiveName = `${prefix}-audit-archive-${Aws.ACCOUNT_ID}`;
/** Holds one version of the secret behind links, forms and cookies; see `DataStack`. */
export const linkSecretName = (version: string): string =>
  version === "1" ? `${prefix}/link-secret` : `${prefix}/link-secret-${version}`;
/** Holds the secret behind the ids of contacts. */
export const contactSecretName = `${prefix}/contact-secret`;
/** Holds what CloudFront shows the API, so that nobody calls the API past the firewall. */
export const originSecretName = `${prefix}/origin-secret`;

/** An ARN in the stack's own account and region. */
export function arnOf(stack: Stack, service: string, resource: string): string {
  return `arn:aws:${service}:${stack.region}:${Aws.ACCOUNT_ID}:${resource}`;
}

/** A secret's value, filled in by CloudFormation when it deploys; never in a template. */
export function secretValue(secretName: string): string {
  return `{{resolve:secretsmanager:${secretName}:SecretString}}`;
}

/** Holds a version of the origin secret. */
export function originSecretVersion(version: string): string {
  return version === "1" ? originSecretName : `${originSecretName}-${version}`;
}
