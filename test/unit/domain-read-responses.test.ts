import { describe, expect, it } from "vitest";
import {
  type QuestionnaireResponse,
  readResponses,
} from "../../shared/questions/read-responses.ts";
import { buildInstruments } from "../builders/instruments.ts";

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

/** A PHQ-9 as another system sends it: codes of LOINC, and a total of its own. */
function phq9(values: readonly number[], prefix = "/"): QuestionnaireResponse {
  return {
    item: [
      ...values.map((value, index) => ({
        linkId: `${prefix}${phq9Codes[index]}`,
        answer: [{ valueCoding: { code: answerCodes[value] } }],
      })),
      { linkId: "/44261-6", answer: [{ valueDecimal: 99 }] },
    ],
  };
}

const zeros = [0, 0, 0, 0, 0, 0, 0, 0, 0];
const read = (...responses: readonly QuestionnaireResponse[]) =>
  readResponses(buildInstruments(), responses);

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

  it("are refused with the place and the problem, and then none of them counts", () => {
    const missing = read(phq9([0, 0, 0, 0, 0]));
    expect(missing.answers).toEqual([]);
    expect(missing.problems).toHaveLength(4);
    expect(missing.problems[0]).toEqual({
      path: "responses.0.item",
      problem: "does not answer question phq9-6",
    });
    const twice = read(phq9(zeros), phq9(zeros));
    expect(twice.problems).toEqual([
      { path: "responses.1", problem: "answers PHQ-9 a second time" },
    ]);
    const none = read({ item: [{ linkId: "weight", answer: [{ valueInteger: 80 }] }] }, {});
    expect(none.problems.map((problem) => problem.path)).toEqual(["responses.0", "responses.1"]);
  });

  it("are refused where a question is answered twice or with none of its options", () => {
    const response = phq9(zeros);
    const repeated = {
      item: [
        ...(response.item ?? []),
        { linkId: "44250-9", answer: [{ valueCoding: { code: "LA6568-5" } }] },
      ],
    };
    expect(read(repeated).problems[0]?.problem).toBe("answers question phq9-1 more than once");
    const odd = {
      item: [
        { linkId: "gad2-1", answer: [{ valueInteger: 7 }] },
        { linkId: "gad2-2", answer: [{ valueCoding: { code: "LA0" } }] },
      ],
    };
    expect(read(odd).problems.map((problem) => problem.problem)).toEqual([
      "answers question gad2-1 with none of its options",
      "answers question gad2-2 with none of its options",
    ]);
  });
});
