import { itemKeys } from "../../keys/keys.ts";
import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { Escalation } from "../episode/escalation.ts";
import type { SafetyTier } from "../program/safety-tiers.ts";
import { addRun } from "../runs/workflow-runs.ts";
import { openTask } from "../tasks/open-task.ts";
import { asSentence } from "../text/as-sentence.ts";
import { addMinutes } from "../time/instants.ts";
import { isAboutItem9 } from "./assessed-item.ts";
import { speaksOfActUnderWay } from "./find-crisis-phrase.ts";
import { nextMorning, pagingOf, startReading } from "./reading.ts";

export type SafetyConcern = {
  readonly tier: SafetyTier;
  readonly source: Escalation["trigger"]["source"];
  /** Code of the rule, such as `phq-9/phq9-9`. */
  readonly rule: string;
  /** What it was about: an item's key or a note's id. */
  readonly about?: string;
  readonly value?: number;
  /** In words for staff; no names, no quotes. */
  readonly reason: string;
  /** With the rule, the business key: the same answer raises one alert. */
  readonly occasion: string;
  /** False for a word match, which locks nothing until a clinician confirms it; true where left out. */
  readonly confirmed?: boolean;
};

export type Raised =
  | { readonly outcome: "raised" | "known"; readonly escalationId: string }
  | { readonly outcome: "joined" };

const assessedWithinDays = 7;

/** The sort key of the one alert that a rule raises on one occasion: the same words raise it once. */
export function escalationSk(occasion: string, rule: string): string {
  return itemKeys.escalation(occasion, rule);
}

/**
 * Raises a safety alert in the change that holds its cause: the alert, its task, the run that pages
 * and the first page as an outbox entry, as its tier pages. Clocks run in real minutes, weekends and
 * holidays included.
 *
 * An answer to the PHQ-9's ninth question no higher than one a clinician assessed in the last 7 days joins that
 * assessment and pages nobody (a default that a clinician signs off).
 */
export function raiseEscalation(
  draft: Draft,
  ctx: DecisionContext,
  concern: SafetyConcern,
): Raised {
  const assessed = draft.episode.lastClinicianAssessedItem9;
  const isItem9 = concern.source === "instrument" && isAboutItem9(concern.rule);
  if (isItem9 && concern.value !== undefined && assessed !== undefined) {
    const isRecent = assessed.at >= addMinutes(ctx.now, -assessedWithinDays * 24 * 60);
    if (isRecent && concern.value <= assessed.value) return { outcome: "joined" };
  }
  const sk = escalationSk(concern.occasion, concern.rule);
  const known = draft.item(sk);
  if (known?.kind === "escalation") return { outcome: "known", escalationId: known.escalationId };
  const escalationId = ctx.newId();
  const contactDueAt = addMinutes(ctx.now, ctx.program.safety.contactWithinMinutes[concern.tier]);
  const firstTier = ctx.program.safety.pageTiers[0];
  const paging = pagingOf(ctx.program, concern.tier);
  const isLateAlready = concern.source === "overdue-work";
  const reading = paging === "until-read" ? startReading(ctx, { isLateAlready }) : undefined;
  draft.add({
    kind: "escalation",
    sk,
    version: 1,
    escalationId,
    tier: concern.tier,
    status: "open",
    raisedAt: ctx.now,
    contactDueAt,
    trigger: {
      source: concern.source,
      rule: concern.rule,
      ...(concern.about === undefined ? {} : { about: concern.about }),
      ...(concern.value === undefined ? {} : { value: concern.value }),
    },
    reason: concern.reason,
    pageTier: 0,
    ...(firstTier === undefined ? {} : { pageTo: firstTier.rota }),
    pageAttempt: 0,
    tierEndsAt: reading?.readBy ?? addMinutes(ctx.now, firstTier?.acknowledgeWithinMinutes ?? 15),
    ...reading,
    acknowledgements: [],
    contacts: [],
    confirmed: concern.confirmed ?? true,
    ...(speaksOfActUnderWay(ctx.policy, concern.rule) ? { isActUnderWay: true } : {}),
  });
  draft.set({
    openEscalations: [...draft.episode.openEscalations, { escalationId, tier: concern.tier }],
  });
  openTask(draft, ctx, {
    taskKind: "safety-follow-up",
    occurrence: escalationId,
    words:
      reading === undefined
        ? `${asSentence(concern.reason)} Speak with the participant, then record the contact.`
        : `${asSentence(concern.reason)} Read it, then speak with the participant and record the contact.`,
    assignedFunction: "clinician",
    dueAt: reading?.readBy ?? contactDueAt,
    priority: "safety",
    about: { type: "escalation", id: escalationId },
    evidence: {
      tier: concern.tier,
      ...(concern.value === undefined ? {} : { answer: concern.value }),
    },
    // The alert does its own paging, where its tier pages: the work beside it only changes hands.
    owed: {
      tier: "ROUTINE",
      occurrence: escalationId,
      steps:
        reading === undefined
          ? [{ to: "clinical-lead", at: contactDueAt }]
          : [
              { to: "clinical-lead", at: reading.readBy },
              { to: "supervisor", at: nextMorning(ctx, reading.readBy) },
            ],
    },
  });
  if (paging === "nobody") return { outcome: "raised", escalationId };
  addRun(draft, { workflow: "escalation", subject: escalationId, data: { escalationSk: sk } });
  // What stands in the queue first is paged about by the workflow, where nobody has read it by then.
  if (reading !== undefined && reading.readLadder.from > ctx.now)
    return { outcome: "raised", escalationId };
  // The first page does not wait for a state machine.
  draft.owe({
    kind: "page",
    episodeId: draft.episode.episodeId,
    escalationSk: sk,
    tier: 0,
    attempt: 0,
  });
  return { outcome: "raised", escalationId };
}
