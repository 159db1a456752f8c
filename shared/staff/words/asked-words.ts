import type { Asked } from "../../questions/tablet-code.ts";
import { plain } from "./timeline-words.ts";

/** What a form or a check-in is called by staff. */
export function askedWords(item: Asked): string {
  if (item.kind === "check-in") return `Check-in ${item.number}`;
  const week = /^w(\d+)$/.exec(item.occasion)?.[1];
  if (week !== undefined) return `Measures of week ${week}`;
  return item.occasion === "intake" ? "Intake forms" : `Forms (${plain(item.occasion)})`;
}

/** How a code is read out and typed: in two groups of four. */
export function codeWords(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
