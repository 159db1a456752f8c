import { describe, expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import type { CareTask } from "../../../../shared/care/episode/care-task.ts";
import type { EpisodeItem } from "../../../../shared/care/episode/episode-item.ts";
import { climbOwedTask, openOwedAlert } from "../../../../shared/care/safety/climb-owed-work.ts";
import { findCrisisPhrase } from "../../../../shared/care/safety/find-crisis-phrase.ts";
import { raiseEscalation } from "../../../../shared/care/safety/raise-escalation.ts";
import {
  raiseForWords,
  type WordsOfConcern,
} from "../../../../shared/care/safety/raise-for-words.ts";
import { addMinutes } from "../../../../shared/care/time/instants.ts";
import { buildProgram } from "../../../builders/program.ts";
import { shippedPolicy } from "../../../builders/shipped-policy.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  caseManager,
  tuesdayMorning,
} from "../../../builders/state.ts";
import { carriedOut, changeOf, itemsOf, openTaskOf } from "../../../builders/steps.ts";

const at = (minutes: number) => addMinutes(tuesdayMorning, minutes);
const sk = "TASK#call";
const call = (more: Partial<CareTask> = {}) =>
  buildTask({
    sk,
    taskKind: "check-in-call",
    words: "Call the person.",
    assignedTo: "casey",
    owed: {
      tier: "YELLOW",
      occurrence: "check-in-1",
      steps: [
        { to: "clinician", at: at(60) },
        { to: "clinical-lead", at: at(180) },
      ],
    },
    ...more,
  });
const stateOf = (...items: readonly EpisodeItem[]) =>
  buildState(buildEpisode({ status: "active" }), items);
const by = (minutes: number) => buildContext({ now: at(minutes) });

describe("work that is owed and was not done by its time", () => {
  it("goes to the next function alone, at the head of the list, and pages nobody yet", () => {
    const task = call();
    const change = changeOf(climbOwedTask(stateOf(task), by(60), sk));
    const after = carriedOut(stateOf(task), change);
    expect(after.items.get(sk)).toMatchObject({
      assignedFunction: "clinician",
      priority: "safety",
      owed: {
        tier: "YELLOW",
        occurrence: "check-in-1",
        steps: [
          { to: "clinician", at: at(60), takenAt: at(60) },
          { to: "clinical-lead", at: at(180) },
        ],
      },
    });
    const owed = (after.items.get(sk) as CareTask).owed;
    expect(owed?.steps.map(({ takenAt }) => takenAt)).toEqual([at(60), undefined]);
    expect(itemsOf(after, "escalation")).toEqual([]);
    expect(change.audit).toMatchObject({
      action: "owed-work-passed-on",
      facts: {
        taskId: task.taskId,
        taskKind: "check-in-call",
        to: "clinician",
        dueAt: task.dueAt,
      },
    });
  });

  it("raises its alert with the last step, and says what was not done", () => {
    const first = carriedOut(stateOf(call()), climbOwedTask(stateOf(call()), by(60), sk));
    expect(climbOwedTask(first, by(179), sk)).toBeUndefined();
    const last = carriedOut(first, climbOwedTask(first, by(180), sk));
    expect(itemsOf(last, "escalation")).toMatchObject([
      {
        sk: "ESC#check-in-1#owed-work",
        tier: "YELLOW",
        trigger: { source: "overdue-work", rule: "owed-work" },
        reason: "Not done in time: Call the person.",
      },
    ]);
    expect(climbOwedTask(last, by(999), sk)).toBeUndefined();
  });

  it("is nothing where there is no task, where it is no task, and where nothing is owed", () => {
    const { owed: _owed, ...free } = call();
    expect(climbOwedTask(stateOf(), by(999), sk)).toBeUndefined();
    expect(climbOwedTask(stateOf(free), by(999), sk)).toBeUndefined();
    const alerted = carriedOut(stateOf(), raised({}).change);
    const alert = itemsOf(alerted, "escalation")[0]?.sk ?? "";
    expect(climbOwedTask(alerted, by(999), alert)).toBeUndefined();
  });

  it("finds its own alert while that is open, and no other", () => {
    const first = carriedOut(stateOf(call()), climbOwedTask(stateOf(call()), by(60), sk));
    const last = carriedOut(first, climbOwedTask(first, by(180), sk));
    const [alert] = itemsOf(last, "escalation");
    if (alert === undefined) throw new Error("There is no alert");
    const seen = (task: CareTask, ...items: readonly EpisodeItem[]) =>
      openOwedAlert(new Draft(stateOf(task, ...items), by(200)), task);
    expect(seen(call(), alert)).toBe(alert);
    expect(seen(call(), { ...alert, status: "closed" })).toBeUndefined();
    expect(seen(call())).toBeUndefined();
    const { owed: _owed, ...free } = call();
    expect(seen(free, alert)).toBeUndefined();
    // A task under the alert's key is no alert.
    expect(seen(call(), call({ sk: alert.sk }))).toBeUndefined();
  });
});

function heard(more: Partial<WordsOfConcern> = {}, now = tuesdayMorning) {
  const ctx = buildContext({ now, policy: shippedPolicy() });
  const draft = new Draft(stateOf(), ctx);
  const isNew = raiseForWords(draft, ctx, {
    source: "text",
    rule: "maybe",
    occasion: "in-1",
    where: "Words in a text",
    ...more,
  });
  return { isNew, after: carriedOut(stateOf(), draft.finish("heard")) };
}
const rule = findCrisisPhrase(shippedPolicy(), "I just want it to stop, all of it") ?? "";

describe("words that may mean danger", () => {
  it("are owed to a clinician within the hour, and then to the lead", () => {
    const { isNew, after } = heard({ rule });
    expect(isNew).toBe(true);
    const task = openTaskOf(after, "clinician-review");
    expect(task.sk).toContain("words-in-1");
    expect(task.evidence).toEqual({ rule });
    expect(task.owed).toEqual({
      tier: "YELLOW",
      occurrence: "words-in-1",
      steps: [{ to: "clinical-lead", at: at(60) }],
    });
    expect("about" in task).toBe(false);
    expect(openTaskOf(heard({ rule, about: "n1" }).after, "clinician-review").about).toEqual({
      type: "note",
      id: "n1",
    });
  });

  it("ring about what they were about, and about nothing where that is not kept", () => {
    const night = "2027-01-13T02:00:00.000Z";
    const triggerOf = (more: Partial<WordsOfConcern>) =>
      itemsOf(heard({ rule, ...more }, night).after, "escalation")[0]?.trigger;
    expect(triggerOf({ about: "n1" })).toHaveProperty("about", "n1");
    expect(triggerOf({})).not.toHaveProperty("about");
  });
});

function raised({
  tier = "RED" as "RED" | "YELLOW",
  value = undefined as number | undefined,
  pageTiers = buildProgram().safety.pageTiers,
}) {
  const program = buildProgram();
  const ctx = buildContext({
    actor: caseManager,
    program: { ...program, safety: { ...program.safety, pageTiers } },
  });
  const draft = new Draft(stateOf(), ctx);
  const result = raiseEscalation(draft, ctx, {
    tier,
    source: "staff",
    rule: "staff-concern",
    occasion: "o",
    reason: "Somebody is worried.",
    ...(value === undefined ? {} : { value }),
  });
  const change = draft.finish("raised");
  const after = carriedOut(stateOf(), change);
  const [alert] = itemsOf(after, "escalation");
  if (alert === undefined) throw new Error("There is no alert");
  return { change, result, alert, task: openTaskOf(after, "safety-follow-up") };
}

describe("an alert that is raised", () => {
  it("keeps a number where somebody answered one, and none where nobody did", () => {
    expect(raised({}).alert.trigger).not.toHaveProperty("value");
    expect(raised({}).task.evidence).toStrictEqual({ tier: "RED" });
    expect(raised({ value: 2 }).alert.trigger).toHaveProperty("value", 2);
    expect(raised({ value: 2 }).task.evidence).toStrictEqual({ tier: "RED", answer: 2 });
  });

  it("gives the first person the time that the program says; a quarter of an hour where it names nobody", () => {
    const [first, ...rest] = buildProgram().safety.pageTiers;
    if (first === undefined) throw new Error("The program names nobody");
    const slow = raised({ pageTiers: [{ ...first, acknowledgeWithinMinutes: 25 }, ...rest] });
    expect(slow.alert).toMatchObject({ tierEndsAt: at(25), pageTo: first.rota });
    const nobody = raised({ pageTiers: [] });
    expect(nobody.alert.tierEndsAt).toBe(at(15));
    expect(nobody.alert).not.toHaveProperty("pageTo");
  });

  it("to be read while the site is staffed is raised like any other, and rings nobody yet", () => {
    const { result, alert, change } = raised({ tier: "YELLOW" });
    expect(result).toEqual({ outcome: "raised", escalationId: alert.escalationId });
    expect(change.outbox.map(({ kind }) => kind)).not.toContain("page");
  });
});
