/** The environment that every function finds on one machine, as a deployment would set it. */
export function localEnvironment(input: {
  readonly origin: string;
  readonly dynamoDbEndpoint: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly linkSecret: string;
  readonly contactSecret: string;
}): Readonly<Record<string, string>> {
  const aws = `${input.origin}/_local/aws`;
  return {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_DYNAMODB: input.dynamoDbEndpoint,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: input.dynamoDbEndpoint,
    AWS_ENDPOINT_URL_SFN: `${aws}/step-functions`,
    AWS_ENDPOINT_URL_SES: `${aws}/ses`,
    AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: `${aws}/sms-voice`,
    AWS_ENDPOINT_URL_LAMBDA: `${aws}/lambda`,
    AWS_ENDPOINT_URL_S3: `${aws}/s3`,
    CARE_TABLE: "throughcare-care",
    IDENTITY_TABLE: "throughcare-identity",
    AUDIT_TABLE: "throughcare-audit",
    LINK_SECRET: input.linkSecret,
    CONTACT_SECRET: input.contactSecret,
    STATE_MACHINE_ARN_PREFIX: "arn:aws:states:us-east-1:000000000000:stateMachine:throughcare-",
    PUBLIC_ORIGIN: input.origin,
    TOKEN_ISSUER: input.issuer,
    TOKEN_CLIENT_ID: input.clientId,
    STAFF_IDLE_MINUTES: "15",
    STAFF_SESSION_HOURS: "12",
    EMAIL_CONFIGURATION_SET: "throughcare",
    SMS_CONFIGURATION_SET: "throughcare",
    SMS_OPT_OUT_LIST: "participants",
    AUDIT_ARCHIVE_BUCKET: "throughcare-audit-archive",
    POWERTOOLS_LOG_LEVEL: "WARN",
    // Figures are lines on stdout, which is here the terminal of whoever started this.
    POWERTOOLS_METRICS_DISABLED: "true",
    POWERTOOLS_SERVICE_NAME: "throughcare",
  };
}
