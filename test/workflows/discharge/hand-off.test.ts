import { describe, expect, it } from "vitest";
import {
  type Disposition,
  dispositions,
  type Program,
} from "../../../shared/care/program/program.ts";
import { completeTask } from "../../../workflows/run/complete-task.ts";
import { transition } from "../../../workflows/run/transition.ts";
import { buildProgram } from "../../builders/program.ts";
import { buildEpisode, buildState, clinicalLead, tuesdayMorning } from "../../builders/state.ts";
import { openTasks } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

/** Somebody in week 2 whose discharge to somewhere is being planned. */
function planned(disposition: Disposition, program: Partial<Program> = {}): Story {
  const story = new Story(
    buildState(
      buildEpisode({
        status: "active",
        admittedOn: "2027-01-04",
        week: 2,
        weeks: [],
        plans: {
          crisis: { version: 1, writtenAt: tuesdayMorning, isShown: false },
        },
      }),
    ),
    tuesdayMorning,
    { program: { ...buildProgram(), ...program } },
  );
  story.command((state, ctx) =>
    transition(state, { to: "discharge", disposition, reason: "Needs more than this" }, ctx),
  );
  return story;
}

function prepared(disposition: "transfer-up" | "transfer-down"): Story {
  const story = planned(disposition);
  for (const task of openTasks(story.state, "discharge-checklist"))
    story.command((state, ctx) => completeTask(state, { taskSk: task.sk, outcome: "done" }, ctx));
  return story;
}

/** The same, worked off and decided. */
const handedOver = (disposition: "transfer-up" | "transfer-down") =>
  prepared(disposition).decide("discharge-approval");

describe("a step up is urgent", () => {
  it("is prepared within half a staffed day, and decided within another; a step down waits for the next day", () => {
    const items = openTasks(planned("transfer-up").state, "discharge-checklist");
    expect(items.map(({ dueAt }) => dueAt)).toEqual(items.map(() => "2027-01-12T20:00:00.000Z"));
    expect(prepared("transfer-up").task("discharge-approval")).toMatchObject({
      priority: "urgent",
      dueAt: "2027-01-12T20:00:00.000Z",
    });
    expect(prepared("transfer-down").task("discharge-approval")).toMatchObject({
      priority: "normal",
      dueAt: "2027-01-13T16:00:00.000Z",
    });
  });
});

describe("what is to be prepared for a step up", () => {
  it("stands above the ordinary work from the start, every item of it; for a step down it does not", () => {
    const items = openTasks(planned("transfer-up").state, "discharge-checklist");
    expect(items.length).toBeGreaterThan(0);
    expect(items.map(({ priority }) => priority)).toEqual(items.map(() => "urgent"));
    const down = openTasks(planned("transfer-down").state, "discharge-checklist");
    expect(down.map(({ priority }) => priority)).toEqual(down.map(() => "normal"));
  });
});

describe("the treatment plan goes with whoever changes the level of care", () => {
  const plans = [
    { plan: "treatment", writtenByWeek: 1, reviewDays: 30, assignTo: "clinician" },
  ] as const;
  const asked = (disposition: Disposition, more: Partial<Program> = { plans }) =>
    openTasks(planned(disposition, more).state, "plan-due");

  it.each(["transfer-up", "transfer-down"] as const)(
    "%s: it is gone through again, by whoever writes it, before the next staffed day ends",
    (disposition) => {
      expect(asked(disposition)).toMatchObject([
        {
          about: { type: "plan", id: "treatment" },
          assignedFunction: "clinician",
          words: expect.stringContaining("the level of care changes"),
          dueAt: "2027-01-13T23:00:00.000Z",
        },
      ]);
    },
  );

  it("is asked for by no other ending, and by no program that has none", () => {
    for (const disposition of dispositions.filter((one) => !one.startsWith("transfer-")))
      expect(asked(disposition), disposition).toEqual([]);
    expect(asked("transfer-down", { plans: [] })).toEqual([]);
    expect(asked("transfer-up", {})).toEqual([]);
  });
});

describe("whoever is handed over is ours until somebody has them", () => {
  it("asks the receiver of a step up within half a staffed day, and of a step down by the next", () => {
    expect(handedOver("transfer-up").task("hand-off")).toMatchObject({
      priority: "urgent",
      assignedFunction: "case-manager",
      dueAt: "2027-01-12T20:00:30.000Z",
    });
    expect(handedOver("transfer-down").task("hand-off").dueAt).toBe("2027-01-13T23:00:00.000Z");
  });

  it("ends with the arrival, and with nothing else that is not one: not with the start of the aftercare", () => {
    const story = handedOver("transfer-up");
    story.passHours(25);
    expect(story.state.episode.status).toBe("aftercare");
    expect(openTasks(story.state, "hand-off")).toHaveLength(1);
    story.finish("hand-off", "arrived");
    expect(openTasks(story.state, "hand-off")).toEqual([]);
  });

  it("is asked again tomorrow where nobody could say", () => {
    const story = handedOver("transfer-down").finish("hand-off", "not-known");
    expect(story.task("hand-off").evidence).toMatchObject({ asked: "2027-01-12" });
  });

  it("who has not arrived is reached by a clinician the same day, and climbs where that is not done", () => {
    const story = handedOver("transfer-up").finish("hand-off", "not-arrived");
    const review = openTasks(story.state, "clinician-review").find(({ sk }) =>
      sk.includes("not-arrived"),
    );
    expect(review).toMatchObject({
      assignedFunction: "clinician",
      priority: "urgent",
      dueAt: "2027-01-12T20:01:00.000Z",
    });
    expect(review?.owed?.steps[0]).toMatchObject({ to: "clinical-lead", at: review?.dueAt });
    expect(story.task("hand-off").words).toContain("Stepped up to higher care");
  });

  it("asks nobody where the discharge was taken back", () => {
    const story = handedOver("transfer-up");
    story.command(
      (state, ctx) => transition(state, { to: "reverse-discharge", reason: "Too early" }, ctx),
      clinicalLead,
    );
    expect(openTasks(story.state, "hand-off")).toEqual([]);
  });
});
