import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import type { CheckIn } from "../care/episode/check-in.ts";
import type { FormRequest } from "../care/episode/form-request.ts";
import { safetyTiers } from "../care/program/safety-tiers.ts";
import { raiseEscalation } from "../care/safety/raise-escalation.ts";
import { ownValue } from "../care/text/own-value.ts";
import { answersOn, numbersOf, questionsOf } from "./question.ts";

/** The program's safety rules that these answers reach, the most urgent first. */
export function reachedRules(
  ctx: Pick<DecisionContext, "program">,
  instrumentId: string,
  answers: Readonly<Record<string, number>>,
) {
  return ctx.program.safety.itemRules
    .filter((rule) => rule.instrumentId === instrumentId)
    .filter((rule) => (ownValue(answers, rule.itemId) ?? Number.NEGATIVE_INFINITY) >= rule.atLeast)
    .sort((left, right) => safetyTiers.indexOf(left.tier) - safetyTiers.indexOf(right.tier));
}

/** The same for every answer of an instrument, so that saving and sending raise one alert, not two. */
export function alertKey(item: FormRequest | CheckIn, instrumentId: string): string {
  return item.kind === "form" ? `${item.formId}-${instrumentId}` : item.checkInId;
}

/**
 * The most urgent rule that an answer reaches raises the alert; one alert per submission and rule. An
 * answer that joins a clinician's recent assessment is on file with its score and pages nobody again.
 */
export function raiseForAnswers(
  draft: Draft,
  ctx: DecisionContext,
  input: {
    readonly instrumentId: string;
    readonly answers: Readonly<Record<string, number>>;
    readonly occasion: string;
    readonly submissionKey: string;
  },
): void {
  const [rule] = reachedRules(ctx, input.instrumentId, input.answers);
  if (rule === undefined) return;
  raiseEscalation(draft, ctx, {
    occasion: `${input.occasion}-${input.submissionKey}`,
    rule: `${rule.instrumentId}.${rule.itemId}.${rule.tier}`,
    tier: rule.tier,
    source: "instrument",
    about: input.occasion,
    value: ownValue(input.answers, rule.itemId) ?? 0,
    reason: rule.reason,
  });
}

/** True when an answer that is on file asks for the crisis page. */
export function isSafetyPositive(
  ctx: Pick<DecisionContext, "program" | "instruments">,
  item: FormRequest | CheckIn,
): boolean {
  const numbers = numbersOf(answersOn(item));
  const asked = new Set(
    questionsOf(item, ctx).map((question) => question.instrument?.instrumentId),
  );
  return [...asked].some(
    (instrumentId) =>
      instrumentId !== undefined && reachedRules(ctx, instrumentId, numbers).length > 0,
  );
}
