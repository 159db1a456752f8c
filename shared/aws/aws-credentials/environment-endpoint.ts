/** Where a service is and in which region, as the environment says. */
export type AwsEndpoint = { readonly url: string; readonly region: string };

/**
 * Lambda always names the region. An `AWS_ENDPOINT_URL_<SERVICE>`, as every SDK reads it, takes the place
 * of AWS's own address.
 * @param variable - the service's name in that variable, such as `DYNAMODB`
 * @param host - the service's name in AWS's own addresses, such as `dynamodb`
 * @throws Error when the environment names no region
 */
export function environmentEndpoint(variable: string, host: string): AwsEndpoint {
  const region = process.env.AWS_REGION;
  if (!region) throw new Error("AWS_REGION must be set: Lambda always does");
  const given = process.env[`AWS_ENDPOINT_URL_${variable}`];
  return {
    region,
    url: given ? given.replace(/\/$/, "") : `https://${host}.${region}.amazonaws.com`,
  };
}
