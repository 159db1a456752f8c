import type { Channel, MessageClass } from "../care/program/program.ts";
import { ownValue } from "../care/text/own-value.ts";
import { TemplateProblemError } from "../errors/template-problem-error.ts";
import {
  isTemplateVariable,
  type MessageTemplate,
  primaryLanguage,
  type TemplateValues,
} from "./template.ts";

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

/**
 * A plain page around an email's words: language, one column, one link, no picture, no tracking.
 * Everything from outside is escaped.
 */
export function renderEmailPage(input: {
  readonly language: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly link?: string;
  readonly crisis?: string;
  readonly footer: EmailFooter;
}): string {
  const main = input.paragraphs.map((paragraph) => `<p>${linked(paragraph, input.link)}</p>`);
  const crisis =
    input.crisis === undefined ? [] : [`<p><strong>${escapeHtml(input.crisis)}</strong></p>`];
  const { unsubscribe } = input.footer;
  const footer = [
    ...input.footer.sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`),
    ...(unsubscribe === undefined
      ? []
      : [`<p><a href="${escapeHtml(unsubscribe.url)}">${escapeHtml(unsubscribe.words)}</a></p>`]),
  ];
  return [
    "<!doctype html>",
    `<html lang="${escapeHtml(input.language)}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(input.title)}</title></head>`,
    '<body style="margin:0;padding:16px;background:#ffffff;color:#1a1a1a;font:16px/1.5 sans-serif">',
    `<main style="max-width:36em;margin:0 auto">${main.join("")}${crisis.join("")}</main>`,
    `<footer style="max-width:36em;margin:24px auto 0;color:#4d4d4d;font-size:14px">${footer.join("")}</footer>`,
    "</body></html>",
  ].join("\n");
}

/** The message's own link becomes a link that says where it goes; line ends are kept. */
function linked(paragraph: string, link: string | undefined): string {
  const escaped = escapeHtml(paragraph).replaceAll("\n", "<br>");
  if (link === undefined || link === "") return escaped;
  const target = escapeHtml(link);
  return escaped.replace(target, () => `<a href="${target}" style="color:#00458b">${target}</a>`);
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** What stands under every email, in its language. */
export type EmailFooter = {
  /** The fixed sentences, one paragraph each. */
  readonly sentences: readonly string[];
  readonly unsubscribe?: { readonly words: string; readonly url: string };
  /** The same for the plain text. */
  readonly textLines: readonly string[];
};

type FooterWords = { readonly unread: string; readonly sentBy: string; readonly stop: string };

const english: FooterWords = {
  unread: "Email is not read around the clock. In an emergency call 911.",
  sentBy: "Sent by",
  stop: "Stop emails like this",
};

const words: Readonly<Record<string, FooterWords>> = {
  en: english,
  es: {
    unread: "Este correo no se lee las 24 horas. En una emergencia llame al 911.",
    sentBy: "Enviado por",
    stop: "Dejar de recibir correos como este",
  },
};

/**
 * The footer of an email: who sent it, that it is not read around the clock, and the way out. Names no
 * crisis line: who else reads the inbox is not known.
 */
export function emailFooter(
  language: string,
  org: string,
  unsubscribeUrl: string | undefined,
): EmailFooter {
  const own = ownValue(words, primaryLanguage(language)) ?? english;
  const sentences = [`${own.sentBy} ${org}.`, own.unread];
  if (unsubscribeUrl === undefined) return { sentences, textLines: sentences };
  return {
    sentences,
    unsubscribe: { words: own.stop, url: unsubscribeUrl },
    textLines: [...sentences, `${own.stop}: ${unsubscribeUrl}`],
  };
}
