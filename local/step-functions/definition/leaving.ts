import type { Template } from "../expressions/template.ts";
import { below, type Findings, isObject, type JsonObject } from "./findings.ts";
import type { Leaving } from "./machine.ts";

/** A state without a language of its own may use only what means the same in both languages. */
export type Language = "JSONata" | "none";

const VARIABLE_NAME = /^[\p{L}_][\p{L}\p{N}_]{0,79}$/u;

/**
 * Compiles a field that is written the same way in both query languages as long as it holds
 * no expression.
 */
export function readNeutral(
  value: unknown,
  name: string,
  location: string,
  language: Language,
  findings: Findings,
): Template {
  const template = findings.template(value, name, location);
  if (language === "none" && (template.constant === undefined || hasPathKeys(value))) {
    findings.unsupported(
      location,
      `The field '${name}' holds an expression: declare "QueryLanguage": "JSONata"`,
    );
  }
  return template;
}

/** Reads `Assign` and `Output`, be it of a state, a rule or a catcher. */
export function readLeaving(
  object: JsonObject,
  prefix: string,
  location: string,
  language: Language,
  findings: Findings,
): Leaving {
  return {
    ...(object.Assign === undefined
      ? {}
      : { assign: readAssign(object.Assign, prefix, location, language, findings) }),
    ...(object.Output === undefined
      ? {}
      : { output: needsJsonata(object.Output, "Output", prefix, location, language, findings) }),
  };
}

/** Compiles a field that exists in JSONata states only. */
export function needsJsonata(
  value: unknown,
  field: string,
  prefix: string,
  location: string,
  language: Language,
  findings: Findings,
): Template {
  const place = below(location, field);
  if (language !== "JSONata") {
    findings.unsupported(
      place,
      `The field '${field}' is supported in JSONata only: declare "QueryLanguage": "JSONata"`,
    );
  }
  return findings.template(value, `${prefix}${field}`, place);
}

function readAssign(
  value: unknown,
  prefix: string,
  location: string,
  language: Language,
  findings: Findings,
): Template {
  const place = below(location, "Assign");
  if (isObject(value)) {
    for (const name of Object.keys(value)) {
      if (VARIABLE_NAME.test(name) && name !== "states") continue;
      findings.invalid(below(place, name), `'${name}' cannot be the name of a variable`);
    }
  } else {
    findings.invalid(place, "The field 'Assign' must be an object");
  }
  return readNeutral(value, `${prefix}Assign`, place, language, findings);
}

function hasPathKeys(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, member]) => key.endsWith(".$") || hasPathKeys(member));
}
