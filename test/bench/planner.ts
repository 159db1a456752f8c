import { MemoryWorld } from "../../local/in-memory/memory-world.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { addDays, instantAt } from "../../shared/care/time/zoned-time.ts";
import { planCheckIn } from "../../shared/messages/plan-check-in.ts";
import { planMessages } from "../../shared/messages/plan-messages.ts";
import { loadContext } from "../../shared/store/decide-and-commit.ts";
import { openWeek } from "../../workflows/weekly-program/open-week.ts";
import { cpuMilliseconds, type Figure } from "./measure.ts";
import { MemoryPerson, publishIn } from "./memory-people.ts";

const rounds = 2000;

/**
 * How many participants' whole pathways are planned a second on one core: every session, reminder, weekly
 * text, measure and check-in of six weeks and a year, by the pure rules, without store or machines.
 */
export async function plannerFigures(): Promise<readonly Figure[]> {
  const world = new MemoryWorld({ startAt: "2027-01-04T14:00:00.000Z", conflictRate: 0 });
  await publishIn(world);
  const person = new MemoryPerson(world, 1);
  await person.refer();
  const state = await person.state();
  const ctx = await loadContext(world.deps, state.episode, { kind: "system", part: "bench" });
  for (let warm = 0; warm < 200; warm += 1) planAll(state, ctx, warm);
  const startedAt = cpuMilliseconds();
  let planned = 0;
  for (let round = 0; round < rounds; round += 1) planned += planAll(state, ctx, round).length;
  const seconds = (cpuMilliseconds() - startedAt) / 1000;
  const bare = bareSeconds(planAll(state, ctx, 0));
  return [
    {
      name: "planner against a bare loop",
      value: seconds / bare,
      unit: "×",
      better: "less",
      note: "the same items, made by hand",
    },
    {
      name: "planner alone",
      value: rounds / seconds,
      unit: "participants/s",
      target: 1000,
      better: "more",
      note: `${Math.round(planned / rounds)} sessions, messages and check-ins each`,
    },
  ];
}

/** How long it takes to make the same items with nothing thought about: the floor. */
function bareSeconds(items: readonly object[]): number {
  const startedAt = cpuMilliseconds();
  let made = 0;
  for (let round = 0; round < rounds; round += 1) {
    const copies = items.map((item) => ({ ...item, participantId: `bare-${round}` }));
    made += copies.length;
  }
  if (made !== items.length * rounds) throw new Error("The bare loop made other items");
  return (cpuMilliseconds() - startedAt) / 1000;
}

function planAll(before: OpenState, ctx: DecisionContext, number: number): readonly object[] {
  const episode = {
    ...before.episode,
    participantId: `${before.episode.participantId}-${number}`,
    status: "active" as const,
    admittedOn: "2027-01-04",
  };
  const planned: object[] = [];
  for (let week = 1; week <= 6; week += 1) {
    const startsOn = addDays("2027-01-04", (week - 1) * 7);
    const run: WorkflowRun = {
      kind: "driver",
      sk: `DRIVER#weekly-program#${week}`,
      version: 1,
      driverId: `weekly-program-${week}`,
      workflow: "weekly-program",
      subject: String(week),
      generation: 1,
      step: "open-week",
      status: "running",
      data: { week, startsOn },
    };
    const now = instantAt(startsOn, "00:00", ctx.site.timeZone);
    const opened = openWeek({ episode, items: new Map() }, run, { ...ctx, now });
    planned.push(...(opened.change?.puts ?? []));
  }
  const dischargedAt = instantAt("2027-02-15", "11:00", ctx.site.timeZone);
  for (const { number: checkIn, day, kind } of ctx.program.aftercare.checkIns) {
    const now = instantAt(addDays("2027-02-15", day), "08:00", ctx.site.timeZone);
    const later = { ...ctx, now };
    const draft = new Draft(
      { episode: { ...episode, status: "aftercare", dischargedAt }, items: new Map() },
      later,
    );
    planCheckIn(draft, later, { number: checkIn, row: checkIn, day, kind });
    planMessages(draft, later, {
      anchor: "check-in-opened",
      anchorAt: now,
      occurrence: `c${checkIn}`,
      circumstances: ["reminder"],
      link: { itemSk: `CHECKIN#${checkIn}`, opensAt: now, endsAt: addDays(now.slice(0, 10), 7) },
    });
    planned.push(...draft.finish("planned").puts);
  }
  return planned;
}
