import type * as z from "zod";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { type InputProblem, readInput } from "../../../shared/contracts/read-input.ts";
import { type CallOutcome, requestKeyPattern } from "../../../shared/store/carry-out-once.ts";
import { refusalStatus } from "../../../shared/web/http/refusal-status.ts";
import type { FieldError } from "../../../shared/web/parts/fields.tsx";
import type { StaffCall } from "../../../workflows/run/commands/on-episode.ts";
import type { PageContext } from "../session/signed-in.tsx";
import { inWords } from "../ui/times.ts";
import { fieldId, type SentForm } from "./sent-form.ts";

/** A form that was not carried out, and with which status the page says so. */
export type RefusedForm = SentForm & { readonly status: 400 | 404 | 409 | 422 };

/** The field of a form that stands for a part of a command's body, by its path or the first part of it, and what it is called. */
export type FieldNames = Readonly<
  Record<string, { readonly field: string; readonly label: string }>
>;

/**
 * Carries out what a form of a page asks for, as the member of staff who is signed in.
 *
 * @param input.body - the command's body as the fields say it; checked here
 * @param input.names - the fields behind the body's parts, by their path or the first part of it
 * @returns the form with what is wrong with it, or `undefined` when it is done
 */
export async function sendForm<Body>(
  context: PageContext,
  input: {
    readonly schema: z.ZodType<Body>;
    readonly body: unknown;
    readonly names: FieldNames;
    readonly zone: string;
    readonly carryOut: (call: StaffCall, body: Body) => Promise<CallOutcome>;
  },
): Promise<RefusedForm | undefined> {
  const fields = context.get("form");
  const name = fields.get("form") ?? "";
  const refused = (status: RefusedForm["status"], errors: readonly FieldError[]): RefusedForm => ({
    name,
    fields,
    errors,
    status,
    isKept: false,
  });
  const key = fields.get("key") ?? "";
  if (!requestKeyPattern.test(key))
    return refused(400, [
      {
        field: "main",
        text: "Nothing was saved: this form did not come from this page. Send it again.",
      },
    ]);
  const read = readInput(input.schema, input.body);
  if (read.problems !== undefined) return refused(400, errorsOf(read.problems, name, input.names));
  const outcome = await input.carryOut(
    {
      staff: context.get("staff"),
      actor: context.get("actor"),
      request: {
        scope: context.get("staff").staffId,
        key,
        method: "POST",
        path: context.req.path,
        body: JSON.stringify(input.body),
      },
    },
    read.value,
  );
  switch (outcome.outcome) {
    case "done":
      return undefined;
    case "refused": {
      const { refused: code, sentence } = outcome.refusal;
      return refused(refusalStatus[code], [{ field: "main", text: inWords(sentence, input.zone) }]);
    }
    case "other-call":
      return refused(422, [
        {
          field: "main",
          text: "This form was sent before with other words. Look at what is saved, then send it again.",
        },
      ]);
  }
}

/** What is wrong with a body, each at the field that stands for that part of it. */
export function errorsOf(
  problems: readonly InputProblem[],
  form: string,
  names: FieldNames,
): readonly FieldError[] {
  const found = new Map<string, FieldError>();
  for (const { path, problem } of problems) {
    const [part = ""] = path.split(".");
    const known = ownValue(names, path) ?? ownValue(names, part);
    const field = known === undefined ? "main" : fieldId(form, known.field);
    const text = `${known?.label ?? (path === "" ? "This form" : path)}: ${problem}`;
    if (!found.has(field)) found.set(field, { field, text });
  }
  return [...found.values()];
}
