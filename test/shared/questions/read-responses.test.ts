// Long because the ways in which other systems write the same answers stand side by side.

import { describe, expect, it } from "vitest";
import { readResponses } from "../../../shared/questions/read-responses.ts";
import { buildInstruments } from "../../builders/instruments.ts";
import { fc } from "../../builders/properties.ts";

const phq9Codes = [
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
const answerCodes = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"];

/** A PHQ-9 as another system sends it: codes of LOINC, and its total. */
function phq9(values: readonly number[], prefix = "/", total = sum(values)) {
  return {
    item: [
      ...values.map((value, index) => ({
        linkId: `${prefix}${phq9Codes[index]}`,
        answer: [{ valueCoding: { code: answerCodes[value] } }],
      })),
      { linkId: "/44261-6", answer: [{ valueDecimal: total }] },
    ],
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const zeros = [0, 0, 0, 0, 0, 0, 0, 0, 0];
const read = (...responses: readonly unknown[]) => readResponses(buildInstruments(), responses);

/** A form that says when it was filled in, read on 12 January 2027. */
const onThe = (authored: unknown) =>
  readResponses(buildInstruments(), [{ authored, ...phq9(zeros) }], "2027-01-12");

describe("answers that another system sends", () => {
  it.each(["/", "", "phq-9/"])(
    "are read by the codes of their questions, written %s…",
    (prefix) => {
      const { answers, problems } = read(phq9([0, 1, 2, 3, 0, 1, 2, 3, 1], prefix));
      expect(problems).toEqual([]);
      expect(answers).toEqual([
        {
          instrumentId: "phq-9",
          answers: {
            "phq9-1": 0,
            "phq9-2": 1,
            "phq9-3": 2,
            "phq9-4": 3,
            "phq9-5": 0,
            "phq9-6": 1,
            "phq9-7": 2,
            "phq9-8": 3,
            "phq9-9": 1,
          },
        },
      ]);
    },
  );

  it("may be nested, and given as numbers", () => {
    const nested = {
      item: [
        {
          linkId: "group",
          item: [
            { linkId: "gad2-1", answer: [{ valueInteger: 2 }] },
            { linkId: "gad2-2", answer: [{ valueDecimal: 1 }] },
          ],
        },
      ],
    };
    expect(read(nested).answers).toEqual([
      { instrumentId: "gad-2", answers: { "gad2-1": 2, "gad2-2": 1 } },
    ]);
  });

  it("are taken for the instrument they answer most of", () => {
    expect(read(phq9(zeros)).answers[0]?.instrumentId).toBe("phq-9");
  });

  it("accept other codes of the same answer where the instrument names them", () => {
    const instruments = buildInstruments();
    const gad2 = instruments["gad-2"];
    if (gad2 === undefined) throw new Error("There is no GAD-2");
    const options = gad2.options.map((option) => ({
      ...option,
      acceptedCodes: [`x${option.value}`],
    }));
    const response = {
      item: ["gad2-1", "gad2-2"].map((linkId) => ({
        linkId,
        answer: [{ valueCoding: { code: "x3" } }],
      })),
    };
    expect(readResponses({ "gad-2": { ...gad2, options } }, [response]).answers).toEqual([
      { instrumentId: "gad-2", answers: { "gad2-1": 3, "gad2-2": 3 } },
    ]);
  });

  it("are kept for a person where they cannot be scored, with the place and the problem", () => {
    const missing = read(phq9([0, 0, 0, 0, 0]));
    expect(missing.answers).toEqual([]);
    expect(missing.problems[0]).toEqual({
      path: "responses.0",
      problem: "does not answer question phq9-6",
    });
    expect(missing.problems.at(-1)?.problem).toBe("cannot be scored as PHQ-9: it is asked again");
    const twice = read(phq9(zeros), phq9(zeros));
    expect(twice.answers).toHaveLength(1);
    expect(twice.problems).toEqual([
      { path: "responses.1", problem: "answers PHQ-9 a second time" },
    ]);
    const none = read({ item: [{ linkId: "weight", answer: [{ valueInteger: 80 }] }] }, {});
    expect(none.problems.map((problem) => problem.path)).toEqual(["responses.0", "responses.1"]);
    expect(none.kept).toContain("weight: 80");
  });

  it("count with the highest of several answers, and the contradiction is said", () => {
    const several = phq9(zeros);
    const both = several.item.map((item) =>
      item.linkId === "/44260-8"
        ? {
            ...item,
            answer: ["LA6568-5", "LA6571-9"].map((code) => ({ valueCoding: { code } })),
          }
        : item,
    );
    const { answers, problems } = read({ item: both });
    expect(answers[0]?.answers["phq9-9"]).toBe(3);
    expect(problems.map(({ problem }) => problem)).toEqual([
      "answers question phq9-9 in ways that contradict each other (0, 3): the highest counts",
      "came with a total of 0 for PHQ-9, and its answers make 3",
    ]);
  });

  it.each(["14", "14 points", "Total: 14 / 27", "PHQ-9: 14", "14.0"])(
    "say so of a total in words, too: %s",
    (said) => {
      const response = phq9([1, 1, 1, 0, 0, 0, 0, 0, 0]);
      const withTotal = (valueString: string) => ({
        item: response.item.map((item) =>
          item.linkId === "/44261-6" ? { ...item, answer: [{ valueString }] } : item,
        ),
      });
      const problemsOf = (text: string) =>
        read(withTotal(text)).problems.map(({ problem }) => problem);
      expect(problemsOf(said)).toEqual([
        "came with a total of 14 for PHQ-9, and its answers make 3",
      ]);
      expect(problemsOf(said.replace("14", "3"))).toEqual([]);
      expect(problemsOf("minimal")).toEqual([]);
    },
  );

  it.each([
    ["its ordinal value", { valueCoding: { code: "LA6568-5", extension: [ordinal(3)] } }],
    ["an ordinal value beside it", { extension: [ordinal(3)], valueCoding: { code: "LA6568-5" } }],
    ["its display", { valueCoding: { code: "LA6568-5", display: "Nearly every day" } }],
    ["a number beside it", { valueCoding: { code: "LA6568-5" }, valueInteger: 3 }],
  ])("are worth the highest where a code contradicts %s", (_what, answer) => {
    const items = phq9(zeros, "/", 3).item.map((item) =>
      item.linkId === "/44260-8" ? { ...item, answer: [answer] } : item,
    );
    const { answers, problems } = read({ item: items });
    expect(answers[0]?.answers["phq9-9"]).toBe(3);
    expect(problems[0]?.problem).toContain("contradict each other (0, 3)");
  });

  it.each([
    ["the words of an answer", { valueString: "Nearly every day" }, 3],
    ["a number in words", { valueString: "2" }, 2],
    ["a quantity", { valueQuantity: { value: 1 } }, 1],
    ["a yes, which may mean anything", { valueBoolean: true }, 3],
    ["a number that is no answer", { valueInteger: 7 }, 3],
    ["a code of somebody else", { valueCoding: { code: "often", display: "Often" } }, 3],
  ])("to the question about suicide are never lost: %s", (_what, answer, value) => {
    const { unscored, answers } = read({ item: [{ linkId: "44260-8", answer: [answer] }] });
    expect(answers).toEqual([]);
    expect(unscored).toEqual([{ instrumentId: "phq-9", answers: { "phq9-9": value } }]);
  });

  it("to the question about suicide that say no are no danger", () => {
    for (const answer of [{ valueBoolean: false }, { valueString: "Not at all" }]) {
      const { unscored } = read({ item: [{ linkId: "44260-8", answer: [answer] }] });
      expect(unscored[0]?.answers["phq9-9"] ?? 0).toBe(0);
    }
  });

  it.each<[string, (code: string, index: number) => Record<string, unknown>]>([
    [
      "code",
      (code, index) => ({ linkId: `q${index}-x`, code: [{ system: "http://loinc.org", code }] }),
    ],
    ["definition", (code) => ({ linkId: "a", definition: `http://loinc.org/rdf/${code}` })],
    ["definition of the form", (code) => ({ linkId: "a", definition: `Questionnaire/p#${code}` })],
    ["link id among others", (code) => ({ linkId: `44249-1/${code}/0` })],
    ["our own id, written otherwise", (_code, index) => ({ linkId: `PHQ9_Q${index + 1}` })],
    ["very words", (_code, index) => ({ linkId: `${index}`, text: `${questionWords(index)}?` })],
  ])("are known by their %s", (_what, question) => {
    const item = phq9Codes.map((code, index) => ({
      ...question(code, index),
      answer: [{ valueCoding: { code: answerCodes[index === 8 ? 3 : 0] } }],
    }));
    expect(read({ item }).answers).toMatchObject([
      { instrumentId: "phq-9", answers: { "phq9-1": 0, "phq9-9": 3 } },
    ]);
  });

  it("are known by their number where the form says which it is", () => {
    const item = phq9Codes.map((_code, index) => ({
      linkId: `${index + 1}`,
      answer: [{ valueInteger: index === 8 ? 2 : 0 }],
    }));
    const questionnaire = "https://example.org/Questionnaire/PHQ-9|2.0";
    expect(read({ questionnaire, item }).answers[0]?.answers["phq9-9"]).toBe(2);
    expect(read({ item }).answers).toEqual([]);
  });

  it("are found under groups, under answers and deep down", () => {
    const under = {
      item: [{ linkId: "panel", answer: [{ valueBoolean: true, item: phq9(zeros).item }] }],
    };
    expect(read(under).answers).toHaveLength(1);
    let deep: Record<string, unknown> = phq9([3, 3, 3, 3, 3, 3, 3, 3, 3]);
    for (let level = 0; level < 12; level += 1) deep = { item: [{ linkId: `g${level}`, ...deep }] };
    expect(read(deep).answers[0]?.answers["phq9-9"]).toBe(3);
  });

  it("to two questionnaires in one response are both read", () => {
    const gad2 = ["gad2-1", "gad2-2"].map((linkId) => ({ linkId, answer: [{ valueInteger: 2 }] }));
    const { answers, problems } = read({ item: [...phq9(zeros).item, ...gad2] });
    expect(answers.map((set) => set.instrumentId)).toEqual(["phq-9", "gad-2"]);
    expect(problems).toEqual([]);
  });

  it.each([
    ["today's", "2027-01-10T09:00:00Z", "2027-01-10"],
    ["of this month", "2027-01", undefined],
    ["without a date", undefined, undefined],
  ])("%s count, with their day", (_what, authored, answeredOn) => {
    const { answers, problems } = onThe(authored);
    expect(problems).toEqual([]);
    expect(answers).toHaveLength(1);
    expect(answers[0]?.answeredOn).toBe(answeredOn);
  });

  it.each(["2019-03-04", "2019-03-04T09:00:00-05:00"])(
    "of %s count with their day, and it is said that they are old",
    (authored) => {
      const { answers, problems } = onThe(authored);
      expect(answers).toMatchObject([{ instrumentId: "phq-9", answeredOn: "2019-03-04" }]);
      expect(problems.map(({ problem }) => problem)).toEqual([
        "was filled in on 2019-03-04: it tells how things were then",
      ]);
    },
  );

  it.each([
    ["2019", "was filled in on 2019"],
    ["2026-11", "was filled in on 2026-11"],
    ["2031-01-01", "in the future"],
    ["2031", "in the future"],
    ["last week", "has a date that cannot be read"],
    ["2026-02-30", "has a date that cannot be read"],
    ["2026-13-45", "has a date that cannot be read"],
    [20190304, "has a date that cannot be read"],
    ["03/04/2019", "has a date that cannot be read"],
  ])("of %s are kept and asked again, and never scored as today's", (authored, problem) => {
    const { answers, unscored, problems } = onThe(authored);
    expect(answers).toEqual([]);
    expect(unscored).toMatchObject([{ instrumentId: "phq-9", answers: { "phq9-9": 0 } }]);
    expect(problems[0]?.problem).toContain(problem);
    expect(problems[0]?.problem).toContain("it is asked again");
  });

  it("never make the reading fail, whatever was sent", () => {
    let deep: unknown = "I want to die";
    for (let level = 0; level < 3000; level += 1) deep = { item: [deep] };
    expect(read(deep).problems).toHaveLength(1);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(
          read(value, { item: value }, { item: [{ linkId: "44260-8", answer: value }] }),
        ).toBeDefined();
      }),
    );
  });
});

describe("words in what another system sends", () => {
  it.each([
    [
      "under any link id",
      { item: [{ linkId: "note", answer: [{ valueString: "I want to die" }] }] },
    ],
    [
      "in a choice",
      { item: [{ linkId: "x", answer: [{ valueCoding: { display: "I want to die" } }] }] },
    ],
    [
      "deep down",
      {
        item: [
          { linkId: "a", item: [{ linkId: "b", answer: [{ valueString: "I want to die" }] }] },
        ],
      },
    ],
    [
      "in an extension",
      { extension: [{ url: "https://example.org/n", valueString: "I want to die" }] },
    ],
    ["in a note", { resourceType: "Observation", note: [{ text: "I want to die" }] }],
    ["in the place of a form", "I want to die"],
  ])("are read %s", (_where, response) => {
    expect(read(response).words).toContain("I want to die");
  });

  it("that are a question's own are read where it was not answered with no", () => {
    const asked = (answer: unknown) =>
      read({ item: [{ linkId: "c-1", text: "Wished to be dead?", answer: [answer] }] }).words;
    expect(asked({ valueBoolean: true })).toContain("Wished to be dead?");
    expect(asked({ valueCoding: { display: "Yes" } })).toContain("Wished to be dead?");
    expect(asked({ valueBoolean: false })).not.toContain("Wished to be dead?");
    expect(asked({ valueString: "No" })).not.toContain("Wished to be dead?");
  });

  it("are none where a form is answered by its own choices", () => {
    const { words } = read({
      item: [
        {
          linkId: "44260-8",
          text: "Better off dead",
          answer: [{ valueCoding: { code: "LA6568-5" } }],
        },
      ],
    });
    expect(words).toEqual([]);
  });
});

function ordinal(valueDecimal: number) {
  return { url: "http://hl7.org/fhir/StructureDefinition/ordinalValue", valueDecimal };
}

function questionWords(index: number): string {
  return buildInstruments()["phq-9"]?.items[index]?.text.en ?? "";
}
