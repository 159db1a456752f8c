import type { Property, PropertyType } from "@aws-cdk/service-spec-types";
import { at, isRecord, type Template } from "../rules/template.ts";
import { publishedSpec, publishedType } from "./resource-types.ts";

/** What was compared with the schemas that AWS publishes, and where a template does not keep to them. */
export type SchemaReport = { readonly compared: number; readonly findings: readonly string[] };

/** What CDK writes for itself; AWS's schemas know nothing of it. */
const ofCdk = "AWS::CDK::Metadata";

/**
 * Compares every property of every resource of a template with the schema of its type: whether there is such
 * a property and whether it can be set, its type, the words it may take, and what must be there.
 */
export function compareWithSchemas(template: Template): SchemaReport {
  const comparison = new Comparison(template);
  for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
    if (Type === ofCdk) continue;
    const type = publishedType(Type);
    if (type === undefined) {
      comparison.findings.push(`${logicalId}: AWS publishes no type ${Type}`);
      continue;
    }
    const readOnly = new Set(Object.keys(type.attributes));
    comparison.object(`${logicalId} (${Type})`, Properties ?? {}, type.properties, readOnly);
  }
  return comparison;
}

class Comparison implements SchemaReport {
  compared = 0;
  readonly findings: string[] = [];
  readonly #template: Template;

  constructor(template: Template) {
    this.#template = template;
  }

  object(
    where: string,
    value: Readonly<Record<string, unknown>>,
    properties: Readonly<Record<string, Property>>,
    readOnly: ReadonlySet<string> = new Set(),
  ): void {
    for (const [name, one] of Object.entries(value)) {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      this.compared += 1;
      if (property !== undefined) this.#value(`${where}.${name}`, one, property);
      else
        this.findings.push(
          `${where}.${name}: ${readOnly.has(name) ? "can be read only" : "AWS knows no such property"}`,
        );
    }
    for (const [name, { required }] of Object.entries(properties))
      if (required === true && !Object.hasOwn(value, name))
        this.findings.push(`${where}.${name}: must be there`);
  }

  #value(where: string, value: unknown, property: Property): void {
    const problems = [property.type, ...(property.previousTypes ?? [])].map((type) =>
      this.#against(where, value, type),
    );
    // A type that AWS changed is taken in its older forms, too.
    if (problems.every((found) => found.length > 0)) this.findings.push(...(problems[0] ?? []));
  }

  #against(where: string, value: unknown, type: PropertyType): readonly string[] {
    if (isIntrinsic(value)) return this.#reference(where, value);
    const wrong = (wanted: string) => [`${where}: is ${JSON.stringify(value)}, not ${wanted}`];
    switch (type.type) {
      case "string": {
        if (typeof value !== "string" && typeof value !== "number") return wrong("text");
        const allowed = type.allowedValues;
        return allowed === undefined || allowed.includes(String(value))
          ? []
          : wrong(`one of ${allowed.join(", ")}`);
      }
      case "integer":
      case "number": {
        const number = typeof value === "string" ? Number(value) : value;
        const isNumber = typeof number === "number" && Number.isFinite(number);
        if (!isNumber || (type.type === "integer" && !Number.isInteger(number)))
          return wrong(`a ${type.type}`);
        const allowed = type.type === "integer" ? type.allowedValues : undefined;
        return allowed === undefined || allowed.includes(number)
          ? []
          : wrong(`one of ${allowed.join(", ")}`);
      }
      case "boolean":
        return [true, false, "true", "false"].some((one) => one === value)
          ? []
          : wrong("yes or no");
      case "json":
        return isRecord(value) || Array.isArray(value) || typeof value === "string"
          ? []
          : wrong("JSON");
      case "array":
        if (!Array.isArray(value)) return wrong("a list");
        return value.flatMap((one, index) => this.#against(`${where}.${index}`, one, type.element));
      case "map":
        if (!isRecord(value)) return wrong("a map");
        return Object.entries(value).flatMap(([key, one]) =>
          this.#against(`${where}.${key}`, one, type.element),
        );
      case "union": {
        const found = type.types.map((one) => this.#against(where, value, one));
        return found.some((problems) => problems.length === 0) ? [] : (found[0] ?? []);
      }
      case "tag":
        return typeof at(value, "Key") === "string" && at(value, "Value") !== undefined
          ? []
          : wrong("a tag");
      case "ref": {
        if (!isRecord(value)) return wrong("an object");
        const inner = new Comparison(this.#template);
        inner.object(
          where,
          value,
          publishedSpec().get("typeDefinition", type.reference).properties,
        );
        this.compared += inner.compared;
        return inner.findings;
      }
      default:
        return [];
    }
  }

  /** A reference must lead to something that is there, and to something that it has. */
  #reference(where: string, value: Readonly<Record<string, unknown>>): readonly string[] {
    const [logicalId, attribute] = [at(value, "Fn::GetAtt", 0), at(value, "Fn::GetAtt", 1)];
    if (typeof logicalId !== "string" || typeof attribute !== "string") return [];
    const target = this.#template.Resources[logicalId];
    if (target === undefined) return [`${where}: refers to ${logicalId}, which is not there`];
    const attributes = publishedType(target.Type)?.attributes ?? {};
    return Object.hasOwn(attributes, attribute)
      ? []
      : [`${where}: ${target.Type} has no attribute ${attribute}`];
  }
}

function isIntrinsic(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && keys.every((key) => key === "Ref" || key.startsWith("Fn::"));
}
