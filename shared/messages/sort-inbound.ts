import type { Policy } from "../care/program/policy.ts";
import { findCrisisPhrase } from "../care/safety/find-crisis-phrase.ts";
import { holdsPhrase, normaliseText } from "../care/text/normalise-text.ts";

export const inboundKinds = [
  "stop",
  "start",
  "help",
  "wrong-number",
  "refill",
  "schedule",
  "other",
] as const;
export type InboundKind = (typeof inboundKinds)[number];

export type SortedInbound = {
  readonly kind: InboundKind;
  /** Code of the crisis phrase that matched; read before and beside every keyword. */
  readonly crisisRule?: string;
  /** True where a person has to read it, whatever the keyword. */
  readonly isForStaff: boolean;
};

type Words = Pick<
  Policy,
  "crisisPhrases" | "stopWords" | "startWords" | "helpWords" | "refillWords" | "scheduleWords"
>;

/** Words that change nothing about what a keyword asks for: "please stop texting me now". */
const filler = new Set(
  (
    "please pls plz por favor thanks thank you gracias now asap immediately ok okay hi hello hola just " +
    "me us all these those this the my number phone text texts texting message messages messaging msg msgs sms " +
    "send sending contact contacting from to de a los las el la mensaje mensajes textos ya enviar mandar mandarme enviarme ahora"
  ).split(" "),
);

/** Ways to ask for an end that hold none of the keywords, or hold them among other words. */
const stopPhrases = [
  "stop texting",
  "stop messaging",
  "stop sending",
  "stop contacting",
  "quit texting",
  "do not text me",
  "dont text me",
  "do not contact me",
  "dont contact me",
  "no more texts",
  "no more messages",
  "take me off",
  "opt me out",
  "i revoke",
  "no mas mensajes",
  "no mas textos",
  "no me escriban",
  "no me escriba",
  "no me manden",
  "no me mande",
  "no me envien",
  "no me envie",
  "dejen de escribirme",
  "deje de escribirme",
  "dejen de mandarme",
  "deje de mandarme",
  "quiero cancelar los mensajes",
];

const wrongNumberPhrases = [
  "wrong number",
  "wrong person",
  "numero equivocado",
  "persona equivocada",
];
const stopSigns = /[\u{1F6D1}\u{1F6AB}\u{26D4}]/u;

/**
 * Sorts a text that somebody sent. Pure. The crisis screen reads every text first, whatever else it is;
 * then any reasonable way to say stop counts, then help and start, then what it is about. Case, accents,
 * punctuation, politeness and emoji make no difference.
 */
export function sortInbound(body: string, policy: Words): SortedInbound {
  const crisisRule = findCrisisPhrase(policy, body);
  const kind = kindOf(body, policy);
  const isKeyword = kind === "stop" || kind === "start" || kind === "help";
  // A keyword by itself asks for nothing else; one among other words may.
  const isBare = keywords(policy).includes(normaliseText(body)) || normaliseText(body) === "";
  return {
    kind,
    isForStaff: !isKeyword || (kind === "help" && !isBare),
    ...(crisisRule === undefined ? {} : { crisisRule }),
  };
}

function keywords(policy: Words): readonly string[] {
  return [...policy.stopWords, ...policy.startWords, ...policy.helpWords].map(normaliseText);
}

function kindOf(body: string, policy: Words): InboundKind {
  const text = normaliseText(body);
  const core = coreOf(text);
  const is = (words: readonly string[]) =>
    words.some((word) => {
      const wanted = normaliseText(word);
      return wanted !== "" && (text === wanted || core === wanted);
    });
  if (is(policy.stopWords) || stopPhrases.some((phrase) => holdsPhrase(text, phrase)))
    return "stop";
  if (text === "" && stopSigns.test(body)) return "stop";
  if (is(policy.startWords)) return "start";
  if (is(policy.helpWords)) return "help";
  const holds = (phrases: readonly string[]) => phrases.some((phrase) => holdsPhrase(text, phrase));
  if (holds(wrongNumberPhrases)) return "wrong-number";
  if (holds(policy.refillWords)) return "refill";
  return holds(policy.scheduleWords) ? "schedule" : "other";
}

/** The text without filler and without a word said twice in a row: `stop stop please` is `stop`. */
function coreOf(text: string): string {
  const words = text.split(" ").filter((word) => !filler.has(word));
  return words.filter((word, index) => word !== words[index - 1]).join(" ");
}
