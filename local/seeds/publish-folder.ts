import { readProgramFiles } from "../../shared/aws/program-files/read-program-files.ts";
import { valuesInFolder } from "../../shared/aws/program-files/values-in-folder.ts";
import { findingText } from "../../shared/publishing/finding.ts";
import { rememberValues } from "../../shared/publishing/parse-yaml.ts";
import { publishFiles } from "../../shared/publishing/publish-files.ts";
import type { PublishDeps, Published } from "../../shared/publishing/publish-program.ts";

/**
 * Publishes every program of a folder with its policy and sites. The same folder again writes nothing.
 * @throws {Error} with every mistake by file, line and column; nothing is written then
 */
export async function publishFolder(
  deps: PublishDeps,
  programsFolder: string,
): Promise<readonly Published[]> {
  rememberValues(valuesInFolder());
  const outcome = await publishFiles(deps, readProgramFiles(programsFolder));
  if (outcome.ok) return outcome.programs;
  const errors = outcome.findings.filter((finding) => finding.severity === "error");
  throw new Error(
    `The programs in ${programsFolder} cannot be published:\n${errors.map(findingText).join("\n")}`,
  );
}
