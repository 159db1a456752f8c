import type { VirtualClock } from "../../clock/virtual-clock.ts";
import { answerLinks } from "./demo-answers.ts";
import { nameLeaders } from "./demo-leaders.ts";
import type { DemoPerson } from "./demo-people.ts";
import { referral } from "./demo-referral.ts";
import { daysWithoutSessions, markingTimes, markSessions } from "./demo-sessions.ts";
import { workTheQueue } from "./demo-staff.ts";
import { type Day, dayOf, daysBetween, instantOf, isWeekday, mondayOf } from "./demo-time.ts";
import { LocalClient } from "./local-client.ts";
import type { QuickWorld } from "./quick-world.ts";

export type StoryParts = {
  readonly world: QuickWorld;
  readonly clock: VirtualClock;
  readonly people: readonly DemoPerson[];
  /** The present: the story ends here, epoch milliseconds. */
  readonly endsAtMs: number;
  readonly say: (sentence: string) => void;
};

/** From the referral to the discharge: six weeks, their review on the Monday after, and a day. */
const daysToDischarge = 3 + 6 * 7 + 1;
/** Days after the discharge on which an aftercare contact is due or may be answered. */
const contactDays = [7, 14, 30, 60, 90, 180, 365];
const answerDays = 3;

/** The people of the demonstration and everybody around them, played from the first referral to the present. */
export class DemoStory {
  readonly #parts: StoryParts;
  readonly #client: LocalClient;
  readonly #today: Day;
  readonly #episodes = new Map<string, DemoPerson>();

  constructor(parts: StoryParts) {
    this.#parts = parts;
    this.#client = new LocalClient((path, init) => parts.world.request(path, init));
    this.#today = dayOf(parts.endsAtMs);
  }

  /** Plays it day by day; on days on which nothing is due for anybody, time just passes. */
  async play(): Promise<void> {
    const { people, clock, say } = this.#parts;
    const begun = people.filter((person) => "weeksAgo" in person.begins);
    const first = begun.map((person) => this.#referredOn(person)).toSorted(compareDays)[0];
    if (first !== undefined) {
      clock.set(instantOf(first, "08:00"));
      await nameLeaders(this.#client, first);
    }
    let told = 0;
    for (
      let day = first ?? this.#today;
      compareDays(day, this.#today) <= 0;
      day = day.add({ days: 1 })
    ) {
      if (!isWeekday(day) || !begun.some((person) => this.#isBusy(person, day))) continue;
      const weeksLeft = Math.floor(daysBetween(day, this.#today) / 7);
      if (weeksLeft !== told) {
        say(
          weeksLeft === 0
            ? "  this week"
            : `  ${weeksLeft} ${weeksLeft === 1 ? "week" : "weeks"} ago`,
        );
        told = weeksLeft;
      }
      await this.#playDay(day);
    }
    await this.#playPresent();
  }

  /** The Friday before the program begins. */
  #referredOn(person: DemoPerson): Day {
    const weeksAgo = "weeksAgo" in person.begins ? person.begins.weeksAgo : 0;
    return mondayOf(this.#today).subtract({ weeks: weeksAgo }).subtract({ days: 3 });
  }

  #isBusy(person: DemoPerson, day: Day): boolean {
    const since = daysBetween(this.#referredOn(person), day);
    if (since < 0) return false;
    const sinceDischarge = since - daysToDischarge;
    if (sinceDischarge <= answerDays) return true;
    return contactDays.some((one) => sinceDischarge >= one && sinceDischarge <= one + answerDays);
  }

  async #playDay(day: Day): Promise<void> {
    const client = this.#client;
    if (!(await this.#reachMarking(day, "10:00"))) return;
    for (const person of this.#parts.people) {
      if ("weeksAgo" in person.begins && this.#referredOn(person).equals(day))
        await this.#refer(person);
    }
    if (!(await this.#reachMarking(day, "15:30"))) return;
    await this.#answer(day);
    if (!(await this.#reachMarking(day, "17:30"))) return;
    // What one decision leads to is decided in the same hour: a decision rests half a minute.
    for (const wallTime of ["17:31", "17:33", "17:35"]) {
      await workTheQueue(client, daysBetween(day, this.#today), (id) => this.#episodes.get(id));
      await this.#reach(day, wallTime);
    }
  }

  /** What happened in the last hours, and what somebody has just done. */
  async #playPresent(): Promise<void> {
    const { people, world, clock, endsAtMs } = this.#parts;
    await this.#sendOnLeave();
    const late = people
      .flatMap((person) => ("minutesAgo" in person.begins ? [{ person, ...person.begins }] : []))
      .toSorted((left, right) => right.minutesAgo - left.minutesAgo);
    for (const { person, minutesAgo } of late) {
      const at = endsAtMs - minutesAgo * 60_000;
      if (at > clock.nowEpochMs()) await world.advanceTo(at);
      await this.#refer(person);
    }
    await world.advanceTo(endsAtMs);
  }

  /** Reaches an hour of the day; leaders mark their groups on the way, in the first minutes. */
  async #reachMarking(day: Day, wallTime: string): Promise<boolean> {
    if (!daysWithoutSessions.includes(day.dayOfWeek)) {
      for (const marking of markingTimes) {
        if (marking > wallTime || instantOf(day, marking) <= this.#parts.clock.nowEpochMs())
          continue;
        if (!(await this.#reach(day, marking))) return false;
        await markSessions(this.#client, day, this.#today, (id) => this.#episodes.get(id));
      }
    }
    return this.#reach(day, wallTime);
  }

  /** @returns false where that lies in the future */
  async #reach(day: Day, wallTime: string): Promise<boolean> {
    const at = instantOf(day, wallTime);
    const { world, endsAtMs } = this.#parts;
    // The last hours belong to those who have only just come.
    if (at > endsAtMs - 6 * 3_600_000) return false;
    await world.advanceTo(at);
    return true;
  }

  async #refer(person: DemoPerson): Promise<void> {
    const { episodeId } = await this.#client.post("/api/v1/intakes", referral(person));
    this.#episodes.set(String(episodeId), person);
  }

  async #answer(day: Day): Promise<void> {
    const { world } = this.#parts;
    const daysLeft = daysBetween(day, this.#today);
    const isLastDay = daysLeft <= (day.dayOfWeek === 5 ? 3 : 1);
    for (const [episodeId, person] of this.#episodes) {
      if (!this.#isBusy(person, day)) continue;
      await answerLinks(world.deps, this.#client, {
        episodeId,
        person,
        daysLeft,
        isLastDay,
      });
    }
    await world.settle();
  }

  async #sendOnLeave(): Promise<void> {
    for (const [episodeId, person] of this.#episodes) {
      if (person.goesOnLeave !== true) continue;
      await this.#client.post(
        `/api/v1/episodes/${episodeId}/hold`,
        {
          kind: "family",
          expectedReturnOn: this.#today.add({ days: 9 }).toString(),
          contactKeptBy: `casey-${person.siteId}`,
          reason: "A family matter in another city",
        },
        { role: "case-manager", siteId: person.siteId },
      );
    }
  }
}

function compareDays(left: Day, right: Day): number {
  return -daysBetween(left, right);
}
