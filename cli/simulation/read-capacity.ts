import { type CapacityFile, capacityFileSchema } from "../../shared/contracts/capacity-file.ts";
import { findingText } from "../../shared/publishing/finding.ts";
import { parseYaml } from "../../shared/publishing/parse-yaml.ts";
import { schemaCheck } from "../../shared/publishing/schema-findings.ts";
import { CalledWrongly } from "../command.ts";
import type { ProgramFolder } from "../program-folder.ts";

const file = "capacity.yaml";
const check = schemaCheck(capacityFileSchema);

/**
 * What the sites declare that they have, from `capacity.yaml` in the folder of all programs.
 * @returns `undefined` where there is no such file
 * @throws {CalledWrongly} with every mistake by line and column
 */
export function readCapacity(opened: ProgramFolder): CapacityFile | undefined {
  const text = Object.hasOwn(opened.files, file) ? opened.files[file] : undefined;
  if (text === undefined) return undefined;
  const { file: checked, findings } = check(parseYaml(file, text));
  if (checked !== undefined) return checked.content;
  throw new CalledWrongly(`The capacity cannot be read:\n${findings.map(findingText).join("\n")}`);
}
