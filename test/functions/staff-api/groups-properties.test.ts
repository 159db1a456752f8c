// Long because what may happen to people in groups, and what must be true whatever happened, are read together.

import { describe, expect, it } from "vitest";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { overlaps } from "../../../shared/care/sessions/schedule-conflicts.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { listSessions } from "../../../shared/store/list-week-sessions.ts";
import { carryOutOutboxEntry } from "../../../workflows/run/carry-out-outbox-entry.ts";
import { eveningGroup, inEveningProgram, publishEvenings } from "../../builders/evening-groups.ts";
import { fc } from "../../builders/properties.ts";
import { StaffWorld } from "../../fakes/staff-world.ts";

/** Tuesday morning in New York; the evening group is on Thursday. */
const now = "2027-01-12T16:00:00.000Z";
const casey = "casey-riverside";
const taylor = "taylor-riverside";
const avery = "avery-riverside";
const people = ["1", "2", "3", "4"].map((last) => `01JHEP000000000000000000E${last}`);
const places = 2;
const thursday = "2027-01-14";

const who = fc.nat(people.length - 1);
const move = fc.oneof(
  fc.record({
    do: fc.constant("track" as const),
    who,
    track: fc.constantFrom("evening", "evening", "day"),
    from: fc.constantFrom("2027-01-12", thursday),
  }),
  fc.record({
    do: fc.constant("make-up" as const),
    who,
    isGivenUp: fc.constantFrom(false, false, true),
  }),
  fc.record({
    do: fc.constant("apart" as const),
    who,
    other: who,
    isTakenBack: fc.constantFrom(false, false, true),
  }),
);
const event = fc.oneof(
  fc.record({ do: fc.constant("group" as const), isCancelled: fc.boolean() }),
  fc.record({ do: fc.constant("closure" as const), isOpened: fc.boolean() }),
  fc.record({ do: fc.constant("leave" as const), who, isBack: fc.boolean() }),
  fc.record({ do: fc.constant("death" as const), who, isPutRight: fc.boolean() }),
  fc.record({
    do: fc.constant("visit" as const),
    who,
    startTime: fc.constantFrom("10:00", "17:30", "19:00", "21:30"),
    leaderId: fc.constantFrom(casey, avery),
  }),
  fc.record({ do: fc.constant("lead" as const), leaderId: fc.constantFrom(casey, avery) }),
  fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(1, 12) }),
);
/** Moves into groups are drawn as often as all that may happen to these. */
const step = fc.oneof(move, event);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** Four people in the days of a program whose evening group has two places. */
class Groups {
  readonly world: StaffWorld;
  /** Pairs, with the sessions in which both sat already when it was said that they are not to. */
  readonly apart = new Map<string, ReadonlySet<string>>();

  private constructor(world: StaffWorld) {
    this.world = world;
  }

  static async begin(): Promise<Groups> {
    const world = await StaffWorld.create(now);
    await publishEvenings(world.deps, { places });
    for (const episodeId of people) await world.add({ episode: inEveningProgram(episodeId) });
    return new Groups(world);
  }

  async take(one: Step): Promise<void> {
    const id = "who" in one ? (people[one.who] ?? "") : "";
    const post = (path: string, body: object, by = casey) =>
      this.world.call(by, "POST", path, body);
    const reason = "Agreed";
    switch (one.do) {
      case "track":
        await this.#answered(
          post(`/episodes/${id}/group-track`, { track: one.track, from: one.from, reason }),
        );
        break;
      case "make-up":
        await this.#answered(
          post(`/episodes/${id}/make-ups`, {
            sessionId: eveningGroup,
            reason,
            ...(one.isGivenUp ? { isGivenUp: true } : {}),
          }),
        );
        break;
      case "apart":
        await this.#keepApart(id, people[one.other] ?? "", one.isTakenBack);
        break;
      case "group":
        await this.#answered(
          post(`/sessions/${eveningGroup}/changes`, {
            isCancelled: one.isCancelled,
            words: reason,
          }),
        );
        break;
      case "lead":
        await this.#answered(
          post(`/sessions/${eveningGroup}/changes`, { leaderId: one.leaderId, words: reason }),
        );
        break;
      case "closure":
        await this.#answered(
          one.isOpened
            ? post("/closures/undo", { siteId: "riverside", on: thursday }, taylor)
            : post("/closures", { siteId: "riverside", on: thursday, words: "Snow" }, taylor),
        );
        break;
      case "leave":
        await this.#answered(
          one.isBack
            ? post(`/episodes/${id}/resume`, { reason })
            : post(`/episodes/${id}/hold`, {
                kind: "vacation",
                expectedReturnOn: "2027-01-20",
                contactKeptBy: casey,
                reason,
              }),
        );
        break;
      case "death":
        await this.#answered(
          one.isPutRight
            ? post(`/episodes/${id}/death-correction`, { reason }, avery)
            : post(`/episodes/${id}/transition`, {
                to: "discharge",
                disposition: "deceased",
                reason,
              }),
        );
        break;
      case "visit":
        await this.#answered(
          post(`/episodes/${id}/visits`, {
            modality: "individual",
            on: thursday,
            startTime: one.startTime,
            durationMinutes: 50,
            leaderId: one.leaderId,
          }),
        );
        break;
      case "wait":
        this.world.clock.advanceMinutes(one.minutes);
        break;
    }
    await this.#carryOut();
  }

  async #keepApart(id: string, other: string, isTakenBack: boolean): Promise<void> {
    const together = await this.#sharedBy(id, other);
    const isDone = await this.#answered(
      this.world.call(casey, "POST", `/episodes/${id}/apart`, {
        otherEpisodeId: other,
        reason: "Afraid of each other",
        ...(isTakenBack ? { isTakenBack: true } : {}),
      }),
    );
    const pair = [id, other].sort().join(" ");
    if (isDone && isTakenBack) this.apart.delete(pair);
    if (isDone && !isTakenBack) this.apart.set(pair, together);
  }

  async #answered(call: Promise<{ readonly status: number }>): Promise<boolean> {
    const { status } = await call;
    expect(status).toBeLessThan(500);
    return status === 200;
  }

  /** What the commands owe, as the outbox does it within a second. */
  async #carryOut(): Promise<void> {
    const deps = {
      ...this.world.deps,
      runner: new MemoryWorkflowRunner(),
      functions: new MemoryFunctionRunner(),
    };
    for (let round = 0; round < 5; round += 1) {
      const owed = this.world.store.all("care").filter(({ kind }) => kind === "effect");
      if (owed.length === 0) return;
      for (const entry of owed) await carryOutOutboxEntry(deps, entry);
    }
  }

  async planned(episodeId: string): Promise<readonly Session[]> {
    const sessions = await listSessions(this.world.store, episodeId);
    return sessions.filter(({ status }) => status === "planned");
  }

  async #sharedBy(id: string, other: string): Promise<ReadonlySet<string>> {
    const theirs = (await this.planned(other)).map(({ groupSessionId }) => groupSessionId);
    const own = (await this.planned(id)).map(({ groupSessionId }) => groupSessionId);
    return new Set(own.filter((one) => theirs.includes(one)));
  }

  /** Nobody is over capacity but who came back by a correction, with a task that says so. */
  async expectPlaces(): Promise<void> {
    const seated: string[] = [];
    for (const id of people)
      if ((await this.planned(id)).some((one) => one.groupSessionId === eveningGroup))
        seated.push(id);
    if (seated.length <= places) return;
    const conflicts = await Promise.all(
      people.map((id) =>
        this.world.store.query("care", keys.episode(id).pk, { skPrefix: "TASK#group-conflict#" }),
      ),
    );
    expect(conflicts.some(({ items }) => items.length > 0)).toBe(true);
  }

  async expectApart(): Promise<void> {
    for (const [pair, before] of this.apart) {
      const [id = "", other = ""] = pair.split(" ");
      const together = [...(await this.#sharedBy(id, other))];
      expect(together.filter((one) => !before.has(one))).toEqual([]);
    }
  }

  /** No two sessions of one person overlap, and none of one leader. */
  async expectNoOverlap(): Promise<void> {
    const led = new Map<string, Session[]>();
    for (const id of people) {
      const sessions = await this.planned(id);
      expectApartInTime(sessions);
      for (const one of sessions)
        for (const leaderId of [one.leaderId, one.coLeaderId].flatMap((leader) => leader ?? [])) {
          const own = led.get(leaderId) ?? [];
          if (!own.some(({ groupSessionId }) => groupSessionId === one.groupSessionId))
            own.push(one);
          led.set(leaderId, own);
        }
    }
    for (const sessions of led.values()) expectApartInTime(sessions);
  }
}

function expectApartInTime(sessions: readonly Session[]): void {
  const spans = sessions.map(({ scheduledStartAt, scheduledEndAt }) => ({
    startAt: scheduledStartAt,
    endAt: scheduledEndAt,
  }));
  for (const [index, left] of spans.entries())
    for (const right of spans.slice(index + 1)) expect(overlaps(left, right)).toBe(false);
}

describe("after any sequence of moves between tracks, make-up places, visits, closures, cancellations, leaves, deaths put right and pairs kept apart", () => {
  it("no group has more people than places, no pair sits together, and no person or leader is anywhere twice", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const groups = await Groups.begin();
        for (const one of steps) {
          await groups.take(one);
          await groups.expectPlaces();
          await groups.expectApart();
          await groups.expectNoOverlap();
        }
        expect(groups.world.errors).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a group that is cancelled while people have places in it", () => {
  const track = (who: number): Step => ({ do: "track", who, track: "evening", from: "2027-01-12" });
  const makeUp = (who: number): Step => ({ do: "make-up", who, isGivenUp: false });
  const off: readonly (readonly [string, Step, Step])[] = [
    ["by staff", { do: "group", isCancelled: true }, { do: "group", isCancelled: false }],
    ["by a closed day", { do: "closure", isOpened: false }, { do: "closure", isOpened: true }],
  ];

  it.each(off)(
    "%s keeps the places of those who come when it is held after all",
    async (...row) => {
      const [, cancel, hold] = row;
      const groups = await Groups.begin();
      for (const one of [makeUp(0), makeUp(1), cancel, track(2), hold]) await groups.take(one);
      await groups.expectPlaces();
    },
  );

  it.each(off)("%s keeps a pair apart when it is held after all", async (...row) => {
    const [, cancel, hold] = row;
    const groups = await Groups.begin();
    const apart: Step = { do: "apart", who: 0, other: 2, isTakenBack: false };
    for (const one of [makeUp(0), apart, cancel, track(2), hold]) await groups.take(one);
    expect(groups.apart.size).toBe(1);
    await groups.expectApart();
  });
});
