/**
 * FNV-1a, 32 bits: the same text always falls into the same bucket. Spreads planned sends over their
 * window; not for secrets.
 * @returns a whole number from 0 to `buckets` - 1
 */
export function spread(text: string, buckets: number): number {
  if (buckets <= 1) return 0;
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash % buckets;
}
