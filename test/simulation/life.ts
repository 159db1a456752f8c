// Long because it is one life from referral to the last check-in.

import { createReceiveIntake } from "../../functions/receive-intake/receive-intake.ts";
import { MemoryWorld, type WorldObserver } from "../../local/in-memory/memory-world.ts";
import { examplePlans } from "../../local/seeds/example-plans.ts";
import { exampleScreens } from "../../local/seeds/example-screens.ts";
import { decideApproval } from "../../shared/care/approvals/decide-approval.ts";
import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { AttendanceStatus } from "../../shared/care/episode/attendance-status.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { TaskKind } from "../../shared/care/episode/task-kinds.ts";
import { writePlan } from "../../shared/care/plans/write-plan.ts";
import type { TaskOutcome } from "../../shared/care/tasks/task-outcomes.ts";
import { keys } from "../../shared/keys/keys.ts";
import { questionsOf } from "../../shared/questions/question.ts";
import { decideAndCommit, loadContext, loadEpisode } from "../../shared/store/decide-and-commit.ts";
import { findLink, type Link } from "../../shared/store/find-link.ts";
import { loadLinkTarget } from "../../shared/store/load-link-target.ts";
import { closeEscalation } from "../../workflows/escalation/close-escalation.ts";
import { recordContact } from "../../workflows/escalation/record-contact.ts";
import { completeTask } from "../../workflows/run/complete-task.ts";
import { recordAnswer, sendRecorded } from "../../workflows/run/record-answers.ts";
import { recordScreen } from "../../workflows/run/record-screen.ts";
import { recordAttendance } from "../../workflows/weekly-program/record-attendance.ts";
import { dateAfter, instantOf, localTimeOf } from "../e2e/support/local-time.ts";
import { seedWorld } from "../fakes/seed-world.ts";

const timeZone = "America/New_York";
export const team: Actor = {
  kind: "staff",
  staffId: "staff-one",
  functions: ["case-manager", "clinician", "nurse", "supervisor", "group-leader"],
};
const lead: Actor = { kind: "staff", staffId: "staff-two", functions: ["clinical-lead"] };

/** One participant and the staff around them, in a world without I/O. Times are wall times in New York. */
export class Life {
  readonly world: MemoryWorld;
  episodeId = "";
  #commands = 0;
  #referrals = 0;

  /** @param observer - looks on at what happens in the world */
  constructor(startAt: string, observer?: WorldObserver) {
    this.world = new MemoryWorld({
      startAt: instantOf(startAt, timeZone),
      conflictRate: 0.05,
      ...(observer === undefined ? {} : { observer }),
    });
  }

  async start(): Promise<void> {
    await seedWorld(this.world.deps);
  }

  /** Moves the clock to a wall time such as `2027-01-11 09:00`. */
  async until(wallTime: string): Promise<void> {
    await this.world.advanceTo(instantOf(wallTime, timeZone));
  }

  /** @param more - what the referral says beside who it is about */
  async refer(more: Readonly<Record<string, unknown>> = {}): Promise<void> {
    this.#referrals += 1;
    const app = createReceiveIntake({
      ...this.world.deps,
      logger: { info: () => {}, warn: () => {}, error: () => {} },
      verifyToken: async () => undefined,
    });
    const answered = await app.request("https://care.example.org/api/v1/intakes", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": `referral-of-a-life-${this.#referrals}`,
      },
      body: JSON.stringify({
        programId: "adult-iop",
        siteId: "riverside",
        source: "self",
        participant: {
          name: { given: "Amina", family: "Quillfeather" },
          birthDate: "1990-05-04",
          phone: "+12125550161",
          phoneKind: "own",
          email: "amina.q@example.org",
          language: "en-US",
        },
        consents: { sms: true, email: true, voicemail: true },
        ...more,
      }),
    });
    const body = (await answered.json()) as { readonly episodeId?: string };
    if (answered.status !== 202 || body.episodeId === undefined)
      throw new Error(JSON.stringify(body));
    this.episodeId = body.episodeId;
    await this.world.settle();
  }

  async state(): Promise<OpenState> {
    const state = await loadEpisode(this.world.store, this.episodeId);
    if (state === undefined) throw new Error("There is no such episode");
    return state;
  }

  async tasks(taskKind: TaskKind): Promise<CareTask[]> {
    const { items } = await this.state();
    return [...items.values()].filter(
      (item): item is CareTask =>
        item.kind === "task" && item.status === "open" && item.taskKind === taskKind,
    );
  }

  async task(taskKind: TaskKind): Promise<CareTask> {
    const [task, ...others] = await this.tasks(taskKind);
    if (task === undefined || others.length > 0) {
      const { items, episode } = await this.state();
      throw new Error(
        `Not one open ${taskKind} (${episode.status}) but ${[...items.keys()].filter((sk) => sk.startsWith("TASK")).join(", ")}`,
      );
    }
    return task;
  }

  /** Carries out a command of staff; it must not be refused. */
  async command(
    decide: (state: OpenState, ctx: DecisionContext) => Change | Refusal,
    actor: Actor = team,
    alsoLoad: readonly string[] = [],
  ): Promise<void> {
    this.#commands += 1;
    const outcome = await decideAndCommit(this.world.deps, {
      episodeId: this.episodeId,
      commandId: `test/${this.#commands}`,
      actor,
      alsoLoad,
      decide: (state, ctx) => {
        const change = decide(state, ctx);
        return isRefusal(change) ? change : { change, answer: "done" };
      },
    });
    if (outcome.refusal !== undefined) throw new Error(outcome.refusal.sentence);
    await this.world.settle();
  }

  /** What staff ask everybody in the room: nothing is to be followed up. */
  async askInTheRoom(): Promise<void> {
    for (const screenId of Object.keys(exampleScreens)) await this.ask(screenId);
  }

  /** Records a screen with these answers; what is left out is as in the example, or the lowest answer. */
  async ask(screenId: string, but: Readonly<Record<string, number>> = {}): Promise<void> {
    await this.command((state, ctx) => {
      const screen = ctx.program.screens?.find((one) => one.screenId === screenId);
      const lowest = Object.fromEntries(
        (screen?.questions ?? []).flatMap(({ id, options }) =>
          options === undefined ? [] : [[id, 0]],
        ),
      );
      const answers = { ...lowest, ...exampleScreens[screenId], ...but };
      return recordScreen(
        state,
        { screenId, answers, refused: [], mode: "in-person", safetyConcern: false },
        ctx,
      );
    });
  }

  /** Staff speak with the person about every open alert, and a clinician closes it. */
  async settleAlerts(): Promise<void> {
    for (const sk of [...(await this.state()).items.keys()].filter((one) =>
      one.startsWith("ESC#"),
    )) {
      const alert = (await this.state()).items.get(sk);
      if (alert?.kind !== "escalation" || alert.status === "closed") continue;
      await this.command((state, ctx) =>
        recordContact(state, { escalationSk: sk, outcome: "spoke-with-participant" }, ctx),
      );
      await this.command((state, ctx) =>
        closeEscalation(
          state,
          { escalationSk: sk, outcome: "safe-with-plan", reason: "Spoke, plan agreed" },
          ctx,
        ),
      );
    }
  }

  async decide(taskKind: TaskKind, choice?: string, actor: Actor = lead): Promise<void> {
    if (taskKind === "admission-approval") await this.askInTheRoom();
    const task = await this.task(taskKind);
    await this.command(
      (state, ctx) =>
        decideApproval(
          state,
          {
            taskSk: task.sk,
            decision: "approved",
            reason: "Agreed in the morning meeting",
            version: task.version,
            choice,
          },
          ctx,
        ),
      actor,
    );
  }

  async finish(
    taskKind: TaskKind,
    outcome: string,
    more: Partial<TaskOutcome> = {},
  ): Promise<void> {
    const task = await this.task(taskKind);
    await this.finishTask(task, outcome, more);
  }

  async finishTask(task: CareTask, outcome: string, more: Partial<TaskOutcome> = {}) {
    await this.command(
      (state, ctx) => completeTask(state, { taskSk: task.sk, outcome, ...more }, ctx),
      team,
      [task.sk],
    );
  }

  /** Writes the crisis plan down with the person. */
  async writeCrisisPlan(): Promise<void> {
    await this.command(
      (state, ctx) =>
        writePlan(
          state,
          {
            planKind: "crisis",
            sections: examplePlans.crisis,
            isShown: false,
            version: state.episode.plans?.crisis?.version ?? 0,
            safetyConcern: false,
          },
          ctx,
        ),
      team,
    );
  }

  async attend(date: string, slot: string, status: AttendanceStatus): Promise<void> {
    const sk = `SESSION#${date}#${slot}`;
    await this.command(
      (state, ctx) => {
        const session = state.items.get(sk);
        if (session?.kind !== "session") throw new Error(`There is no session ${sk}`);
        return recordAttendance(state, session, { status }, ctx);
      },
      team,
      [sk],
    );
  }

  /** Marks a whole week ten minutes into each session. */
  async attendWeek(
    monday: string,
    week: number,
    statusOf: (date: string, slot: string) => AttendanceStatus | "left-out",
    between: (date: string, slot: string) => Promise<void> = async () => {},
  ): Promise<void> {
    const isOdd = week % 2 === 1;
    const slots: readonly (readonly [number, string, string, boolean])[] = [
      [0, "mon-group", "09:10", true],
      [0, "mon-family", "17:10", isOdd],
      [1, "tue-skills", "09:10", true],
      [1, "tue-medication", "12:10", isOdd],
      [3, "thu-group", "09:10", true],
      [3, "thu-individual", "12:40", true],
      [4, "fri-psychoeducation", "09:10", true],
      [4, "fri-holistic", "11:25", true],
    ];
    for (const [day, slot, time, isHeld] of slots) {
      const date = dateAfter(monday, day);
      const status = statusOf(date, slot);
      if (!isHeld || status === "left-out") continue;
      await this.until(`${date} ${time}`);
      await this.attend(date, slot, status);
      await between(date, slot);
    }
  }

  /** The link of the newest message sent with a template. */
  async #link(templateId: string): Promise<Link> {
    const { items, episode } = await this.state();
    const sent = this.world.sent.findLast((message) => message.templateId === templateId);
    const key = keys.episode(episode.episodeId);
    const page = await this.world.store.query("care", key.pk, { skPrefix: "MSG#" });
    const message = page.items.find((item) => item.messageId === sent?.messageId);
    const linkId = message?.linkId;
    const link = typeof linkId === "string" ? await findLink(this.world.deps, linkId) : undefined;
    if (link === undefined)
      throw new Error(`There is no link of ${templateId} among ${items.size} items`);
    return link;
  }

  /** Fills in the form that the newest message of a template links to. */
  async answerForm(templateId: string, value: number): Promise<void> {
    const link = await this.#link(templateId);
    const opened = await loadLinkTarget(this.world.deps, link);
    if (opened === undefined) throw new Error("The form does not open");
    for (const { id, isSafety } of questionsOf(opened.item, opened.ctx)) {
      const answered = await recordAnswer(this.world.deps, link, {
        id,
        value: isSafety ? 0 : value,
        submissionKey: `form-${templateId}`,
      });
      if (isRefusal(answered)) throw new Error(answered.sentence);
    }
    const sent = await sendRecorded(this.world.deps, link, {
      submissionKey: `form-${templateId}`,
    });
    if (isRefusal(sent)) throw new Error(sent.sentence);
    await this.world.settle();
  }

  /** Answers the suicide item of the form that the newest message of a template links to. */
  async answerItem9(value: number, templateId = "ask-forms"): Promise<void> {
    const link = await this.#link(templateId);
    const answered = await recordAnswer(this.world.deps, link, {
      id: "phq9-9",
      value,
      submissionKey: `item-9-${value}`,
    });
    if (isRefusal(answered)) throw new Error(answered.sentence);
    await this.world.settle();
  }

  /**
   * Answers the check-in that the newest message links to: all is well but what is named.
   * @param words - what the participant writes with it
   */
  async answerCheckIn(
    but: Readonly<Record<string, number | boolean>> = {},
    words?: string,
  ): Promise<void> {
    const link = await this.#link("check-in");
    const { episode } = await this.state();
    const ctx = await loadContext(this.world.deps, episode, team);
    const key = `check-in-${this.world.now()}`;
    const opened = await loadLinkTarget(this.world.deps, link);
    const asked = questionsOf(opened?.item, ctx).map(({ id }) => id);
    const answers = Object.entries({ ...answersOfSomebodyWell(ctx), ...but });
    for (const [id, value] of answers.filter(([question]) => asked.includes(question))) {
      const saved = await recordAnswer(this.world.deps, link, {
        id,
        value,
        submissionKey: key,
      });
      if (isRefusal(saved)) throw new Error(`${id}: ${saved.sentence}`);
    }
    const sent = await sendRecorded(this.world.deps, link, {
      submissionKey: key,
      ...(words === undefined ? {} : { words }),
    });
    if (isRefusal(sent)) throw new Error(sent.sentence);
    await this.world.settle();
  }

  /** What was sent, one line each: local date, template and channel. */
  outbox(): string[] {
    return this.world.sent.map(
      ({ at, templateId, channel }) => `${localTimeOf(at, timeZone).date} ${templateId} ${channel}`,
    );
  }

  async audit(): Promise<readonly { readonly action: string; readonly at: string }[]> {
    const pk = keys.episode(this.episodeId).pk;
    const entries: { action: string; at: string }[] = [];
    let after: string | undefined;
    do {
      const page = await this.world.store.query("audit", pk, {
        ...(after === undefined ? {} : { after }),
      });
      for (const item of page.items)
        entries.push({ action: String(item.action), at: String(item.at) });
      after = page.next;
    } while (after !== undefined);
    return entries;
  }
}

const goodWhenHigh = ["confidence", "follow-up-attended"];

function answersOfSomebodyWell(ctx: DecisionContext): Record<string, number | boolean> {
  const answers: Record<string, number | boolean> = {};
  for (const { id, answer } of ctx.program.aftercare.questions) {
    const isGoodWhenHigh = goodWhenHigh.includes(id);
    if (answer.type === "yes-no") answers[id] = isGoodWhenHigh;
    else if (answer.type === "days") answers[id] = 0;
    else if (answer.type === "scale")
      answers[id] = isGoodWhenHigh ? answer.maximum : answer.minimum;
    else
      for (const item of ctx.instruments[answer.instrumentId]?.items ?? [])
        answers[item.itemId] = 0;
  }
  return answers;
}
