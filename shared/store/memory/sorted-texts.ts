/** Index of the first entry that is not before `text` (or, with `after`, of the first one after it). */
export function lowerBound(sorted: readonly string[], text: string, after = false): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = sorted[middle] ?? "";
    if (entry < text || (after && entry === text)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts a text that is not there yet into its place. */
export function insertSorted(sorted: string[], text: string): void {
  const last = sorted.at(-1);
  if (last === undefined || last < text) sorted.push(text);
  else sorted.splice(lowerBound(sorted, text), 0, text);
}

/** Takes a text out, if it is there. */
export function removeSorted(sorted: string[], text: string): void {
  const index = lowerBound(sorted, text);
  if (sorted[index] === text) sorted.splice(index, 1);
}
