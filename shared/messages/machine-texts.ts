/** How phones report a reaction to a text, quoting it: `Liked “See you Thursday”`. */
const reaction =
  /^\s*(?:(?:liked|loved|laughed at|emphasi[sz]ed|disliked|questioned|reacted \S+ to|removed an? \S+(?: \S+)? from|le gust[oó]|(?:le|me) encant[oó]|te gust[oó]|no (?:le|me) gust[oó]|(?:me|no me) gusta|dio un me gusta a|se ri[oó] de|enfatiz[oó]|cuestion[oó]|reaccion[oó] con \S+ a)\s+(?:un mensaje |a )?|(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\uFE0F|\u200D)+ (?:to|a) )[“"«].*[”"»]\s*$/isu;

/** The same about a picture, which cannot be quoted: `Emphasized an image`. */
const pictureReaction =
  /^\s*(?:liked|loved|laughed at|emphasi[sz]ed|disliked|questioned|reacted \S+ to|le gust[oó]|le encant[oó]|se ri[oó] de) (?:an?|una?) (?:image|photo|picture|attachment|movie|video|sticker|audio message|voice message|imagen|foto|archivo)\s*$/iu;

/** What phones answer by themselves while their owner drives, sleeps or is away; never what somebody may have typed. */
const automatic =
  /\b(?:do not disturb while driving|driving focus|this is an automat(?:ic|ed) (?:reply|response|message)|sent automatically|sent from my car|enviado autom[aá]ticamente|no molestar al conducir|this (?:mailbox|inbox|number) is not monitored)|\b(?:auto(?:matic|mated)?[- ]?(?:reply|response|message)|respuesta autom[aá]tica|mensaje autom[aá]tico)\]?:?|^\W*out of (?:the )?office\b/iu;

/** One picture that says yes, thanks or ha ha; any other is read by a person. */
const approving = new Set("👍👌🙏❤😊🙂😀😃😄😁🎉✅👏💪🤝🥰😂🤣💯");
/** What a picture may be dressed with: its skin, and that it is one. */
const dress = /[\u{1F3FB}-\u{1F3FF}]|\uFE0F|\s/gu;

/** True for a reaction, a read receipt or approving pictures: nobody wrote anything that asks for an answer. */
export function isReaction(body: string): boolean {
  const pictures = [...body.replaceAll(dress, "")];
  return (
    reaction.test(body) ||
    pictureReaction.test(body) ||
    (pictures.length > 0 && pictures.every((picture) => approving.has(picture)))
  );
}

/** True for what a phone sends by itself. */
export function isAutomatic(body: string): boolean {
  return automatic.test(body);
}

/** The text without what a reaction quotes: those are our words, not the writer's. */
export function withoutQuote(body: string): string {
  return reaction.test(body) ? body.replace(/[“"«].*[”"»]/su, "") : body;
}
