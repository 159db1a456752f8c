import type { Policy } from "../care/program/policy.ts";
import { type ScreenedWords, screenWords, signsCode } from "../care/safety/find-crisis-phrase.ts";
import { holdsAnyPhrase, normaliseText } from "../care/text/normalise-text.ts";
import { asksToEnd } from "./asks-to-end.ts";
import { isAutomatic, isReaction, withoutQuote } from "./machine-texts.ts";

export const inboundKinds = [
  "stop",
  "start",
  "help",
  "wrong-number",
  /** Sent by a phone or as a reaction: makes no work. */
  "machine",
  "refill",
  "schedule",
  "other",
] as const;
export type InboundKind = (typeof inboundKinds)[number];

export type SortedInbound = {
  readonly kind: InboundKind;
  /** Code of the crisis phrase that matched; read before and beside every keyword. */
  readonly crisisRule?: string;
  /** True where the words only may mean danger: a clinician reads them within the hour. */
  readonly isForReading: boolean;
  /** True where somebody says that another listens or reads along: no answer goes by itself. */
  readonly isOverheard: boolean;
  /** True where the text is about nothing that people write every day: a person reads it within a staffed hour. */
  readonly isUnplaced: boolean;
  /** True where somebody says that they need to come back: who has left the program is spoken with the same day. */
  readonly asksToReturn: boolean;
  /** True where a person has to read it, whatever the keyword. */
  readonly isForStaff: boolean;
};

type Words = Pick<
  Policy,
  | "crisisWords"
  | "optOutWords"
  | "optOutWeights"
  | "stopWords"
  | "startWords"
  | "helpWords"
  | "refillWords"
  | "scheduleWords"
  | "returnWords"
>;

/** Words that change nothing about what a keyword asks for: "please stop texting me now". */
const filler = new Set(
  (
    "please pls plz por favor thanks thank you gracias now asap immediately ok okay hi hello hola just " +
    "me us all these those this the my number phone text texts texting message messages messaging msg msgs sms " +
    "send sending contact contacting from to de a los las el la mensaje mensajes textos ya enviar mandar mandarme enviarme ahora"
  ).split(" "),
);

/** A call for help that begins with a word that ends texts: "please stop me", "end me", "cancel me". */
const notToTexts = /^(?:please |pls |just )?(?:stop|end|quit|cancel) (?:me|us|it all|myself)$/;

/** Who surely asks for an end in so few words says nothing else: "please stop texting me". */
const fewWords = 5;

const isMisdirected =
  /\b(?:that was|was for|meant (?:for|to)|for my|see you|disregard|ignore (?:that|my)|my bad|oops|era para|nos vemos|ignore? eso)\b/;
const wrongNumberPhrases = [
  "wrong number",
  "wrong person",
  "wrong phone number",
  "wrong num",
  "rong number",
  "wrong numb",
  "equivoco de numero",
  "se equivoco de persona",
  "numero equivocado",
  "persona equivocada",
];
const stopSigns = /[\u{1F6D1}\u{1F6AB}\u{26D4}]/u;

/**
 * Sorts a text that somebody sent. Pure. The crisis screen reads every text first, whatever else it is, and
 * beats refill and lateness;
 * then any reasonable way to say stop counts, then help and start, then what it is about. Case, accents,
 * punctuation, politeness and emoji make no difference.
 */
export function sortInbound(body: string, policy: Words): SortedInbound {
  // A keyword by itself asks for nothing else; one among other words may.
  const isBare = keywords(policy).includes(normaliseText(body)) || normaliseText(body) === "";
  const isFixed = isBare || isReaction(body) || isAutomatic(body);
  const read = screenWords(policy, withoutQuote(body));
  const found = kindOf(body, policy, isFixed ? withoutWeighed(read) : read);
  const isPlainEnd = found === "stop" && normaliseText(body).split(" ").length <= fewWords;
  // "STOP. It won't matter tomorrow" says more than that: what rules found in it is read.
  const isNothingElse = isPlainEnd && read.rule?.startsWith(`${signsCode}.`) !== false;
  const screened = isFixed || isNothingElse || found === "start" ? withoutWeighed(read) : read;
  const { rule: crisisRule } = screened;
  // What only perhaps asked for an end is obeyed, and read: somebody misread is written to again.
  const isInDoubt = found === "perhaps-stop";
  const kind = isInDoubt ? "stop" : found;
  // Whose number it is now is for a person to settle, also where nothing goes there any more.
  const isNobodys = kind === "stop" && holdsAnyPhrase(normaliseText(body), wrongNumberPhrases);
  const isSilent = kind === "machine" || kind === "stop" || kind === "start" || kind === "help";
  return {
    kind,
    isForReading: screened.isForReading,
    isOverheard: screened.isOverheard,
    isUnplaced: kind === "other" && screened.isUnplaced,
    asksToReturn: holdsAnyPhrase(normaliseText(body), policy.returnWords ?? []),
    isForStaff:
      !isSilent ||
      isInDoubt ||
      isNobodys ||
      screened.isOverheard ||
      screened.isDenied ||
      (kind === "help" && !isBare),
    ...(crisisRule === undefined ? {} : { crisisRule }),
  };
}

/** What a keyword or a machine says is known: only a rule finds danger in it, and not what its words weigh. */
function withoutWeighed(screened: ScreenedWords): ScreenedWords {
  if (!screened.isForReading || screened.isOverheard) return { ...screened, isUnplaced: false };
  const { rule: _rule, ...others } = screened;
  return { ...others, isForReading: false, because: [] };
}

function keywords(policy: Words): readonly string[] {
  return [...policy.stopWords, ...policy.startWords, ...policy.helpWords].map(normaliseText);
}

function kindOf(
  body: string,
  policy: Words,
  screened: ScreenedWords,
): InboundKind | "perhaps-stop" {
  const text = spelledTogether(normaliseText(body));
  const core = coreOf(text);
  const isDanger = screened.rule !== undefined;
  const isHarmless = !isDanger && !screened.isDenied;
  // What a reaction quotes is ours: "Reply STOP to end" there asks for nothing.
  if (isHarmless && isReaction(body)) return "machine";
  const is = (words: readonly string[]) =>
    words.some((word) => {
      const wanted = normaliseText(word);
      return wanted !== "" && (text === wanted || core === wanted);
    });
  // "STOP I want to die" asks for an end beside the danger; "end my life" asks for none.
  const clauses = body
    .split(/[.!?,;\n]/)
    .map(normaliseText)
    .filter((clause) => clause !== "");
  const beginsWithStop = policy.stopWords.some((word) =>
    `${text.replace(/^(?:please|pls|por favor) /, "")} `.startsWith(`${normaliseText(word)} `),
  );
  const asksToStop = isDanger
    ? (beginsWithStop && isStopBeside(screened.rest, policy)) ||
      [clauses[0] ?? "", clauses.at(-1) ?? ""].some((clause) => isStopBeside(clause, policy))
    : is(policy.stopWords);
  if (asksToStop && !notToTexts.test(text)) return "stop";
  const holds = (phrases: readonly string[]) => holdsAnyPhrase(text, phrases);
  const isKeyword = is(policy.startWords) || is(policy.helpWords);
  const isRung = isDanger && !screened.isForReading;
  const isByPatternOnly = isKeyword || isRung || holds(wrongNumberPhrases);
  const asked = asksToEnd(policy, body, { isByPatternOnly });
  if (asked === "surely") return "stop";
  if (isHarmless && isAutomatic(body)) return "machine";
  if (asked === "perhaps") return "perhaps-stop";
  if (text === "" && stopSigns.test(body)) return "stop";
  if (is(policy.startWords)) return "start";
  if (is(policy.helpWords)) return "help";
  // Somebody who wrote to us by mistake has the number that we know: a person asks, and nothing is closed.
  if (holds(wrongNumberPhrases)) return isMisdirected.test(text) ? "other" : "wrong-number";
  // A clinician reads danger: it is never a nurse's or the front desk's to come to by and by.
  if (isDanger) return "other";
  if (holds(policy.refillWords)) return "refill";
  return holds(policy.scheduleWords) ? "schedule" : "other";
}

/** True where what is left beside the words of danger begins with a word that ends texts. */
function isStopBeside(rest: string, policy: Words): boolean {
  const said = coreOf(rest);
  return policy.stopWords.map(normaliseText).some(
    (word) =>
      said === word ||
      said
        .split(" ")
        .filter((one) => !speaker.has(one))
        .join(" ") === word,
  );
}

const speaker = new Set(["i", "im", "ill", "am", "ive", "and", "but", "yo", "y", "pero", "voy"]);

/** `s t o p` is a word that somebody spelt out. */
function spelledTogether(text: string): string {
  return /^(?:\p{L} ){2,}\p{L}$/u.test(text) ? text.replaceAll(" ", "") : text;
}

/** The text without filler and without a word said twice in a row: `stop stop please` is `stop`. */
function coreOf(text: string): string {
  const words = text.split(" ").filter((word) => !filler.has(word));
  return words.filter((word, index) => word !== words[index - 1]).join(" ");
}
