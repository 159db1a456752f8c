import { describe, expect, it } from "vitest";
import type { InstrumentItem } from "../../../shared/care/program/instrument.ts";
import { readResponses } from "../../../shared/questions/read-responses.ts";
import { buildInstruments } from "../../builders/instruments.ts";
import { fc } from "../../builders/properties.ts";

const instruments = buildInstruments();
const phq9 = instruments["phq-9"];
if (phq9 === undefined) throw new Error("There is no PHQ-9");
const labels = phq9.options.map(({ text }) => text.en ?? "");
const codes = phq9.options.map(({ code }) => code);
/** Nearly every day for the question about suicide, several days for all others. */
const values = [1, 1, 1, 1, 1, 1, 1, 1, 3];

type Item = Record<string, unknown>;
function form(
  itemOf: (question: InstrumentItem, value: number, place: number) => Item,
  more: Item = {},
): Item {
  const item = phq9?.items
    .slice(0, 9)
    .map((question, place) => itemOf(question, values[place] ?? 0, place));
  return { resourceType: "QuestionnaireResponse", status: "completed", item, ...more };
}
const plain = form(({ loinc }, value) => ({
  linkId: `/${loinc}`,
  answer: [{ valueCoding: { code: codes[value] } }],
}));
const read = (...responses: readonly unknown[]) =>
  readResponses(instruments, responses, "2027-01-12", ["phq-9", "gad-7"]);

describe("a PHQ-9 as others write it", () => {
  it.each<[string, unknown]>([
    [
      "one answer without its list",
      form(({ loinc }, value) => ({ linkId: `/${loinc}`, answer: { valueInteger: value } })),
    ],
    ["one group without its list", { item: { linkId: "g", item: plain.item } }],
    ["in quotes", JSON.stringify(plain)],
    [
      "an answer in a list of its own",
      form(({ loinc }, value) => ({
        linkId: `/${loinc}`,
        answer: [{ valueCoding: [{ code: codes[value] }] }],
      })),
    ],
    [
      "an answer that does not name its type",
      form(({ loinc }, value) => ({ linkId: `/${loinc}`, answer: [{ value }] })),
    ],
    ["its status in capitals", { ...plain, status: "Completed" }],
    [
      "a bundle in a bundle",
      {
        resourceType: "Bundle",
        entry: [{ resource: { resourceType: "Bundle", entry: [{ resource: plain }] } }],
      },
    ],
    [
      "parameters",
      { resourceType: "Parameters", parameter: [{ name: "response", resource: plain }] },
    ],
    [
      "nine observations",
      {
        resourceType: "Bundle",
        entry: phq9.items.slice(0, 9).map(({ loinc }, place) => ({
          resource: {
            resourceType: "Observation",
            status: "final",
            effectiveDateTime: "2027-01-12T09:00:00Z",
            code: { coding: [{ code: loinc }] },
            valueCodeableConcept: { coding: [{ code: codes[values[place] ?? 0] }] },
          },
        })),
      },
    ],
    [
      "numbers that begin with nought",
      form((_, value, place) => ({ linkId: `q${place}`, answer: [{ valueInteger: value }] }), {
        questionnaire: "https://example.org/Questionnaire/PHQ-9",
      }),
    ],
    [
      "numbers before the questions' words",
      form(({ text }, value, place) => ({
        linkId: `x${"abcdefghi"[place]}`,
        text: `${place + 1}. ${text.en}`,
        answer: [{ valueInteger: value }],
      })),
    ],
    [
      "questions with their stem",
      form(({ text }, value, place) => ({
        linkId: `x${"abcdefghi"[place]}`,
        text: `How often have you been bothered by ${text.en?.toLowerCase()}?`,
        answer: [{ valueInteger: value }],
      })),
    ],
    [
      "a number before the answer",
      form(({ loinc }, value) => ({
        linkId: `/${loinc}`,
        answer: [{ valueString: `${value} - ${labels[value]}` }],
      })),
    ],
    [
      "a number behind the answer",
      form(({ loinc }, value) => ({
        linkId: `/${loinc}`,
        answer: [{ valueString: `${labels[value]} (${value})` }],
      })),
    ],
    [
      "a number with a point",
      form(({ loinc }, value) => ({
        linkId: `/${loinc}`,
        answer: [{ valueDecimal: `${value}.0` }],
      })),
    ],
    [
      "codes that are words",
      form(({ loinc }, value) => ({
        linkId: `/${loinc}`,
        answer: [{ valueCoding: { code: labels[value]?.replaceAll(" ", "-") } }],
      })),
    ],
    [
      "a hyphen that does not break",
      form(({ loinc }, value) => ({
        linkId: `/${loinc?.replace("-", "\u2011")}`,
        answer: [{ valueInteger: value }],
      })),
    ],
  ])("is scored: %s", (_what, sent) => {
    const { answers, problems, words } = read(sent);
    expect(problems).toEqual([]);
    expect(answers).toMatchObject([
      { instrumentId: "phq-9", answers: { "phq9-1": 1, "phq9-9": 3 } },
    ]);
    expect(Object.values(answers[0]?.answers ?? {}).reduce((sum, value) => sum + value, 0)).toBe(
      11,
    );
    // What a form offers to choose is nobody's own words.
    expect(words).toEqual([]);
  });

  it("never stands with the lower number where a number and words contradict each other", () => {
    fc.assert(
      fc.property(fc.nat(3), fc.nat(3), (number, label) => {
        const sent = form(({ loinc }, value, place) => ({
          linkId: `/${loinc}`,
          answer: [{ valueString: place === 8 ? `${number} - ${labels[label]}` : String(value) }],
        }));
        const { answers, problems } = read(sent);
        expect(answers[0]?.answers["phq9-9"]).toBe(Math.max(number, label));
        expect(problems).toHaveLength(number === label ? 0 : 1);
      }),
    );
  });

  it("stands with the later of two days, and with the worse of one day; the other is kept", () => {
    const none = form(({ loinc }) => ({ linkId: `/${loinc}`, answer: [{ valueInteger: 0 }] }));
    const total = (...sent: Item[]) => {
      const { answers, unscored, problems } = read(...sent);
      expect(unscored).toHaveLength(1);
      expect(problems.map(({ problem }) => problem)).toContain("answers PHQ-9 a second time");
      return Object.values(answers[0]?.answers ?? {}).reduce((sum, value) => sum + value, 0);
    };
    for (const [first, second] of [
      [none, plain],
      [plain, none],
    ] as const)
      expect(total(first, second)).toBe(11);
    const on = (one: Item, authored: string) => ({ ...one, authored });
    expect(total(on(plain, "2027-01-08"), on(none, "2027-01-11"))).toBe(0);
    expect(total(on(none, "2027-01-11"), on(plain, "2027-01-08"))).toBe(0);
  });

  it.each<[string, Item]>([
    ["a period", { effectivePeriod: { start: "2019-02-01", end: "2019-02-03" } }],
    ["a period without an end", { effectivePeriod: { start: "2019-02-03" } }],
    ["an instant", { effectiveInstant: "2019-02-03T10:00:00Z" }],
  ])("of years ago stands with its own day, told as %s", (_, date) => {
    const { answers, problems, words } = read({
      resourceType: "Bundle",
      entry: phq9?.items.slice(0, 9).map(({ loinc }, place) => ({
        resource: {
          resourceType: "Observation",
          status: "final",
          code: { coding: [{ code: loinc }] },
          valueInteger: values[place],
          ...date,
        },
      })),
    });
    expect(answers).toMatchObject([{ answeredOn: "2019-02-03" }]);
    expect(problems[0]?.problem).toContain("was filled in on 2019-02-03");
    expect(words).toEqual([]);
  });

  it.each([
    { value: 1, comparator: ">=" },
    { value: 0, comparator: ">" },
  ])("takes a bound on the question about suicide as the highest, and says so: %j", (bound) => {
    const { answers, problems } = read(
      form(({ loinc }, value, place) => ({
        linkId: `/${loinc}`,
        answer: [place === 8 ? { valueQuantity: bound } : { valueInteger: value }],
      })),
    );
    expect(answers[0]?.answers["phq9-9"]).toBe(3);
    expect(problems[0]?.problem).toContain("question phq9-9");
  });

  it("is of no day that is still to come, nor of one before there was such a form", () => {
    expect(read({ ...plain, authored: "2027-01-13T01:00:00+14:00" }).answers).toMatchObject([
      { answeredOn: "2027-01-12" },
    ]);
    for (const authored of ["0001-01-01", "1900-01-01", "1970-01-01T00:00:00Z"]) {
      const { answers, unscored, problems } = read({ ...plain, authored });
      expect(answers).toEqual([]);
      expect(unscored).toHaveLength(1);
      expect(problems[0]?.problem).toContain("has a date that cannot be read");
    }
  });
});

describe("a question about suicide on another form", () => {
  const asked = "Have you actually had any thoughts of killing yourself?";
  const answered = (answer: Item) =>
    read({ item: [{ linkId: "1", text: asked, answer: [answer] }] });

  it.each([
    { valueCoding: { code: "LA32-8" } },
    { valueCoding: { code: "N" } },
    { valueCoding: { system: "http://snomed.info/sct", code: "373067005" } },
    { valueBoolean: false },
  ])("is no danger where the code of a no answers it: %j", (answer) => {
    expect(answered(answer).words).not.toContain(asked);
  });

  it.each([
    { valueCoding: { code: "LA33-6" } },
    { valueCoding: { code: "373066001" } },
    { valueCoding: { code: "LA32-8", display: "Yes" } },
  ])("is read as danger otherwise: %j", (answer) => {
    expect(answered(answer).words).toContain(asked);
  });

  it("is read with what stands above it, where it says nothing by itself", () => {
    const item = [{ linkId: "a", text: "In the past month?", answer: [{ valueBoolean: true }] }];
    expect(
      read({ item: [{ linkId: "g", text: "Thoughts of killing yourself", item }] }).words,
    ).toEqual(["Thoughts of killing yourself In the past month?"]);
  });
});
