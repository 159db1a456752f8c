import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { FormRequest } from "../../shared/care/episode/form-request.ts";
import { isTerminal } from "../../shared/care/episode/status.ts";
import type { ActStep, ReviewStep } from "../../shared/care/runs/step-result.ts";
import { hasDueMessage, nextSendAt } from "../../shared/care/runs/workflow-runs.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { addHours, earliest } from "../../shared/care/time/instants.ts";
import { localDate } from "../../shared/care/time/zoned-time.ts";
import { planInstants } from "../../shared/messages/plan-instants.ts";
import {
  contactOrCall,
  planMessages,
  usableChannels,
} from "../../shared/messages/plan-messages.ts";
import {
  intakeFormSk,
  intakeFormsToAsk,
  openIntakeForm,
} from "../../shared/questions/forms-request.ts";

/**
 * True where the only way to say it is a text, and the text that asks for the forms goes on the same day: a number
 * that nobody has answered from gets one text a day, and that one is of more use.
 */
function isSaidByTheForms({ episode }: OpenState, ctx: DecisionContext): boolean {
  if (intakeFormsToAsk(episode, ctx).length === 0) return false;
  const [said, asked] = (["intake-received", "forms-asked"] as const).map((anchor) => {
    const row = ctx.program.messages.find(
      (one) => one.anchor === anchor && one.onlyWhen === undefined,
    );
    const channels = row === undefined ? [] : usableChannels(episode, row);
    if (row === undefined || channels.some(({ channel }) => channel !== "sms")) return undefined;
    const { now } = ctx;
    const { timeZone, participantId } = episode;
    const { sendAt } = planInstants({ row, now, anchorAt: now, timeZone, participantId });
    return channels.length === 0 ? undefined : localDate(sendAt, timeZone);
  });
  return said !== undefined && said === asked;
}

/**
 * Says that the referral has arrived. Only a self-referral of an adult may be answered by message:
 * everybody else hears from a person first.
 */
export const acknowledge: ActStep = (state, run, ctx) => {
  const { episode } = state;
  if (isTerminal(episode.status)) return { outcome: "done" };
  const draft = new Draft(state, ctx);
  const isCall = episode.source !== "self" || episode.facts.under18;
  if (isCall) {
    openTask(draft, ctx, {
      taskKind: "first-contact-call",
      occurrence: "intake",
      words: wordsOfFirstCall(episode.facts),
      driverId: run.driverId,
      evidence: { source: episode.source, reachedAsAgreed: episode.reach.reachBy === true },
    });
  } else if (!isSaidByTheForms(state, ctx)) {
    contactOrCall(
      draft,
      ctx,
      {
        anchor: "intake-received",
        anchorAt: ctx.now,
        driverId: run.driverId,
        occurrence: "intake",
      },
      "Say that the request has arrived.",
    );
  }
  return { outcome: "done", change: draft.finish("intake-acknowledged", { byCall: isCall }) };
};

function wordsOfFirstCall({ under18, birthDateUnknown }: OpenState["episode"]["facts"]): string {
  if (under18)
    return "Under 18: intake is a call by staff, with the guardian where the law asks for it. Nothing is sent.";
  const ask = birthDateUnknown === true ? " The birth date is not known: ask it first." : "";
  return `Call the person who was referred.${ask} Ask what they agree to be sent; forms can be done on this call.`;
}

/**
 * Asks for the intake's instruments that have no answers yet, with the reminders that follow. What came
 * with the referral is not asked again; under 18 staff ask everything.
 */
export const askForForms: ActStep = (state, run, ctx) => {
  const { episode } = state;
  // The review that follows sees the end and stops.
  if (isTerminal(episode.status)) return { outcome: "asked" };
  const draft = new Draft(state, ctx);
  if (episode.status === "referred") draft.set({ status: "screening" });
  const instruments = intakeFormsToAsk(episode, ctx);
  if (episode.facts.under18 || instruments.length === 0) {
    return {
      outcome: "nothing-to-ask",
      change: draft.finish("forms-not-asked", { under18: episode.facts.under18 }),
    };
  }
  const endsAt = addHours(ctx.now, ctx.program.intake.formsWindowDays * 24);
  draft.add({
    kind: "form",
    sk: intakeFormSk,
    version: 1,
    formId: ctx.newId(),
    occasion: "intake",
    instruments,
    status: "asked",
    askedAt: ctx.now,
    endsAt,
    answers: {},
    submissions: [],
  });
  const request = {
    anchor: "forms-asked",
    anchorAt: ctx.now,
    driverId: run.driverId,
    occurrence: "intake",
    circumstances: ["reminder"],
    link: { itemSk: intakeFormSk, opensAt: ctx.now, endsAt },
  } as const;
  // A referral by others already has its first call, on which forms can be done.
  if (episode.source === "self") contactOrCall(draft, ctx, request, "Do the forms on this call.");
  else planMessages(draft, ctx, request);
  return {
    outcome: "asked",
    change: draft.finish("forms-asked", { instruments: instruments.join(" ") }),
  };
};

const weekHours = 7 * 24;

/**
 * What the forms need now. Complete means that nothing is asked any more: everything is answered, or a
 * person decided to go on without.
 */
export const reviewForms: ReviewStep = (state, run, ctx) => {
  const { status } = state.episode;
  if (status !== "referred" && status !== "screening") return { outcome: "stop" };
  const form = openIntakeForm(state);
  if (form === undefined || isAnswered(form, state.episode.facts.answeredInstruments)) {
    return { outcome: "complete" };
  }
  if (hasDueMessage(state, run, ctx.now)) return { outcome: "send" };
  const outreachAt = nextOutreachAt(form, ctx.program.intake.outreachAfterHours);
  if (outreachAt <= ctx.now) return { outcome: "unreached" };
  return {
    outcome: "wait",
    holdUntil: earliest([nextSendAt(state, run), outreachAt]) ?? outreachAt,
  };
};

function isAnswered(form: FormRequest, answered: readonly string[]): boolean {
  return form.instruments.every((instrumentId) => answered.includes(instrumentId));
}

/** First after the program's hours, then when the form's time is over, then every week until it is settled. */
export function nextOutreachAt(form: FormRequest, outreachAfterHours: number): string {
  const rounds = form.outreachRounds ?? 0;
  if (rounds === 0) return addHours(form.askedAt, outreachAfterHours);
  return addHours(form.endsAt, (rounds - 1) * weekHours);
}
