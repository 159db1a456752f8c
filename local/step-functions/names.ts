import { EngineError } from "./engine-error.ts";

/** Whitespace, brackets, wildcards, quotes and control characters that AWS refuses in names. */
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/]|\p{Cc}/u;

/**
 * Checks the name of a machine, an alias or an execution.
 * @throws EngineError `InvalidName`
 */
export function checkName(name: string): void {
  if (name.length >= 1 && name.length <= 80 && !FORBIDDEN.test(name)) return;
  throw new EngineError("InvalidName", `Invalid Name: '${name}'`);
}

/** What a machine's ARN names, together with the version or alias behind it. */
export interface MachineAddress {
  readonly machineArn: string;
  readonly qualifier?: string;
}

const MACHINE_ARN = /^(arn:[^:]+:states:[^:]*:\d{12}:stateMachine:[^:]+)(?::([^:]+))?$/;

/**
 * Takes a machine's ARN apart.
 * @throws EngineError `InvalidArn`
 */
export function parseMachineArn(arn: string): MachineAddress {
  const match = MACHINE_ARN.exec(arn);
  if (match?.[1] === undefined) throw new EngineError("InvalidArn", `Invalid Arn: '${arn}'`);
  return {
    machineArn: match[1],
    ...(match[2] === undefined ? {} : { qualifier: match[2] }),
  };
}

/**
 * Checks that the text is an execution's ARN.
 * @throws EngineError `InvalidArn`
 */
export function checkExecutionArn(arn: string): void {
  if (/^arn:[^:]+:states:[^:]*:\d{12}:execution:[^:]+:[^:]+$/.test(arn)) return;
  throw new EngineError("InvalidArn", `Invalid Arn: '${arn}'`);
}

/** A task's token: opaque to everybody else, tells the engine which attempt it belongs to. */
export function makeToken(executionArn: string, attemptId: string): string {
  return Buffer.from(JSON.stringify([executionArn, attemptId])).toString("base64url");
}

/**
 * What a token belongs to.
 * @throws EngineError `InvalidToken`
 */
export function readToken(token: string): { executionArn: string; attemptId: string } {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    if (Array.isArray(parts) && parts.length === 2) {
      const [executionArn, attemptId]: readonly unknown[] = parts;
      if (typeof executionArn === "string" && typeof attemptId === "string") {
        return { executionArn, attemptId };
      }
    }
  } catch {
    // Falls through: what cannot be read is no token of this engine.
  }
  throw new EngineError("InvalidToken", "Invalid Token: 'Invalid token'");
}
