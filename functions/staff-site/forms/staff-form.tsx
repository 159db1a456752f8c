import type { Child } from "hono/jsx";
import { Form } from "../../../shared/web/parts/form.tsx";
import type { FormState } from "./sent-form.ts";

/** A form of a staff page: says which it is, whose it is, and counts once. */
export function StaffForm({
  state,
  version,
  isCard = true,
  takesFile = false,
  children,
}: {
  readonly state: FormState;
  /** The version of what it changes, where that has one. */
  readonly version?: number;
  readonly isCard?: boolean;
  readonly takesFile?: boolean;
  readonly children: Child;
}) {
  return (
    <div class={isCard ? "card" : undefined} id={state.name}>
      <Form
        submissionKey={state.key}
        takesFile={takesFile}
        hidden={{
          form: state.name,
          seal: state.seal,
          ...(version === undefined ? {} : { version: String(version) }),
        }}
      >
        {children}
      </Form>
    </div>
  );
}

/** A form that is folded away until it is needed, and open where it was just sent. */
export function FoldedForm({
  state,
  title,
  button,
  children,
}: {
  readonly state: FormState;
  readonly title: string;
  readonly button: string;
  readonly children: Child;
}) {
  return (
    <details open={state.isSent}>
      <summary>{title}</summary>
      <StaffForm state={state} isCard={false}>
        {children}
        <div class="buttons">
          <button type="submit">{button}</button>
        </div>
      </StaffForm>
    </details>
  );
}
