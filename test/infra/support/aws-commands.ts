import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./synthesised.ts";

/** The clients whose published types tell what the operations of a service take. */
const clients: Readonly<Record<string, string>> = {
  cloudwatch: "client-cloudwatch",
  dynamodb: "client-dynamodb",
  lambda: "client-lambda",
  "pinpoint-sms-voice-v2": "client-pinpoint-sms-voice-v2",
  ses: "client-ses",
  stepfunctions: "client-sfn",
};

/** Options of every command, and what those take that no client is here for. */
const everywhere = ["--profile", "--region", "--output", "--query", "--cli-binary-format"];
const described: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/cli/latest/reference/
  "sso login": [],
  "configure sso": [],
  "sts get-caller-identity": [],
  "secretsmanager put-secret-value": ["--secret-id", "--secret-string"],
  "iam create-service-linked-role": ["--aws-service-name", "--description", "--custom-suffix"],
};

/** What is wrong with a command of AWS's CLI, by the types that AWS publishes for its operations. */
export function problemOfAwsCommand(words: readonly string[]): string | undefined {
  const [service = "", command = "", ...rest] = words.slice(1);
  const options = rest.filter((word) => word.startsWith("--"));
  const known = described[`${service} ${command}`] ?? optionsOf(service, command);
  if (known === undefined) return `there is no ${service} ${command}`;
  const unknown = options.filter((one) => ![...known, ...everywhere].includes(one));
  return unknown.length === 0 ? undefined : `${unknown.join(", ")} is no option`;
}

function optionsOf(service: string, command: string): readonly string[] | undefined {
  const client = Object.hasOwn(clients, service) ? clients[service] : undefined;
  if (client === undefined) return undefined;
  const types = join(root, "node_modules/@aws-sdk", client, "dist-types");
  const name = command.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
  const file = join(types, "commands", `${name}Command.d.ts`);
  if (!existsSync(file)) return undefined;
  const models = readFileSync(join(types, "models/models_0.d.ts"), "utf8");
  const input = new RegExp(`interface ${name}CommandInput extends (?:Omit<)?(\\w+)`).exec(
    readFileSync(file, "utf8"),
  )?.[1];
  return membersOf(input?.replace(/^\w+CommandInputType$/, "") ?? "", models, file).map(asOption);
}

/** The members of an input; one that the command's own file narrows stands there under another name. */
function membersOf(named: string, models: string, file: string): readonly string[] {
  const name =
    named !== ""
      ? named
      : (/CommandInputType = Omit<(\w+),/.exec(readFileSync(file, "utf8"))?.[1] ?? "");
  const body = new RegExp(`interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(models)?.[1] ?? "";
  return [...body.matchAll(/^ {4}(\w+)\??:/gm)].map((match) => match[1] ?? "");
}

function asOption(member: string): string {
  return `--${member.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase()}`;
}
