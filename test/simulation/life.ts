// Long because it is one life from referral to the last check-in.

import { createReceiveIntake } from "../../functions/receive-intake/receive-intake.ts";
import { receiveSms } from "../../functions/receive-sms/receive-sms.ts";
import { MemoryWorld, type WorldObserver } from "../../local/in-memory/memory-world.ts";
import { snsEvent } from "../../local/messaging/sns-event.ts";
import { examplePlans } from "../../local/seeds/example-plans.ts";
import { exampleScreens } from "../../local/seeds/example-screens.ts";
import type { AttendanceStatus } from "../../shared/care/episode/attendance-status.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { TaskKind } from "../../shared/care/episode/task-kinds.ts";
import { snsEventSchema } from "../../shared/contracts/sns-event.ts";
import { keys } from "../../shared/keys/keys.ts";
import { readRecord, readRules } from "../builders/read-record.ts";
import { dateAfter, instantOf, localTimeOf } from "../e2e/support/local-time.ts";
import { seedWorld } from "../fakes/seed-world.ts";
import type { SiteVisitor } from "../fakes/site-visitor.ts";
import { ParticipantPages } from "./participant-pages.ts";
import { avery, StaffCalls, taylor } from "./staff-calls.ts";

const timeZone = "America/New_York";
const phone = "+12125550161";
/** One participant and the staff around them, in a world without I/O. Times are wall times in New York. */
export class Life {
  readonly world: MemoryWorld;
  episodeId = "";
  /** The person, by the pages alone. */
  readonly pages: ParticipantPages;
  /** The staff around them, by the API alone. */
  readonly staff: StaffCalls;
  #referrals = 0;
  #texts = 0;

  /** @param observer - looks on at what happens in the world */
  constructor(startAt: string, observer?: WorldObserver) {
    this.world = new MemoryWorld({
      startAt: instantOf(startAt, timeZone),
      conflictRate: 0.05,
      ...(observer === undefined ? {} : { observer }),
    });
    this.pages = new ParticipantPages(this.world);
    this.staff = new StaffCalls(this);
  }

  async start(): Promise<void> {
    await seedWorld(this.world.deps);
  }

  /** Moves the clock to a wall time such as `2027-01-11 09:00`. */
  async until(wallTime: string): Promise<void> {
    await this.world.advanceTo(instantOf(wallTime, timeZone));
  }

  /**
   * @param more - what the referral says beside who it is about
   * @returns what whoever refers is told; the record is the one looked at from now on
   */
  async refer(
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<Readonly<Record<string, unknown>>> {
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
          phone,
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
    return body;
  }

  async state(): Promise<OpenState> {
    return readRecord(this.world.deps, this.episodeId);
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

  /** What staff ask everybody in the room: nothing is to be followed up. */
  async askInTheRoom(): Promise<void> {
    for (const screenId of Object.keys(exampleScreens)) await this.ask(screenId);
  }

  /** Records a screen with these answers; what is left out is as in the example, or the lowest answer. */
  async ask(screenId: string, but: Readonly<Record<string, number>> = {}): Promise<void> {
    const { program } = await readRules(this.world.deps, await this.state());
    const screen = program.screens?.find((one) => one.screenId === screenId);
    const lowest = Object.fromEntries(
      (screen?.questions ?? []).flatMap(({ id, options }) =>
        options === undefined ? [] : [[id, 0]],
      ),
    );
    const answers = { ...lowest, ...exampleScreens[screenId], ...but };
    await this.staff.onEpisode(avery, "screens", {
      screenId,
      answers,
      refused: [],
      mode: "in-person",
    });
  }

  /** Staff speak with the person about every open alert, and a clinician closes it. */
  async settleAlerts(): Promise<void> {
    for (const { escalationId, status } of await this.staff.alerts()) {
      if (status === "closed") continue;
      const path = `/escalations/${escalationId}`;
      await this.staff.ok(avery, "POST", `${path}/contact`, { outcome: "spoke-with-participant" });
      await this.staff.ok(avery, "POST", `${path}/closure`, {
        outcome: "safe-with-plan",
        reason: "Spoke, plan agreed",
      });
    }
  }

  /** The clinical lead approves what is asked, in one of the ways there are. */
  async decide(taskKind: TaskKind, choice?: string): Promise<void> {
    if (taskKind === "admission-approval") await this.askInTheRoom();
    const { taskId, version } = await this.task(taskKind);
    await this.staff.ok(taylor, "POST", `/tasks/${taskId}/decision`, {
      decision: "approved",
      reason: "Agreed in the morning meeting",
      version,
      ...(choice === undefined ? {} : { choice }),
    });
  }

  /** Whoever the one open task of a kind falls to records what came of it. */
  async finish(taskKind: TaskKind, outcome: string, more: object = {}): Promise<void> {
    await this.finishTask(await this.task(taskKind), outcome, more);
  }

  async finishTask(task: CareTask, outcome: string, more: object = {}): Promise<void> {
    await this.staff.finishAsTheirs(task, outcome, more);
  }

  /** Writes the crisis plan down with the person. */
  async writeCrisisPlan(): Promise<void> {
    const { plans } = (await this.state()).episode;
    await this.staff.onEpisode(avery, "plans", {
      planKind: "crisis",
      sections: examplePlans.crisis,
      isShown: false,
      version: plans?.crisis?.version ?? 0,
    });
  }

  async attend(date: string, slot: string, status: AttendanceStatus): Promise<void> {
    await this.staff.mark(date, slot, { status });
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

  /** A text arrives at the number of Riverside: from the person's phone, unless another is named. */
  async text(messageBody: string, from = phone): Promise<void> {
    this.#texts += 1;
    const message = {
      originationNumber: from,
      destinationNumber: "+12125550111",
      messageBody,
      inboundMessageId: `text-of-a-life-${this.#texts}`,
    };
    await receiveSms(
      { ...this.world.deps, optOutList: { add: async () => {}, remove: async () => {} } },
      snsEventSchema.parse(snsEvent("inbound-texts", message, this.world.now())),
    );
    await this.world.settle();
  }

  /** Opens the link of the newest message that the person got with a template. */
  async openLink(templateId: string): Promise<SiteVisitor> {
    const { participantId } = (await this.state()).episode;
    return this.pages.openLink(participantId, templateId);
  }

  /** Fills in the form that the newest message of a template links to: the same answer to all but the suicide item. */
  async answerForm(templateId: string, value: number): Promise<void> {
    const visitor = await this.openLink(templateId);
    await this.pages.answerAll(visitor, (question) => (question === suicideItem ? 0 : value));
  }

  /** Answers the suicide item of the form that the newest message of a template links to, and no other. */
  async answerItem9(value: number, templateId = "ask-forms"): Promise<void> {
    await this.answerOne(templateId, suicideItem, value);
  }

  /** Answers one question of what the newest message of a template links to, and leaves the rest. */
  async answerOne(templateId: string, question: string, value: number | boolean): Promise<void> {
    await this.pages.answerOne(await this.openLink(templateId), question, value);
  }

  /**
   * Answers the check-in that the newest message links to: all is well but what is named.
   * @param words - what the participant writes with it
   */
  async answerCheckIn(
    but: Readonly<Record<string, number | boolean>> = {},
    words?: string,
  ): Promise<void> {
    const visitor = await this.openLink("check-in");
    await this.pages.answerAll(
      visitor,
      (question, offered) => but[question] ?? answerOfSomebodyWell(question, offered),
      words,
    );
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

const suicideItem = "phq9-9";
const goodWhenHigh = ["confidence", "follow-up-attended"];

function answerOfSomebodyWell(
  question: string,
  offered: readonly (number | boolean)[],
): number | boolean {
  const isGoodWhenHigh = goodWhenHigh.includes(question);
  if (offered.includes(true)) return isGoodWhenHigh;
  const numbers = offered.map(Number);
  if (numbers.length === 0) return 0;
  return isGoodWhenHigh ? Math.max(...numbers) : Math.min(...numbers);
}
