/** Step Functions' limit for what a state, a task or an execution hands on, in bytes of UTF-8. */
export const MAX_DATA_BYTES = 262_144;

/** Deeper JSON cannot be written safely: whoever writes it recurses. AWS's own parser draws the line here too. */
export const MAX_NESTED_LEVELS = 1000;

/** All variables of one execution together, in bytes of UTF-8. */
export const MAX_VARIABLE_BYTES = 10 * 1024 * 1024;

/** Why a value cannot be handed on. */
export type DataProblem = "size" | "depth";

/**
 * Whether a JSON value is more than Step Functions hands on. Small values, which nearly all are,
 * are never written out for it.
 * @param maxBytes - of the value as JSON text in UTF-8
 */
export function dataProblem(value: unknown, maxBytes = MAX_DATA_BYTES): DataProblem | undefined {
  const left = spend(value, maxBytes, 0);
  if (left === "depth") return "depth";
  if (left >= 0) return undefined;
  // The estimate was generous; only the text itself can tell.
  if (isTooDeep(value, 0)) return "depth";
  return Buffer.byteLength(JSON.stringify(value) ?? "") > maxBytes ? "size" : undefined;
}

/** What is left of a budget of bytes, counted generously; negative where it may not be enough. */
function spend(value: unknown, budget: number, level: number): number | "depth" {
  if (level > MAX_NESTED_LEVELS) return "depth";
  // An escape takes six bytes, the longest number 25.
  if (typeof value === "string") return budget - value.length * 6 - 2;
  if (typeof value !== "object" || value === null) return budget - 25;
  let left = budget - 2;
  for (const [key, member] of Object.entries(value)) {
    const after = spend(member, left - key.length * 6 - 4, level + 1);
    if (after === "depth") return after;
    if (after < 0) return after;
    left = after;
  }
  return left;
}

function isTooDeep(value: unknown, level: number): boolean {
  if (level > MAX_NESTED_LEVELS) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((member) => isTooDeep(member, level + 1));
}

/** The sentence for whoever handed it in. */
export function tooMuch(problem: DataProblem): string {
  return problem === "size"
    ? `The JSON is larger than ${MAX_DATA_BYTES} bytes.`
    : `The JSON is nested deeper than ${MAX_NESTED_LEVELS} levels.`;
}

/** Thrown inside a state that hands on more than it may. */
export class DataLimitError extends Error {
  readonly problem: DataProblem;

  constructor(problem: DataProblem) {
    super(tooMuch(problem));
    this.name = "DataLimitError";
    this.problem = problem;
  }
}

/**
 * Checks what a state hands on.
 * @param maxBytes - of the value as JSON text; 256 KiB where absent
 * @throws {DataLimitError}
 */
export function checkData(value: unknown, maxBytes?: number): void {
  const problem = dataProblem(value, maxBytes);
  if (problem !== undefined) throw new DataLimitError(problem);
}

/** The sentence that AWS gives for a state or task. */
export function tooLargeCause(name: string): string {
  return `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`;
}
