import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { Modality } from "../program/program.ts";
import type { DueService } from "../program/program-services.ts";
import { type ServiceKind, type ServiceState, serviceRecords } from "../program/service-kinds.ts";
import { endOfNextStaffedDay } from "../program/staffed-time.ts";
import { endTask } from "../tasks/end-task.ts";
import { openTask } from "../tasks/open-task.ts";
import { ownValue } from "../text/own-value.ts";
import { addDays, instantAt, localDate } from "../time/zoned-time.ts";

/** Something that was recorded about a service, as decisions look at it. */
export type ServiceFact = {
  readonly service: ServiceKind;
  readonly state: ServiceState;
  /** Local date at the site on which it took place, where it did. */
  readonly on?: string | undefined;
  /** False where it is not counted, as a family session without the participant. */
  readonly isCounted?: boolean;
};

/**
 * Puts on the list, when a program week opens, the services that are to be spoken of or held by a day of it, each shown
 * from its day on: whatever is recorded before takes it off, and nobody sees it.
 *
 * @param startsOn - the Monday of the week, a local date at the site
 */
export function askForServicesOfWeek(draft: Draft, ctx: DecisionContext, startsOn: string): void {
  const { services } = ctx.program;
  if (services === undefined) return;
  for (const rule of services.due) askForService(draft, ctx, rule, startsOn);
}

function askForService(
  draft: Draft,
  ctx: DecisionContext,
  rule: DueService,
  startsOn: string,
): void {
  const { admittedOn } = draft.episode;
  if (admittedOn === undefined) return;
  const known = ownValue(draft.episode.serviceStates ?? {}, rule.service);
  if (known !== undefined && isMetBy(rule, known.state) && rule.repeats !== true) return;
  const from = rule.repeats === true ? (known?.doneOn ?? admittedOn) : admittedOn;
  const due = addDays(from, rule.withinDays);
  if (due >= addDays(startsOn, 7)) return;
  // What came to be due in a week before was asked then; what is due again and again is asked again.
  if (due < startsOn && rule.repeats !== true) return;
  ask(draft, ctx, {
    rule,
    on: due < startsOn ? startsOn : due,
    words: wordsOf(rule, { due, doneOn: known?.doneOn, plannedOn: plannedFrom(draft, ctx, rule) }),
  });
}

/** The next visit that is planned and is that service; a local date at the site. */
function plannedFrom(draft: Draft, ctx: DecisionContext, rule: DueService): string | undefined {
  const planned = draft
    .items()
    .flatMap((item) =>
      item.kind === "session" &&
      item.status === "planned" &&
      item.scheduledStartAt > ctx.now &&
      servicesOfSessions[item.modality] === rule.service
        ? [item.scheduledStartAt]
        : [],
    )
    .sort()
    .at(0);
  return planned === undefined ? undefined : localDate(planned, ctx.site.timeZone);
}

function wordsOf(
  { service, state, repeats, withinDays }: DueService,
  dates: {
    readonly due: string;
    readonly doneOn?: string | undefined;
    readonly plannedOn?: string | undefined;
  },
): string {
  const { label } = serviceRecords[service];
  const { due, doneOn, plannedOn } = dates;
  const book =
    plannedOn === undefined
      ? "Book one"
      : `One is planned for ${plannedOn}: see that it is held, or book one before`;
  if (repeats === true)
    return `${label}: ${doneOn === undefined ? "none has taken place" : `the last one was on ${doneOn}`}, and there is to be one every ${withinDays} days at least. ${book}, and record it.`;
  return state === "done"
    ? `${label}: the first one was to be held by ${due}, and none is recorded. ${book}, or record that it was declined.`
    : `${label}: nobody has spoken of it by ${due}. Offer it, and record what the person says.`;
}

function ask(
  draft: Draft,
  ctx: DecisionContext,
  due: {
    readonly rule: Omit<DueService, "withinDays">;
    readonly on: string;
    readonly words: string;
  },
): void {
  const { rule, on, words } = due;
  // What is asked for already and not done stays as it was asked.
  const begins = `#${rule.service}-${rule.state}-`;
  for (const item of draft.items())
    if (item.kind === "task" && item.taskKind === "service-due" && item.status === "open")
      if (item.sk.includes(begins)) return;
  const shownFrom = instantAt(on, "00:00", ctx.site.timeZone);
  const isLater = shownFrom > ctx.now;
  openTask(draft, ctx, {
    taskKind: "service-due",
    occurrence: `${rule.service}-${rule.state}-${on}`,
    words,
    assignedFunction: rule.assignTo,
    about: { type: "service", id: rule.service },
    dueAt: endOfNextStaffedDay(ctx.site, isLater ? shownFrom : ctx.now),
    ...(isLater ? { snoozedUntil: shownFrom } : {}),
  });
}

/**
 * Notes how far somebody is with a service, and takes off the list what was asked for about it.
 * @param fact.on - a later day than today ends nothing that took place
 */
export function followService(draft: Draft, fact: ServiceFact): void {
  const { service, state, on } = fact;
  const states = draft.episode.serviceStates ?? {};
  const before = ownValue(states, service);
  const isDone = state === "done" && fact.isCounted !== false;
  const doneOn = isDone ? later(on, before?.doneOn) : before?.doneOn;
  draft.set({
    serviceStates: {
      ...states,
      [service]: {
        // An offer that is made again does not undo what took place.
        state: before?.state === "done" && state === "offered" ? "done" : state,
        ...(doneOn === undefined ? {} : { doneOn }),
      },
    },
  });
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.taskKind !== "service-due" || item.status !== "open") continue;
    if (item.about?.id !== service) continue;
    const isOffer = item.sk.includes(`#${service}-offered-`);
    if (isOffer || isEnding(state, fact.isCounted)) endTask(draft, item, "has-come");
  }
}

/** What was to be held is no longer due where it was held, or declined. */
function isEnding(state: ServiceState, isCounted: boolean | undefined): boolean {
  return state === "declined" || (state === "done" && isCounted !== false);
}

function isMetBy({ state }: DueService, known: ServiceState): boolean {
  return state === "offered" || known === "done" || known === "declined";
}

function later(left: string | undefined, right: string | undefined): string | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return left > right ? left : right;
}

const servicesOfSessions: Readonly<Partial<Record<Modality, ServiceKind>>> = {
  individual: "individual",
  family: "family",
  skills: "skills",
  psychoeducation: "skills",
  holistic: "holistic",
  "peer-support": "peer",
};

/** Somebody came to a session: the service that it is has taken place that day. */
export function followSessionAttended(
  draft: Draft,
  { modality, on }: { readonly modality: Modality; readonly on: string },
): void {
  const service = servicesOfSessions[modality];
  if (service !== undefined) followService(draft, { service, state: "done", on });
}
