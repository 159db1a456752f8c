import { ownValue } from "../care/text/own-value.ts";
import { nearestName } from "../messages/nearest-name.ts";
import {
  type CheckInput,
  type InstrumentFile,
  type Report,
  repeats,
  reporter,
} from "./check-input.ts";
import type { DocumentPath, Finding } from "./finding.ts";
import type { CheckedFile } from "./schema-findings.ts";

/** Licences under which items may be shipped and shown to anybody. */
const shippable: readonly InstrumentFile["licensingStatus"][] = ["public-domain", "attribution"];

/** Licences that whoever runs the product gets for themselves: with its reference the items may be shown. */
const obtainable: readonly InstrumentFile["licensingStatus"][] = [
  "registration",
  "license-required",
];

/** Where a program names an instrument. */
function uses(
  input: CheckInput,
): readonly { readonly path: DocumentPath; readonly instrumentId: string }[] {
  const { intake, screens, measures, suitability, safety, aftercare, staffInstruments, progress } =
    input.program.content;
  return [
    ...intake.instruments.map((instrumentId, index) => ({
      path: ["intake", "instruments", index],
      instrumentId,
    })),
    ...(screens ?? []).flatMap(({ questions }, index) =>
      questions.flatMap(({ instrumentId }, at) =>
        instrumentId === undefined
          ? []
          : [{ path: ["screens", index, "questions", at, "instrumentId"], instrumentId }],
      ),
    ),
    ...(staffInstruments ?? []).map((instrumentId, index) => ({
      path: ["staffInstruments", index],
      instrumentId,
    })),
    ...(progress === undefined
      ? []
      : [
          {
            path: ["progress", "clinicianReview", "instrumentId"],
            instrumentId: progress.clinicianReview.instrumentId,
          },
          ...(progress.otherReviews ?? []).map(({ instrumentId }, index) => ({
            path: ["progress", "otherReviews", index, "instrumentId"],
            instrumentId,
          })),
        ]),
    ...measures.map((one, index) => ({
      path: ["measures", index, "instrumentId"],
      instrumentId: one.instrumentId,
    })),
    ...suitability.flatMap(({ when }, index) =>
      when.instrumentId === undefined
        ? []
        : [
            {
              path: ["suitability", index, "when", "instrumentId"],
              instrumentId: when.instrumentId,
            },
          ],
    ),
    ...safety.itemRules.map((rule, index) => ({
      path: ["safety", "itemRules", index, "instrumentId"],
      instrumentId: rule.instrumentId,
    })),
    ...aftercare.questions.flatMap(({ answer }, index) =>
      answer.type === "instrument"
        ? [
            {
              path: ["aftercare", "questions", index, "answer", "instrumentId"],
              instrumentId: answer.instrumentId,
            },
          ]
        : [],
    ),
  ];
}

/** The instruments a program shows to participants or scores, each once. */
export function usedInstruments(input: CheckInput): readonly CheckedFile<InstrumentFile>[] {
  const ids = new Set(uses(input).map((use) => use.instrumentId));
  return [...ids].flatMap((instrumentId) => input.instruments.get(instrumentId) ?? []);
}

/** Instruments: do they exist, may they be shown, in which languages, and is each one sound in itself? */
export function checkInstruments(input: CheckInput): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reporter(input.program, findings);
  const known = [...input.instruments.keys()];
  const seen = new Set<string>();
  for (const { path, instrumentId } of uses(input)) {
    const file = input.instruments.get(instrumentId);
    if (file === undefined) {
      report(path, {
        found: `unknown instrument "${instrumentId}"`,
        allowed: known.join(", "),
        nearest: nearestName(instrumentId, known),
      });
      continue;
    }
    const { licensingStatus, licenceReference } = file.content;
    const isLicensed = licenceReference !== undefined && obtainable.includes(licensingStatus);
    if (!shippable.includes(licensingStatus) && !isLicensed)
      report(path, {
        found: `"${instrumentId}", whose licensingStatus is ${licensingStatus}`,
        allowed: obtainable.includes(licensingStatus)
          ? `an instrument that is ${shippable.join(" or ")}, or the reference of your own licence in its licenceReference: items of others are never shown without one`
          : `an instrument that is ${shippable.join(" or ")}: find out first who may show its items`,
      });
    if (!seen.has(instrumentId))
      checkLanguages(report, path, file.content, input.program.content.languages);
    seen.add(instrumentId);
  }
  checkStaffOnly(input, report);
  for (const file of input.instruments.values()) checkInstrument(reporter(file, findings), file);
  return findings;
}

/** A suicide screen is asked by a person in the room: nothing that participants are linked to may ask it. */
function checkStaffOnly({ program }: CheckInput, report: Report): void {
  const { screens, intake, measures, aftercare } = program.content;
  const isStaffOnly = new Set(
    (screens ?? []).flatMap(({ questions }) =>
      questions.flatMap(({ asks, instrumentId }) =>
        asks === "suicide" && instrumentId !== undefined ? [instrumentId] : [],
      ),
    ),
  );
  const linked: readonly (readonly [DocumentPath, string | undefined])[] = [
    ...intake.instruments.map((id, index) => [["intake", "instruments", index], id] as const),
    ...measures.map(
      ({ instrumentId }, index) => [["measures", index, "instrumentId"], instrumentId] as const,
    ),
    ...aftercare.questions.map(
      ({ answer }, index) =>
        [
          ["aftercare", "questions", index, "answer", "instrumentId"],
          answer.type === "instrument" ? answer.instrumentId : undefined,
        ] as const,
    ),
  ];
  for (const [path, instrumentId] of linked) {
    if (instrumentId === undefined || !isStaffOnly.has(instrumentId)) continue;
    report(path, {
      found: `"${instrumentId}", a suicide screen that staff ask, in a form that is sent by link`,
      allowed: "staff screens alone: a person asks it and stays with the answer",
    });
  }
}

function checkLanguages(
  report: Report,
  path: DocumentPath,
  instrument: InstrumentFile,
  languages: readonly string[],
): void {
  const missing = languages.filter((language) =>
    instrument.items.some((item) => ownValue(item.text, language) === undefined),
  );
  if (missing.length === 0) return;
  report(path, {
    severity: "warning",
    found: `"${instrument.instrumentId}" has no wording in ${missing.join(", ")}`,
    allowed: "published wording only; until then staff ask it with a qualified interpreter",
  });
}

function checkInstrument(report: Report, { parsed, content }: CheckedFile<InstrumentFile>): void {
  const fileName = parsed.file.split("/").at(-1) ?? parsed.file;
  if (fileName !== `${content.instrumentId}.yaml`) {
    report(["instrumentId"], {
      found: `"${content.instrumentId}" in the file ${fileName}`,
      allowed: `the file ${content.instrumentId}.yaml`,
    });
  }
  for (const { index, value } of repeats(content.items.map((item) => item.itemId))) {
    report(["items", index, "itemId"], {
      found: `the item "${value}" a second time`,
      allowed: "every item once",
    });
  }
  const optionLists: readonly [DocumentPath, InstrumentFile["options"]][] = [
    [["options"], content.options],
    ...content.items.flatMap((item, index): [DocumentPath, InstrumentFile["options"]][] =>
      item.options === undefined ? [] : [[["items", index, "options"], item.options]],
    ),
  ];
  for (const [path, options] of optionLists) {
    for (const { index, value } of repeats(options.map((option) => String(option.value)))) {
      report([...path, index, "value"], {
        found: `the value ${value} a second time`,
        allowed: "every value once",
      });
    }
    for (const { index, value } of repeats(options.map((option) => option.code))) {
      report([...path, index, "code"], {
        found: `the code ${value} a second time`,
        allowed: "every code once",
      });
    }
  }
  checkScoring(report, content);
}

function checkScoring(report: Report, { items, options, scoring }: InstrumentFile): void {
  const scored = items.filter((item) => item.scored);
  const sumOf = (pick: (...values: number[]) => number) =>
    scored.reduce(
      (sum, item) => sum + pick(...(item.options ?? options).map((option) => option.value)),
      0,
    );
  const [least, most] = [sumOf(Math.min), sumOf(Math.max)];
  if (scoring.minimum !== least) {
    report(["scoring", "minimum"], {
      found: `${scoring.minimum}`,
      allowed: `${least}, the least the items add up to`,
    });
  }
  if (scoring.maximum !== most) {
    report(["scoring", "maximum"], {
      found: `${scoring.maximum}`,
      allowed: `${most}, the most the items add up to`,
    });
  }
  if (scoring.positiveAtLeast <= least || scoring.positiveAtLeast > most) {
    report(["scoring", "positiveAtLeast"], {
      found: `${scoring.positiveAtLeast}`,
      allowed: `${least + 1} to ${most}`,
    });
  }
  let next = scoring.minimum;
  for (const [index, band] of scoring.bands.entries()) {
    if (band.from !== next || band.to < band.from) {
      report(["scoring", "bands", index], {
        found: `${band.from} to ${band.to}`,
        allowed: `a band from ${next} on`,
      });
    }
    next = band.to + 1;
  }
  if (next !== scoring.maximum + 1) {
    report(["scoring", "bands"], {
      found: `bands up to ${next - 1}`,
      allowed: `bands up to ${scoring.maximum}`,
    });
  }
}
