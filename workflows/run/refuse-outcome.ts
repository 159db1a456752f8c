import type { Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { canMove } from "../../shared/care/episode/status.ts";
import { isToJoin } from "../../shared/care/sessions/group-waits.ts";
import { weekOf } from "../../shared/care/sessions/week-of.ts";
import type { Outcome, OutcomeCondition } from "../../shared/care/tasks/outcome.ts";
import { recordedBy, type TaskOutcome } from "../../shared/care/tasks/task-outcomes.ts";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { openIntakeForm } from "../../shared/questions/forms-request.ts";
import { isDecidedForGood, runningWeek } from "./propose-level.ts";

type Recording = {
  readonly state: OpenState;
  readonly task: CareTask;
  readonly outcome: Outcome;
  readonly command: TaskOutcome;
  readonly ctx: DecisionContext;
};

/** Why an outcome cannot be recorded yet, for everything that an outcome may ask for. */
const conditions: Readonly<Record<OutcomeCondition, (about: Recording) => Refusal | undefined>> = {
  "ticked-items": refuseTicks,
  note: ({ task, outcome, command }) =>
    (command.note ?? "").trim() === ""
      ? { refused: "invalid", sentence: askForNote(task, outcome) }
      : undefined,
  consents: ({ command }) =>
    command.consents === undefined
      ? {
          refused: "invalid",
          sentence:
            "Fill in what the person agrees to or takes back, or choose that nothing is taken over.",
        }
      : undefined,
  "attendance-marked": ({ state, task }) =>
    isMarked(state, task)
      ? undefined
      : {
          refused: "not-now",
          sentence:
            "Attendance is not marked yet. Mark it for the session; this task then closes itself.",
        },
  // Giving the place closes the task: while it is open, it is not given.
  "place-given": ({ state }) => ({
    refused: "not-now",
    sentence: isToJoin(state.episode)
      ? "The place is not given yet. Admit the person; this task then closes itself."
      : "The place is not given yet. Give it on the person's schedule; this task then closes itself.",
  }),
  "make-up-booked": ({ state, ctx }) =>
    hasMakeUp(state, ctx.now)
      ? undefined
      : {
          refused: "not-now",
          sentence:
            "No make-up place and no visit is booked yet. Book it on the person's schedule, so that they are expected and reminded; then record it here.",
        },
  "forms-answered": ({ state }) =>
    openIntakeForm(state) === undefined
      ? undefined
      : {
          refused: "not-now",
          sentence:
            "The forms still have open questions. Answer them with the person, or choose go-on-without.",
        },
  "visit-date": ({ command }) =>
    command.visitOn === undefined
      ? { refused: "invalid", sentence: "Say on which day the visit is now." }
      : undefined,
  "week-to-decide": ({ state }) => refuseLevel(state),
  "may-come-closer": ({ state, ctx }) =>
    state.episode.status === "aftercare" && ctx.program.aftercare.cadence !== undefined
      ? undefined
      : {
          refused: "not-now",
          sentence:
            "Contacts come closer together in the aftercare only, and where the program says how. Choose another outcome.",
        },
  "may-withdraw": ({ state }) =>
    canMove(state.episode.status, "withdrawn")
      ? undefined
      : {
          refused: "not-now",
          sentence: "There is nothing to withdraw from any more.",
          details: { status: state.episode.status },
        },
  "may-be-lost-contact": ({ state }) => refuseLostContact(state),
  "other-record": ({ state }) =>
    (state.episode.others ?? []).length > 0
      ? undefined
      : {
          refused: "not-now",
          sentence: "There is no other record of this person. Record the supply here.",
        },
  receiver: ({ state, command }) => refuseReceiver(state, command.receiverId),
  "is-receiver": ({ task, ctx }) =>
    ctx.actor.kind === "staff" && ctx.actor.staffId === task.evidence.receiverId
      ? undefined
      : {
          refused: "not-allowed",
          sentence:
            "Whoever goes on with the aftercare confirms it themselves. Where they cannot, record that: then somebody else is introduced or named.",
        },
};

function askForNote({ taskKind }: CareTask, { value }: Outcome): string {
  if (taskKind === "discharge-checklist") return "Write down why this item is not needed.";
  if (taskKind === "inbound-reply" && value === "passed-on")
    return "Write in the note to whom it was passed on.";
  return "Write in the note why, or what was agreed.";
}

/** What this outcome cannot be recorded for yet; undefined where all it asks for is there. */
export function refuseOutcome(
  state: OpenState,
  task: CareTask,
  input: { readonly outcome: Outcome; readonly command: TaskOutcome },
  ctx: DecisionContext,
): Refusal | undefined {
  for (const condition of input.outcome.asksFor ?? []) {
    const refusal = conditions[condition]({ state, task, ...input, ctx });
    if (refusal !== undefined) return refusal;
  }
  return input.outcome.value === "done"
    ? refuseUnwritten(state, [task, ...tickedWith(state.items.values(), task, input.command)])
    : undefined;
}

/** What is ticked as reviewed with the person and given to them has to be there. */
function refuseUnwritten(state: OpenState, ticked: readonly CareTask[]): Refusal | undefined {
  const isPlan = ticked.some(
    ({ taskKind, about }) => taskKind === "discharge-checklist" && about?.id === "crisis-plan",
  );
  return isPlan && state.episode.plans?.crisis === undefined
    ? {
        refused: "not-now",
        sentence:
          "There is no crisis plan yet. Write it with the person on their page, or say why it is not needed.",
      }
    : undefined;
}

/** Refuses whoever the record of the kind does not name: a clinician's judgement, a nurse's item. */
export function refuseFunction(task: CareTask, functions: readonly string[]): Refusal | undefined {
  const allowed = recordedBy(task);
  if (allowed === undefined || allowed.some((one) => functions.includes(one))) return undefined;
  return { refused: "not-allowed", sentence: `This is recorded by: ${allowed.join(", ")}.` };
}

function refuseTicks({ state, task, command, ctx }: Recording): Refusal | undefined {
  const items = ctx.program.discharge.checklist.map((entry) => entry.item);
  const unknown = Object.keys(command.answers ?? {}).find((item) => !items.includes(item));
  if (unknown !== undefined) {
    return {
      refused: "invalid",
      sentence: `${unknown} is not on the checklist. It holds: ${items.join(", ")}.`,
    };
  }
  if (ownValue(command.answers, task.about?.id ?? "") === false) {
    return {
      refused: "invalid",
      sentence: "This item is not ticked. Do it first, then record it.",
    };
  }
  const functions = ctx.actor.kind === "staff" ? ctx.actor.functions : [];
  for (const other of tickedWith(state.items.values(), task, command)) {
    const refusal = refuseFunction(other, functions);
    if (refusal !== undefined)
      return { ...refusal, sentence: `${other.words} ${refusal.sentence}` };
  }
  return undefined;
}

/** Open items of the same checklist that were ticked on the same page. */
export function tickedWith(
  items: Iterable<{ readonly kind: string }>,
  task: CareTask,
  command: TaskOutcome,
): readonly CareTask[] {
  const ticked = Object.entries(command.answers ?? {}).flatMap(([item, isTicked]) =>
    isTicked === true ? [item] : [],
  );
  return [...items].filter(
    (item): item is CareTask =>
      isTask(item) &&
      item.status === "open" &&
      item.sk !== task.sk &&
      item.taskKind === "discharge-checklist" &&
      item.driverId === task.driverId &&
      ticked.includes(item.about?.id ?? ""),
  );
}

function isTask(item: { readonly kind: string }): item is CareTask {
  return item.kind === "task";
}

function refuseReceiver(
  { episode }: OpenState,
  receiverId: string | undefined,
): Refusal | undefined {
  if (receiverId === undefined)
    return { refused: "invalid", sentence: "Say who goes on with the aftercare." };
  return episode.aftercare?.keptBy?.staffId === receiverId
    ? { refused: "invalid", sentence: "They have kept contact already. Choose somebody else." }
    : undefined;
}

/** Another level of care is decided with the week that runs. */
function refuseLevel({ items }: OpenState): Refusal | undefined {
  const run = runningWeek(items.values());
  if (run === undefined)
    return {
      refused: "not-now",
      sentence:
        "No week of the program runs now with which it could be decided. Begin the discharge on the person's page, under Discharge, instead.",
    };
  const { week } = weekOf(run);
  if (!isDecidedForGood((sk) => items.get(sk), week)) return undefined;
  return {
    refused: "not-now",
    sentence: `The team has decided about week ${week} twice. Propose it in the next week, or begin the discharge on the person's page, under Discharge.`,
  };
}

function refuseLostContact({ episode }: OpenState): Refusal | undefined {
  if (episode.reach.sms === undefined) {
    return {
      refused: "not-now",
      sentence:
        "This person has no phone and is reached as they said; that is not lost contact. Choose another outcome.",
    };
  }
  if (episode.status === "active" || episode.status === "onhold") return undefined;
  return {
    refused: "not-now",
    sentence: "A discharge is proposed from the program only. Choose another outcome.",
    details: { status: episode.status },
  };
}

/** True where a place in another group or a visit of their own is still to come. */
function hasMakeUp({ items }: OpenState, now: string): boolean {
  for (const item of items.values()) {
    if (item.kind !== "session" || item.status !== "planned" || item.scheduledStartAt <= now)
      continue;
    if (item.isMakeUp === true || item.visit !== undefined) return true;
  }
  return false;
}

function isMarked(state: OpenState, task: CareTask): boolean {
  // A session that is no longer among the open ones has its attendance.
  for (const item of state.items.values()) {
    if (item.kind === "session" && item.sessionId === task.about?.id)
      return item.attendance !== undefined;
  }
  return true;
}
