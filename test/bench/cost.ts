import { makeBill, totalOf } from "../../cli/cost/bill.ts";
import { keptDailyBackups } from "../../cli/cost/flat-part.ts";
import { readPriceFile } from "../../cli/cost/price-file.ts";
import { readTsx } from "../../local/simulation/read-tsx.ts";
import type { Figure } from "./measure.ts";

/** What one participant costs in AWS, counted over a group in virtual time. */
export async function costFigures(): Promise<readonly Figure[]> {
  readTsx();
  const { countReferencePathway } = await import("../../local/simulation/reference-pathway.ts");
  const usage = await countReferencePathway({ seed: 1, say: () => {} });
  const bill = makeBill(usage, readPriceFile(), keptDailyBackups);
  const messages = Object.values(usage.messages).reduce((sum, one) => sum + one, 0);
  const note = `${(messages / usage.participants).toFixed(0)} messages, group of ${usage.participants}`;
  return [
    {
      name: "paid transitions",
      value: usage.transitions.total / usage.participants,
      unit: "per participant",
      target: 300,
      better: "less",
      note,
    },
    {
      name: "AWS charges without texts",
      value: totalOf(bill.perPathway) * 100,
      unit: "cent/participant",
      target: 2,
      better: "less",
      note,
    },
  ];
}
