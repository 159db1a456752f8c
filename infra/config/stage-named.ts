import { dev } from "./dev.ts";
import { production } from "./production.ts";
import type { StageConfig } from "./stage-config.ts";

const stages: Readonly<Record<string, StageConfig>> = { dev, production };

/**
 * The configuration of a stage.
 * @throws Error that lists the stages when there is none of this name
 */
export function stageNamed(name: string): StageConfig {
  const found = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (found === undefined)
    throw new Error(
      `There is no stage "${name}". Name one of ${Object.keys(stages).join(", ")}: -c stage=dev`,
    );
  return found;
}
