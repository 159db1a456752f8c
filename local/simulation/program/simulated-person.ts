// Long because it is one person with the staff around them: what each kind of open work leads to.
import { decideApproval } from "../../../shared/care/approvals/decide-approval.ts";
import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { Actor } from "../../../shared/care/episode/actor.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import type { EpisodeItem, OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import type { FormRequest } from "../../../shared/care/episode/form-request.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { canMove } from "../../../shared/care/episode/status.ts";
import { withdraw } from "../../../shared/care/pathway/withdraw.ts";
import { writePlan } from "../../../shared/care/plans/write-plan.ts";
import type { PlanKind } from "../../../shared/care/program/plan-kinds.ts";
import { addStaffedMinutes } from "../../../shared/care/program/staffed-time.ts";
import { outcomesFor } from "../../../shared/care/tasks/task-outcomes.ts";
import { addHours, addMinutes } from "../../../shared/care/time/instants.ts";
import { daysBetween } from "../../../shared/care/time/zoned-time.ts";
import { answerCheckIn } from "../../../shared/questions/answer-check-in.ts";
import {
  type Answers,
  checkInQuestions,
  type Question,
} from "../../../shared/questions/question.ts";
import { recordAnswers } from "../../../shared/questions/record-answers.ts";
import {
  decideAndCommit,
  loadContext,
  loadEpisode,
} from "../../../shared/store/decide-and-commit.ts";
import { acknowledgeEscalation } from "../../../workflows/escalation/acknowledge.ts";
import { closeEscalation } from "../../../workflows/escalation/close-escalation.ts";
import { recordContact } from "../../../workflows/escalation/record-contact.ts";
import { completeTask } from "../../../workflows/run/complete-task.ts";
import { recordScreen } from "../../../workflows/run/record-screen.ts";
import { recordAttendance } from "../../../workflows/weekly-program/record-attendance.ts";
import type { MemoryWorld } from "../../in-memory/memory-world.ts";
import { examplePlans } from "../../seeds/example-plans.ts";
import type { Agenda } from "./agenda.ts";
import type { Course } from "./courses.ts";
import type { Tally } from "./tally.ts";

/** Whoever does what is a team's in a simulation: it counts whose work it was by the task itself. */
const team: Actor = {
  kind: "staff",
  staffId: "simulated-team",
  functions: [
    "case-manager",
    "clinician",
    "clinical-lead",
    "prescriber",
    "nurse",
    "supervisor",
    "site-lead",
    "group-leader",
    "front-desk",
    "peer",
  ],
};

/** What staff write everywhere. A word that the rules of danger know: any other is compared with all that they know. */
const saidWords = "Call.";

/** Calls about the same thing after which nobody tries again. */
const mostTries = 4;
const reachedCodes = ["reached", "done"];
const missedCodes = ["not-reached", "left-voicemail", "continue"];

export type SimulationDeps = {
  readonly world: MemoryWorld;
  readonly agenda: Agenda;
  readonly tally: Tally;
};

/** One fictional person from the referral on. Nothing is left to chance but by `random`. */
export class SimulatedPerson {
  readonly #deps: SimulationDeps;
  readonly #random: () => number;
  readonly #seen = new Map<string, number>();
  readonly #referredOn: string;
  readonly course: Course;
  readonly episodeId: string;
  #commands = 0;
  #isLooking = false;
  #leavesAsked = 0;

  constructor(
    deps: SimulationDeps,
    who: {
      readonly episodeId: string;
      readonly course: Course;
      readonly random: () => number;
    },
  ) {
    this.#deps = deps;
    this.#random = who.random;
    this.course = who.course;
    this.episodeId = who.episodeId;
    this.#referredOn = deps.world.now().slice(0, 10);
  }

  async state(): Promise<OpenState> {
    const state = await loadEpisode(this.#deps.world.store, this.episodeId);
    if (state === undefined) throw new Error("There is no such episode");
    return state;
  }

  /** Something of theirs was written: look soon what there is to do. */
  noteChange(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#deps.agenda.note(this.#deps.world.now(), async () => {
      this.#isLooking = false;
      await this.#look();
    });
  }

  async #look(): Promise<void> {
    const state = await this.state();
    const ctx = await loadContext(this.#deps.world.deps, state.episode, team);
    for (const item of state.items.values()) {
      if (this.#seen.has(item.sk) && !this.#isMoved(item)) continue;
      const at = this.#timeFor(item, ctx);
      if (at === undefined) continue;
      this.#seen.set(item.sk, item.kind === "session" ? Date.parse(item.scheduledStartAt) : 0);
      this.#later(at, item.sk, 1);
    }
  }

  /** A session that was moved to another hour is attended then. */
  #isMoved(item: EpisodeItem): boolean {
    return item.kind === "session" && this.#seen.get(item.sk) !== Date.parse(item.scheduledStartAt);
  }

  #later(at: string, sk: string, tries: number): void {
    this.#deps.agenda.note(at, () => this.#act(sk, tries));
  }

  /** When somebody does what an item asks for; `undefined` where nobody does anything about it. */
  #timeFor(item: EpisodeItem, ctx: DecisionContext): string | undefined {
    const { now } = ctx;
    const staffed = (minutes: number) =>
      addStaffedMinutes(ctx.site, now, Math.round(minutes * (0.5 + this.#random())));
    switch (item.kind) {
      case "task":
        if (item.status !== "open" || item.taskKind === "safety-follow-up") return undefined;
        if (item.taskKind === "mark-attendance") return undefined;
        return item.isApproval ? staffed(180) : staffed(item.priority === "urgent" ? 45 : 150);
      case "escalation":
        return item.status === "closed" ? undefined : addMinutes(now, 10 + 15 * this.#random());
      case "form":
        return item.status === "asked" && this.#chance(this.course.answers)
          ? addHours(now, 1 + 40 * this.#random())
          : undefined;
      case "check-in":
        return item.status === "open" && this.#chance(this.course.answers)
          ? addHours(now, 1 + 50 * this.#random())
          : undefined;
      case "session":
        return item.status === "planned" ? addMinutes(item.scheduledStartAt, 12) : undefined;
      default:
        return undefined;
    }
  }

  async #act(sk: string, tries: number): Promise<void> {
    const state = await this.state();
    const item = state.items.get(sk);
    if (item === undefined) return;
    const ctx = await loadContext(this.#deps.world.deps, state.episode, team);
    switch (item.kind) {
      case "task":
        if (item.status === "open") await this.#work(item, ctx, tries);
        break;
      case "escalation":
        await this.#answerAlert(item, ctx, tries);
        break;
      case "form":
        if (item.status === "asked") await this.#fillIn(item, ctx);
        break;
      case "check-in":
        if (item.status === "open") await this.#checkIn(item, ctx);
        break;
      case "session":
        if (item.status === "planned") await this.#attend(item, ctx);
        break;
      default:
        break;
    }
  }

  async #work(task: CareTask, ctx: DecisionContext, tries: number): Promise<void> {
    this.#count(task.assignedFunction, task.taskKind, ctx);
    if (task.isApproval) return await this.#decide(task, ctx);
    if (task.taskKind === "plan-due") return await this.#writePlan(task, String(task.about?.id));
    if (task.taskKind === "screen-due") await this.#askInTheRoom(ctx);
    if (task.taskKind === "discharge-checklist") await this.#writePlan(task, "crisis");
    const outcome = await this.#finish(task, ctx);
    if (outcome === undefined || tries >= mostTries) {
      const open = (await this.state()).items.get(task.sk);
      if (open?.kind === "task" && open.status === "open")
        this.#deps.tally.add("leftOpen", [task.taskKind], { tasks: 1 });
      return;
    }
    // Nobody was reached: the same task stands for the next try.
    const open = (await this.state()).items.get(task.sk);
    if (open?.kind !== "task" || open.status !== "open") return;
    this.#later(addStaffedMinutes(ctx.site, ctx.now, 500), task.sk, tries + 1);
  }

  /** Records the first outcome that may be recorded, in the order in which such work goes. */
  async #finish(task: CareTask, ctx: DecisionContext): Promise<string | undefined> {
    const offered = outcomesFor(task).map(({ value }) => value);
    const isReached = this.#chance(this.course.isReached);
    const wanted = isReached ? [...reachedCodes] : [...missedCodes];
    const first = wanted.filter((code) => offered.includes(code));
    const order = [...first, ...offered.filter((code) => !first.includes(code) && !ends(code))];
    for (const outcome of order) {
      const isCheckIn = task.taskKind === "aftercare-call" || task.taskKind === "check-in-call";
      const answers =
        isCheckIn && outcome === "reached"
          ? this.#checkInAnswers(ctx, Number(task.evidence.checkIn ?? 1))
          : undefined;
      const record = (note?: string) =>
        this.#command((state, now) =>
          completeTask(
            state,
            {
              taskSk: task.sk,
              outcome,
              ...(note === undefined ? {} : { note }),
              ...(answers === undefined ? {} : { answers }),
            },
            now,
          ),
        );
      // Words are asked for seldom, and each is looked through for danger.
      if ((await record()) === undefined || (await record(saidWords)) === undefined) return outcome;
    }
    return undefined;
  }

  async #decide(task: CareTask, ctx: DecisionContext): Promise<void> {
    if (task.taskKind === "admission-approval") await this.#askInTheRoom(ctx);
    const open = (await this.state()).items.get(task.sk);
    if (open?.kind !== "task") return;
    const decide = (choice?: string) =>
      this.#command((state, now) =>
        decideApproval(
          state,
          {
            taskSk: task.sk,
            decision: "approved",
            reason: saidWords,
            version: open.version,
            choice,
          },
          now,
        ),
      );
    // Who did not come often enough leaves as well, and the reason says why.
    const refusal = (await decide()) === undefined ? undefined : await decide("although-not-met");
    if (refusal !== undefined) this.#deps.tally.add("leftOpen", [task.taskKind], { tasks: 1 });
  }

  async #askInTheRoom(ctx: DecisionContext): Promise<void> {
    for (const screen of ctx.program.screens ?? []) {
      this.#count(screen.assignTo, "screen-in-the-room", ctx);
      const answers: Record<string, number> = {};
      for (const { id, instrumentId, options } of screen.questions) {
        if (options !== undefined) answers[id] = Math.min(...options.map(({ value }) => value));
        for (const item of ctx.instruments[instrumentId ?? ""]?.items ?? [])
          if (item.required) answers[item.itemId] = 0;
      }
      await this.#command((state, now) =>
        recordScreen(
          state,
          {
            screenId: screen.screenId,
            answers,
            refused: [],
            mode: "in-person",
            safetyConcern: false,
          },
          now,
        ),
      );
    }
  }

  async #writePlan(task: CareTask, named: string): Promise<void> {
    const planKind = (Object.keys(examplePlans) as PlanKind[]).find((kind) =>
      named.startsWith(kind),
    );
    if (planKind === undefined) return;
    const refusal = await this.#command((state, now) =>
      writePlan(
        state,
        {
          planKind,
          sections: sectionsOf(planKind),
          isShown: false,
          version: state.episode.plans?.[planKind]?.version ?? 0,
          safetyConcern: false,
        },
        now,
      ),
    );
    if (refusal !== undefined) this.#deps.tally.add("leftOpen", [task.taskKind], { tasks: 1 });
  }

  async #answerAlert(alert: Escalation, ctx: DecisionContext, tries: number): Promise<void> {
    const escalationSk = alert.sk;
    if (alert.status === "closed") return;
    if (alert.status === "open" && tries === 1)
      this.#deps.tally.add("alerts", [alert.tier], { alerts: 1 });
    this.#count("clinician", "safety-alert", ctx);
    if (alert.status === "open")
      await this.#command((state, now) => acknowledgeEscalation(state, { escalationSk }, now));
    const isReached = this.#chance(Math.max(0.5, this.course.isReached));
    await this.#command((state, now) =>
      recordContact(
        state,
        { escalationSk, outcome: isReached ? "spoke-with-participant" : "not-reached" },
        now,
      ),
    );
    if (!isReached && tries < mostTries)
      return this.#later(addMinutes(ctx.now, 30), escalationSk, tries + 1);
    if (!isReached)
      await this.#command((state, now) =>
        recordContact(state, { escalationSk, outcome: "help-sent" }, now),
      );
    await this.#command((state, now) =>
      closeEscalation(state, { escalationSk, outcome: "assessed", reason: saidWords }, now),
    );
  }

  async #fillIn(form: FormRequest, ctx: DecisionContext): Promise<void> {
    const actor = await this.#participant();
    for (const instrumentId of form.instruments) {
      const items = ctx.instruments[instrumentId]?.items ?? [];
      const options = ctx.instruments[instrumentId]?.options ?? [];
      const answers = Object.fromEntries(
        items.map((item) => {
          const values = (item.options ?? options).map(({ value }) => value);
          return [item.itemId, item.safety ? this.#danger(values) : this.#level(values, ctx)];
        }),
      );
      await this.#command((state, now) => {
        const draft = new Draft(state, now);
        const recorded = recordAnswers(draft, now, {
          formSk: form.sk,
          instrumentId,
          answers,
          submissionKey: `${form.formId}-${instrumentId}`,
        });
        return isRefusal(recorded)
          ? recorded
          : draft.finish("form-answered", { formId: form.formId });
      }, actor);
    }
  }

  async #checkIn(checkIn: CheckIn, ctx: DecisionContext): Promise<void> {
    const answers = this.#checkInAnswers(ctx, checkIn.number);
    await this.#command(
      (state, now) =>
        answerCheckIn(state, now, {
          checkInSk: checkIn.sk,
          answers,
          submissionKey: checkIn.checkInId,
        }),
      await this.#participant(),
    );
  }

  #checkInAnswers(ctx: DecisionContext, number: number): Answers {
    return Object.fromEntries(
      checkInQuestions(ctx, { number }).map((question) => [
        question.id,
        this.#answer(question, ctx),
      ]),
    );
  }

  #answer({ id, answer, isSafety }: Question, ctx: DecisionContext): number | boolean {
    if (answer.type === "choice") {
      const values = answer.options.map(({ value }) => value);
      return isSafety ? this.#danger(values) : this.#level(values, ctx);
    }
    const rules = ctx.program.aftercare.questions.find((question) => question.id === id)?.actions;
    const isWorried = this.#chance(this.course.worries);
    if (answer.type === "yes-no") {
      const worrying = rules?.find(({ when }) => "equals" in when)?.when;
      const yes = worrying !== undefined && "equals" in worrying ? worrying.equals === true : false;
      return isWorried ? yes : !yes;
    }
    const isGood = rules?.some(({ when }) => "atMost" in when) ?? false;
    return isWorried === isGood ? answer.minimum : answer.maximum;
  }

  async #attend(session: Session, ctx: DecisionContext): Promise<void> {
    const comes = this.#chance(this.course.attends);
    const status = comes ? "present" : this.#chance(0.3) ? "excused" : "no-show";
    const minutes =
      (Date.parse(session.scheduledEndAt) - Date.parse(session.scheduledStartAt)) / 60_000;
    const refusal = await this.#command((state, now) =>
      recordAttendance(state, session, { status }, now),
    );
    if (refusal !== undefined) return;
    this.#deps.tally.add("sessions", [ctx.site.siteId, session.week, session.modality], {
      sessions: 1,
      plannedMinutes: minutes,
      attendedMinutes: comes ? minutes : 0,
      countedMinutes: comes && session.counts ? minutes : 0,
    });
    await this.#perhapsLeave(session);
  }

  /** Once a week, from the second week on. */
  async #perhapsLeave(session: Session): Promise<void> {
    if (session.week < 2 || this.#leavesAsked === session.week) return;
    this.#leavesAsked = session.week;
    if (!this.#chance(this.course.leaves)) return;
    await this.#command((state, now) =>
      canMove(state.episode.status, "withdrawn")
        ? withdraw(state, { reason: saidWords }, now)
        : { refused: "not-now", sentence: "There is nothing to leave." },
    );
  }

  #level(values: readonly number[], ctx: DecisionContext): number {
    const weeks = Math.min(10, daysBetween(this.#referredOn, ctx.now.slice(0, 10)) / 7);
    const meant = this.course.startsAt + this.course.changesBy * weeks + this.#random() - 0.5;
    const index = Math.max(0, Math.min(values.length - 1, Math.round(meant)));
    return values.toSorted((left, right) => left - right)[index] ?? 0;
  }

  #danger(values: readonly number[]): number {
    const sorted = values.toSorted((left, right) => left - right);
    return (this.#chance(this.course.danger) ? sorted[1] : sorted[0]) ?? 0;
  }

  #chance(of: number): boolean {
    return this.#random() < of;
  }

  async #participant(): Promise<Actor> {
    const { episode } = await this.state();
    return { kind: "participant", participantId: episode.participantId };
  }

  #count(staffFunction: string, kind: string, ctx: DecisionContext): void {
    const week = Math.floor(daysBetween(this.#referredOn, ctx.now.slice(0, 10)) / 7) + 1;
    this.#deps.tally.add("work", [week, ctx.site.siteId, staffFunction, kind], { times: 1 });
  }

  async #command(
    decide: (state: OpenState, ctx: DecisionContext) => Change | Refusal,
    actor: Actor = team,
  ): Promise<Refusal | undefined> {
    this.#commands += 1;
    const outcome = await decideAndCommit(this.#deps.world.deps, {
      episodeId: this.episodeId,
      commandId: `simulated/${this.#commands}`,
      actor,
      decide: (state, ctx) => {
        const change = decide(state, ctx);
        return isRefusal(change) ? change : { change, answer: "done" };
      },
    });
    await this.#deps.world.settle();
    return outcome.refusal;
  }
}

/** Outcomes that end the pathway are a person's to choose, and no simulation's. */
function ends(code: string): boolean {
  return ["withdrew", "declined", "wrong-number", "propose-discharge", "close-ladder"].includes(
    code,
  );
}

/** The sections that such a plan has, with a word in each: what it says is looked through for danger, word by word. */
function sectionsOf(planKind: PlanKind): Record<string, string> {
  return Object.fromEntries(
    Object.keys(examplePlans[planKind]).map((section) => [section, saidWords]),
  );
}
