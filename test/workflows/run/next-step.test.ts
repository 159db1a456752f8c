import { describe, expect, it } from "vitest";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import {
  canMove,
  type EpisodeStatus,
  episodeStatuses,
  isTerminal,
  statusLabels,
  statusTransitions,
  terminalStatuses,
} from "../../../shared/care/episode/status.ts";
import type { Wait } from "../../../shared/care/episode/wait.ts";
import { workflowNames } from "../../../shared/care/episode/workflow-name.ts";
import type { WorkflowRun } from "../../../shared/care/episode/workflow-run.ts";
import {
  addRun,
  endRuns,
  runSk,
  runsToWake,
  waitSk,
} from "../../../shared/care/runs/workflow-runs.ts";
import { earliest } from "../../../shared/care/time/instants.ts";
import { workflowActs } from "../../../workflows/all-acts.ts";
import { stepTable, workflowReviews } from "../../../workflows/registry.ts";
import { nextStep, resumeStep } from "../../../workflows/run/next-step.ts";
import { buildMessage } from "../../builders/message.ts";
import {
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  buildTask,
  putsOf,
  tuesdayMorning,
} from "../../builders/state.ts";

function reachableFrom(start: EpisodeStatus): ReadonlySet<EpisodeStatus> {
  const reached = new Set<EpisodeStatus>([start]);
  for (const status of reached) for (const next of statusTransitions[status]) reached.add(next);
  return reached;
}

describe("the phases of the pathway", () => {
  it("end where no transition leads on, and nowhere else", () => {
    expect([...terminalStatuses].sort()).toEqual(["closed", "declined", "withdrawn"]);
    for (const status of episodeStatuses) {
      expect(isTerminal(status)).toBe(statusTransitions[status].length === 0);
    }
  });

  it("can all be reached from a referral, and each leads to an end", () => {
    expect([...reachableFrom("referred")].sort()).toEqual([...episodeStatuses].sort());
    for (const status of episodeStatuses) {
      expect(terminalStatuses.some((end) => reachableFrom(status).has(end))).toBe(true);
    }
  });

  it("let a person leave at any time before discharge and in aftercare", () => {
    for (const status of episodeStatuses) {
      if (isTerminal(status) || status === "discharged") continue;
      expect(canMove(status, "withdrawn")).toBe(true);
    }
  });

  it("never skip a person's decision", () => {
    expect(canMove("screening", "active")).toBe(false);
    expect(canMove("active", "closed")).toBe(false);
    expect(canMove("active", "aftercare")).toBe(false);
    expect(canMove("closed", "active")).toBe(false);
  });

  it("let a discharge be reversed, and follow it with aftercare", () => {
    expect(statusTransitions.discharged).toEqual(["aftercare", "active", "closed"]);
  });

  it("are told to staff in words, each in its own", () => {
    const words = episodeStatuses.map((status) => statusLabels[status]);
    expect(new Set(words).size).toBe(episodeStatuses.length);
  });
});

describe.each(workflowNames)("the steps of %s", (workflow) => {
  const { firstStep, alsoBeginsAt, steps } = stepTable[workflow];

  it("follow each other: every outcome leads to a step or to the end", () => {
    for (const step of Object.values(steps)) {
      expect(Object.keys(step.next).length).toBeGreaterThan(0);
      for (const next of Object.values(step.next)) {
        expect(next === "end" || steps[next] !== undefined).toBe(true);
      }
    }
  });

  it("are all reached from the first, and the end from each", () => {
    const reached = new Set([firstStep, ...(alsoBeginsAt === undefined ? [] : [alsoBeginsAt])]);
    for (const name of reached) {
      for (const next of Object.values(steps[name]?.next ?? {})) reached.add(next);
    }
    expect([...reached].filter((name) => name !== "end").sort()).toEqual(Object.keys(steps).sort());
    const ending = new Set(["end"]);
    for (let round = 0; round < Object.keys(steps).length; round += 1) {
      for (const [name, step] of Object.entries(steps)) {
        if (Object.values(step.next).some((next) => ending.has(next))) ending.add(name);
      }
    }
    expect(Object.keys(steps).filter((name) => !ending.has(name))).toEqual([]);
  });

  it("have a rule for every act and every review, and only for those", () => {
    const of = (kind: string) =>
      Object.entries(steps)
        .filter(([, step]) => step.kind === kind)
        .map(([name]) => name)
        .sort();
    expect(Object.keys(workflowActs[workflow]).sort()).toEqual(of("act"));
    expect(Object.keys(workflowReviews[workflow]).sort()).toEqual(of("review"));
  });

  it("return from every wait, send and page to a look at the truth", () => {
    for (const step of Object.values(steps)) {
      if (step.kind === "act" || step.kind === "review") continue;
      const next = step.next.done ?? "";
      // A wait may lead to a send, which in turn looks.
      const looking = steps[next]?.kind === "send" ? (steps[next]?.next.done ?? "") : next;
      expect(steps[looking]?.kind === "review" || steps[looking]?.kind === "act").toBe(true);
    }
  });

  it("are written down as an act or a review, so that a lost execution starts from there", () => {
    for (const [name, step] of Object.entries(steps)) {
      if (step.kind !== "act" && step.kind !== "review") continue;
      for (const outcome of Object.keys(step.next)) {
        const resumed = resumeStep(workflow, name, outcome) ?? "";
        expect(resumed === "end" || ["act", "review"].includes(steps[resumed]?.kind ?? "")).toBe(
          true,
        );
      }
    }
  });

  it("say what a person would say, each once", () => {
    const states = Object.values(steps).map((step) => step.state);
    expect(new Set(states).size).toBe(states.length);
  });
});

describe("an outcome", () => {
  it("that is not in the table leads nowhere", () => {
    expect(nextStep("aftercare", "open-check-in", "surprised")).toBeUndefined();
    expect(resumeStep("aftercare", "open-check-in", "surprised")).toBeUndefined();
    expect(nextStep("aftercare", "no-such-step", "done")).toBeUndefined();
  });
});

describe("a workflow run", () => {
  it("sleeps until its day and is started at once when that has come", () => {
    const draft = new Draft(buildState(), buildContext());
    const later = addRun(draft, {
      workflow: "aftercare",
      subject: "later",
      startAt: "2027-02-01T13:00:00.000Z",
    });
    const now = addRun(draft, {
      workflow: "aftercare",
      subject: "now",
      startAt: tuesdayMorning,
    });
    expect(later).toMatchObject({ status: "dormant", startAt: "2027-02-01T13:00:00.000Z" });
    expect(now).toMatchObject({ status: "running", step: "open-check-in" });
    expect(draft.finish("planned").outbox).toEqual([
      { kind: "start-driver", episodeId: draft.episode.episodeId, driverSk: now.sk },
    ]);
    expect(later.sk).toBe(runSk("aftercare", "later"));
  });

  it("that sleeps is ended in its sleep; one that runs looks for itself", () => {
    const asleep = buildRun("aftercare", "asleep", { status: "dormant" });
    const running = buildRun("aftercare", "running");
    const draft = new Draft(buildState(buildEpisode(), [asleep, running]), buildContext());
    endRuns(draft, () => true);
    const puts = putsOf(draft.finish("ended"));
    expect(puts[asleep.sk]).toMatchObject({ status: "done" });
    expect(puts[running.sk]).toBeUndefined();
  });

  it("names the earliest of the instants there are", () => {
    expect(earliest([undefined, "b", "a"])).toBe("a");
    expect(earliest([undefined])).toBeUndefined();
  });
});

describe("a commit", () => {
  const run = buildRun("intake", undefined, { step: "review-admission" });
  const approval = buildTask({
    taskKind: "admission-approval",
    driverId: run.driverId,
    dueAt: "2027-01-13T16:00:00.000Z",
  });
  const wake = (
    more: readonly EpisodeItem[],
    options: { hold?: Partial<Wait>; driver?: Partial<WorkflowRun> } = {},
  ) => {
    const hold: Wait = {
      kind: "hold",
      sk: waitSk(run),
      version: 1,
      driverId: run.driverId,
      generation: 1,
      token: "t",
      holdUntil: approval.dueAt,
      enteredAt: tuesdayMorning,
      retryCount: 0,
      status: "waiting",
      ...options.hold,
    };
    const state = buildState(buildEpisode({ status: "assessed" }), [
      { ...run, ...options.driver },
      hold,
      approval,
      ...more,
    ]);
    return runsToWake(state, buildContext(), workflowReviews).map((one) => one.sk);
  };
  const due = buildMessage({ driverId: run.driverId, step: "welcome" });
  const earlier = { ...due, sendAt: "2027-01-12T20:00:00.000Z" };

  it("wakes nobody whose wait still fits", () => {
    expect(wake([])).toEqual([]);
    expect(wake([{ ...due, sendAt: "2027-01-14T16:00:00.000Z" }])).toEqual([]);
  });

  it("wakes a workflow run for what is due now or before its wait ends", () => {
    expect(wake([due])).toEqual([run.sk]);
    expect(wake([earlier])).toEqual([run.sk]);
  });

  it("leaves alone who is between two steps, asleep or of an older generation", () => {
    expect(wake([due], { hold: { status: "resolved" } })).toEqual([]);
    expect(wake([due], { hold: { generation: 0 } })).toEqual([]);
    expect(wake([due], { driver: { status: "dormant" } })).toEqual([]);
    expect(wake([due], { driver: { step: "enroll" } })).toEqual([]);
  });
});

describe("a draft of a change", () => {
  it("gives every changed item its next version once, and asks for the one it was read at", () => {
    const task = buildTask({ version: 3 });
    const draft = new Draft(buildState(buildEpisode(), [task]), buildContext());
    draft.replace(task, { priority: "urgent" });
    draft.replace(task, { words: "Call again." });
    const [put] = draft.finish("changed").puts;
    expect(put).toMatchObject({
      item: { version: 4, priority: "urgent", words: "Call again." },
      expects: { version: 3 },
    });
  });

  it("owes an outbox entry once, however often it is asked for", () => {
    const draft = new Draft(buildState(), buildContext());
    const entry = { kind: "send", episodeId: "e", messageSk: "m" } as const;
    draft.owe(entry);
    draft.owe({ ...entry });
    expect(draft.finish("sent").outbox).toHaveLength(1);
  });

  it("keeps the episode's list of open items true", () => {
    const task = buildTask();
    const open = new Draft(buildState(buildEpisode(), [task]), buildContext());
    expect(open.finish("looked").episode.open).toEqual([task.sk]);
    const done = new Draft(buildState(buildEpisode(), [task]), buildContext());
    done.replace(task, { status: "done" });
    expect(done.finish("ended").episode).toMatchObject({ open: [], version: 2 });
  });
});
