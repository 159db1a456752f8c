import { notMetEvidence } from "../approvals/approval-kinds.ts";
import { openApproval } from "../approvals/open-approval.ts";
import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { Episode } from "../episode/episode.ts";
import { type PlanKind, planKindRecords } from "../program/plan-kinds.ts";
import { ownValue } from "../text/own-value.ts";

/** What the program wants to be there before an admission, and is not. */
export type MissingForAdmission = {
  /** Ids of the staff screens that nobody has asked. */
  readonly screens: readonly string[];
  readonly instruments: readonly string[];
  readonly plans: readonly PlanKind[];
};

type Rules = Pick<DecisionContext, "program" | "instruments">;

/** What the program wants to be there before somebody is admitted, and is not yet. */
export function missingForAdmission(
  { screens, plans, facts }: Pick<Episode, "screens" | "plans" | "facts">,
  { program }: Rules,
): MissingForAdmission {
  const needs = program.intake.admission;
  return {
    screens: (needs?.screens ?? []).filter((id) => ownValue(screens ?? {}, id) === undefined),
    instruments:
      needs?.instruments === true
        ? program.intake.instruments.filter((id) => !facts.answeredInstruments.includes(id))
        : [],
    plans: (needs?.plans ?? []).filter((kind) => plans?.[kind] === undefined),
  };
}

/** The same in one sentence for each thing; nothing where all is there. */
export function missingInWords(
  missing: MissingForAdmission,
  { program, instruments }: Rules,
): string | undefined {
  const screenTitle = (id: string) =>
    (program.screens ?? []).find(({ screenId }) => screenId === id)?.title ?? id;
  const sentences = [
    ...missing.screens.map((id) => `${screenTitle(id)}: not asked yet.`),
    ...missing.instruments.map(
      (id) => `${ownValue(instruments, id)?.title ?? id}: not answered yet.`,
    ),
    ...missing.plans.map((kind) => `${planKindRecords[kind].label.en}: not written yet.`),
  ];
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

/** The evidence of an admission, with what is missing by now. */
export function withMissing(
  evidence: CareTask["evidence"],
  episode: Episode,
  ctx: Rules,
): CareTask["evidence"] {
  const { [notMetEvidence]: _before, ...others } = evidence;
  const words = missingInWords(missingForAdmission(episode, ctx), ctx);
  return words === undefined ? others : { ...others, [notMetEvidence]: words };
}

/** Something has come: an admission that waits for its decision says what is missing now. */
export function lookAtAdmissionAgain(draft: Draft, ctx: DecisionContext): void {
  const approval = openApproval(draft.state, "admission-approval");
  if (approval === undefined || approval.decision !== undefined) return;
  const evidence = withMissing(approval.evidence, draft.episode, ctx);
  if (evidence[notMetEvidence] !== approval.evidence[notMetEvidence])
    draft.replace(approval, { evidence });
}
