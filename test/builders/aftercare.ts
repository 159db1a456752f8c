import { isRefusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { CheckIn } from "../../shared/care/episode/check-in.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import type { EpisodeItem, OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { runSk } from "../../shared/care/runs/workflow-runs.ts";
import { checkInSk } from "../../shared/messages/plan-check-in.ts";
import { answerCheckIn, type CheckInToAnswer } from "../../shared/questions/answer-check-in.ts";
import { aftercareActs } from "../../workflows/aftercare/acts.ts";
import { aftercareReviews } from "../../workflows/aftercare/reviews.ts";
import { buildAnswers } from "./instruments.ts";
import {
  applyChange,
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  episodeId,
} from "./state.ts";

/** Discharged on a Tuesday; the check-in of day 7 opens on the Tuesday after, at 08:00 in New York. */
export const dischargedAt = "2027-01-12T20:00:00.000Z";
export const dayOne = "2027-01-13T13:00:00.000Z";
export const daySeven = "2027-01-19T13:00:00.000Z";

export const participant = { kind: "participant", participantId: "p" } as const;

export function buildCheckIn(overrides: Partial<CheckIn> = {}): CheckIn {
  const number = overrides.number ?? 2;
  return {
    kind: "check-in",
    sk: checkInSk(number),
    version: 1,
    checkInId: `check-in-${number}`,
    number,
    checkInKind: number === 1 ? "staff-call" : "check-in",
    status: "planned",
    dueAt: number === 1 ? dayOne : daySeven,
    answers: {},
    reasons: [],
    submissions: [],
    ...overrides,
  };
}

/** The closing's own run once it has been asked about, and the check-in's before. */
function runOf(state: OpenState, step: string, number: number): WorkflowRun {
  const subject = `${episodeId}-c${number}`;
  const closing = state.items.get(runSk("aftercare", `${subject}-closing`));
  const isClosing = /closing|finish/.test(step);
  if (isClosing && closing?.kind === "driver") return closing;
  return buildRun("aftercare", subject, { data: { number } });
}

export function inAftercare(
  items: readonly EpisodeItem[],
  episode: Partial<Episode> = {},
): OpenState {
  return buildState(
    buildEpisode({ status: "aftercare", dischargedAt, disposition: "completed", ...episode }),
    items,
  );
}

/** Runs one act or review of the workflow; acts are applied as the store would apply them. */
export function take(state: OpenState, step: string, number: number, ctx: DecisionContext) {
  const act = aftercareActs[step];
  const review = aftercareReviews[step];
  const run = runOf(state, step, number);
  const result = act?.(state, run, ctx) ?? review?.(state, run, ctx);
  if (result === undefined) throw new Error(`There is no step ${step}`);
  const change = "change" in result ? result.change : undefined;
  return {
    outcome: result.outcome,
    holdUntil: "holdUntil" in result ? result.holdUntil : undefined,
    change,
    state: change === undefined ? state : applyChange(state, change),
  };
}

/** A check-in that has been opened at 08:00 on its day, with its messages. */
export function opened(
  number = 2,
  episode: Partial<Episode> = {},
  more: readonly EpisodeItem[] = [],
) {
  const now = number === 1 ? dayOne : daySeven;
  const ctx = buildContext({ now });
  return take(
    inAftercare([buildCheckIn({ number }), ...more], episode),
    "open-check-in",
    number,
    ctx,
  ).state;
}

export const fine = { ...buildAnswers("phq-2", 0), "wants-call": false };

export function answer(
  state: OpenState,
  input: Partial<CheckInToAnswer> = {},
  ctx: Partial<DecisionContext> = {},
) {
  const context = buildContext({ now: "2027-01-19T16:00:00.000Z", actor: participant, ...ctx });
  const result = answerCheckIn(state, context, {
    checkInSk: checkInSk(2),
    answers: fine,
    submissionKey: "one",
    ...input,
  });
  if (isRefusal(result)) return { refusal: result, change: undefined, state };
  return { refusal: undefined, change: result, state: applyChange(state, result) };
}

export function find<Kind extends EpisodeItem["kind"]>(
  state: OpenState,
  kind: Kind,
  matches: (item: Extract<EpisodeItem, { kind: Kind }>) => boolean = () => true,
) {
  return [...state.items.values()].find(
    (item): item is Extract<EpisodeItem, { kind: Kind }> =>
      item.kind === kind && matches(item as Extract<EpisodeItem, { kind: Kind }>),
  );
}

export const task = (state: OpenState, taskKind: CareTask["taskKind"]) =>
  find(state, "task", (item) => item.taskKind === taskKind);
