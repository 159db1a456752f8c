import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { Draft } from "../../../shared/care/change/draft.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import type { WorkflowName } from "../../../shared/care/episode/workflow-name.ts";
import type { WorkflowRun } from "../../../shared/care/episode/workflow-run.ts";
import type { MessageAnchor } from "../../../shared/care/program/program.ts";
import { weekEndsAt } from "../../../shared/care/sessions/plan-week.ts";
import { type PlanRequest, planMessages } from "../../../shared/messages/plan-messages.ts";
import { planReminders } from "../../weekly-program/open-week.ts";

const sent: readonly Message["status"][] = ["CLAIMED", "ACCEPTED", "DELIVERED", "UNKNOWN"];
const onLeaveWithoutMessages = ["hospital", "jail"];

/**
 * Plans what is asked of the person now and has no message that reached them or will: the forms, the week, a
 * check-in, and the visits to come. For somebody who may be written to from now on, or is reached elsewhere:
 * what lies with somebody else's number is asked once more.
 *
 * @param draft - with all messages of the episode among its items, settled ones too
 */
export function planAgain(draft: Draft, ctx: DecisionContext): void {
  const { episode } = draft;
  if (isTerminal(episode.status) || episode.facts.under18) return;
  if (onLeaveWithoutMessages.includes(episode.hold?.kind ?? "")) return;
  for (const request of whatIsAsked(draft, ctx)) {
    const known = messagesOf(draft, ctx, request.anchor, request.occurrence);
    // A reminder reminds of what has come: by itself it asks nobody.
    const asking = known.filter(({ step }) => !isReminder(ctx, step));
    if (asking.some((message) => reaches(draft, message))) continue;
    const isFirst = known.length === 0;
    const { planned } = planMessages(draft, ctx, {
      ...request,
      occurrence: isFirst ? request.occurrence : `${request.occurrence}-v${episode.version}`,
      circumstances: isFirst ? ["reminder"] : [],
    });
    if (planned.length > 0) endCallsInstead(draft, request);
  }
  remindOfVisits(draft, ctx);
}

function isReminder(ctx: DecisionContext, step: string): boolean {
  return ctx.program.messages.some((row) => row.step === step && row.onlyWhen === "reminder");
}

/** It is planned, or it went to where the person is reached now. */
function reaches({ episode }: Draft, message: Message): boolean {
  if (message.status === "PLANNED") return true;
  const isThere = episode.reach[message.channel]?.contactPointId === message.contactPointId;
  return isThere && sent.includes(message.status);
}

function messagesOf(
  draft: Draft,
  ctx: DecisionContext,
  anchor: MessageAnchor,
  occurrence: string,
): readonly Message[] {
  const steps = ctx.program.messages.filter((row) => row.anchor === anchor).map(({ step }) => step);
  return draft
    .items()
    .flatMap((item) =>
      item.kind === "message" &&
      steps.includes(item.step) &&
      (item.occurrence === occurrence || item.occurrence.startsWith(`${occurrence}-`))
        ? [item]
        : [],
    );
}

function runningRun(draft: Draft, workflow: WorkflowName): WorkflowRun | undefined {
  return draft
    .items()
    .find(
      (item): item is WorkflowRun =>
        item.kind === "driver" && item.workflow === workflow && item.status === "running",
    );
}

type Asked = Omit<PlanRequest, "circumstances">;

function whatIsAsked(draft: Draft, ctx: DecisionContext): readonly Asked[] {
  const asked: Asked[] = [];
  for (const item of draft.items()) {
    if (item.kind === "form" && item.status === "asked") {
      const isIntake = item.occasion === "intake";
      const opensAt = item.askedAt > ctx.now ? item.askedAt : ctx.now;
      if (item.endsAt <= opensAt) continue;
      asked.push({
        anchor: isIntake ? "forms-asked" : "measures-asked",
        anchorAt: opensAt,
        occurrence: item.occasion,
        link: { itemSk: item.sk, opensAt, endsAt: item.endsAt },
        ...drivenBy(runningRun(draft, isIntake ? "intake" : "weekly-program")),
      });
    }
    if (item.kind === "check-in" && item.status === "open" && item.endsAt !== undefined) {
      const isCalled = draft
        .items()
        .some((task) => task.kind === "task" && task.about?.id === item.checkInId);
      if (isCalled || item.checkInKind === "staff-call" || item.endsAt <= ctx.now) continue;
      asked.push({
        anchor: "check-in-opened",
        anchorAt: ctx.now,
        occurrence: `c${item.number}`,
        link: { itemSk: item.sk, opensAt: ctx.now, endsAt: item.endsAt },
        ...drivenBy(runningRun(draft, "aftercare")),
      });
    }
  }
  const week = draft.episode.weeks.at(-1);
  const run = runningRun(draft, "weekly-program");
  if (week !== undefined && week.closedAt === undefined && run !== undefined) {
    const endsAt = weekEndsAt(week.startsOn, ctx.site);
    if (endsAt > ctx.now)
      asked.push({
        anchor: "week-opened",
        anchorAt: ctx.now,
        occurrence: `w${week.week}`,
        link: { itemSk: run.sk, opensAt: ctx.now, endsAt },
        driverId: run.driverId,
      });
  }
  return asked;
}

function drivenBy(run: WorkflowRun | undefined): { readonly driverId?: string } {
  return run === undefined ? {} : { driverId: run.driverId };
}

function remindOfVisits(draft: Draft, ctx: DecisionContext): void {
  const run = runningRun(draft, "weekly-program");
  const week = draft.episode.weeks.at(-1);
  if (run === undefined || week === undefined) return;
  for (const session of draft.items()) {
    if (session.kind !== "session" || session.status !== "planned") continue;
    if (session.scheduledStartAt <= ctx.now) continue;
    const known = messagesOf(draft, ctx, "session-start", session.sessionId);
    if (known.some((message) => reaches(draft, message))) continue;
    const occurrence =
      known.length === 0 ? session.sessionId : `${session.sessionId}-v${draft.episode.version}`;
    planReminders(draft, run, ctx, [session], session.week, () => occurrence);
  }
}

/** A call that was to say what no message could say is not needed any more: the message goes. */
function endCallsInstead(draft: Draft, { anchor, occurrence }: Asked): void {
  const instead = [`${anchor}-${occurrence}`, `measures-${occurrence}`];
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.status !== "open" || item.owed !== undefined) continue;
    if (item.taskKind !== "channel-needed" && item.taskKind !== "interpreted-call") continue;
    if (instead.some((one) => item.sk.endsWith(`#${one}`)))
      draft.replace(item, { status: "cancelled" });
  }
}
