import { describe, expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import type { CareTask } from "../../../../shared/care/episode/care-task.ts";
import type { Escalation } from "../../../../shared/care/episode/escalation.ts";
import { escalationOf } from "../../../../shared/care/safety/find-escalation.ts";
import {
  awaitClosure,
  noteContact,
  scheduleCall,
} from "../../../../shared/care/safety/move-alert.ts";
import { lockingAlerts } from "../../../../shared/care/safety/safety-lock.ts";
import { addHours, addMinutes } from "../../../../shared/care/time/instants.ts";
import {
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  buildTask,
  clinician,
  tuesdayMorning,
} from "../../../builders/state.ts";

const escalationId = "01JHTEST0000000000000000X1";
const at = (minutes: number) => addMinutes(tuesdayMorning, minutes);

function buildAlert(more: Partial<Escalation> = {}): Escalation {
  return {
    kind: "escalation",
    sk: "ESC#w3#words",
    version: 1,
    escalationId,
    tier: "RED",
    status: "acknowledged",
    raisedAt: tuesdayMorning,
    contactDueAt: at(60),
    trigger: { source: "text", rule: "words" },
    reason: "Words in a text.",
    pageTier: 0,
    pageAttempt: 0,
    tierEndsAt: at(15),
    acknowledgements: [],
    contacts: [],
    confirmed: true,
    ...more,
  };
}

const lead = { to: "clinical-lead", at: at(60) } as const;
const taken = { to: "clinical-lead", at: at(-60), takenAt: at(-59) } as const;

function followUp(name: string, more: Partial<CareTask> = {}): CareTask {
  return buildTask({
    sk: `TASK#${name}`,
    taskKind: "safety-follow-up",
    assignedFunction: "clinician",
    about: { type: "escalation", id: escalationId },
    owed: { tier: "ROUTINE", occurrence: escalationId, steps: [lead] },
    ...more,
  });
}

/** What is no business of this alert's contact: nothing of it may move. */
const { about: _about, ...withoutAbout } = followUp("about-nothing");
const others: readonly CareTask[] = [
  followUp("of-another-alert", { about: { type: "escalation", id: "another" } }),
  followUp("call-about-it", { taskKind: "check-in-call" }),
  withoutAbout,
];

function moved(tasks: readonly CareTask[], move: (draft: Draft, alert: Escalation) => void) {
  const alert = buildAlert({
    contacts: [{ by: "sam", at: at(5), outcome: "not-reached" }],
  });
  const state = buildState(buildEpisode({ status: "active" }), [alert, ...tasks, ...others]);
  const draft = new Draft(state, buildContext({ actor: clinician }));
  move(draft, alert);
  for (const other of others) expect(draft.item(other.sk)).toBe(other);
  const task = (name: string) => draft.item(`TASK#${name}`) as CareTask;
  return { alert: draft.item(alert.sk), task };
}

describe("contact with the participant", () => {
  it("is noted beside the tries before it, and ends what is late", () => {
    const contact = { by: "avery", at: at(20), outcome: "spoke-with-participant" };
    const { alert, task } = moved([followUp("one")], (draft, of) =>
      noteContact(draft, of, contact),
    );
    expect(alert).toMatchObject({
      status: "contacted",
      contacts: [{ by: "sam", at: at(5), outcome: "not-reached" }, contact],
    });
    expect(task("one").words).toContain("A clinician closes the alert");
  });

  it("leaves a clinician a day to close the alert, and the clinical lead after that", () => {
    const { task } = moved([followUp("one")], awaitClosure);
    const dueAt = addHours(tuesdayMorning, 24);
    expect(task("one").dueAt).toBe(dueAt);
    expect(task("one").owed).toEqual({
      tier: "ROUTINE",
      occurrence: escalationId,
      steps: [{ to: "clinical-lead", at: dueAt }],
    });
  });

  it("goes no further where the clinical lead has it, or where nothing was owed", () => {
    const { owed: _owed, ...notOwed } = followUp("not-owed");
    const { task } = moved(
      [
        followUp("lead", {
          assignedFunction: "clinical-lead",
          owed: { tier: "ROUTINE", occurrence: escalationId, steps: [taken] },
        }),
        notOwed,
      ],
      awaitClosure,
    );
    expect(task("lead").owed?.steps).toEqual([taken]);
    expect(task("not-owed").owed).toBeUndefined();
    expect(task("not-owed").dueAt).toBe(addHours(tuesdayMorning, 24));
  });

  it("opens no follow-up again that is done", () => {
    const done = followUp("done", { status: "done" });
    const { owed: _owed, ...doneWithout } = followUp("done-not-owed", { status: "done" });
    const { task } = moved([done, doneWithout], awaitClosure);
    expect(task("done")).toBe(done);
    expect(task("done-not-owed")).toBe(doneWithout);
  });
});

describe("a call that is owed from now on", () => {
  const call = { words: "Call.", dueAt: at(60), lateAt: at(120), lastAt: at(180) };
  const planned = [
    { to: "clinical-lead", at: at(120) },
    { to: "supervisor", at: at(180) },
  ];

  it("keeps who has had it already, and drops who was to get it", () => {
    const { task } = moved(
      [
        followUp("one", {
          assignedTo: "sam",
          owed: { tier: "ROUTINE", occurrence: escalationId, steps: [taken, lead] },
        }),
      ],
      (draft, alert) => scheduleCall(draft, alert, call),
    );
    expect(task("one").owed?.steps).toEqual([taken, ...planned]);
    expect(task("one")).toMatchObject({ words: "Call.", dueAt: at(60) });
    expect(task("one").assignedTo).toBeUndefined();
  });

  it("is owed where nothing was owed before", () => {
    const { owed: _owed, ...notOwed } = followUp("one");
    const { task } = moved([notOwed], (draft, alert) =>
      scheduleCall(draft, alert, { ...call, assignedTo: "avery" }),
    );
    expect(task("one").owed?.steps).toEqual(planned);
    expect(task("one").assignedTo).toBe("avery");
  });
});

describe("which alert it is", () => {
  it("is the run's own, and nothing that is no alert", () => {
    const alert = buildAlert();
    const state = buildState(buildEpisode(), [alert, followUp("one")]);
    const run = (escalationSk: string) => buildRun("escalation", "x", { data: { escalationSk } });
    expect(escalationOf(state, run(alert.sk))).toBe(alert);
    expect(escalationOf(state, run("TASK#one"))).toBeUndefined();
    expect(escalationOf(state, buildRun("escalation"))).toBeUndefined();
  });

  it("is the one that locks, not one beside it that nobody has confirmed", () => {
    const unconfirmed = buildAlert({ sk: "ESC#a", escalationId: "first", confirmed: false });
    const confirmed = buildAlert({ sk: "ESC#b", escalationId: "second" });
    const openEscalations = [unconfirmed, confirmed].map((one) => ({
      escalationId: one.escalationId,
      tier: one.tier,
    }));
    const state = buildState(buildEpisode({ openEscalations }), [unconfirmed, confirmed]);
    expect(lockingAlerts(state)).toEqual(["second"]);
  });
});
