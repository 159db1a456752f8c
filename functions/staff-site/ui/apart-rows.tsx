import type { ApartRow } from "../../../shared/staff/sessions/apart.ts";

/** With whom a person is not to be in one group, on their own page; nothing where it was said of nobody. */
export function OwnApart({ rows }: { readonly rows: readonly ApartRow[] }) {
  return rows.map((one) => (
    <p>
      <strong>Not to be in one group with </strong>
      <ApartName row={one} />
      <strong>.</strong> {togetherWords(one)}
    </p>
  ));
}

/** Who it is, with the way to their page. */
export function ApartName({ row }: { readonly row: ApartRow }) {
  return row.isHere ? (
    <a href={`/staff/episodes/${row.otherEpisodeId}`}>{row.participant}</a>
  ) : (
    <span>{row.participant}</span>
  );
}

/** What both come to now, and what to do about it. */
export function togetherWords({ shared }: ApartRow): string {
  if (shared.length === 0) return "";
  return `Both come to ${shared.map((title) => `“${title}”`).join(", ")} now: move one of them to other groups.`;
}
