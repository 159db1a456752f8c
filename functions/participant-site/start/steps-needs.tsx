import { Radios } from "../../../shared/web/parts/choices.tsx";
import { TextArea, TextField } from "../../../shared/web/parts/fields.tsx";
import { commonTexts } from "../texts/common.ts";
import { formTexts, spokenLanguages } from "../texts/intake-form.ts";
import type { DraftField } from "./draft.ts";
import { lineOf, type Step, shown, wordsOf } from "./step.ts";

/** The tag of a language that is not in the list: which it is, is said in words. */
const anotherLanguage = "und";

const language: Step = {
  name: "language",
  fields: ["language"],
  inputs: ["language"],
  isAsked: () => true,
  read(form, ctx) {
    const tag = form.get("language");
    if (tag === anotherLanguage) return { values: { language: tag } };
    if (spokenLanguages.some((one) => one.tag === tag))
      return { values: { language: tag ?? "" }, forget: ["otherLanguage"] };
    return { errors: [{ field: "language", text: formTexts[ctx.language].language.missing }] };
  },
  title: (ctx) => formTexts[ctx.language].language.title,
  render: (view) => (
    <Radios
      language={view.language}
      name="language"
      label={formTexts[view.language].language.title}
      errors={view.errors}
      value={shown(view, "language")}
      options={[
        ...spokenLanguages.map(({ tag, name }) => ({ value: tag, text: name, lang: tag })),
        { value: anotherLanguage, text: formTexts[view.language].language.another },
      ]}
    />
  ),
  rows: (values, ctx) => [
    {
      key: formTexts[ctx.language].language.row,
      value:
        spokenLanguages.find((one) => one.tag === values.language)?.name ??
        formTexts[ctx.language].language.another,
    },
  ],
};

const longestLanguage = 60;

const otherLanguage: Step = {
  name: "other-language",
  fields: ["otherLanguage"],
  inputs: ["otherLanguage"],
  isAsked: (values) => values.language === anotherLanguage,
  read(form, ctx) {
    const text = lineOf(form, "otherLanguage", longestLanguage);
    if (text !== undefined && text !== "") return { values: { otherLanguage: text } };
    return {
      errors: [{ field: "otherLanguage", text: formTexts[ctx.language].otherLanguage.missing }],
    };
  },
  title: (ctx) => formTexts[ctx.language].otherLanguage.title,
  render: (view) => {
    const t = formTexts[view.language].otherLanguage;
    return (
      <TextField
        language={view.language}
        name="otherLanguage"
        label={t.title}
        hint={t.hint}
        isHeading
        errors={view.errors}
        value={shown(view, "otherLanguage")}
        maxlength={longestLanguage}
      />
    );
  },
  rows: (values, ctx) => [
    { key: formTexts[ctx.language].otherLanguage.row, value: values.otherLanguage ?? "" },
  ],
};

const interpreter: Step = {
  name: "interpreter",
  fields: ["interpreter"],
  inputs: ["interpreter"],
  isAsked: () => true,
  read(form, ctx) {
    const sent = form.get("interpreter");
    if (sent === "yes" || sent === "no") return { values: { interpreter: sent } };
    const text = formTexts[ctx.language].interpreter.missing;
    return { errors: [{ field: "interpreter", text }] };
  },
  title: (ctx) => formTexts[ctx.language].interpreter.title,
  render: (view) => {
    const t = formTexts[view.language].interpreter;
    const common = commonTexts[view.language];
    return (
      <Radios
        language={view.language}
        name="interpreter"
        label={t.title}
        hint={t.hint}
        errors={view.errors}
        value={shown(view, "interpreter")}
        options={[
          { value: "yes", text: common.yes },
          { value: "no", text: common.no },
        ]}
      />
    );
  },
  rows: (values, ctx) => [
    {
      key: formTexts[ctx.language].interpreter.row,
      value: commonTexts[ctx.language][values.interpreter === "yes" ? "yes" : "no"],
    },
  ],
};

/** Something that may be said in words, or left out. */
function wordsStep(input: {
  readonly name: string;
  readonly field: Extract<DraftField, "reason" | "availability">;
  readonly maximum: number;
}): Step {
  const { name, field, maximum } = input;
  return {
    name,
    fields: [field],
    inputs: [field],
    isAsked: () => true,
    read(form, ctx) {
      const text = wordsOf(form, field, maximum);
      if (text !== undefined) return { values: { [field]: text } };
      return { errors: [{ field, text: formTexts[ctx.language].tooLong(maximum) }] };
    },
    title: (ctx) => formTexts[ctx.language][field].title,
    render: (view) => {
      const t = formTexts[view.language][field];
      return (
        <TextArea
          language={view.language}
          name={field}
          label={t.title}
          hint={t.hint}
          errors={view.errors}
          value={shown(view, field)}
          maxlength={maximum}
        />
      );
    },
    rows: (values, ctx) => [
      { key: formTexts[ctx.language][field].row, value: values[field] ?? "" },
    ],
  };
}

/** What helps us to prepare. */
export const stepsNeeds: readonly Step[] = [
  language,
  otherLanguage,
  interpreter,
  wordsStep({ name: "reason", field: "reason", maximum: 600 }),
  wordsStep({ name: "days", field: "availability", maximum: 200 }),
];
