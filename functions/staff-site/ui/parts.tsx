import type { Child } from "hono/jsx";
import { phoneLabel } from "../../../shared/care/contact-points/contact-point.ts";

/** A wide table that scrolls by itself and can be reached by keyboard. */
export function Table({
  label,
  head,
  children,
}: {
  readonly label: string;
  readonly head: readonly string[];
  /** Its rows. */
  readonly children: Child;
}) {
  return (
    <section class="scroll" tabindex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

export type Fact = readonly [name: string, value: Child];

/** Pairs of name and value; those without a value are left out. */
export function Facts({ pairs }: { readonly pairs: readonly Fact[] }) {
  const known = pairs.filter(([, value]) => value !== undefined && value !== "");
  if (known.length === 0) return null;
  return (
    <dl>
      {known.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What somebody wrote, as they wrote it. */
export function Quote({ children }: { readonly children: string | undefined }) {
  return children === undefined ? null : <blockquote>{children}</blockquote>;
}

/** Something on a page's own ground. */
export function Card({
  tone = "",
  children,
}: {
  readonly tone?: string;
  readonly children: Child;
}) {
  return <div class={tone === "" ? "card" : `card ${tone}`}>{children}</div>;
}

/** A phone number that a phone dials when it is touched. `number` in E.164. */
export function Tel({ number }: { readonly number: string }) {
  return <a href={`tel:${number}`}>{phoneLabel(number)}</a>;
}

/** Where something was sent from: a phone number that can be dialled, or an email address. */
export function SentFrom({ from }: { readonly from: string }) {
  return from.includes("@") ? from : <Tel number={from} />;
}
