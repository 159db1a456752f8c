import { Aws, Duration, RemovalPolicy, type Stack } from "aws-cdk-lib";
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
} from "aws-cdk-lib/aws-cognito";
import type { StageConfig } from "../../config/stage-config.ts";

/** The kinds of staff, as the groups of their tokens name them. */
export const staffGroups = [
  "case-manager",
  "clinician",
  "clinical-lead",
  "privacy-officer",
  "operator",
] as const;

export type SignIn = {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  readonly issuer: string;
};

/**
 * Where `throughcare sign-in` waits for the browser of whoever runs it (RFC 8252, 7.3). Of addresses without
 * https Cognito takes those of this machine alone.
 */
const commandLineSignedIn = "http://localhost:8979/signed-in";

/** Who the staff are: made by an operator, never by themselves, and always with a second factor. */
export function addSignIn(stack: Stack, config: StageConfig, isProtected: boolean): SignIn {
  const pool = new UserPool(stack, "Staff", {
    userPoolName: "throughcare-staff",
    selfSignUpEnabled: false,
    signInAliases: { username: true, email: true },
    signInCaseSensitive: false,
    standardAttributes: { email: { required: true, mutable: true } },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 14,
      requireDigits: true,
      requireLowercase: true,
      requireUppercase: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(2),
    },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    featurePlan: FeaturePlan.PLUS,
    standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
    deletionProtection: isProtected,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  for (const group of staffGroups)
    pool.addGroup(`Group-${group}`, { groupName: group, description: `Staff: ${group}` });
  pool.addDomain("SignInHost", {
    cognitoDomain: { domainPrefix: `throughcare-${Aws.ACCOUNT_ID}` },
  });
  const host = `https://${config.domainName}`;
  const client = pool.addClient("StaffSite", {
    userPoolClientName: "staff-site",
    generateSecret: false,
    authFlows: {},
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID],
      callbackUrls: [`${host}/staff/signed-in`, `${host}/console`, commandLineSignedIn],
      logoutUrls: [`${host}/staff`, `${host}/console`],
    },
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    // A working day, then they sign in again.
    refreshTokenValidity: Duration.hours(config.staffSession.maxHours),
    enableTokenRevocation: true,
    preventUserExistenceErrors: true,
  });
  return {
    pool,
    client,
    issuer: `https://cognito-idp.${stack.region}.amazonaws.com/${pool.userPoolId}`,
  };
}
