import MailComposer from "nodemailer/lib/mail-composer";
import type { OutgoingMessage } from "../../ports/message-sender.ts";

const address = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/;

/** One plain address: nothing that a header could take for a second one. */
export function isPlainAddress(text: string): boolean {
  return text.length <= 254 && address.test(text);
}

/**
 * The mail in MIME form: text and, where there is one, HTML; one-click unsubscribe where the message has
 * an address for it. Control characters cannot get into a header.
 */
export function composeMail(message: OutgoingMessage): Promise<Uint8Array> {
  const composer = new MailComposer({
    from: { name: oneLine(message.senderName), address: message.from },
    to: { name: "", address: message.to },
    ...(message.replyTo === undefined ? {} : { replyTo: { name: "", address: message.replyTo } }),
    subject: oneLine(message.subject ?? ""),
    text: message.text,
    ...(message.html === undefined ? {} : { html: message.html }),
    headers: {
      "Auto-Submitted": "auto-generated",
      "Content-Language": oneLine(message.language),
      ...unsubscribeHeaders(message.unsubscribeUrl),
    },
    // Nothing is ever taken from a file or an address on the network.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function unsubscribeHeaders(url: string | undefined): Record<string, string> {
  if (url === undefined || !URL.canParse(url)) return {};
  const { href, protocol } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return {};
  return {
    "List-Unsubscribe": `<${href}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}
