// Long because it holds all that people and their staff do in a year.
import type { MemoryWorld } from "../../local/in-memory/memory-world.ts";
import { examplePlans } from "../../local/seeds/example-plans.ts";
import { exampleScreens } from "../../local/seeds/example-screens.ts";
import { decideApproval } from "../../shared/care/approvals/decide-approval.ts";
import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import type { EpisodeItem, OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import { writePlan } from "../../shared/care/plans/write-plan.ts";
import { answerCheckIn } from "../../shared/questions/answer-check-in.ts";
import { checkInQuestions } from "../../shared/questions/question.ts";
import { recordAnswers } from "../../shared/questions/record-answers.ts";
import { decideAndCommit, loadEpisode } from "../../shared/store/decide-and-commit.ts";
import { completeTask } from "../../workflows/run/complete-task.ts";
import { openIntake } from "../../workflows/run/open-intake.ts";
import { recordScreen } from "../../workflows/run/record-screen.ts";
import { recordAttendance } from "../../workflows/weekly-program/record-attendance.ts";
import { buildAnswers } from "../builders/instruments.ts";
import { seedWorld } from "../fakes/seed-world.ts";

const clinician: Actor = {
  kind: "staff",
  staffId: "taylor-riverside",
  functions: ["clinical-lead", "clinician", "supervisor", "site-lead", "case-manager"],
};

/** Check-in answers of somebody who is well. */
const wellAnswers: Readonly<Record<string, number | boolean>> = {
  ...buildAnswers("phq-2", 0),
  ...buildAnswers("gad-2", 0),
  "use-days": 0,
  "opioid-use": false,
  craving: 0,
  confidence: 4,
  "follow-up-attended": true,
  "key-medication-stopped": false,
  "other-medication-stopped": false,
  "nowhere-to-sleep": false,
  "housing-or-work-lost": false,
  "wants-call": false,
  "looks-for-support": false,
  "wants-peer": false,
  "wants-work-help": false,
};

/** What somebody well answers to all that a check-in asks. */
function askedOf(ctx: DecisionContext, number: number): Readonly<Record<string, number | boolean>> {
  return Object.fromEntries(
    checkInQuestions(ctx, { number }).map(({ id }) => [id, wellAnswers[id] ?? 0]),
  );
}

/** Publishes the shipped programs into a world. */
export async function publishIn(world: MemoryWorld): Promise<void> {
  await seedWorld({ store: world.store, clock: world.deps.clock });
  await world.settle();
}

/** Participants and the staff around them, acting on a world through the same use cases as the handlers. */
export class MemoryPerson {
  readonly #world: MemoryWorld;
  readonly #number: number;
  #commands = 0;
  episodeId = "";

  constructor(world: MemoryWorld, number: number) {
    this.#world = world;
    this.#number = number;
  }

  /** Refers themself with a phone and an email address of their own. */
  async refer(): Promise<void> {
    const outcome = await openIntake(this.#world.deps, {
      request: {
        programId: "adult-iop",
        siteId: "riverside",
        source: "self",
        participant: {
          name: { given: "Wren", family: `Number ${this.#number}` },
          birthDate: "1988-03-02",
          phone: `+1212555${String(1_0000 + this.#number).slice(-4)}`,
          phoneKind: "own",
          email: `person${this.#number}@example.org`,
          language: "en",
        },
        consents: { sms: true, email: true, voicemail: false },
      },
      identity: {
        scope: "public",
        key: `referral-of-${this.#number}`,
        method: "POST",
        path: "/api/v1/intakes",
        body: `referral-of-${this.#number}`,
      },
      actorOf: (participantId) => ({ kind: "participant", participantId }),
    });
    if (outcome.outcome !== "opened") throw new Error(`The referral was ${outcome.outcome}`);
    this.episodeId = outcome.answer.episodeId;
    await this.#world.settle();
  }

  async state(): Promise<OpenState> {
    const state = await loadEpisode(this.#world.store, this.episodeId);
    if (state === undefined) throw new Error("There is no such episode");
    return state;
  }

  async episode(): Promise<Episode> {
    return (await this.state()).episode;
  }

  /** Every item of the episode, closed ones too. */
  async items(): Promise<readonly EpisodeItem[]> {
    const page = await this.#world.store.query("care", `EP#${this.episodeId}`, {});
    return page.items
      .filter((item) => item.sk !== "EPISODE")
      .map((item) => item as unknown as EpisodeItem);
  }

  /** Fills in whatever forms are open, each instrument at once. */
  async fillForms(value = 1): Promise<void> {
    const { items } = await this.state();
    for (const form of items.values()) {
      if (form.kind !== "form" || form.status !== "asked") continue;
      await this.#decide(this.#participant(), (state, ctx) => {
        const draft = new Draft(state, ctx);
        for (const instrumentId of form.instruments) {
          const recorded = recordAnswers(draft, ctx, {
            formSk: form.sk,
            instrumentId,
            answers: buildAnswers(instrumentId, value),
            submissionKey: `${form.formId}-${instrumentId}`,
          });
          if (isRefusal(recorded)) return recorded;
        }
        return draft.finish("form-answered", { formId: form.formId });
      });
    }
    await this.#world.settle();
  }

  /** Decides the open approval of a kind. */
  async decide(taskKind: CareTask["taskKind"], decision: "approved" | "rejected"): Promise<void> {
    if (taskKind === "admission-approval") await this.#askInTheRoom();
    const task = await this.task(taskKind);
    await this.#decide(clinician, (state, ctx) =>
      decideApproval(
        state,
        { taskSk: task.sk, decision, reason: "Agreed", version: task.version },
        ctx,
      ),
    );
    await this.#world.settle();
  }

  async task(taskKind: CareTask["taskKind"]): Promise<CareTask> {
    const [task] = await this.tasks(taskKind);
    if (task === undefined) throw new Error(`There is no open ${taskKind}`);
    return task;
  }

  async tasks(taskKind: CareTask["taskKind"]): Promise<readonly CareTask[]> {
    const { items } = await this.state();
    return [...items.values()].filter(
      (item): item is CareTask =>
        item.kind === "task" && item.status === "open" && item.taskKind === taskKind,
    );
  }

  /** Records what came of every open task of a kind. */
  async finish(taskKind: CareTask["taskKind"], outcome: string): Promise<void> {
    for (const task of await this.tasks(taskKind)) {
      await this.#decide(clinician, (state, ctx) =>
        completeTask(
          state,
          {
            taskSk: task.sk,
            outcome,
            ...(taskKind === "aftercare-call"
              ? { answers: askedOf(ctx, Number(task.evidence.checkIn ?? 1)) }
              : {}),
          },
          ctx,
        ),
      );
    }
    await this.#world.settle();
  }

  /** Writes the crisis plan down with the person. */
  /** What staff ask everybody before an admission. */
  async #askInTheRoom(): Promise<void> {
    for (const [screenId, answers] of Object.entries(exampleScreens))
      await this.#decide(clinician, (state, ctx) =>
        recordScreen(
          state,
          { screenId, answers, refused: [], mode: "in-person", safetyConcern: false },
          ctx,
        ),
      );
  }

  async writeCrisisPlan(): Promise<void> {
    await this.#decide(clinician, (state, ctx) =>
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
    );
  }

  /** Marks every session that has begun and is not marked. */
  async attend(status: "present" | "no-show" = "present"): Promise<void> {
    const { items } = await this.state();
    const now = this.#world.now();
    const begun = [...items.values()].filter(
      (item): item is Session =>
        item.kind === "session" && item.status === "planned" && item.scheduledStartAt <= now,
    );
    for (const session of begun) {
      await this.#decide(clinician, (state, ctx) =>
        recordAttendance(state, session, { status }, ctx),
      );
    }
    await this.#world.settle();
  }

  /** Answers the open check-in, where there is one. */
  async checkIn(): Promise<void> {
    const { items } = await this.state();
    for (const item of items.values()) {
      if (item.kind !== "check-in" || item.status !== "open") continue;
      await this.#decide(this.#participant(), (state, ctx) =>
        answerCheckIn(state, ctx, {
          checkInSk: item.sk,
          answers: askedOf(ctx, item.number),
          submissionKey: item.checkInId,
        }),
      );
    }
    await this.#world.settle();
  }

  #participant(): Actor {
    return { kind: "participant", participantId: `of-${this.episodeId}` };
  }

  async #decide(
    actor: Actor,
    decide: (state: OpenState, ctx: DecisionContext) => Change | Refusal,
  ): Promise<void> {
    this.#commands += 1;
    const outcome = await decideAndCommit(this.#world.deps, {
      episodeId: this.episodeId,
      commandId: `person/${this.#number}/${this.#commands}`,
      actor,
      decide: (state, ctx) => {
        const change = decide(state, ctx);
        return isRefusal(change) ? change : { change, answer: "done" };
      },
    });
    if (outcome.refusal !== undefined) throw new Error(outcome.refusal.sentence);
  }
}

/** Six weeks and a year of several people at once, who all do well; the reference pathway. */
export async function playPathway(
  world: MemoryWorld,
  people: readonly MemoryPerson[],
): Promise<void> {
  const each = async (act: (person: MemoryPerson) => Promise<void>) => {
    for (const person of people) await act(person);
  };
  const start = Date.parse(world.now());
  const after = (days: number, hours = 0) =>
    world.advanceTo(new Date(start + (days * 24 + hours) * 3_600_000).toISOString());
  await each((person) => person.refer());
  await after(0, 0.1);
  await each((person) => person.fillForms());
  await each((person) => person.decide("admission-approval", "approved"));
  // Begins on a Monday at nine: whoever leads a session marks it some minutes after it has begun.
  const sessionHours: readonly (readonly [day: number, hours: readonly number[]])[] = [
    [0, [0.15, 8.15]],
    [1, [0.15, 3.15]],
    [3, [0.15, 3.65]],
    [4, [0.15, 2.4]],
  ];
  for (let week = 0; week < 6; week += 1) {
    for (const [day, hours] of sessionHours) {
      for (const hour of hours) {
        await after(week * 7 + day, hour);
        await each((person) => person.attend());
      }
      if (day === 1) await each((person) => person.fillForms(0));
    }
  }
  await after(42, 1);
  await each((person) => person.decide("week-review-approval", "approved"));
  await after(42, 2);
  await each((person) => person.writeCrisisPlan());
  await each((person) => person.finish("discharge-checklist", "done"));
  await each((person) => person.decide("discharge-approval", "approved"));
  await after(43, 6);
  await each((person) => person.finish("aftercare-call", "reached"));
  for (const day of [7, 14, 30, 60, 92, 183, 366]) {
    await after(42 + day, 8);
    await each((person) => person.checkIn());
  }
  await after(42 + 367);
  await each((person) => person.decide("closing-approval", "approved"));
  await after(42 + 380);
}
