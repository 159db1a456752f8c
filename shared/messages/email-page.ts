import { ownValue } from "../care/text/own-value.ts";
import { primaryLanguage } from "./message-language.ts";

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
