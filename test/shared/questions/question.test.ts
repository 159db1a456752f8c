import { describe, expect, it } from "vitest";
import {
  firstOpenQuestion,
  instrumentQuestions,
  questionAfter,
} from "../../../shared/questions/question.ts";
import { shippedProgram } from "../../builders/program-files.ts";

const questions = instrumentQuestions(["bam-iop"], shippedProgram("sud-iop").instruments);
const at = (id: string) => questions.findIndex((question) => question.id === id);
const idAfter = (answers: Readonly<Record<string, number>>, id: string) =>
  questions[questionAfter(questions, answers, at(id) + 1)]?.id;
const allWell = Object.fromEntries(
  questions.filter(({ isRequired }) => isRequired).map(({ id }) => [id, 0]),
);

describe("a question that follows up on another", () => {
  it("is not asked where there is nothing to follow up", () => {
    expect(idAfter({ "bam-6": 0 }, "bam-6")).toBe("bam-8");
    expect(idAfter({ "bam-4": 0 }, "bam-4")).toBe("bam-6");
    expect(firstOpenQuestion(questions, allWell)).toBe(-1);
  });

  it("is asked, and must be answered, where there is", () => {
    expect(idAfter({ "bam-6": 2 }, "bam-6")).toBe("bam-7a");
    expect(firstOpenQuestion(questions, { ...allWell, "bam-6": 2 })).toBe(at("bam-7a"));
    expect(firstOpenQuestion(questions, { ...allWell, "bam-4": 1 })).toBe(at("bam-5"));
  });
});
