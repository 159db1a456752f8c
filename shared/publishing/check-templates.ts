import type { Channel } from "../care/program/program.ts";
import { ownValue } from "../care/text/own-value.ts";
import { type LintRule, lintTemplate } from "../messages/lint-template.ts";
import { nearestName } from "../messages/nearest-name.ts";
import { type CheckInput, type Report, reporter } from "./check-input.ts";
import type { Finding } from "./finding.ts";
import { systemTemplateIds, templateClass } from "./template-ids.ts";

/** What is wrong with the words of a template, as whoever wrote them reads it. */
const foundInWords: Readonly<Record<LintRule, (found: string) => string>> = {
  "unknown-variable": (found) => `${found}, which is no variable`,
  "forbidden-word": (found) => `the word "${found}"`,
  "crisis-line-in-routine": (found) => `"${found}" in a routine message`,
  "not-gsm-7": (found) => `${found}, which makes every part of the text shorter`,
  "more-than-one-part": (found) => `a text of ${found}`,
  "missing-stop-wording": () => "a text that does not say how to end the texts",
  "missing-sender": (found) => `a text that does not name its sender: "${found}…"`,
  "health-words-in-subject": (found) => `the word "${found}" in a subject`,
  "own-link": (found) => `the address ${found}`,
  "no-words": (found) => found,
};

/** The words of every template, in every language. */
export function checkTemplates(input: CheckInput): readonly Finding[] {
  const findings: Finding[] = [];
  const { messages: rows, languages } = input.program.content;
  const used = new Set([...systemTemplateIds, ...rows.map((row) => row.templateId)]);
  for (const language of languages) {
    const file = input.messages.get(language);
    if (file === undefined) continue;
    const report = reporter(file, findings);
    for (const templateId of systemTemplateIds) {
      if (ownValue(file.content, templateId) !== undefined) continue;
      const ids = Object.keys(file.content);
      report([], {
        found: `no template "${templateId}"`,
        allowed: "every program has it",
        nearest: nearestName(templateId, ids),
      });
    }
    checkPairs(report, file.content, used);
    checkWords(report, input, language, used);
    checkPromise(report, file.content);
  }
  return findings;
}

function checkPairs(
  report: Report,
  content: Readonly<
    Record<string, { readonly emailSubject?: string; readonly emailBody?: string }>
  >,
  used: ReadonlySet<string>,
): void {
  for (const [templateId, words] of Object.entries(content)) {
    if ((words.emailSubject === undefined) !== (words.emailBody === undefined)) {
      report([templateId], {
        found: "only one of emailSubject and emailBody",
        allowed: "both, or neither",
      });
    }
    if (!used.has(templateId)) {
      report([templateId], {
        severity: "warning",
        found: `the template "${templateId}", which nothing uses`,
        allowed: [...used].join(", "),
        nearest: nearestName(templateId, [...used]),
        atKey: true,
      });
    }
  }
}

function checkWords(
  report: Report,
  input: CheckInput,
  language: string,
  used: ReadonlySet<string>,
): void {
  const file = input.messages.get(language);
  const policy = input.policy?.content;
  if (file === undefined || policy === undefined) return;
  const rows = input.program.content.messages;
  for (const [templateId, template] of Object.entries(file.content)) {
    if (!used.has(templateId)) continue;
    const channels = new Set<Channel>(
      rows.filter((row) => row.templateId === templateId).flatMap((row) => row.channelOrder),
    );
    const options = {
      templateId,
      class: templateClass(templateId, rows),
      language,
      policy,
      channels: [...channels],
    };
    for (const finding of lintTemplate(template, options)) {
      report([templateId, finding.field], {
        found: foundInWords[finding.rule](finding.found),
        allowed: finding.sentence,
        nearest: finding.nearest,
      });
    }
  }
}

/**
 * People agree to texts whose number varies: what tells somebody when to come is no part of the caps, and a number would
 * promise what they do not hold.
 */
function checkPromise(
  report: Report,
  content: Readonly<Record<string, { readonly sms?: string }>>,
): void {
  for (const templateId of ["opt-in-confirm", "start-confirm"]) {
    const text = ownValue(content, templateId)?.sms;
    if (
      text === undefined ||
      /\bfrequency varies\b|\bfrecuencia (?:variable|var[ií]a)\b/i.test(text)
    )
      continue;
    report([templateId, "sms"], {
      found: "a text that does not say that the number of texts varies",
      allowed: '"frequency varies", or "de frecuencia variable" in Spanish',
    });
  }
}
