const mark = /\{staff:([^{}]+)\}/g;

/** A member of staff in a sentence of a rule: rules know ids alone, {@link withStaffNames} puts the name there. */
export function staffMark(staffId: string): string {
  return `{staff:${staffId}}`;
}

/** The ids of the members of staff that a sentence speaks of. */
export function staffIn(sentence: string): readonly string[] {
  return [...sentence.matchAll(mark)].flatMap(([, staffId]) => staffId ?? []);
}

/** The sentence with names; whoever is not on the staff any more is told as such. */
export function withStaffNames(sentence: string, names: ReadonlyMap<string, string>): string {
  return sentence.replaceAll(
    mark,
    (_mark, staffId: string) => names.get(staffId) ?? "Somebody who is not on the staff any more",
  );
}
