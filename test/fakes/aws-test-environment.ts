/** Credentials and region as every function has them; nothing in a test ever reaches AWS. */
export const awsTestEnvironment = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
} as const;

/** Sets them for the whole file: the SDK reads them once, at a client's first call. */
export function useAwsTestEnvironment(): void {
  Object.assign(process.env, awsTestEnvironment);
}
