const FUNCTION_NAME =
  /^(?:(?:arn:[^:]+:lambda:[^:]*:)?\d{12}:function:|function:)?([A-Za-z0-9_-]+)(?::([A-Za-z0-9$_-]+))?$/;

/** A function's bare name and, where given, the version or alias behind it. */
export interface FunctionName {
  readonly functionName: string;
  readonly qualifier?: string;
}

/** Reads a name, `name:qualifier`, or a full or partial ARN; undefined where it is none of them. */
export function parseFunctionName(text: string): FunctionName | undefined {
  const match = FUNCTION_NAME.exec(text);
  if (match?.[1] === undefined) return undefined;
  return {
    functionName: match[1],
    ...(match[2] === undefined ? {} : { qualifier: match[2] }),
  };
}
