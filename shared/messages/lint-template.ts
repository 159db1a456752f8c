import type { Policy } from "../care/program/policy.ts";
import type { Channel, MessageClass } from "../care/program/program.ts";
import { normaliseText } from "../care/text/normalise-text.ts";
import { ownValue } from "../care/text/own-value.ts";
import { nearestName } from "./nearest-name.ts";
import { countSmsParts } from "./sms-parts.ts";
import {
  isTemplateVariable,
  type MessageTemplate,
  placeholders,
  primaryLanguage,
  type TemplateValues,
  templateVariables,
} from "./template.ts";

export type LintRule =
  | "unknown-variable"
  | "forbidden-word"
  | "crisis-line-in-routine"
  | "not-gsm-7"
  | "more-than-one-part"
  | "missing-stop-wording"
  | "missing-sender"
  | "health-words-in-subject"
  | "own-link"
  | "no-words";

/** One thing wrong with a template: where, what was found, what is allowed. */
export type LintFinding = {
  readonly rule: LintRule;
  readonly templateId: string;
  readonly language: string;
  /** The key under the template, e.g. `sms` or `emailSubject`. */
  readonly field: "sms" | "emailSubject" | "emailBody";
  readonly found: string;
  readonly sentence: string;
  readonly nearest?: string;
};

/** Values as long as real ones get; what does not fit with these does not fit. */
export const longestValues: Required<TemplateValues> = {
  org: "Riverside Center East",
  phone: "(505) 555-0100",
  link: `https://care.example.org/k/${"x".repeat(49)}`,
  time: "10:30 a.m.",
  dayWord: "Wednesday",
  date: "September 30",
  was: "Wednesday, 10:30 a.m.",
  place: "1200 North Riverside Ave East",
};

const crisisWords: readonly RegExp[] = [
  /\b988\b/,
  /\bcrisis\b/i,
  /\bsuicid/i,
  /\bAYUDA\b/,
  /hope you are ok/i,
];

export type LintOptions = {
  readonly templateId: string;
  /** How the program sends it; `reply` for answers and opt-in messages that no row sends. */
  readonly class: MessageClass;
  readonly language: string;
  readonly policy: Pick<Policy, "forbiddenWords" | "stopWords">;
  /** Channels that the program sends it on; each needs words. */
  readonly channels: readonly Channel[];
  readonly values?: TemplateValues;
};

/**
 * Checks one template's words before anybody is sent them. Pure; never throws.
 * @returns every finding, so that a person can put all of them right at once
 */
export function lintTemplate(
  template: MessageTemplate,
  options: LintOptions,
): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  const { templateId, language } = options;
  const add: Add = (finding) => findings.push({ templateId, language, ...finding });
  const fields = fieldsOf(template);
  for (const channel of options.channels) {
    const wanted =
      channel === "sms" ? (["sms"] as const) : (["emailSubject", "emailBody"] as const);
    for (const field of wanted) {
      if (fields.some((one) => one.field === field && one.text.trim() !== "")) continue;
      const sentence = `The program sends this template by ${channel}: it needs ${field}`;
      add({ rule: "no-words", field, found: "nothing", sentence });
    }
  }
  for (const { field, text } of fields) {
    lintVariables(field, text, add);
    lintWords(field, text, options, add);
  }
  if (template.sms !== undefined) lintText(template.sms, options, add);
  return findings;
}

type Field = { readonly field: LintFinding["field"]; readonly text: string };
type Add = (finding: Omit<LintFinding, "templateId" | "language">) => void;

function fieldsOf(template: MessageTemplate): readonly Field[] {
  const { sms, emailSubject, emailBody } = template;
  return [
    ...(sms === undefined ? [] : [{ field: "sms", text: sms } as const]),
    ...(emailSubject === undefined ? [] : [{ field: "emailSubject", text: emailSubject } as const]),
    ...(emailBody === undefined ? [] : [{ field: "emailBody", text: emailBody } as const]),
  ];
}

function lintVariables(field: Field["field"], text: string, add: Add): void {
  for (const { name } of placeholders(text)) {
    if (isTemplateVariable(name)) continue;
    const nearest = nearestName(name, templateVariables);
    add({
      rule: "unknown-variable",
      field,
      found: `{${name}}`,
      sentence: `Only these variables are allowed: ${templateVariables.map((one) => `{${one}}`).join(", ")}`,
      ...(nearest === undefined ? {} : { nearest: `{${nearest}}` }),
    });
  }
  for (const [address] of text.matchAll(/\b(?:https?:\/\/|www\.)\S+/gi)) {
    add({
      rule: "own-link",
      field,
      found: address,
      sentence: "Write {link}; a link of one's own may reveal what it is about",
    });
  }
}

function lintWords(field: Field["field"], text: string, options: LintOptions, add: Add): void {
  const isCrisisAllowed = options.class === "safety" || options.class === "reply";
  const found = crisisWords.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
  for (const word of isCrisisAllowed ? [] : found) {
    const sentence = "A routine message names no crisis line: a lit-up phone is read by others";
    add({ rule: "crisis-line-in-routine", field, found: word, sentence });
  }
  const primary = primaryLanguage(options.language);
  const normalText = ` ${normaliseText(text)} `;
  for (const word of ownValue(options.policy.forbiddenWords, primary) ?? []) {
    const normalWord = normalised(word);
    if (normalWord === "" || !normalText.includes(` ${normalWord} `)) continue;
    if (isCrisisAllowed && crisisWords.some((pattern) => pattern.test(word))) continue;
    const rule = field === "emailSubject" ? "health-words-in-subject" : "forbidden-word";
    add({
      rule,
      field,
      found: word,
      sentence: "This word says something about the care that is given",
    });
  }
}

const normalWords = new Map<string, string>();
const keptWords = 2_000;

/** Every template is compared with the same words: each is normalised once. */
function normalised(word: string): string {
  const known = normalWords.get(word);
  if (known !== undefined) return known;
  if (normalWords.size >= keptWords) normalWords.clear();
  const normal = normaliseText(word);
  normalWords.set(word, normal);
  return normal;
}

function lintText(text: string, options: LintOptions, add: Add): void {
  const values: TemplateValues = { ...longestValues, ...options.values };
  const filled = text.replaceAll(/\{([^{}]*)\}/g, (whole, name: string) =>
    isTemplateVariable(name) ? (values[name] ?? whole) : "",
  );
  const { encoding, parts, foreign } = countSmsParts(filled);
  if (encoding === "ucs-2") {
    const sentence = "These characters make the text cost more than double: use plain ones";
    add({ rule: "not-gsm-7", field: "sms", found: foreign.join(" "), sentence });
  }
  if (parts > 1) {
    const sentence = `Filled with the longest values it has ${filled.length} characters: one part holds 160`;
    add({ rule: "more-than-one-part", field: "sms", found: `${parts} parts`, sentence });
  }
  if (!text.includes("{org}") && options.class !== "safety") {
    add({
      rule: "missing-sender",
      field: "sms",
      found: text.slice(0, 20),
      sentence: "A text says who sends it: begin with {org}",
    });
  }
  if (
    options.class === "routine" &&
    !options.policy.stopWords.some((word) => text.includes(word.toUpperCase()))
  ) {
    add({
      rule: "missing-stop-wording",
      field: "sms",
      found: "",
      sentence: 'A routine text says how to end it, e.g. "Reply STOP to end."',
    });
  }
}
