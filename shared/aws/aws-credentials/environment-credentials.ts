/** Credentials as the AWS SDK takes them. */
interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Stands in for `@aws-sdk/credential-provider-node` in every function bundle: Lambda always puts the credentials of
 * the function's role into the environment, so the chain that looks in profiles, containers, web identities and
 * sign-on caches is 130 kB that never runs.
 *
 * The environment is read at each call, not at load: Lambda renews it when it restores a function.
 * @throws Error when the environment holds no credentials
 */
export function defaultProvider(): () => Promise<AwsCredentials> {
  return async () => {
    const accessKeyId = process.env.AWS_ACCESS_KEY_ID;
    const secretAccessKey = process.env.AWS_SECRET_ACCESS_KEY;
    const sessionToken = process.env.AWS_SESSION_TOKEN;
    if (!accessKeyId || !secretAccessKey) {
      throw new Error(
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set: Lambda always does",
      );
    }
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  };
}
