import { describe, expect, it } from "vitest";
import { unpublishedIn } from "../../../shared/messages/template.ts";
import { instrumentQuestions, questionsIn } from "../../../shared/questions/question.ts";
import { shippedProgram } from "../../builders/program-files.ts";

const { instruments } = shippedProgram();
const all = ["phq-9", "gad-7", "phq-2", "gad-2"];

describe("questions to a reader of another language", () => {
  it("are published in English and Spanish, whatever the region", () => {
    for (const language of ["en", "en-US", "es", "es-MX", "ES"])
      expect(unpublishedIn(language, all, instruments)).toEqual([]);
  });

  it("are asked by a person where nobody published them", () => {
    expect(unpublishedIn("vi", ["phq-9"], instruments)).toEqual(["PHQ-9"]);
    expect(questionsIn("vi", instrumentQuestions(["phq-9"], instruments))).toBeUndefined();
  });

  it("leave out the one that need not be answered and has no published answers", () => {
    const questions = instrumentQuestions(["phq-9"], instruments);
    expect(questionsIn("es", questions)?.map(({ id }) => id)).toEqual(
      questions.map(({ id }) => id).filter((id) => id !== "phq9-10"),
    );
    expect(questionsIn("en", questions)).toEqual(questions);
  });

  it.each(["text", "stem", "options"] as const)(
    "never show the suicide item in English where its %s is missing in their language",
    (part) => {
      const phq9 = instruments["phq-9"];
      if (phq9 === undefined) throw new Error("PHQ-9 is not shipped");
      const english = ({ es: _es, ...rest }: Readonly<Record<string, string>>) => rest;
      const changed = {
        ...phq9,
        ...(part === "stem" ? { stem: english(phq9.stem) } : {}),
        ...(part === "options"
          ? { options: phq9.options.map((one) => ({ ...one, text: english(one.text) })) }
          : {}),
        items: phq9.items.map((item) =>
          part === "text" && item.safety ? { ...item, text: english(item.text) } : item,
        ),
      };
      expect(unpublishedIn("es", ["phq-9"], { "phq-9": changed })).toEqual(["PHQ-9"]);
      expect(
        questionsIn("es", instrumentQuestions(["phq-9"], { "phq-9": changed })),
      ).toBeUndefined();
    },
  );
});
