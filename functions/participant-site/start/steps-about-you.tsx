import { phoneLabel } from "../../../shared/care/contact-points/contact-point.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import type { ProgramChoice } from "../../../shared/store/program-choices.ts";
import { Radios } from "../../../shared/web/parts/choices.tsx";
import { DateFields } from "../../../shared/web/parts/date-fields.tsx";
import { TextField } from "../../../shared/web/parts/fields.tsx";
import { dateLabel } from "../../../shared/web/texts/dates.ts";
import type { Language } from "../../../shared/web/texts/language.ts";
import { formTexts } from "../texts/intake-form.ts";
import { readBirthDate } from "./read-values.ts";
import { lineOf, type Step, shown } from "./step.ts";

const longestName = 100;

const place: Step = {
  name: "place",
  fields: ["siteId"],
  inputs: ["siteId"],
  isAsked: (_values, { sites }) => sites.length > 1,
  read(form, { language, sites }, values) {
    const siteId = form.get("siteId");
    if (siteId !== undefined && sites.some((site) => site.siteId === siteId))
      // Another place may have other programs.
      return { values: { siteId }, forget: values.siteId === siteId ? [] : ["programId"] };
    return { errors: [{ field: "siteId", text: formTexts[language].place.missing }] };
  },
  title: ({ language }) => formTexts[language].place.title,
  render: (view) => (
    <Radios
      language={view.language}
      name="siteId"
      label={formTexts[view.language].place.title}
      errors={view.errors}
      value={shown(view, "siteId")}
      options={view.sites.map((site) => ({
        value: site.siteId,
        text: site.senderName,
        hint: phoneLabel(site.phone),
      }))}
    />
  ),
  rows: (values, { language, sites }) => {
    const site = sites.find((one) => one.siteId === values.siteId);
    return [{ key: formTexts[language].place.row, value: site?.senderName ?? "" }];
  },
};

/** Where a place has several programs: what somebody wants help with. */
const care: Step = {
  name: "care",
  fields: ["programId"],
  inputs: ["programId"],
  isAsked: (_values, { programs }) => programs.length > 1,
  read(form, { language, programs }) {
    const programId = form.get("programId");
    if (programId !== undefined && programs.some((one) => one.programId === programId))
      return { values: { programId } };
    return { errors: [{ field: "programId", text: formTexts[language].care.missing }] };
  },
  title: ({ language }) => formTexts[language].care.title,
  render: (view) => (
    <Radios
      language={view.language}
      name="programId"
      label={formTexts[view.language].care.title}
      hint={formTexts[view.language].care.hint}
      errors={view.errors}
      value={shown(view, "programId")}
      options={view.programs.map((program) => ({
        value: program.programId,
        text: choiceLabel(program, view.language),
      }))}
    />
  ),
  rows: (values, { language, programs }) => {
    const program = programs.find((one) => one.programId === values.programId);
    return [
      {
        key: formTexts[language].care.row,
        value: program === undefined ? "" : choiceLabel(program, language),
      },
    ];
  },
};

function choiceLabel({ name, chosenAs = {} }: ProgramChoice, language: Language): string {
  return ownValue(chosenAs, language) ?? name;
}

const name: Step = {
  name: "name",
  fields: ["given", "family"],
  inputs: ["given", "family"],
  isAsked: () => true,
  read(form, { language }) {
    const t = formTexts[language].name;
    const given = lineOf(form, "given", longestName);
    const family = lineOf(form, "family", longestName);
    if (given !== undefined && given !== "" && family !== undefined && family !== "")
      return { values: { given, family } };
    const errors = [
      ...(given === undefined || given === "" ? [{ field: "given", text: t.givenMissing }] : []),
      ...(family === undefined || family === ""
        ? [{ field: "family", text: t.familyMissing }]
        : []),
    ];
    return { errors };
  },
  title: ({ language }) => formTexts[language].name.title,
  render: (view) => {
    const t = formTexts[view.language].name;
    return (
      <>
        <h1 class="govuk-heading-l">{t.title}</h1>
        <TextField
          language={view.language}
          name="given"
          label={t.given}
          errors={view.errors}
          value={shown(view, "given")}
          autocomplete="given-name"
          maxlength={longestName}
        />
        <TextField
          language={view.language}
          name="family"
          label={t.family}
          errors={view.errors}
          value={shown(view, "family")}
          autocomplete="family-name"
          maxlength={longestName}
        />
      </>
    );
  },
  rows: (values, { language }) => [
    {
      key: formTexts[language].name.row,
      value: `${values.given ?? ""} ${values.family ?? ""}`,
    },
  ],
};

const usedName: Step = {
  name: "used-name",
  fields: ["usedName"],
  inputs: ["usedName"],
  isAsked: () => true,
  read(form, { language }) {
    const usedName = lineOf(form, "usedName", longestName);
    if (usedName !== undefined) return { values: { usedName } };
    return { errors: [{ field: "usedName", text: formTexts[language].tooLong(longestName) }] };
  },
  title: ({ language }) => formTexts[language].usedName.title,
  render: (view) => {
    const t = formTexts[view.language].usedName;
    return (
      <TextField
        language={view.language}
        name="usedName"
        label={t.title}
        hint={t.hint}
        isHeading
        errors={view.errors}
        value={shown(view, "usedName")}
        autocomplete="nickname"
        maxlength={longestName}
      />
    );
  },
  rows: (values, { language }) => [
    { key: formTexts[language].usedName.row, value: values.usedName ?? "" },
  ],
};

const birthDate: Step = {
  name: "birth-date",
  fields: ["birthDate"],
  inputs: ["birth-month", "birth-day", "birth-year"],
  isAsked: () => true,
  read: (form, { language, today }) => readBirthDate(form, formTexts[language].birthDate, today),
  title: ({ language }) => formTexts[language].birthDate.title,
  render: (view) => {
    const t = formTexts[view.language].birthDate;
    const [year, month, day] = (view.values.birthDate ?? "").split("-");
    const value = (field: string, kept: string | undefined) =>
      view.sent?.get(field) ?? (kept === "" ? undefined : kept);
    return (
      <DateFields
        language={view.language}
        name="birth-date"
        label={t.title}
        hint={t.hint}
        errors={view.errors}
        parts={[
          { name: "birth-month", label: t.month, value: value("birth-month", month) },
          { name: "birth-day", label: t.day, value: value("birth-day", day) },
          { name: "birth-year", label: t.year, value: value("birth-year", year), isYear: true },
        ]}
      />
    );
  },
  rows: (values, { language }) => [
    {
      key: formTexts[language].birthDate.title,
      value:
        values.birthDate === undefined ? "" : dateLabel(values.birthDate, language, { year: true }),
    },
  ],
};

/** Who it is about. */
export const stepsAboutYou: readonly Step[] = [place, care, name, usedName, birthDate];
