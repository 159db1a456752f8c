import type { Diagnostic } from "../engine-types.ts";
import { compileTemplate, type Template } from "../expressions/template.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** The largest number of seconds that a definition may name. */
export const MAX_SECONDS = 99_999_999;

/** Narrows to a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A JSON pointer one step further down. */
export function below(pointer: string, key: string | number): string {
  const step = String(key).replaceAll("~", "~0").replaceAll("/", "~1");
  return `${pointer}/${step}`;
}

/** Collects what is wrong with a definition while it is compiled. */
export class Findings {
  readonly diagnostics: Diagnostic[] = [];

  /** The definition is no valid state machine. */
  invalid(location: string, message: string): void {
    this.#add("SCHEMA_VALIDATION_FAILED", location, message);
  }

  /** Valid in AWS, but this engine does not do it. */
  unsupported(location: string, message: string): void {
    this.#add("UNSUPPORTED_FEATURE", location, message);
  }

  /** Reports the required fields that are missing. */
  require(object: JsonObject, location: string, fields: readonly string[]): void {
    const missing = fields.filter((field) => !Object.hasOwn(object, field));
    if (missing.length > 0) {
      this.invalid(location, `These fields are required: [${missing.join(", ")}]`);
    }
  }

  /** A string, or undefined where the field is absent or (reported) something else. */
  text(object: JsonObject, field: string, location: string): string | undefined {
    const value = object[field];
    if (value === undefined || typeof value === "string") return value;
    this.invalid(below(location, field), `The field '${field}' must be a string`);
    return undefined;
  }

  /** A whole number in the range, or undefined where absent or (reported) something else. */
  whole(
    object: JsonObject,
    field: string,
    location: string,
    range: { readonly least: number; readonly most: number },
  ): number | undefined {
    const value = object[field];
    if (value === undefined) return undefined;
    const isFine = typeof value === "number" && Number.isInteger(value);
    if (isFine && value >= range.least && value <= range.most) return value;
    this.invalid(
      below(location, field),
      `The field '${field}' must be a whole number from ${range.least} to ${range.most}`,
    );
    return undefined;
  }

  /**
   * Compiles a field's value.
   * @param name - what the history calls the field
   */
  template(value: unknown, name: string, location: string): Template {
    const template = compileTemplate(value, name, (field, source, error) => {
      const reason = error instanceof Object && "message" in error ? error.message : error;
      this.invalid(
        location,
        `The JSONata expression '${source}' specified for the field '${field}' is not valid: ${String(reason)}`,
      );
    });
    if (template.expressions.some((expression) => expression.names.has("eval"))) {
      this.unsupported(location, "The function '$eval' is not supported by Step Functions");
    }
    return template;
  }

  #add(code: Diagnostic["code"], location: string, message: string): void {
    this.diagnostics.push({ severity: "ERROR", code, message, location });
  }
}
