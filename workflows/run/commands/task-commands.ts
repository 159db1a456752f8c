import { decideApproval } from "../../../shared/care/approvals/decide-approval.ts";
import { retractDecision } from "../../../shared/care/approvals/retract-decision.ts";
import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { snoozeTask } from "../../../shared/care/pathway/snooze-task.ts";
import { refusePlaces } from "../../../shared/care/sessions/full-groups.ts";
import { assignTask } from "../../../shared/care/tasks/assign-task.ts";
import type {
  assignBodySchema,
  decisionBodySchema,
  outcomeBodySchema,
  snoozeBodySchema,
} from "../../../shared/contracts/api-bodies.ts";
import type { Store, WriteOperation } from "../../../shared/ports/store.ts";
import type { Found } from "../../../shared/staff/find-by-id.ts";
import { findStaff } from "../../../shared/staff/staff-member.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import {
  type CallOutcome,
  carryOutOnce,
  rememberRequest,
} from "../../../shared/store/carry-out-once.ts";
import { listMessages } from "../../../shared/store/message-items.ts";
import { changeSiteTask, type SiteTaskChange } from "../../../shared/store/site-task.ts";
import { refuseLicence } from "../../weekly-program/book-visit.ts";
import { completeTask } from "../complete-task.ts";
import {
  admissionPlaces,
  admissionWait,
  answeredOffer,
  licenceOfAdmission,
} from "./admission-places.ts";
import { commandIdOf, commandOnEpisode, type StaffCall } from "./on-episode.ts";
import { siteTaskAssignment, siteTaskOutcome, siteTaskSnooze } from "./site-task-decisions.ts";
import { withMessages } from "./with-closed-items.ts";

function onTask<Body>(how: {
  readonly ofEpisode: (
    state: OpenState,
    task: CareTask,
    body: Body,
    ctx: DecisionContext,
  ) => Change | Refusal;
  /** Decides a task that belongs to a site and to no participant. */
  readonly ofSite: (
    body: Body,
    staffId: string,
  ) => (task: CareTask, now: string) => SiteTaskChange | Refusal;
  /** True where the decision looks at all messages, settled ones too. */
  readonly needsMessages?: (body: Body) => boolean;
  /** Decides a task of a site that is not the person's own. */
  readonly elsewhere?: (
    deps: CareDeps,
    call: StaffCall,
    found: Found<"task"> & { readonly episodeId: string },
    body: Body,
  ) => Promise<CallOutcome>;
  /** What the decision looks at outside the episode: a refusal, or what is written with it. */
  readonly look?: (
    deps: CareDeps,
    ctx: DecisionContext,
    of: { readonly state: OpenState; readonly item: CareTask },
    body: Body,
  ) => Promise<Refusal | readonly WriteOperation[]>;
  readonly check?: (store: Store, body: Body, found: Found<"task">) => Promise<Refusal | undefined>;
}) {
  return async (
    deps: CareDeps,
    call: StaffCall,
    found: Found<"task">,
    body: Body,
  ): Promise<CallOutcome> => {
    const refusal = await how.check?.(deps.store, body, found);
    if (refusal !== undefined) return { outcome: "refused", refusal };
    const { episodeId, item } = found;
    if (episodeId === undefined)
      return onSiteTask(deps, call, found, how.ofSite(body, call.staff.staffId));
    if (how.elsewhere !== undefined && item.taskKind === "site-transfer")
      return how.elsewhere(deps, call, { ...found, episodeId }, body);
    return commandOnEpisode(deps, call, {
      episodeId,
      ...(item.atSite === undefined ? {} : { siteId: item.atSite }),
      alsoLoad: [item.sk, ...aboutKeys(item.about)],
      decide: async (state, ctx) => {
        // What was sent decides what is asked again of somebody who agrees to messages now.
        const isWithMessages = how.needsMessages?.(body) === true;
        const known = isWithMessages
          ? withMessages(state, await listMessages(deps.store, episodeId))
          : state;
        const change = how.ofEpisode(known, item, body, ctx);
        if (isRefusal(change) || how.look === undefined) return change;
        const also = await how.look(deps, ctx, { state, item }, body);
        return isRefusal(also) ? also : { change, also };
      },
      answer: (state) => {
        const task = state.items.get(item.sk);
        return task?.kind === "task" ? taskAnswer(task) : {};
      },
    });
  };
}

function onSiteTask(
  deps: CareDeps,
  call: StaffCall,
  found: Found<"task">,
  decide: (task: CareTask, now: string) => SiteTaskChange | Refusal,
): Promise<CallOutcome> {
  const command: Parameters<typeof changeSiteTask>[1] = {
    siteId: found.siteId,
    sk: found.item.sk,
    commandId: commandIdOf(call),
    actor: call.actor,
    decide,
    also: (task) => [
      rememberRequest(
        deps.secrets,
        call.request,
        { status: 200, body: JSON.stringify(taskAnswer(task)) },
        deps.clock.now(),
      ),
    ],
  };
  return carryOutOnce(deps, call.request, async () => {
    const outcome = await changeSiteTask(deps, command);
    return isRefusal(outcome) ? outcome : JSON.stringify(taskAnswer(outcome));
  });
}

/** What a caller is told about a task. */
function taskAnswer(task: CareTask): Readonly<Record<string, unknown>> {
  return {
    taskId: task.taskId,
    version: task.version,
    status: task.status,
    ...(task.assignedTo === undefined ? {} : { assignedTo: task.assignedTo }),
    ...(task.snoozedUntil === undefined ? {} : { snoozedUntil: task.snoozedUntil }),
    ...(task.decision === undefined
      ? {}
      : {
          decision: task.decision.decision,
          decidedBy: task.decision.decidedBy,
          effectiveAt: task.decision.effectiveAt,
        }),
    ...(task.outcome === undefined ? {} : { outcome: task.outcome.code }),
  };
}

function noApproval(): Refusal {
  return {
    refused: "invalid",
    sentence: "This task is no approval. Record its outcome instead.",
  };
}

/** Closed items a task may be about, so that its outcome finds them. */
function aboutKeys(about: CareTask["about"]): readonly string[] {
  return about === undefined ? [] : [about.id].filter((id) => id.includes("#"));
}

/** What staff do with a task: decide it, take a decision back, record what came of it, put off, hand over. */
export const taskCommands = {
  decision: onTask({
    ofEpisode: (state, { sk }, body: ReturnType<typeof decisionBodySchema.parse>, ctx) =>
      decideApproval(state, { taskSk: sk, ...body }, ctx),
    ofSite: () => noApproval,
    look: async ({ store }, ctx, { item, state }, body) => {
      if (body.decision === "rejected") return [];
      if (body.choice === "wait") return admissionWait(store, ctx, item, state.episode);
      const { groups, taking } = await admissionPlaces(store, ctx, item, state.episode);
      const licence = licenceOfAdmission(ctx, item, state.episode);
      return (
        refusePlaces(groups, body.isOverCapacity) ??
        (licence === undefined ? undefined : refuseLicence(licence, body)) ??
        taking
      );
    },
  }),
  "decision/retract": onTask({
    ofEpisode: (state, { sk }, _body: unknown, ctx) => retractDecision(state, { taskSk: sk }, ctx),
    ofSite: () => noApproval,
  }),
  outcome: onTask({
    ofEpisode: (state, { sk }, body: ReturnType<typeof outcomeBodySchema.parse>, ctx) =>
      completeTask(state, { taskSk: sk, ...body }, ctx),
    ofSite: siteTaskOutcome,
    look: ({ store }, ctx, { item }) => answeredOffer(store, ctx, item),
    // Loaded where it is called for: it is rare, and every start would carry it.
    elsewhere: async (...call) =>
      (await import("./transfer-commands.ts")).answerTransferOnce(...call),
    needsMessages: ({ consents }) => consents !== undefined,
    check: async (store, { receiverId }, { siteId }) => {
      const receiver = receiverId === undefined ? undefined : await findStaff(store, receiverId);
      if (receiverId === undefined || receiver?.siteIds.includes(siteId) === true) return undefined;
      return { refused: "invalid", sentence: "Hand over to somebody who works at this site." };
    },
  }),
  snooze: onTask({
    ofEpisode: (state, { sk }, body: ReturnType<typeof snoozeBodySchema.parse>, ctx) =>
      snoozeTask(state, { taskSk: sk, ...body }, ctx),
    ofSite: siteTaskSnooze,
  }),
  assign: onTask({
    ofEpisode: (state, { sk }, body: ReturnType<typeof assignBodySchema.parse>, ctx) =>
      assignTask(state, { taskSk: sk, staffId: body.staffId, version: body.version }, ctx),
    ofSite: siteTaskAssignment,
    check: async (store, { staffId }, { siteId }) => {
      const colleague = await findStaff(store, staffId);
      if (colleague?.siteIds.includes(siteId) === true) return undefined;
      return { refused: "invalid", sentence: "Hand the task to somebody who works at this site." };
    },
  }),
};
