import type { Instrument } from "../../../shared/care/program/instrument.ts";
import type { ScreenQuestion, StaffScreen } from "../../../shared/care/program/staff-screen.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { primaryLanguage } from "../../../shared/messages/template.ts";
import { Checkbox, Radios } from "../../../shared/web/parts/choices.tsx";
import { TextArea } from "../../../shared/web/parts/fields.tsx";
import { ModeField } from "./mode-field.tsx";
import { SafetyQuestion } from "./safety-question.tsx";
import type { FormState } from "./sent-form.ts";
import { StaffForm } from "./staff-form.tsx";

export type AskedOf = {
  readonly screen: StaffScreen;
  readonly instruments: Readonly<Record<string, Instrument>>;
  /** The person's; what is there in it stands beside the English. */
  readonly language: string;
};

/** Stands for "would not answer" where a number stands for an answer. */
export const refusedAnswer = "refused";

/** The questions of one staff screen: nothing is chosen beforehand, and every one can be refused. */
export function ScreenForm({
  state,
  screen,
  instruments,
  language,
}: AskedOf & { readonly state: FormState }) {
  const theirs = (texts: Readonly<Record<string, string>>) => {
    const primary = primaryLanguage(language);
    return primary === "en" ? undefined : ownValue(texts, primary);
  };
  const both = (texts: Readonly<Record<string, string>>) =>
    [texts.en, theirs(texts)].filter((text) => text !== undefined).join(" · ");
  return (
    <StaffForm state={state}>
      <ModeField state={state} isInterpreted={false} standard="in-person" />
      {screen.questions.map((question) => {
        const instrument = ownValue(instruments, question.instrumentId ?? "");
        return instrument === undefined ? (
          <OwnQuestion state={state} question={question} both={both} theirs={theirs} />
        ) : (
          <InstrumentItems state={state} {...{ question, instrument, both, theirs }} />
        );
      })}
      <TextArea
        {...state.field("note")}
        label="What else was said"
        hint="Optional, in the person's words."
        maxlength={2000}
        isHeading={false}
      />
      <SafetyQuestion state={state} />
      <div class="buttons">
        <button type="submit">Save the answers</button>
      </div>
    </StaffForm>
  );
}

type Words = {
  readonly state: FormState;
  readonly question: ScreenQuestion;
  readonly both: (texts: Readonly<Record<string, string>>) => string;
  readonly theirs: (texts: Readonly<Record<string, string>>) => string | undefined;
};

function OwnQuestion({ state, question, both, theirs }: Words) {
  return (
    <Radios
      {...state.field(`answer.${question.id}`)}
      label={question.text.en ?? question.id}
      hint={theirs(question.text)}
      isHeading={false}
      options={[
        ...(question.options ?? []).map(({ value, text }) => ({
          value: String(value),
          text: both(text),
        })),
        { value: refusedAnswer, text: "Would not answer" },
      ]}
    />
  );
}

function InstrumentItems({
  state,
  question,
  instrument,
  both,
  theirs,
}: Words & { readonly instrument: Instrument }) {
  const refused = state.field(`refused.${question.id}`);
  return (
    <>
      <p>{both(question.text)}</p>
      {instrument.items.map((item) => (
        <Radios
          {...state.field(`answer.${item.itemId}`)}
          label={`${item.text.en ?? item.itemId}${item.requiredIf === undefined ? "" : " (ask it where any answer above is yes)"}`}
          hint={theirs(item.text)}
          isHeading={false}
          options={(item.options ?? instrument.options).map((option) => ({
            value: String(option.value),
            text: both(option.text),
          }))}
        />
      ))}
      <Checkbox
        name={refused.name}
        id={refused.id}
        value={refused.value}
        label="The person would not answer these questions, or not all of them"
      />
      <p class="quiet">{instrument.source}</p>
    </>
  );
}
