import { join } from "node:path";
import { runProcess } from "./run-process.ts";

const root = join(import.meta.dirname, "../../..");

/**
 * `npx cdk synth` as a person runs it, without credentials, without a profile and without a way out: the
 * proxies lead nowhere.
 */
export function synthesiseByCommand(
  options: readonly string[],
  outdir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly output: string }> {
  const nowhere = "http://127.0.0.1:9";
  const quietly = ["--quiet", "--no-notices", "--no-version-reporting"];
  return runProcess(
    process.execPath,
    [
      join(root, "node_modules/aws-cdk/bin/cdk"),
      "synth",
      ...quietly,
      ...options,
      ...["--output", outdir],
    ],
    {
      cwd: root,
      env: {
        PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH ?? ""}`,
        HOME: outdir,
        CI: "true",
        HTTP_PROXY: nowhere,
        HTTPS_PROXY: nowhere,
        AWS_EC2_METADATA_DISABLED: "true",
        ...environment,
      },
    },
  );
}
