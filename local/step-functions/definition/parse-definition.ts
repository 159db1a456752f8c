import type { Diagnostic } from "../engine-types.ts";
import { isObject, type JsonObject } from "./findings.ts";

/** The parsed text, or what is wrong with it as JSON. */
export type ParsedDefinition =
  | { readonly definition: JsonObject }
  | { readonly diagnostic: Diagnostic };

const LITERALS = ["true", "false", "null"];

/** Parses a definition's text; the findings read as AWS gives them. */
export function parseDefinition(text: string): ParsedDefinition {
  if (text.trim() !== "") {
    try {
      const definition: unknown = JSON.parse(text);
      if (isObject(definition)) return { definition };
    } catch (error) {
      return { diagnostic: syntaxError(text, error) };
    }
  }
  return {
    diagnostic: {
      severity: "ERROR",
      code: "SCHEMA_VALIDATION_FAILED",
      message: "Definition must be a valid JSON object",
    },
  };
}

function syntaxError(text: string, error: unknown): Diagnostic {
  const word = /^\s*([A-Za-z_$][\w$]*)/.exec(text);
  const [whole, token] = [word?.[0], word?.[1]];
  const isBareWord = whole !== undefined && token !== undefined && !LITERALS.includes(token);
  const position = isBareWord ? whole.length : positionIn(text, error);
  const lines = text.slice(0, position).split("\n");
  const column = (lines.at(-1)?.length ?? 0) + 1;
  const location = `[Source: (String)"${text}"; line: ${lines.length}, column: ${column}]`;
  const message = isBareWord
    ? `Unrecognized token '${token}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`
    : String(error instanceof Error ? error.message : error);
  return {
    severity: "ERROR",
    code: "INVALID_JSON_DESCRIPTION",
    message: `${message}\n at ${location}`,
    location,
  };
}

function positionIn(text: string, error: unknown): number {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  return position === undefined ? text.length : Number(position);
}
