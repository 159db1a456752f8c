import { ownValue } from "../care/text/own-value.ts";
import { primaryLanguage } from "./message-language.ts";

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
