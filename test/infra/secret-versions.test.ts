import { beforeAll, describe, expect, test } from "vitest";
import { type StageConfig, stageConfigSchema } from "../../infra/config/stage-config.ts";
import { stageNamed } from "../../infra/config/stage-named.ts";
import { rulesFor } from "../../infra/rules/house-rules.ts";
import { at, resourcesOf, type Template } from "../../infra/rules/template.ts";
import { throughcareApp, throughcareStacks } from "../../infra/throughcare-app.ts";
import { cdkContext, stubBundles } from "./support/synthesised.ts";

type Templates = Readonly<Record<string, Template>>;

const withVersions = (linkSecretVersions: readonly string[]): StageConfig =>
  stageConfigSchema.parse({ ...stageNamed("dev"), linkSecretVersions });

/** The rule packs look at one of the two: they see the same kinds of resources in both. */
function templatesOf(config: StageConfig, make = throughcareApp): Templates {
  // Synthesis of the app throws on a finding of any rule, our own and those of the packs.
  const assembly = make(config, { bundles: stubBundles(), context: cdkContext() }).synth();
  return Object.fromEntries(
    assembly.stacks.map(({ stackName, template }) => [stackName.split("-").at(-1) ?? "", template]),
  );
}

const secretNames = (template: Template | undefined) =>
  resourcesOf(template ?? { Resources: {} }, "AWS::SecretsManager::Secret").map(
    ([logicalId, { Properties }]) => [String(at(Properties, "Name")), logicalId],
  );

describe("a link secret that is being changed", () => {
  let templates: Templates;
  beforeAll(() => {
    templates = templatesOf(withVersions(["2", "1"]));
  }, 900_000);

  test("adds one that nobody has seen and keeps the first where it was", () => {
    const names = Object.fromEntries(secretNames(templates.data));
    expect(names["throughcare/link-secret"]).toBe("LinkSecret6774D112");
    expect(Object.keys(names).sort()).toEqual([
      "throughcare/contact-secret",
      "throughcare/link-secret",
      "throughcare/link-secret-2",
      "throughcare/origin-secret",
    ]);
  });

  test("reaches every function that reads it: the first seals, both open, contacts stay", () => {
    const environments = ["workflow", "web"].flatMap((stack) =>
      resourcesOf(templates[stack] ?? { Resources: {} }, "AWS::Lambda::Function")
        .map(([, { Properties }]) => at(Properties, "Environment", "Variables"))
        .filter((variables) => at(variables, "LINK_SECRET") !== undefined),
    );
    expect(environments.length).toBeGreaterThan(9);
    for (const variables of environments) {
      expect(at(variables, "LINK_SECRET")).toBe(
        "2:{{resolve:secretsmanager:throughcare/link-secret-2:SecretString}} 1:{{resolve:secretsmanager:throughcare/link-secret:SecretString}}",
      );
      expect(at(variables, "CONTACT_SECRET")).toBe(
        "{{resolve:secretsmanager:throughcare/contact-secret:SecretString}}",
      );
    }
  });
});

test("a retired version is in no template, and the secret itself is kept", () => {
  const templates = templatesOf(withVersions(["2"]), throughcareStacks);
  const found = Object.values(templates).flatMap((template) =>
    rulesFor({ isFirstDeployment: false }).flatMap(({ find }) => find(template)),
  );
  expect(found).toEqual([]);
  expect(JSON.stringify(templates)).not.toContain("throughcare/link-secret:");
  const [, secret] =
    resourcesOf(templates.data ?? { Resources: {} }, "AWS::SecretsManager::Secret").find(
      ([, { Properties }]) => at(Properties, "Name") === "throughcare/link-secret-2",
    ) ?? [];
  expect(secret?.DeletionPolicy).toBe("RetainExceptOnCreate");
}, 900_000);

test("a stage without a version, with one twice or with one that no link can name is refused", () => {
  for (const versions of [[], ["1", "1"], ["first"], ["A"], ["10"]])
    expect(() => withVersions(versions)).toThrow();
});
