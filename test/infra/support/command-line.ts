import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./synthesised.ts";

const running = new Map<
  string,
  Promise<{ readonly code: number | null; readonly output: string }>
>();

/**
 * `npx cdk synth` as a person runs it, without credentials, without a profile and without a way out: the
 * proxies lead nowhere.
 */
export function synthesiseByCommand(
  stage: string,
  outdir: string,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const known = running.get(outdir);
  if (known !== undefined) return known;
  const nowhere = "http://127.0.0.1:9";
  const child = spawn(
    process.execPath,
    [
      join(root, "node_modules/aws-cdk/bin/cdk"),
      "synth",
      "--quiet",
      "--no-notices",
      "--no-version-reporting",
      "-c",
      `stage=${stage}`,
      "--output",
      outdir,
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
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const made = new Promise<{ readonly code: number | null; readonly output: string }>(
    (resolve, reject) => {
      const chunks: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.on("error", reject);
      child.on("close", (code) =>
        resolve({ code, output: Buffer.concat(chunks).toString("utf8") }),
      );
    },
  );
  running.set(outdir, made);
  return made;
}
