import { spawn } from "node:child_process";
import { join } from "node:path";

/** What a command line tool answered. */
export interface ToolResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  /** Both streams, in the order in which they came. */
  readonly output: string;
}

/**
 * Runs the script of an installed package on the present Node, without a shell and without colours.
 * @param input.script - path below `node_modules`
 * @param input.cwd - folder to run in (absolute path)
 */
export function runTool(input: {
  root: string;
  script: string;
  args: readonly string[];
  cwd: string;
}): Promise<ToolResult> {
  const { root, script, args, cwd } = input;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, "node_modules", script), ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stdout: Buffer[] = [];
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => {
      stdout.push(chunk);
      output.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
    child.on("error", reject);
    child.on("close", (exitCode) =>
      resolve({
        exitCode,
        stdout: Buffer.concat(stdout).toString(),
        output: Buffer.concat(output).toString(),
      }),
    );
  });
}
