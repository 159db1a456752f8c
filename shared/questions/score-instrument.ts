import type { Instrument, InstrumentItem } from "../care/program/instrument.ts";
import { ownValue } from "../care/text/own-value.ts";

export type InstrumentScore =
  | {
      readonly complete: true;
      readonly total: number;
      /** The published words of the total's band; empty where the instrument has none for it. */
      readonly band: string;
      readonly positive: boolean;
    }
  | {
      readonly complete: false;
      /** Ids of the required items without an answer, in the order in which they are asked. */
      readonly missing: readonly string[];
    };

/**
 * Scores an instrument by its own rules: the sum of its scored items. There is no total before every
 * required item has an answer; nothing is estimated for a missing one.
 * @param answers - values by item id; others are left aside
 */
export function scoreInstrument(
  instrument: Pick<Instrument, "items" | "scoring">,
  answers: Readonly<Record<string, number>>,
): InstrumentScore {
  const { items, scoring } = instrument;
  const missing = items
    .filter((item) => isRequired(item, answers) && ownValue(answers, item.itemId) === undefined)
    .map((item) => item.itemId);
  if (missing.length > 0) return { complete: false, missing };
  const total = items
    .filter((item) => item.scored)
    .reduce((sum, item) => sum + (ownValue(answers, item.itemId) ?? 0), 0);
  const band = scoring.bands.find((one) => one.from <= total && total <= one.to);
  return {
    complete: true,
    total,
    band: band?.words ?? "",
    positive: total >= scoring.positiveAtLeast,
  };
}

/** A question that follows up on others must be answered only where one of them asks for it. */
function isRequired(
  { required, requiredIf }: InstrumentItem,
  answers: Readonly<Record<string, number>>,
): boolean {
  if (required || requiredIf === undefined) return required;
  return requiredIf.anyOf.some((itemId) => (ownValue(answers, itemId) ?? 0) >= requiredIf.atLeast);
}
