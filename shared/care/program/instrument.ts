import * as z from "zod";
import type { Stored } from "../stored/fields.ts";

const texts = z.record(z.string(), z.string());

const instrumentOption = z.object({
  value: z.number(),
  code: z.string(),
  /** Other answer codes accepted on import for the same value. */
  acceptedCodes: z.exactOptional(z.array(z.string())),
  text: texts,
});
export type InstrumentOption = Stored<typeof instrumentOption>;

const instrumentItem = z.object({
  itemId: z.string(),
  loinc: z.exactOptional(z.string()),
  text: texts,
  scored: z.boolean(),
  required: z.boolean(),
  /** It must be answered where one of these items was answered so high. */
  requiredIf: z.exactOptional(z.object({ anyOf: z.array(z.string()), atLeast: z.number() })),
  /** True for an item whose answer can raise a safety escalation. */
  safety: z.boolean(),
  /** Own options where they differ from the instrument's. */
  options: z.exactOptional(z.array(instrumentOption)),
});
export type InstrumentItem = Stored<typeof instrumentItem>;

/** An instrument as data: exact wording, codes and scoring, with its licence status. */
export const instrumentSchema = z.object({
  instrumentId: z.string(),
  title: z.string(),
  licensingStatus: z.enum([
    "public-domain",
    "attribution",
    "registration",
    "license-required",
    "unknown",
  ]),
  /** The licence of whoever runs the product, where its holder gives one. */
  licenceReference: z.exactOptional(z.string()),
  source: z.string(),
  panelLoinc: z.exactOptional(z.string()),
  totalLoinc: z.exactOptional(z.string()),
  recall: texts,
  stem: texts,
  options: z.array(instrumentOption),
  items: z.array(instrumentItem),
  scoring: z.object({
    method: z.literal("sum"),
    minimum: z.number(),
    maximum: z.number(),
    positiveAtLeast: z.number(),
    /** Points of change that count as reliable, where published. */
    reliableChange: z.exactOptional(z.number()),
    /** A total below this is remission, in somebody who was above the cut-off. */
    remissionBelow: z.exactOptional(z.number()),
    /** A fall by this share of the baseline is response. Percent. */
    responsePercent: z.exactOptional(z.number()),
    bands: z.array(z.object({ from: z.number(), to: z.number(), words: z.string() })),
  }),
});
export type Instrument = Stored<typeof instrumentSchema>;
