import { foldName } from "../../care/text/normalise-text.ts";
import type { Profile } from "../../store/person-items.ts";

/** What of a person is searched. */
export type Searched = Pick<Profile, "given" | "family"> &
  Partial<Pick<Profile, "preferredName" | "recordNumber" | "birthDate">>;

/**
 * True when every word that is searched for is in one of the person's names, legal or preferred, in the record number
 * or the reference, or is the birth date; in any order, and however much of each word was typed. Everybody matches an
 * empty search.
 */
export function matchesSearch(
  profile: Searched | undefined,
  reference: string,
  search: string,
): boolean {
  if (search.trim() === "") return true;
  const { birthDate, rest } = takeDate(search);
  if (birthDate !== undefined && profile?.birthDate !== birthDate) return false;
  const { given, preferredName, family, recordNumber } = profile ?? {};
  const names = [given, preferredName, family, recordNumber, reference].map((name) =>
    foldName(name ?? ""),
  );
  // With and without blanks: Mary Ann is found as maryann, and van der Meer as vandermeer.
  const found = [...names, ...names.map((name) => name.replaceAll(" ", ""))];
  if (birthDate !== undefined && rest.trim() === "") return true;
  const wanted = foldName(rest).split(" ");
  return wanted.every((word) => word !== "" && found.some((name) => name.includes(word)));
}

/** The date in a search, as it is stored (2001-02-28) or as it is written in the United States (2/28/2001), and the rest. */
function takeDate(search: string): { readonly birthDate?: string; readonly rest: string } {
  const asStored = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(search);
  const asWritten = /(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/.exec(search);
  const [whole, year, month, day] =
    asStored ??
    (asWritten === null ? [] : [asWritten[0], asWritten[3], asWritten[1], asWritten[2]]);
  if (whole === undefined || year === undefined) return { rest: search };
  const birthDate = `${year}-${(month ?? "").padStart(2, "0")}-${(day ?? "").padStart(2, "0")}`;
  return { birthDate, rest: search.replace(whole, " ") };
}
