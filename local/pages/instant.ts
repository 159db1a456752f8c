import { dateFormat } from "../../shared/care/time/date-format.ts";
import { type Html, html } from "./html.ts";

/** An instant in words of its zone, with the exact one for machines. `instant` is RFC 3339. */
export function instantIn(instant: string, timeZone: string): Html {
  return html`<time datetime="${instant}">${formatInstant(instant, timeZone)}</time>`;
}

/** For example "Tue, Nov 24, 2026, 9:40:05 AM EST"; what is no instant is shown as it is. */
export function formatInstant(instant: string, timeZone: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return dateFormat("en-US", {
    timeZone,
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(date);
}
