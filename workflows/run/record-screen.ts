import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { isTerminal } from "../../shared/care/episode/status.ts";
import { endScreenDue } from "../../shared/care/pathway/ask-for-screens.ts";
import { tickSuicideScreen } from "../../shared/care/pathway/discharge-screen.ts";
import type { StaffScreen } from "../../shared/care/program/staff-screen.ts";
import { recordNote } from "../../shared/care/safety/record-note.ts";
import { actingStaff } from "../../shared/care/tasks/refuse.ts";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { keys } from "../../shared/keys/keys.ts";
import { raiseForAnswers, reachedRules } from "../../shared/questions/raise-for-answers.ts";
import {
  type ReadScreen,
  readScreenAnswers,
  type ScreenAnswers,
} from "../../shared/questions/read-screen-answers.ts";
import { recordAnswers } from "../../shared/questions/record-answers.ts";
import type { measureModes } from "../../shared/questions/record-measure.ts";
import { openScreenWork } from "../../shared/questions/screen-work.ts";
import { proposeAgain } from "../intake/propose-again.ts";

export type AskedScreen = ScreenAnswers & {
  readonly screenId: string;
  /** How it was asked. */
  readonly mode: (typeof measureModes)[number];
  /** What else was said, in the person's words. */
  readonly note?: string | undefined;
  /** Whether whoever asked is worried about the person's safety now. */
  readonly safetyConcern?: boolean | undefined;
};

/**
 * Records what a member of staff asked in the room: every question has an answer, or stands as one that the person
 * would not answer. Whatever an answer asks for is opened in this very change, and an admission that waits for its
 * decision is proposed anew.
 */
export function recordScreen(
  state: OpenState,
  input: AskedScreen,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  if (isTerminal(state.episode.status))
    return { refused: "not-now", sentence: "This episode has ended: nothing is asked in it." };
  const screen = ctx.program.screens?.find(({ screenId }) => screenId === input.screenId);
  if (screen === undefined)
    return { refused: "invalid", sentence: "The program has no such questions." };
  const read = readScreenAnswers(screen, input, ctx.instruments);
  if (isRefusal(read)) return read;
  const version = (ownValue(state.episode.screens ?? {}, screen.screenId)?.version ?? 0) + 1;
  const occasion = `${screen.screenId}-v${version}`;
  const draft = new Draft(state, ctx);
  const scored = scoreInstruments(draft, ctx, read, occasion);
  if (isRefusal(scored)) return scored;
  const worked = openScreenWork(draft, ctx, { screen, read, occasion });
  const positive = screen.questions
    .map(({ id }) => id)
    .filter((id) => scored.includes(id) || worked.includes(id));
  draft.identity({
    ...keys.screen(state.episode.episodeId, screen.screenId, version),
    attributes: {
      kind: "screen",
      screenId: screen.screenId,
      version,
      answers: input.answers,
      refused: input.refused,
      mode: input.mode,
      at: ctx.now,
      by: staff.staffId,
    },
  });
  draft.set({
    facts: { ...draft.episode.facts, ...factsOf(screen, read) },
    screens: {
      ...draft.episode.screens,
      [screen.screenId]: { version, askedAt: ctx.now, by: staff.staffId, positive },
    },
  });
  const { note, safetyConcern } = input;
  recordNote(draft, ctx, { note, safetyConcern }, occasion);
  endScreenDue(draft, screen.screenId);
  tickSuicideScreen(draft, screen, staff.staffId);
  proposeAgain(draft, ctx);
  return draft.finish("screen-recorded", {
    screenId: screen.screenId,
    screenVersion: version,
    mode: input.mode,
    positive: positive.join(" "),
  });
}

/** @returns the questions whose instrument's answers reach a safety rule, which has raised its alert */
function scoreInstruments(
  draft: Draft,
  ctx: DecisionContext,
  read: ReadScreen,
  occasion: string,
): readonly string[] | Refusal {
  const positive: string[] = [];
  for (const { questionId, instrumentId, answers, isPartial } of read.instruments) {
    // What was said before the person would not go on counts, too.
    if (isPartial) {
      raiseForAnswers(draft, ctx, { instrumentId, answers, occasion, submissionKey: "partial" });
      if (reachedRules(ctx, instrumentId, answers).length > 0) positive.push(questionId);
      continue;
    }
    const recorded = recordAnswers(draft, ctx, {
      instrumentId,
      answers,
      submissionKey: `screen-${occasion}`,
      occasion,
    });
    if (isRefusal(recorded)) return recorded;
    if (recorded.isSafetyPositive) positive.push(questionId);
  }
  return positive;
}

/** Facts of the episode that these answers say. */
function factsOf(
  { questions }: StaffScreen,
  { values }: ReadScreen,
): Readonly<Record<string, boolean>> {
  return Object.fromEntries(
    questions.flatMap(({ id, sets }) => {
      const value = values.get(id);
      return sets === undefined || value === undefined ? [] : [[sets.fact, value >= sets.atLeast]];
    }),
  );
}
