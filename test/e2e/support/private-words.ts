import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { OutboxMessage } from "./client.ts";

const root = join(import.meta.dirname, "../../..");

/** Words about health and care that no message may hold, beyond those that the policy itself forbids. */
const healthWords = [
  ...["phq", "gad", "score", "depress", "anxi", "suicid", "therap", "treatment", "diagnos"],
  ...["symptom", "medic", "drug", "alcohol", "substance", "opioid", "recovery", "relapse", "rehab"],
  ...["discharg", "admi", "aftercare", "program", "group", "session", "no-show", "craving"],
  ...["iop", "outpatient", "mental", "behavioral", "psych", "counsel", "clinic", "patient"],
];

const forbiddenByPolicy: readonly string[] = parse(
  readFileSync(join(root, "programs/policy.yaml"), "utf8"),
).forbiddenWords.en;

/** What a message tells that it should not: sentences, empty when it is neutral. */
export function tellsTooMuch(
  message: OutboxMessage,
  canaries: readonly string[],
  origin: string,
): readonly string[] {
  const problems: string[] = [];
  const withoutLinks = [message.subject ?? "", message.from, message.text, plainText(message.html)]
    .join("\n")
    .replaceAll(/https?:\/\/\S+/g, " ")
    .toLowerCase();
  const everything = `${withoutLinks}\n${message.links.join("\n")}\n${message.html ?? ""}`;
  const name = `${message.sentAt} ${message.templateId}`;
  for (const word of forbiddenByPolicy) {
    if (new RegExp(`(^|[^a-z])${word}([^a-z]|$)`).test(withoutLinks))
      problems.push(`${name} says "${word}"`);
  }
  for (const word of healthWords) {
    if (withoutLinks.includes(word)) problems.push(`${name} holds "${word}"`);
  }
  for (const canary of canaries) {
    if (everything.toLowerCase().includes(canary.toLowerCase()))
      problems.push(`${name} gives away "${canary}"`);
  }
  // An email says what to do in an emergency; a text, on a phone that lights up, does not even that.
  const crisisLine =
    message.channel === "sms"
      ? /\b(988|911|crisis|hotline|lifeline|ayuda|emergency)\b/
      : /\b(988|crisis|hotline|lifeline|ayuda)\b/;
  if (crisisLine.test(withoutLinks))
    problems.push(`${name} names a crisis line in a routine message`);
  for (const link of message.links) {
    if (!new RegExp(`^${origin}/[ku]/[A-Za-z0-9_.~-]+$`).test(link))
      problems.push(`${name} has a link that is more than an opaque token: ${link}`);
  }
  return problems;
}

/** What a reader of an HTML mail sees. */
function plainText(html: string | undefined): string {
  return (html ?? "").replaceAll(/<(style|head)\b[\s\S]*?<\/\1>/g, " ").replaceAll(/<[^>]*>/g, " ");
}
