/** The words with a full stop, so that another sentence can follow; as they are where they end in a mark already. */
export function asSentence(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`;
}
