import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import type { Program } from "../../shared/care/program/program.ts";
import { daysBetween, localDate } from "../../shared/care/time/zoned-time.ts";

type Rule = Program["suitability"][number];
type Proposal = Rule["proposes"];

export type Suitability = {
  readonly proposal: Proposal;
  /** The sentences of the rules that apply, the deciding ones first. */
  readonly words: readonly string[];
  /** Codes of the rules that apply. */
  readonly rules: readonly string[];
};

/** The first of these that any rule proposes is the proposal: the more careful one wins. */
const order: readonly Proposal[] = ["refer-up", "clinician-decides", "refer-down", "suitable"];

/** Days after higher care in which nobody is proposed for less care. */
const higherCareDays = 30;

/**
 * What the program's rules propose for an admission, and why, in words. It proposes only: a person
 * admits or refers on.
 */
export function proposeAdmission(episode: Episode, ctx: DecisionContext): Suitability {
  const isRecent = isAfterHigherCare(episode, ctx);
  const applying = ctx.program.suitability.filter((rule) => applies(rule, episode, isRecent));
  const missing = ctx.program.intake.instruments.filter(
    (instrumentId) => !episode.facts.answeredInstruments.includes(instrumentId),
  );
  const found = order.find((proposal) => applying.some((rule) => rule.proposes === proposal));
  const rules = [...applying].sort(
    (left, right) => order.indexOf(left.proposes) - order.indexOf(right.proposes),
  );
  const words = rules.map((rule) => rule.words);
  const codes = rules.map((rule) => rule.rule);
  if (found === "refer-down" && isRecent) {
    const reason = "Less care is not proposed within 30 days of higher care.";
    return { proposal: "clinician-decides", words: [reason, ...words], rules: codes };
  }
  if (missing.length > 0) {
    const reason = `Not answered yet: ${missing.join(", ")}.`;
    const proposal = found === "refer-up" ? found : "clinician-decides";
    return { proposal, words: [...words, reason], rules: codes };
  }
  if (found === undefined) {
    const reason = "No rule of the program speaks for or against it.";
    return { proposal: "clinician-decides", words: [reason], rules: [] };
  }
  return { proposal: found, words, rules: codes };
}

function applies(rule: Rule, episode: Episode, isRecent: boolean): boolean {
  const { when } = rule;
  if ("fact" in when) {
    switch (when.fact) {
      case "pregnant":
        return episode.facts.pregnant === true;
      case "injects":
        return episode.facts.injects === true;
      case "under-18":
        return episode.facts.under18;
      case "recent-higher-care":
        return isRecent;
    }
  }
  if ("screenPositive" in when) return isPositive(episode, when.screenPositive);
  const score = episode.scores.findLast((entry) => entry.instrumentId === when.instrumentId);
  if (score === undefined) return false;
  return "totalAtLeast" in when ? score.total >= when.totalAtLeast : score.total < when.totalBelow;
}

/** The question's last answer has somebody do something. */
function isPositive({ screens }: Episode, questionId: string): boolean {
  return Object.values(screens ?? {}).some(({ positive }) => positive.includes(questionId));
}

function isAfterHigherCare(episode: Episode, ctx: DecisionContext): boolean {
  const on = episode.facts.recentHigherCareOn;
  return (
    on !== undefined && daysBetween(on, localDate(ctx.now, ctx.site.timeZone)) <= higherCareDays
  );
}
