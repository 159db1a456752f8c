import type { CareTask } from "../episode/care-task.ts";
import type { Episode } from "../episode/episode.ts";
import type { TaskKind } from "../episode/task-kinds.ts";
import type { Approval, Disposition, Program } from "../program/program.ts";
import type { StaffFunction } from "../program/staff-functions.ts";

/** One way to decide an approval. */
export type ApprovalWay = {
  readonly decision: "approved" | "rejected";
  /** Among several ways to approve; a decision without it takes the first way, or what was proposed. */
  readonly choice?: string;
  /** What it does, as its button says it. */
  readonly label: string;
  /** The ending that it plans; without one the pathway goes on. */
  readonly plans?: Disposition;
  /** Whether it is open with what is on the table; without it, always. */
  readonly isOpen?: (evidence: CareTask["evidence"]) => boolean;
  /** Who may take it, where not everybody may who decides. */
  readonly by?: (program: Program) => readonly StaffFunction[];
  /** A decision that names no way takes this one where the plain way is not open: its reason says why. */
  readonly isTakenUnnamed?: true;
};

/** All there is to say about one kind of approval. */
export type ApprovalKind = {
  /** Who decides, by when, then whom: the program's own words. */
  readonly rules: (program: Program) => Approval;
  /** The ways to decide, in the order in which they are offered. */
  readonly ways: readonly ApprovalWay[];
  /** What the software may propose, as staff read it. */
  readonly proposalLabels: Readonly<Record<string, string>>;
  /** The ending that approving brings about at once, which an open alert may lock; none where nothing ends. */
  readonly endingOf: (
    episode: Episode,
    task: CareTask,
    choice: string | undefined,
  ) => string | undefined;
};

/** Who may decide an approval of a kind, by the program. */
export function decidersOf(kind: ApprovalKind, program: Program): readonly StaffFunction[] {
  const { decidedBy, escalateTo } = kind.rules(program);
  return [...new Set([...decidedBy, escalateTo])];
}

/** Admits somebody although something is missing that the program wants to be there. */
export const admitWithout = "admit-without";

/** Under this name the evidence of an admission or discharge says, in words, what the program asks for and is missing. */
export const notMetEvidence = "notMet";
const isMet = (evidence: CareTask["evidence"]) => evidence[notMetEvidence] === undefined;
const isNotMet = (evidence: CareTask["evidence"]) => !isMet(evidence);

const endsNothing: ApprovalKind["endingOf"] = () => undefined;
const anotherWeek = "Go on for another week";

/**
 * Every kind of approval. A new one is a row here, its task kind, and the workflow that asks for it; a
 * task kind whose name ends in `-approval` without a row does not compile.
 */
export const approvalKinds: Readonly<Record<ApprovalTaskKind, ApprovalKind>> = {
  "admission-approval": {
    rules: (program) => program.approvals.admission,
    ways: [
      {
        decision: "approved",
        choice: "admit",
        label: "Admit",
        isOpen: isMet,
      },
      {
        decision: "approved",
        choice: admitWithout,
        label: "Admit without what is missing, and say why",
        isOpen: isNotMet,
        by: ({ intake, approvals }) => intake.admission?.withoutBy ?? approvals.admission.decidedBy,
        isTakenUnnamed: true,
      },
      {
        decision: "approved",
        choice: "wait",
        label: "Put on the waiting list",
      },
      { decision: "rejected", label: "Refer on" },
    ],
    proposalLabels: {
      suitable: "Admit: the program suits.",
      "refer-up": "Refer on to more intensive care.",
      "refer-down": "Refer on to less intensive care.",
      "clinician-decides": "A clinician decides.",
      "admit-when-free": "Admit when a place is free.",
    },
    endingOf: endsNothing,
  },
  "week-review-approval": {
    rules: (program) => program.approvals.weekReview,
    ways: [
      {
        decision: "approved",
        choice: "discharge",
        label: "Plan the discharge",
        plans: "completed",
      },
      {
        decision: "approved",
        choice: "step-up",
        label: "Plan the step up to more care",
        plans: "transfer-up",
      },
      {
        decision: "approved",
        choice: "step-down",
        label: "Plan the step down to less care",
        plans: "transfer-down",
      },
      { decision: "approved", choice: "extend", label: anotherWeek },
      { decision: "approved", choice: "continue", label: anotherWeek },
      { decision: "rejected", label: anotherWeek },
    ],
    proposalLabels: {
      discharge: "Plan the discharge.",
      "step-up": "Plan the step up to more care.",
      "step-down": "Plan the step down to less care.",
    },
    endingOf: (_episode, task, choice) =>
      (choice ?? task.proposal) === "step-down" ? "transfer-down" : undefined,
  },
  "discharge-approval": {
    rules: (program) => program.approvals.discharge,
    ways: [
      { decision: "approved", label: "Discharge", isOpen: isMet },
      {
        decision: "approved",
        choice: "although-not-met",
        label: "Discharge although the program asks for more",
        isOpen: isNotMet,
      },
      { decision: "rejected", label: "Do not discharge" },
    ],
    proposalLabels: {},
    endingOf: (episode, task) =>
      String(task.evidence.disposition ?? episode.disposition ?? "completed"),
  },
  "closing-approval": {
    rules: (program) => program.approvals.closing,
    ways: [
      { decision: "approved", label: "Close" },
      { decision: "rejected", label: "Keep open" },
    ],
    proposalLabels: { close: "Close the pathway." },
    endingOf: endsNothing,
  },
};

/** The task kinds that are approvals. */
export type ApprovalTaskKind = Extract<TaskKind, `${string}-approval`>;

/** The kind of approval behind a task; `undefined` for a task that is none. */
export function approvalKind(taskKind: TaskKind): ApprovalKind | undefined {
  return Object.hasOwn(approvalKinds, taskKind)
    ? approvalKinds[taskKind as ApprovalTaskKind]
    : undefined;
}

/**
 * The ways to decide that a person is offered: one for each label, what was proposed first.
 * @returns nothing for a task that is no approval
 */
export function offeredWays(
  task: Pick<CareTask, "taskKind" | "proposal" | "evidence">,
): readonly ApprovalWay[] {
  const ways = (approvalKind(task.taskKind)?.ways ?? []).filter(
    ({ isOpen }) => isOpen?.(task.evidence) ?? true,
  );
  const proposed = ways.filter(({ choice }) => choice !== undefined && choice === task.proposal);
  const labels = new Set<string>();
  return [...proposed, ...ways].filter(({ label }) => {
    const isNew = !labels.has(label);
    labels.add(label);
    return isNew;
  });
}

/** What a decision was: the way that was taken. */
export function wayTaken(
  task: Pick<CareTask, "taskKind" | "proposal">,
  decision: Pick<NonNullable<CareTask["decision"]>, "decision" | "choice">,
): ApprovalWay | undefined {
  const ways = approvalKind(task.taskKind)?.ways ?? [];
  const same = ways.filter((way) => way.decision === decision.decision);
  const choice = decision.choice ?? task.proposal;
  return same.find((way) => way.choice === choice) ?? same[0];
}

/** What a decision was, in the words of its button. */
export function decisionLabel(
  task: Pick<CareTask, "taskKind" | "proposal">,
  decision: NonNullable<CareTask["decision"]>,
): string {
  return wayTaken(task, decision)?.label ?? decision.decision;
}
