import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import type { Episode } from "../care/episode/episode.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import type { FormRequest } from "../care/episode/form-request.ts";
import type { WorkflowRun } from "../care/episode/workflow-run.ts";
import type { Program } from "../care/program/program.ts";
import { itemKeys } from "../keys/keys.ts";

export const intakeFormSk = itemKeys.form("intake");

/** The intake's instruments that have no answers yet; under 18 staff ask everything, and nothing is sent. */
export function intakeFormsToAsk(
  episode: Pick<Episode, "facts">,
  ctx: Pick<DecisionContext, "program">,
): readonly string[] {
  return ctx.program.intake.instruments.filter(
    (instrumentId) => !episode.facts.answeredInstruments.includes(instrumentId),
  );
}

/** The intake's questions while they wait for answers; answered or ended ones are not open. */
export function openIntakeForm(state: OpenState): FormRequest | undefined {
  const item = state.items.get(intakeFormSk);
  return item?.kind === "form" && item.status === "asked" ? item : undefined;
}

/** Cancels what would still ask for forms: they came, or nobody waits for them any more. */
export function cancelFormsMessages(draft: Draft, program: Program, run: WorkflowRun): void {
  const steps = program.messages
    .filter((row) => row.anchor === "forms-asked")
    .map((row) => row.step);
  draft.cancelMessages(
    (message) => message.driverId === run.driverId && steps.includes(message.step),
    "forms-complete",
  );
}
