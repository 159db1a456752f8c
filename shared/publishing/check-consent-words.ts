import { ownValue } from "../care/text/own-value.ts";
import { type CheckInput, reporter } from "./check-input.ts";
import type { Finding } from "./finding.ts";

/** What somebody who agrees to texts, ends them or asks for help has to be told, whatever a program words it like. */
const promises = [
  { templateId: "opt-in-confirm", words: ["stop", "help", "crisis", "rates"] },
  { templateId: "start-confirm", words: ["stop", "help", "crisis"] },
  { templateId: "stop-confirm", words: ["start", "crisis"] },
  { templateId: "help-reply", words: ["stop", "phone", "crisis"] },
  { templateId: "crisis-reply", words: ["crisis", "emergency"] },
  { templateId: "auto-reply", words: ["crisis", "emergency"] },
] as const;

type Word = (typeof promises)[number]["words"][number];

const sentences: Readonly<Record<Word, string>> = {
  stop: "how to end the texts",
  start: "how to get texts again",
  help: "how to get help",
  crisis: "988",
  emergency: "911",
  rates: "that texts may cost something",
  phone: "{phone}",
};

/** "Message and data rates may apply", by language; where a language has none here, counsel words it. */
const ratesWords: Readonly<Record<string, RegExp>> = {
  en: /rates may apply/i,
  es: /costo|tarifas/i,
};

/** The consent texts: carriers and the law ask for these words, and a program must not lose them. */
export function checkConsentWords(input: CheckInput): readonly Finding[] {
  const findings: Finding[] = [];
  const policy = input.policy?.content;
  if (policy === undefined) return findings;
  const upper = (words: readonly string[]) => words.map((word) => word.toUpperCase());
  const lists = {
    stop: upper(policy.stopWords),
    start: upper(policy.startWords),
    help: upper(policy.helpWords),
  };
  const holds = (text: string, word: Word, language: string): boolean => {
    if (word === "crisis") return /\b988\b/.test(text);
    if (word === "emergency") return /\b911\b/.test(text);
    if (word === "phone") return text.includes("{phone}");
    if (word === "rates") return (ownValue(ratesWords, language) ?? /./).test(text);
    return lists[word].some((one) => new RegExp(`\\b${one}\\b`).test(text));
  };
  const allowedFor = (word: Word): string => {
    if (word === "stop" || word === "start" || word === "help") return lists[word].join(", ");
    return word === "rates" ? "such as: Msg&data rates may apply" : sentences[word];
  };
  for (const [language, file] of input.messages) {
    const report = reporter(file, findings);
    for (const { templateId, words } of promises) {
      const text = ownValue(file.content, templateId)?.sms;
      if (text === undefined) continue;
      for (const word of words) {
        if (holds(text, word, language)) continue;
        report([templateId, "sms"], {
          found: `a text that does not say ${sentences[word]}`,
          allowed: allowedFor(word),
        });
      }
    }
  }
  return findings;
}
