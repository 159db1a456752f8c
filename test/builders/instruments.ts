import type { Instrument, InstrumentItem } from "../../shared/care/program/instrument.ts";

const options = [
  { value: 0, code: "LA6568-5", text: { en: "Not at all" } },
  { value: 1, code: "LA6569-3", text: { en: "Several days" } },
  { value: 2, code: "LA6570-1", text: { en: "More than half the days" } },
  { value: 3, code: "LA6571-9", text: { en: "Nearly every day" } },
];

/** LOINC codes of the PHQ-9's items, in order. */
const phq9Loinc = [
  "44250-9",
  "44255-8",
  "44259-0",
  "44254-1",
  "44251-7",
  "44258-2",
  "44252-5",
  "44253-3",
  "44260-8",
];

function items(prefix: string, count: number, safetyItem?: number): InstrumentItem[] {
  return Array.from({ length: count }, (_, index) => ({
    itemId: `${prefix}-${index + 1}`,
    text: { en: `Question ${index + 1}` },
    scored: true,
    required: true,
    safety: index + 1 === safetyItem,
    ...(prefix === "phq9" ? { loinc: phq9Loinc[index] ?? "" } : {}),
  }));
}

function instrument(
  instrumentId: string,
  questions: InstrumentItem[],
  scoring: Omit<Instrument["scoring"], "method">,
): Instrument {
  return {
    instrumentId,
    title: instrumentId.toUpperCase(),
    licensingStatus: "public-domain",
    source: "For tests",
    recall: { en: "the last 2 weeks" },
    stem: { en: "How often have you been bothered by any of these?" },
    options,
    items: questions,
    scoring: { method: "sum", ...scoring },
    ...(instrumentId === "phq-9" ? { panelLoinc: "44249-1", totalLoinc: "44261-6" } : {}),
  };
}

/** PHQ-9, GAD-7, PHQ-2 and GAD-2 with their scoring; wording shortened. */
export function buildInstruments(): Readonly<Record<string, Instrument>> {
  const phq9 = instrument("phq-9", items("phq9", 9, 9), {
    minimum: 0,
    maximum: 27,
    positiveAtLeast: 10,
    reliableChange: 6,
    bands: [
      { from: 0, to: 4, words: "minimal" },
      { from: 5, to: 9, words: "mild" },
      { from: 10, to: 14, words: "moderate" },
      { from: 15, to: 19, words: "moderately severe" },
      { from: 20, to: 27, words: "severe" },
    ],
  });
  const gad7 = instrument("gad-7", items("gad7", 7), {
    minimum: 0,
    maximum: 21,
    positiveAtLeast: 10,
    bands: [
      { from: 0, to: 4, words: "minimal" },
      { from: 5, to: 9, words: "mild" },
      { from: 10, to: 14, words: "moderate" },
      { from: 15, to: 21, words: "severe" },
    ],
  });
  const short = { minimum: 0, maximum: 6, positiveAtLeast: 3 };
  const bands = [
    { from: 0, to: 2, words: "negative" },
    { from: 3, to: 6, words: "positive" },
  ];
  return {
    "phq-9": phq9,
    "gad-7": gad7,
    "phq-2": instrument("phq-2", items("phq2", 2), { ...short, bands }),
    "gad-2": instrument("gad-2", items("gad2", 2), { ...short, bands }),
  };
}

/** Answers that give every item of an instrument the same value, the safety item apart. */
export function buildAnswers(
  instrumentId: string,
  value: number,
  safetyValue = 0,
): Readonly<Record<string, number>> {
  const found = buildInstruments()[instrumentId];
  return Object.fromEntries(
    (found?.items ?? []).map((item) => [item.itemId, item.safety ? safetyValue : value]),
  );
}
