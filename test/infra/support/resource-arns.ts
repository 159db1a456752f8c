import { at, isRecord, referredTo, type Template } from "../../../infra/rules/template.ts";
import { serviceSpec } from "./service-spec.ts";

/** Every reference in a value made the text that it may become, by the ARNs that AWS's resource schemas show. */
export type Resolve = (value: unknown, template: Template) => unknown;

/** Made once for a set of templates: what one exports, another may name. */
export async function arnResolver(
  all: readonly Template[],
  account = "000000000000",
): Promise<Resolve> {
  const spec = await serviceSpec();
  const pseudo: Readonly<Record<string, string>> = {
    "AWS::AccountId": account,
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
  };
  const resolve: Resolve = (value, template) => {
    if (Array.isArray(value)) return value.map((part) => resolve(part, template));
    if (!isRecord(value)) return value;
    const join = value["Fn::Join"];
    if (Array.isArray(join) && Array.isArray(join[1]))
      return join[1].map((part) => String(resolve(part, template))).join(String(join[0]));
    if (typeof value.Ref === "string" && pseudo[value.Ref] !== undefined) return pseudo[value.Ref];
    const found = referredTo(value, template, all);
    if (found !== undefined) return arnOf(found.resource.Type, attributeOf(value, all));
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, resolve(part, template)]),
    );
  };
  const arnOf = (type: string, attribute: string): string => {
    const resource = spec.lookup("resource", "cloudFormationType", "equals", type).only();
    const example = /`(arn:aws:[^`]+)`/.exec(
      resource.attributes[attribute]?.documentation ?? "",
    )?.[1];
    if (example !== undefined) return example;
    if (resource.arnTemplate === undefined) throw new Error(`AWS shows no ARN of ${type}`);
    return resource.arnTemplate.replace(/\$\{(\w+)\}/g, (_, name: string) =>
      name === "Partition" ? "aws" : `some-${name.toLowerCase()}`,
    );
  };
  return resolve;
}

/** The attribute that a reference reads, followed through the export of another template. */
function attributeOf(value: unknown, all: readonly Template[]): string {
  const own = at(value, "Fn::GetAtt", 1);
  if (typeof own === "string") return own;
  const imported = at(value, "Fn::ImportValue");
  if (imported === undefined) return "";
  for (const template of all)
    for (const output of Object.values(template.Outputs ?? {}))
      if (at(output, "Export", "Name") === imported) return attributeOf(at(output, "Value"), []);
  return "";
}
