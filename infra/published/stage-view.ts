import { at, isRecord, listOf, type Resource, type Template } from "../rules/template.ts";
import { publishedType } from "./resource-types.ts";

/** The templates of a stage, by the name of their stack. */
export type StageTemplates = Readonly<Record<string, Template>>;

/** A resource and where it is. */
export type Placed = {
  readonly stack: string;
  readonly logicalId: string;
  readonly resource: Resource;
};

/**
 * A stage as it would stand in its account: references within and across its templates are put into the
 * ARNs and names that AWS would put there. What only a deployment knows gets its logical id as a name.
 */
export class StageView {
  readonly #templates: StageTemplates;
  readonly account: string;
  readonly region: string;

  constructor(
    templates: StageTemplates,
    place: { readonly account: string; readonly region: string },
  ) {
    this.#templates = templates;
    this.account = place.account;
    this.region = place.region;
  }

  /** Every resource of some types, or of all. */
  resources(...types: readonly string[]): readonly Placed[] {
    return Object.entries(this.#templates).flatMap(([stack, { Resources }]) =>
      Object.entries(Resources)
        .filter(([, { Type }]) => types.length === 0 || types.includes(Type))
        .map(([logicalId, resource]) => ({ stack, logicalId, resource })),
    );
  }

  /** A property with its references resolved. */
  read({ stack, resource }: Placed, ...path: readonly (string | number)[]): unknown {
    return this.resolve(stack, at(resource.Properties, ...path));
  }

  /** The ARN of a resource, by the format that AWS publishes for its type. */
  arn({ stack, logicalId, resource }: Placed): string {
    if (resource.Type === "AWS::Lambda::Version")
      return `${this.resolveText(stack, this.#functionArnOf(stack, resource))}:1`;
    const format = publishedType(resource.Type)?.arnTemplate ?? `arn-of-${logicalId}`;
    return format.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      if (name === "Partition") return "aws";
      if (name === "Region") return this.region;
      if (name === "Account") return this.account;
      const given = at(resource.Properties, name);
      return given === undefined ? logicalId : this.resolveText(stack, given);
    });
  }

  /** As `resolve`, as text. */
  resolveText(stack: string, value: unknown): string {
    const resolved = this.resolve(stack, value);
    return typeof resolved === "string" ? resolved : JSON.stringify(resolved);
  }

  /** A value of a template with its references resolved, wherever they stand in it. */
  resolve(stack: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.resolve(stack, one));
    if (!isRecord(value)) return value;
    const [[key, input] = ["", undefined], ...others] = Object.entries(value);
    if (others.length > 0 || !(key === "Ref" || key.startsWith("Fn::")))
      return Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, this.resolve(stack, one)]),
      );
    return this.#intrinsic(stack, key, input);
  }

  #intrinsic(stack: string, name: string, input: unknown): unknown {
    switch (name) {
      case "Ref":
        return this.#reference(stack, String(input));
      case "Fn::GetAtt":
        return this.#attribute(stack, String(at(input, 0)), String(at(input, 1)));
      case "Fn::Join":
        return listOf(at(input, 1))
          .map((part) => this.resolveText(stack, part))
          .join(String(at(input, 0)));
      case "Fn::Split":
        return this.resolveText(stack, at(input, 1)).split(String(at(input, 0)));
      case "Fn::Select":
        return listOf(this.resolve(stack, at(input, 1)))[Number(at(input, 0))];
      case "Fn::ImportValue":
        return this.#imported(String(input));
      default:
        throw new Error(`${stack} holds ${name}, which is not resolved here`);
    }
  }

  #reference(stack: string, name: string): string {
    const pseudo: Readonly<Record<string, string>> = {
      "AWS::AccountId": this.account,
      "AWS::Region": this.region,
      "AWS::Partition": "aws",
      "AWS::URLSuffix": "amazonaws.com",
      "AWS::StackName": stack,
    };
    const known = Object.hasOwn(pseudo, name) ? pseudo[name] : undefined;
    if (known !== undefined) return known;
    const placed = this.#placed(stack, name);
    if (placed === undefined) return name;
    const type = publishedType(placed.resource.Type);
    const identifier = (type?.cfnRefIdentifier ?? type?.primaryIdentifier ?? [""])[0] ?? "";
    if (identifier.endsWith("Arn")) return this.arn(placed);
    const given = at(placed.resource.Properties, identifier);
    return given === undefined ? name : this.resolveText(stack, given);
  }

  #attribute(stack: string, logicalId: string, attribute: string): string {
    const placed = this.#placed(stack, logicalId);
    if (placed === undefined) throw new Error(`${stack} has no ${logicalId}`);
    const { Type } = placed.resource;
    if (attribute === "StreamArn") return `${this.arn(placed)}/stream/${logicalId}`;
    // The ARN of a log group is that of all its streams.
    if (Type === "AWS::Logs::LogGroup" && attribute === "Arn") return `${this.arn(placed)}:*`;
    if (attribute.endsWith("Arn")) return this.arn(placed);
    const given = at(placed.resource.Properties, attribute);
    return given === undefined ? `${logicalId}.${attribute}` : this.resolveText(stack, given);
  }

  #imported(exported: string): unknown {
    for (const [stack, { Outputs }] of Object.entries(this.#templates))
      for (const output of Object.values(Outputs ?? {}))
        if (at(output, "Export", "Name") === exported)
          return this.resolve(stack, at(output, "Value"));
    throw new Error(`No stack exports ${exported}`);
  }

  #functionArnOf(stack: string, version: Resource): unknown {
    const name = at(version.Properties, "FunctionName", "Ref");
    const placed = this.#placed(stack, String(name));
    return placed === undefined ? name : this.arn(placed);
  }

  #placed(stack: string, logicalId: string): Placed | undefined {
    const resource = this.#templates[stack]?.Resources[logicalId];
    return resource === undefined ? undefined : { stack, logicalId, resource };
  }
}
