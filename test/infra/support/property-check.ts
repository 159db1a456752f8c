import type { PropertyType, ResourceProperties, SpecDatabase } from "@aws-cdk/service-spec-types";
import { at, isRecord, type Resource, type Template } from "../../../infra/rules/template.ts";

/** What was looked at in a template, and what AWS's resource schemas say is wrong with it. */
export type Checked = { readonly properties: number; readonly problems: readonly string[] };

/**
 * Holds every property of every resource, and every attribute that is read of one, against AWS's resource
 * schemas: known at all and not read-only, of the right type, among the values that there are, none missing.
 */
export function checkTemplate(spec: SpecDatabase, template: Template): Checked {
  const checker = new PropertyChecker(spec, template);
  for (const [logicalId, resource] of Object.entries(template.Resources))
    checker.resource(logicalId, resource);
  return checker;
}

class PropertyChecker implements Checked {
  properties = 0;
  readonly problems: string[] = [];
  readonly #spec: SpecDatabase;
  readonly #template: Template;

  constructor(spec: SpecDatabase, template: Template) {
    this.#spec = spec;
    this.#template = template;
  }

  resource(logicalId: string, { Type, Properties }: Resource): void {
    const known = this.#known(Type);
    if (known === undefined) {
      this.problems.push(`${logicalId}: AWS has no resource ${Type}`);
      return;
    }
    this.#object(Properties ?? {}, known.properties, logicalId);
    this.#attributesRead(Properties, logicalId);
  }

  #known(type: string) {
    return this.#spec.lookup("resource", "cloudFormationType", "equals", type)[0];
  }

  /** Whatever a value reads of another resource must be something that this has. */
  #attributesRead(value: unknown, path: string): void {
    if (Array.isArray(value)) for (const part of value) this.#attributesRead(part, path);
    if (!isRecord(value)) return;
    const [id, attribute] = [at(value, "Fn::GetAtt", 0), at(value, "Fn::GetAtt", 1)];
    if (typeof id === "string" && typeof attribute === "string") {
      const type = this.#template.Resources[id]?.Type ?? "";
      if (this.#known(type)?.attributes[attribute] === undefined)
        this.problems.push(`${path}: ${type} has no attribute ${attribute}`);
    }
    for (const part of Object.values(value)) this.#attributesRead(part, path);
  }

  #object(value: unknown, known: ResourceProperties, path: string): void {
    if (!isRecord(value)) {
      this.problems.push(`${path}: is no object`);
      return;
    }
    for (const [name, part] of Object.entries(value)) {
      const property = Object.hasOwn(known, name) ? known[name] : undefined;
      this.properties += 1;
      if (property === undefined) this.problems.push(`${path}.${name}: is not known, or read-only`);
      else this.#oneOf([property.type, ...(property.previousTypes ?? [])], part, `${path}.${name}`);
    }
    for (const [name, { required }] of Object.entries(known))
      if (required === true && value[name] === undefined)
        this.problems.push(`${path}.${name}: is missing`);
  }

  /** What the first type finds, unless another has nothing to say. */
  #oneOf(types: readonly PropertyType[], value: unknown, path: string): void {
    const before = this.problems.length;
    const found: string[][] = [];
    for (const type of types) {
      this.#value(type, value, path);
      const problems = this.problems.splice(before);
      if (problems.length === 0) return;
      found.push(problems);
    }
    this.problems.push(...(found[0] ?? []));
  }

  #value(type: PropertyType, value: unknown, path: string): void {
    const must = (isRight: boolean, what: string) => {
      if (!isRight) this.problems.push(`${path}: ${JSON.stringify(value)} is ${what}`);
    };
    if (isReference(value)) {
      must(!["boolean", "integer", "number"].includes(type.type), `a reference, not ${type.type}`);
      return;
    }
    switch (type.type) {
      case "string":
        must(typeof value === "string", "no text");
        must(type.allowedValues?.includes(String(value)) ?? true, `none of the values there are`);
        return;
      case "integer":
        must(Number.isInteger(value), "no whole number");
        must(type.allowedValues?.includes(Number(value)) ?? true, `none of the values there are`);
        return;
      case "number":
        must(typeof value === "number", "no number");
        return;
      case "boolean":
        must(typeof value === "boolean", "neither true nor false");
        return;
      case "date-time":
        must(!Number.isNaN(Date.parse(String(value))), "no instant");
        return;
      case "json":
        must(isRecord(value) || Array.isArray(value) || isJson(value), "no document");
        return;
      case "null":
        must(value === null, "not null");
        return;
      case "tag":
        must(typeof at(value, "Key") === "string" && at(value, "Value") !== undefined, "no tag");
        return;
      case "array":
        if (!Array.isArray(value)) must(false, "no list");
        else
          for (const [n, part] of value.entries()) this.#value(type.element, part, `${path}[${n}]`);
        return;
      case "map":
        if (!isRecord(value)) must(false, "no map");
        else
          for (const [key, part] of Object.entries(value))
            this.#value(type.element, part, `${path}.${key}`);
        return;
      case "union":
        // A document may be written as text, but not just any text.
        if (typeof value === "string" && type.types.some((one) => one.type === "json"))
          must(isJson(value), "no document");
        else this.#oneOf(type.types, value, path);
        return;
      case "ref":
        this.#object(value, this.#spec.get("typeDefinition", type.reference).properties, path);
    }
  }
}

function isJson(value: unknown): boolean {
  try {
    JSON.parse(String(value));
    return true;
  } catch {
    return false;
  }
}

/** A value that only a deployment knows. */
function isReference(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && (key === "Ref" || (key?.startsWith("Fn::") ?? false));
}
