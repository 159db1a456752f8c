import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import type { CheckInQuestion } from "../../../shared/care/program/program.ts";
import { formQuestions } from "../../../shared/questions/form-questions.ts";
import { commonTexts } from "../texts/common.ts";
import type { AskedQuestion } from "../ui/question.tsx";

const yesNo = (["yes", "no"] as const).map((value) => ({
  value,
  text: { en: commonTexts.en[value], es: commonTexts.es[value] },
}));

/** More choices than these are typed. */
const mostChoices = 11;

/** Everything a check-in asks, one item after the other. */
export function checkInQuestions(ctx: DecisionContext): readonly AskedQuestion[] {
  return ctx.program.aftercare.questions.flatMap((question) => askedBy(ctx, question));
}

function askedBy(ctx: DecisionContext, question: CheckInQuestion): readonly AskedQuestion[] {
  const { id: name, text, answer } = question;
  switch (answer.type) {
    case "yes-no":
      return [{ name, text, options: yesNo, isRequired: true }];
    case "scale":
      return [numbered(name, text, answer.minimum, answer.maximum)];
    case "days":
      return [numbered(name, text, 0, answer.maximum)];
    case "instrument":
      return formQuestions({ instruments: [answer.instrumentId] }, ctx.instruments).map(
        ({ instrument, item, options }) => ({
          name: item.itemId,
          stem: instrument.stem,
          text: item.text,
          options: options.map((option) => ({ value: String(option.value), text: option.text })),
          isRequired: true,
        }),
      );
  }
}

function numbered(
  name: string,
  text: AskedQuestion["text"],
  minimum: number,
  maximum: number,
): AskedQuestion {
  const count = maximum - minimum + 1;
  if (count > mostChoices)
    return { name, text, options: [], range: { minimum, maximum }, isRequired: true };
  const options = Array.from({ length: count }, (_, index) => {
    const value = String(minimum + index);
    return { value, text: { en: value, es: value } };
  });
  return { name, text, options, isRequired: true };
}

/** Saved answers as the pages' forms send them. */
export function sentValues(answers: CheckIn["answers"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(answers).map(([id, value]) => [
      id,
      typeof value === "boolean" ? (value ? "yes" : "no") : String(value),
    ]),
  );
}

/** The answer that a sent value means. */
export function answerOf(value: string): number | boolean {
  return value === "yes" || value === "no" ? value === "yes" : Number(value);
}
