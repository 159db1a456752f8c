import type { Child } from "hono/jsx";

export type SummaryRow = {
  readonly key: string;
  readonly value: Child;
  readonly changeHref?: string | undefined;
  readonly lang?: string | undefined;
};

/** What was answered so far, each row with a link that changes it. */
export function SummaryList({
  rows,
  changeWord,
}: {
  readonly rows: readonly SummaryRow[];
  readonly changeWord: string;
}) {
  return (
    <dl class="govuk-summary-list">
      {rows.map((row) => (
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key" lang={row.lang}>
            {row.key}
          </dt>
          <dd class="govuk-summary-list__value" lang={row.lang}>
            {row.value}
          </dd>
          <dd class="govuk-summary-list__actions">
            {row.changeHref === undefined ? null : (
              <a class="govuk-link" href={row.changeHref}>
                {changeWord}
                <span class="govuk-visually-hidden"> {row.key}</span>
              </a>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
