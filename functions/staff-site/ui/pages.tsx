/** How many rows of a list stand on one page. */
export const rowsPerPage = 20;

/** The page of a list that is asked for, from 1: a number that is none, or past the end, is brought to one that is. */
export function pageAsked(asked: string | undefined, total: number): number {
  const last = Math.max(1, Math.ceil(total / rowsPerPage));
  const page = /^\d{1,6}$/.test(asked ?? "") ? Number(asked) : 1;
  return Math.min(Math.max(1, page), last);
}

/** Which rows are shown of how many, and the ways to those before and after; nothing where all are shown. */
export function Pages({
  path,
  asked,
  page,
  total,
  of,
  anchor,
}: {
  readonly path: string;
  /** What the list is of, in its address. */
  readonly asked: URLSearchParams;
  readonly page: number;
  readonly total: number;
  /** What is counted, such as `people`. */
  readonly of: string;
  /** Where on the page the list stands, where it is not the page. */
  readonly anchor?: string;
}) {
  const first = (page - 1) * rowsPerPage + 1;
  if (total <= rowsPerPage || first > total) return null;
  const last = Math.min(page * rowsPerPage, total);
  const to = (number: number) => {
    const query = new URLSearchParams(asked);
    query.set("page", String(number));
    return `${path}?${query}${anchor === undefined ? "" : `#${anchor}`}`;
  };
  return (
    <nav class="pages" aria-label="Pages">
      <span>
        {first} to {last} of {total} {of}
      </span>
      {page > 1 ? (
        <a href={to(page - 1)} rel="prev">
          Previous {rowsPerPage}
        </a>
      ) : null}
      {last < total ? (
        <a href={to(page + 1)} rel="next">
          Next {Math.min(rowsPerPage, total - last)}
        </a>
      ) : null}
    </nav>
  );
}
