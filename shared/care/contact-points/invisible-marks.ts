/**
 * The text without characters that have no shape: marks of direction (U+202A to U+202E, U+2066 to U+2069), blanks and
 * joiners of no width (U+200B, U+FEFF), soft hyphens. Address books and chats paste them around numbers and
 * addresses; there they mean nothing. Not for words, where some scripts need joiners.
 */
export function withoutInvisibleMarks(text: string): string {
  return text.replaceAll(/\p{Cf}/gu, "");
}
