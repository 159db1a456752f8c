import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { HostClock } from "../clock/host-clock.ts";
import { ProcessHost } from "./process-host.ts";

/** How a deployment sets up one function, from its template: `<name>.json` beside the bundle's folder. */
type DeployedSettings = {
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
};

/** What only the run itself knows, whatever a template says. */
const ownValues = [
  "LINK_SECRET",
  "CONTACT_SECRET",
  "PUBLIC_ORIGIN",
  "TOKEN_ISSUER",
  "TOKEN_CLIENT_ID",
] as const;

/**
 * The functions of a deployment instead of those that are built for this machine: unchanged bundles, each in
 * a clean process with the environment of its template. What they ask of AWS is written to `aws-calls.txt`
 * in the data folder, once each: the function, the action and the resources that it names.
 * @param input.environment - of the local run
 */
export function deployedFunctions(input: {
  readonly folder: string;
  readonly dataFolder: string;
  readonly clock: HostClock;
  readonly environment: Readonly<Record<string, string>>;
}): ProcessHost {
  const { folder, dataFolder, clock, environment } = input;
  const settingsOf = (name: string): DeployedSettings =>
    JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  const written = new Set<string>();
  return new ProcessHost({
    folder,
    nearby: {
      dynamodb: environment.AWS_ENDPOINT_URL_DYNAMODB ?? "",
      states: environment.AWS_ENDPOINT_URL_SFN ?? "",
      lambda: environment.AWS_ENDPOINT_URL_LAMBDA ?? "",
      email: environment.AWS_ENDPOINT_URL_SES ?? "",
      "sms-voice": environment.AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2 ?? "",
      s3: environment.AWS_ENDPOINT_URL_S3 ?? "",
    },
    nowEpochMs: () => clock.nowEpochMs(),
    timeoutSecondsOf: (name) => settingsOf(name).timeoutSeconds,
    environmentOf: (name) => {
      const given = settingsOf(name).environment;
      const own = ownValues.filter((key) => Object.hasOwn(given, key));
      return {
        ...lambdaEnvironment(name),
        ...given,
        ...Object.fromEntries(own.map((key) => [key, environment[key] ?? ""])),
      };
    },
    onAsked(name, asked) {
      for (const call of asked) {
        const line = `${name} ${JSON.stringify(call)}`;
        if (written.has(line)) continue;
        written.add(line);
        appendFileSync(join(dataFolder, "aws-calls.txt"), `${line}\n`);
      }
    },
  });
}

/** What Lambda itself sets. */
function lambdaEnvironment(name: string): Readonly<Record<string, string>> {
  return {
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: "local",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: `throughcare-${name}`,
    AWS_LAMBDA_FUNCTION_VERSION: "1",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
  };
}
