import { dev } from "./dev.ts";
import { production } from "./production.ts";
import type { StageConfig } from "./stage-config.ts";

const stages: Readonly<Record<string, StageConfig>> = { dev, production };

/**
 * The configuration of a stage. There is no default: what is meant for one stage must never reach another.
 * @param name What was said on the command line
 * @throws Error that lists the stages when none was named, or there is none of this name, and
 *   when two stages name one account, where their fixed names would meet
 */
export function stageNamed(name: unknown): StageConfig {
  const known = Object.keys(stages);
  const example = `\`-c stage=${known[0]}\` with cdk, \`--stage ${known[0]}\` with the other commands`;
  if (name === undefined || name === "")
    throw new Error(`Say which stage is meant: ${known.join(" or ")} (${example}).`);
  const found = typeof name === "string" && Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (found === undefined)
    throw new Error(`There is no stage "${name}". Name one of ${known.join(", ")} (${example}).`);
  refuseSharedAccount(Object.values(stages));
  return found;
}

/** @throws Error when two stages name one account */
export function refuseSharedAccount(all: readonly StageConfig[]): void {
  for (const one of all) {
    const other = all.find((each) => each !== one && each.account === one.account);
    if (other !== undefined)
      throw new Error(
        `The stages ${one.stage} and ${other.stage} name the same account, ${one.account}: each needs its own.`,
      );
  }
}
