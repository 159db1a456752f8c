import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import { beforeFirstGroup, reviewBeforeFirstGroup } from "../care/pathway/before-first-group.ts";
import type { ScreenQuestion, ScreenWork, StaffScreen } from "../care/program/staff-screen.ts";
import { raiseEscalation } from "../care/safety/raise-escalation.ts";
import { isAbout, openInPlaceOf } from "../care/tasks/end-task.ts";
import { openTask } from "../care/tasks/open-task.ts";
import { asSentence } from "../care/text/as-sentence.ts";
import type { ReadScreen } from "./read-screen-answers.ts";

type Opens = Omit<ScreenQuestion["opens"][number], "atLeast">;
type Reached = { readonly question: ScreenQuestion; readonly opens: Opens };

type Screened = {
  readonly screen: StaffScreen;
  readonly read: ReadScreen;
  /** Part of every business key. */
  readonly occasion: string;
};

/**
 * Opens what the answers to a staff screen ask for, by the program's rules. A question that the person would not
 * answer counts as one that was answered with the highest: what nobody knows is looked into.
 *
 * @returns the questions that asked for something
 */
export function openScreenWork(
  draft: Draft,
  ctx: DecisionContext,
  screened: Screened,
): readonly string[] {
  const reached = reachedBy(screened);
  for (const one of reached) if (one.opens.work === "alert") raise(draft, ctx, screened, one);
  for (const work of ["review-before-first-group", "clinician-decides", "housing"] as const) {
    const reasons = reached.filter(({ opens }) => opens.work === work);
    if (reasons.length > 0)
      openWork(draft, ctx, work, screened.occasion, {
        reasons: reasons.map(({ opens }) => asSentence(opens.reason)).join(" "),
      });
  }
  return [...new Set(reached.map(({ question }) => question.id))];
}

function reachedBy({ screen, read }: Screened): readonly Reached[] {
  return screen.questions.flatMap((question): Reached[] => {
    if (read.unanswered.includes(question)) return refusedRules(screen, question);
    const value = read.values.get(question.id);
    if (value === undefined) return [];
    return question.opens
      .filter(({ atLeast }) => value >= atLeast)
      .map((opens) => ({ question, opens }));
  });
}

function refusedRules(screen: StaffScreen, question: ScreenQuestion): Reached[] {
  const { refusedTier } = question;
  const reason = `${screen.title}: the person would not answer about ${question.asks.replaceAll("-", " ")}`;
  if (refusedTier !== undefined)
    return [{ question, opens: { work: "alert", tier: refusedTier, reason } }];
  return question.opens.map((opens) => ({ question, opens: { ...opens, reason } }));
}

function raise(
  draft: Draft,
  ctx: DecisionContext,
  { screen, occasion }: Screened,
  { question, opens }: Reached,
): void {
  const tier = opens.tier ?? "ORANGE";
  raiseEscalation(draft, ctx, {
    occasion,
    rule: `${screen.screenId}.${question.id}.${tier}`,
    tier,
    source: question.asks === "opioid-medication" ? "medication" : "instrument",
    about: occasion,
    reason: opens.reason,
  });
}

/** Work that is open about the same already takes the new reasons up: one task per person and reason. */
function openWork(
  draft: Draft,
  ctx: DecisionContext,
  work: Exclude<ScreenWork, "alert">,
  occasion: string,
  { reasons }: { readonly reasons: string },
): void {
  switch (work) {
    case "review-before-first-group":
      openInPlaceOf(
        draft,
        ctx,
        {
          taskKind: "clinician-review",
          occurrence: `${beforeFirstGroup}-${occasion}`,
          words: `A nurse or prescriber reviews this before the first group. ${reasons}`,
          assignedFunction: "nurse",
          priority: "urgent",
        },
        isAbout("clinician-review", beforeFirstGroup),
      );
      if (draft.episode.status === "active") reviewBeforeFirstGroup(draft, ctx);
      return;
    case "clinician-decides":
      openTask(draft, ctx, {
        taskKind: "clinician-review",
        occurrence: `screen-${occasion}`,
        words: `A clinician decides what this means for the care. ${reasons}`,
        assignedFunction: "clinician",
        priority: "urgent",
      });
      return;
    case "housing":
      openInPlaceOf(
        draft,
        ctx,
        {
          taskKind: "housing",
          occurrence: occasion,
          words: `Look with the person for a safe place to live. ${reasons}`,
        },
        isAbout("housing", ""),
      );
  }
}
