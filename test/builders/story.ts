import { decideApproval } from "../../shared/care/approvals/decide-approval.ts";
import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { TaskKind } from "../../shared/care/episode/task-kinds.ts";
import type { Program } from "../../shared/care/program/program.ts";
import { addHours, addMinutes } from "../../shared/care/time/instants.ts";
import { recordPage } from "../../workflows/escalation/record-page.ts";
import { completeTask } from "../../workflows/run/complete-task.ts";
import { nextWake, walkRuns } from "./run-pathway.ts";
import { applyChange, buildContext, clinicalLead, staff } from "./state.ts";
import { carriedOut, changeOf, openTaskOf } from "./steps.ts";

/** Somebody who may record anything. */
export const everybody: Actor = staff(
  "casey",
  "case-manager",
  "clinician",
  "nurse",
  "supervisor",
  "group-leader",
);

/** One pathway told by the rules alone: time passes, people act, the workflows carry on. */
export class Story {
  state: OpenState;
  now: string;
  readonly #overrides: Partial<DecisionContext>;

  constructor(state: OpenState, now: string, overrides: Partial<DecisionContext> = {}) {
    this.#overrides = overrides;
    this.now = now;
    this.state = state;
    this.#run();
  }

  ctx(actor: Actor = everybody): DecisionContext {
    return buildContext({ ...this.#overrides, now: this.now, actor });
  }

  get program(): Program {
    return this.ctx().program;
  }

  #run(): void {
    this.state = walkRuns(this.state, buildContext({ ...this.#overrides, now: this.now }));
  }

  /** Lets time pass from one due instant to the next. */
  passHours(hours: number): this {
    return this.passTo(addHours(this.now, hours));
  }

  passTo(instant: string): this {
    while (this.now < instant) {
      const due = nextWake(this.state, buildContext({ ...this.#overrides, now: this.now }));
      this.now = due !== undefined && due > this.now && due < instant ? due : instant;
      this.#run();
    }
    return this;
  }

  passMinutes(minutes: number): this {
    return this.passTo(addMinutes(this.now, minutes));
  }

  /** A command that must be carried out. */
  command(
    decide: (state: OpenState, ctx: DecisionContext) => Change | Refusal | undefined,
    actor: Actor = everybody,
  ): this {
    const change = changeOf(decide(this.state, this.ctx(actor)));
    this.state = applyChange(this.state, change, { keepClosed: true });
    for (const entry of change.outbox) {
      if (entry.kind !== "page") continue;
      const page = {
        tier: entry.tier,
        attempt: entry.attempt,
        outcome: "taken",
        to: ["avery"],
      } as const;
      const ctx = buildContext({ ...this.#overrides, now: this.now });
      this.state = carriedOut(this.state, recordPage(this.state, entry.escalationSk, page, ctx));
    }
    this.#run();
    return this;
  }

  /** A decision, and the half minute until it takes effect. */
  decide(
    taskKind: TaskKind,
    decision: "approved" | "rejected" = "approved",
    choice?: string,
  ): this {
    const task = this.task(taskKind);
    this.command(
      (state, ctx) =>
        decideApproval(
          state,
          { taskSk: task.sk, decision, reason: "Agreed", version: task.version, choice },
          ctx,
        ),
      clinicalLead,
    );
    return this.passMinutes(1);
  }

  finish(taskKind: TaskKind, outcome: string): this {
    const { sk } = this.task(taskKind);
    return this.command((state, ctx) => completeTask(state, { taskSk: sk, outcome }, ctx));
  }

  task(taskKind: TaskKind): CareTask {
    return openTaskOf(this.state, taskKind);
  }

  isRefused(decide: (state: OpenState, ctx: DecisionContext) => Change | Refusal): boolean {
    return isRefusal(decide(this.state, this.ctx()));
  }
}
