// Long because what is asked for, told anew, taken off the list and brought back about services is one rule.

import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { Episode } from "../episode/episode.ts";
import type { ServiceStanding } from "../episode/service-standing.ts";
import type { Modality } from "../program/program.ts";
import type { DueService } from "../program/program-services.ts";
import {
  type ServiceKind,
  type ServiceState,
  serviceKinds,
  serviceRecords,
} from "../program/service-kinds.ts";
import { endOfNextStaffedDay } from "../program/staffed-time.ts";
import { endTask } from "../tasks/end-task.ts";
import { openTask } from "../tasks/open-task.ts";
import { ownValue } from "../text/own-value.ts";
import { addDays, instantAt, localDate, mondayOf } from "../time/zoned-time.ts";

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
 * from its day on: whatever is recorded before takes it off, and nobody sees it. Of somebody on leave nothing is asked.
 *
 * @param startsOn - the Monday of the week, a local date at the site
 */
export function askForServicesOfWeek(draft: Draft, ctx: DecisionContext, startsOn: string): void {
  const { services } = ctx.program;
  if (services === undefined || draft.episode.status === "onhold") return;
  for (const rule of services.due) askForService(draft, ctx, rule, { startsOn });
}

/**
 * Takes services that are asked for off the list while somebody is away.
 * @returns which, for {@link askForServicesAfterLeave}
 */
export function pauseServices(draft: Draft): readonly ServiceKind[] {
  const paused = new Set<ServiceKind>();
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.taskKind !== "service-due" || item.status !== "open") continue;
    const service = serviceKinds.find((one) => one === item.about?.id);
    if (service === undefined) continue;
    endTask(draft, item, "superseded");
    paused.add(service);
  }
  return [...paused];
}

/** Asks for the services that were asked for when somebody went on leave, or came to be due while they were away. */
export function askForServicesAfterLeave(
  draft: Draft,
  ctx: DecisionContext,
  { since, paused = [] }: NonNullable<Episode["hold"]>,
): void {
  const sinceDay = localDate(since, ctx.site.timeZone);
  for (const rule of ctx.program.services?.due ?? [])
    if (rule.repeats === true || paused.includes(rule.service) || dueOf(draft, rule) >= sinceDay)
      askAgain(draft, ctx, rule);
}

/** In the week under way, from today on; what is due in a later week is asked when that opens. */
function askAgain(draft: Draft, ctx: DecisionContext, rule: DueService): void {
  const today = localDate(ctx.now, ctx.site.timeZone);
  const again = `v${draft.episode.version}`;
  askForService(draft, ctx, rule, { startsOn: mondayOf(today), today, again });
}

/** The local day by which it is to be spoken of or held; empty for whoever is not admitted. */
function dueOf(draft: Draft, rule: DueService): string {
  const { admittedOn, serviceStates = {} } = draft.episode;
  if (admittedOn === undefined) return "";
  const doneOn = ownValue(serviceStates, rule.service)?.doneOn;
  return addDays(rule.repeats === true ? (doneOn ?? admittedOn) : admittedOn, rule.withinDays);
}

function askForService(
  draft: Draft,
  ctx: DecisionContext,
  rule: DueService,
  when: {
    readonly startsOn: string;
    /** Where it is asked anew: from that local day on, under a name of its own. */
    readonly today?: string;
    readonly again?: string;
  },
): void {
  const { startsOn, again, today = startsOn } = when;
  const { admittedOn } = draft.episode;
  if (admittedOn === undefined) return;
  const known = ownValue(draft.episode.serviceStates ?? {}, rule.service);
  if (known !== undefined && isMetBy(rule, known.state) && rule.repeats !== true) return;
  const due = dueOf(draft, rule);
  if (due >= addDays(startsOn, 7)) return;
  // What came to be due in a week before was asked then; what is due again and again is asked again.
  if (due < startsOn && rule.repeats !== true && again === undefined) return;
  ask(draft, ctx, {
    rule,
    again,
    on: due < today ? today : due,
    words: wordsNow(draft, ctx, rule),
  });
}

/** The sentence of what is asked for, with the session that was held last and the one that is planned by now. */
function wordsNow(draft: Draft, ctx: DecisionContext, rule: DueService): string {
  return wordsOf(rule, {
    due: dueOf(draft, rule),
    doneOn: ownValue(draft.episode.serviceStates ?? {}, rule.service)?.doneOn,
    plannedOn: plannedFrom(draft, ctx, rule),
  });
}

function openAsk(draft: Draft, { service, state }: Pick<DueService, "service" | "state">) {
  for (const item of draft.items())
    if (item.kind === "task" && item.taskKind === "service-due" && item.status === "open")
      if (item.sk.includes(`#${service}-${state}-`)) return item;
  return undefined;
}

/** What is asked for already stays, and says what is so by now: a visit that was planned has passed. */
function tellAnew(
  draft: Draft,
  rule: Pick<DueService, "service" | "state">,
  words: string,
): boolean {
  const open = openAsk(draft, rule);
  if (open !== undefined && open.words !== words) draft.replace(open, { words });
  return open !== undefined;
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
    readonly again: string | undefined;
  },
): void {
  const { rule, on, words, again } = due;
  if (tellAnew(draft, rule, words)) return;
  const shownFrom = instantAt(on, "00:00", ctx.site.timeZone);
  const isLater = shownFrom > ctx.now;
  openTask(draft, ctx, {
    taskKind: "service-due",
    occurrence: `${rule.service}-${rule.state}-${on}${again === undefined ? "" : `-${again}`}`,
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
  const before = ownValue(draft.episode.serviceStates ?? {}, service);
  const isDone = state === "done" && fact.isCounted !== false;
  const after = (was: HowFar | undefined) =>
    howFar(
      // An offer that is made again does not undo what took place.
      was?.state === "done" && state === "offered" ? "done" : state,
      isDone ? later(on, was?.doneOn) : was?.doneOn,
    );
  const { came } = before ?? {};
  keepStanding(draft, service, {
    ...after(before),
    ...(came === undefined ? {} : { came, said: after(saidOf(before)) }),
  });
  endAskedFor(draft, fact);
}

type HowFar = Pick<ServiceStanding, "state" | "doneOn">;

function howFar(state: ServiceState, doneOn: string | undefined): HowFar {
  return { state, ...(doneOn === undefined ? {} : { doneOn }) };
}

/** What staff recorded, apart from what sessions say. */
function saidOf(standing: ServiceStanding | undefined): HowFar | undefined {
  if (standing === undefined || standing.came !== undefined) return standing?.said;
  return howFar(standing.state, standing.doneOn);
}

function keepStanding(
  draft: Draft,
  service: ServiceKind,
  standing: ServiceStanding | undefined,
): void {
  const { [service]: _before, ...others } = draft.episode.serviceStates ?? {};
  draft.set({
    serviceStates: standing === undefined ? others : { ...others, [service]: standing },
  });
}

function endAskedFor(draft: Draft, { service, state, isCounted }: ServiceFact): void {
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.taskKind !== "service-due" || item.status !== "open") continue;
    if (item.about?.id !== service) continue;
    const isOffer = item.sk.includes(`#${service}-offered-`);
    if (isOffer || isEnding(state, isCounted)) endTask(draft, item, "has-come");
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

type CameTo = { readonly modality: Modality; readonly on: string; readonly sessionId: string };

/** How many sessions of a service are kept: more than are corrected within the 30 days for it. */
const keptSessions = 12;

/** Somebody came to a session: the service that it is has taken place that day. */
export function followSessionAttended(draft: Draft, { modality, on, sessionId }: CameTo): void {
  const service = servicesOfSessions[modality];
  if (service === undefined) return;
  const before = ownValue(draft.episode.serviceStates ?? {}, service);
  const said = saidOf(before);
  const others = (before?.came ?? []).filter((one) => one.sessionId !== sessionId);
  keepStanding(draft, service, {
    ...howFar("done", later(on, before?.doneOn)),
    ...(said === undefined ? {} : { said }),
    came: [...others, { sessionId, on }].slice(-keptSessions),
  });
  endAskedFor(draft, { service, state: "done", on });
}

/** True where two kinds of sessions are the same service. */
export function isSameService(left: Modality, right: Modality): boolean {
  const service = servicesOfSessions[left];
  return service !== undefined && service === servicesOfSessions[right];
}

/**
 * The standing as it would be kept today, where the session was attended before sessions were kept by their names: what
 * it says of the session's day came from the session, and from the ones before it.
 */
function withKeptSessions(
  before: ServiceStanding | undefined,
  session: CameTo,
  attended: readonly CameTo[],
): ServiceStanding | undefined {
  const said = saidOf(before);
  if (before === undefined || said === undefined || said.doneOn !== session.on) return before;
  const kept = new Map(
    [...attended, ...(before.came ?? []), session].map((one) => [one.sessionId, one]),
  );
  const { doneOn: _day, ...rest } = said;
  const { said: _said, ...standing } = before;
  return {
    ...standing,
    ...(said.state === "done" ? {} : { said: rest }),
    came: [...kept.values()]
      .map(({ sessionId, on }) => ({ sessionId, on }))
      .sort((left, right) => left.on.localeCompare(right.on))
      .slice(-keptSessions),
  };
}

/**
 * Somebody did not come to a session. Where they came after all before, as a correction says, the service is due again,
 * and asked for; what is asked for already says which visit is planned now.
 *
 * @param attended - of a correction: the other sessions of the service to which the person came
 */
export function followSessionMissed(
  draft: Draft,
  ctx: DecisionContext,
  session: CameTo,
  attended?: readonly CameTo[],
): void {
  const service = servicesOfSessions[session.modality];
  if (service === undefined) return;
  const rules = (ctx.program.services?.due ?? []).filter((rule) => rule.service === service);
  const known = ownValue(draft.episode.serviceStates ?? {}, service);
  const isKept = known?.came?.some((one) => one.sessionId === session.sessionId) === true;
  const before =
    isKept || attended === undefined ? known : withKeptSessions(known, session, attended);
  const came = before?.came?.filter((one) => one.sessionId !== session.sessionId);
  if (before === undefined || came === undefined || came.length === before.came?.length) {
    for (const rule of rules) tellAnew(draft, rule, wordsNow(draft, ctx, rule));
    return;
  }
  const { said, state } = before;
  const doneOn = came.reduce((latest, { on }) => later(on, latest), said?.doneOn);
  const isUndone = state === "done" && doneOn === undefined;
  const now = isUndone ? said?.state : state;
  keepStanding(
    draft,
    service,
    now === undefined
      ? undefined
      : { ...howFar(now, doneOn), ...(said === undefined ? {} : { said }), came },
  );
  if (draft.episode.status === "onhold") return;
  for (const rule of rules) askAgain(draft, ctx, rule);
}
