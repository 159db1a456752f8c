import type { Channel, MessageClass } from "../care/program/program.ts";
import { TemplateProblemError } from "../errors/template-problem-error.ts";
import { emailFooter, renderEmailPage } from "./email-page.ts";
import { isTemplateVariable, type MessageTemplate, type TemplateValues } from "./template.ts";

export type RenderedMessage = {
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
};

/** What a message is rendered for, beside its words. */
export type RenderOptions = {
  readonly channel: Channel;
  readonly class: MessageClass;
  /** Where to turn in a crisis, in the message's language; only replies and safety messages carry it. */
  readonly crisisText?: string;
  readonly unsubscribeUrl?: string;
};

/**
 * Fills a template. Variables are a closed list; values are put in as they are and never read as
 * templates again. An email gets its footer and a plain accessible page beside the text.
 * @param language - BCP 47 tag of the template's language
 * @throws {TemplateProblemError} when the template has no words for the channel, holds an unknown
 *   variable, or a value is missing
 */
export function renderMessage(
  template: MessageTemplate,
  values: TemplateValues,
  language: string,
  options: RenderOptions,
): RenderedMessage {
  if (options.channel === "sms") {
    if (template.sms === undefined) throw noWords("sms");
    return { text: fill(template.sms, plainValues(values)).trim() };
  }
  if (template.emailSubject === undefined || template.emailBody === undefined)
    throw noWords("email");
  const mayNameCrisisLine = options.class === "safety" || options.class === "reply";
  const subject = fill(template.emailSubject, values).trim();
  const body = fill(template.emailBody, values).trim();
  const crisis = mayNameCrisisLine ? options.crisisText : undefined;
  const footer = emailFooter(language, values.org ?? "", options.unsubscribeUrl);
  return {
    subject,
    text: [body, ...(crisis === undefined ? [] : [crisis]), "-- ", ...footer.textLines].join(
      "\n\n",
    ),
    html: renderEmailPage({
      language,
      title: subject,
      paragraphs: paragraphsOf(body),
      footer,
      ...(crisis === undefined ? {} : { crisis }),
      ...(values.link === undefined ? {} : { link: values.link }),
    }),
  };
}

/** Fills the variables of one text. */
function fill(text: string, values: TemplateValues): string {
  return text.replaceAll(/\{([^{}]*)\}/g, (_whole, name: string) => {
    const value = isTemplateVariable(name) ? values[name] : undefined;
    if (value === undefined) {
      const isKnown = isTemplateVariable(name);
      throw new TemplateProblemError("A template's variable has no value", { isKnown });
    }
    return value;
  });
}

/** Values as a text can carry them without costing double: accents that the basic set lacks are dropped. */
function plainValues(values: TemplateValues): TemplateValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toGsm(value)]));
}

function paragraphsOf(body: string): readonly string[] {
  return body
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "");
}

function noWords(channel: Channel): TemplateProblemError {
  return new TemplateProblemError("The template has no words for the channel", { channel });
}

/**
 * GSM 03.38, the basic set and its extension table. A copy of what counts the parts (`sms-parts.ts`), whose package
 * carries tables of graphemes that sending does not need; a test holds the two against each other.
 */
const alphabet = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€",
);

/** The text in GSM-7 where dropping accents is enough (`sábado` → `sabado`); other characters stay. */
export function toGsm(text: string): string {
  return [
    ...text
      .replaceAll(/[\u00a0\u202f]/g, " ")
      .replaceAll(/[‘’]/g, "'")
      .replaceAll(/[–—]/g, "-"),
  ]
    .map((character) => {
      if (alphabet.has(character)) return character;
      const plain = character.normalize("NFD").replaceAll(/\p{M}/gu, "");
      return plain === "" ? character : plain;
    })
    .join("");
}
