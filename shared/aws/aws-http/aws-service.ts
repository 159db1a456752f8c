import { defaultProvider } from "../aws-credentials/environment-credentials.ts";
import { type AwsEndpoint, environmentEndpoint } from "../aws-credentials/environment-endpoint.ts";
import { AwsCallError, type ErrorBody } from "./aws-call-error.ts";
import { callFailure } from "./call-failure.ts";
import { exchange, type HttpAnswer } from "./http-exchange.ts";
import { signedHeaders } from "./sign-request.ts";

/** A service of AWS as this system calls it. */
export type AwsServiceOptions = {
  /** Its name in `AWS_ENDPOINT_URL_<NAME>`. */
  readonly variable: string;
  /** Its name in AWS's own addresses. */
  readonly host: string;
  /** Its name in signatures, where that is another one. */
  readonly signingName?: string;
  /**
   * 1 for calls that send to people: a second text cannot be taken back. More for calls that can be
   * repeated; after a fault, a lost connection or a throttle the next attempt follows by itself.
   */
  readonly attempts: number;
  /** Takes the place of what the environment says. */
  readonly endpoint?: AwsEndpoint;
};

export type AwsRequest = {
  readonly method: "POST" | "PUT";
  /** Begins with a slash. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Sends a request and gives the answer of the last attempt; throws what the socket threw. */
export type AwsService = (request: AwsRequest) => Promise<HttpAnswer>;

const withinMs = 5000;
const firstPauseMs = 50;

/**
 * Calls one service of AWS over HTTPS. A few kinds of call do not need the clients of the AWS SDK, which
 * together would be twice the size that a function may have.
 */
export function createAwsService(options: AwsServiceOptions): AwsService {
  const credentials = defaultProvider();
  const { attempts, variable, host, signingName: service = host } = options;
  const once = async ({ method, path, headers, body }: AwsRequest): Promise<HttpAnswer> => {
    const { url: base, region } = options.endpoint ?? environmentEndpoint(variable, host);
    const url = new URL(`${base}${path}`);
    const scope = { service, region, credentials: await credentials(), at: new Date() };
    const signed = await signedHeaders({ method, url, headers, body }, scope);
    return exchange({ method, url, headers: signed, body, withinMs, isFresh: attempts === 1 });
  };
  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt >= attempts;
      try {
        const answer = await once(request);
        if (isLast || !isWorthRepeating(answer)) return answer;
      } catch (error) {
        if (isLast) throw error;
      }
      await pause(firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
    }
  };
}

function isWorthRepeating(answer: HttpAnswer): boolean {
  if (answer.status >= 500) return true;
  return answer.status >= 400 && callFailure(jsonError(answer)).kind === "try-later";
}

/** The error that an answer in one of AWS's JSON protocols stands for. */
export function jsonError({ status, body, errorType }: HttpAnswer): AwsCallError {
  const parsed = parseObject(body) ?? {};
  const type = errorType ?? parsed.__type ?? parsed.code;
  const name = typeof type === "string" ? type.split(":")[0]?.split("#").at(-1) : undefined;
  return new AwsCallError(name ?? `HTTP ${status}`, status, parsed);
}

/** Undefined where the text is not a JSON object. */
export function parseObject(text: string): ErrorBody | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
