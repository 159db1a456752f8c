import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Program } from "../../../shared/care/program/program.ts";
import { payerOn } from "../../../shared/care/sessions/payer-days.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import { SelectField, TextField } from "../../../shared/web/parts/fields.tsx";
import { dateLabel } from "../ui/times.ts";
import type { FormState } from "./sent-form.ts";
import { FoldedForm } from "./staff-form.tsx";

/** The form's fields by the names of the command. */
export const payerFields = {
  payer: { field: "payer", label: "Payer" },
  from: { field: "payerFrom", label: "First day" },
  reason: { field: "payerWhy", label: "Why" },
};

/** The first choice: nobody of the list. */
const usual = "Somebody else: the program’s usual rule";

/** What the form says, as the command takes it. */
export function readPayerForm(form: Form): Readonly<Record<string, unknown>> {
  const payer = form.get("payer") ?? "";
  const from = form.get("payerFrom") ?? "";
  return {
    payer: payer === "" ? null : payer,
    ...(from === "" ? {} : { from }),
    reason: form.get("payerWhy") ?? "",
  };
}

/** Who pays for somebody on a local date, in words. */
export function payerLabel(
  hours: Program["weeklyHours"],
  episode: Pick<Episode, "payers">,
  on: string,
): string {
  const own = payerOn(hours, episode, on);
  if (own === undefined) return "no payer that the program lists, so its usual rule counts";
  return typeof own === "object"
    ? own.title
    : `“${own}”, whom this version of the program does not name, so its usual rule counts`;
}

/** Who pays for somebody, and from when on; nothing where the program names no payers. */
export function PayerForm({
  state,
  hours,
  episode,
  today,
}: {
  readonly state: FormState;
  readonly hours: Program["weeklyHours"];
  readonly episode: Pick<Episode, "payers">;
  /** Local date at the site. */
  readonly today: string;
}) {
  const { payers: known = [] } = hours;
  if (known.length === 0) return null;
  const later = (episode.payers ?? []).filter(({ from }) => from > today);
  return (
    <>
      <p>
        Paid for by: {payerLabel(hours, episode, today)}
        {later.map(
          ({ from }) => `; from ${dateLabel(from)} on: ${payerLabel(hours, episode, from)}`,
        )}
      </p>
      <FoldedForm state={state} title="Say who pays for the person" button="Save">
        <SelectField
          {...state.field("payer")}
          label="Payer"
          options={[
            { value: "", text: usual },
            ...known.map(({ payer, title }) => ({ value: payer, text: title })),
          ]}
        />
        <TextField
          {...state.field("payerFrom")}
          label="First day, if somebody else paid before"
          hint="Empty: from the beginning"
          type="date"
        />
        <TextField {...state.field("payerWhy")} label="Why, for staff" isWide={true} />
      </FoldedForm>
    </>
  );
}
