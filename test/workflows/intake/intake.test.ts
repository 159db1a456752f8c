// Long because the intake is told from the referral to each of its ends.
import { describe, expect, it } from "vitest";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Outreach } from "../../../shared/care/episode/outreach.ts";
import { withdraw } from "../../../shared/care/pathway/withdraw.ts";
import { intakeFormSk } from "../../../shared/questions/forms-request.ts";
import { recordAnswers } from "../../../shared/questions/record-answers.ts";
import { ladder } from "../../builders/complete.ts";
import { buildAnswers } from "../../builders/instruments.ts";
import { buildMessage } from "../../builders/message.ts";
import { buildProgram } from "../../builders/program.ts";
import { runOf } from "../../builders/run-pathway.ts";
import {
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  buildTask,
  tuesdayMorning,
} from "../../builders/state.ts";
import { act, carriedOut, itemsOf, openTasks, review } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

function referral(more: Partial<Episode> = {}, program = buildProgram()): Story {
  const state = buildState(buildEpisode(more), [buildRun("intake")]);
  return new Story(state, tuesdayMorning, { program });
}

/** Answers both instruments of the intake: a PHQ-9 of 9 times the value, item 9 apart. */
function answered(story: Story, value = 2): Story {
  return story.command((state, ctx) => {
    const draft = new Draft(state, ctx);
    for (const instrumentId of ["phq-9", "gad-7"]) {
      recordAnswers(draft, ctx, {
        formSk: intakeFormSk,
        instrumentId,
        answers: buildAnswers(instrumentId, value),
        submissionKey: instrumentId,
      });
    }
    return draft.finish("form-answered");
  });
}

function steps(story: Story): string[] {
  return itemsOf(story.state, "message").map((message) => message.step);
}

describe("a referral", () => {
  it("of an adult who refers themself is acknowledged and asked for forms by message", () => {
    const story = referral();
    expect(story.state.episode.status).toBe("screening");
    expect(steps(story)).toEqual([
      "intake-received",
      "ask-forms",
      "remind-forms-1",
      "remind-forms-2",
    ]);
    expect(openTasks(story.state)).toEqual([]);
  });

  it.each(["referrer", "partner", "staff"] as const)(
    "by a %s begins with a call by staff: nothing is sent to somebody who was not asked",
    (source) => {
      const story = referral({ source, consents: { sms: {}, email: {}, voicemail: false } });
      expect(steps(story)).toEqual([]);
      expect(story.task("first-contact-call").priority).toBe("urgent");
      expect(story.state.items.get(intakeFormSk)).toMatchObject({ status: "asked" });
    },
  );

  it("of somebody under 18 goes to staff, with nothing sent and no forms asked", () => {
    const story = referral({ facts: { under18: true, answeredInstruments: [] } });
    expect(steps(story)).toEqual([]);
    expect(story.task("first-contact-call").words).toContain("Under 18");
    expect(story.task("admission-approval").proposal).toBe("clinician-decides");
  });

  it("of somebody who agreed to no message becomes calls", () => {
    const story = referral({ consents: { sms: {}, email: {}, voicemail: true } });
    expect(openTasks(story.state, "channel-needed").map((task) => task.evidence.anchor)).toEqual([
      "intake-received",
      "forms-asked",
    ]);
  });

  it("in a language without reviewed messages becomes interpreted calls", () => {
    const story = referral({ language: "vi" });
    expect(steps(story)).toEqual([]);
    expect(openTasks(story.state, "interpreted-call")).toHaveLength(2);
    expect(openTasks(answered(story).state, "interpreted-call")).toHaveLength(1);
  });

  it("that came with all answers is not asked again", () => {
    const facts = { under18: false, answeredInstruments: ["phq-9", "gad-7"] };
    const story = referral({ facts });
    expect(story.state.items.has(intakeFormSk)).toBe(false);
    expect(story.state.episode.status).toBe("assessed");
  });
});

describe("forms that do not come", () => {
  it("become the ladder, then one call that stands, and end only by a person", () => {
    const story = referral().passHours(73);
    expect(itemsOf(story.state, "outreach")).toMatchObject([
      { ladder: "missedForms", status: "climbing" },
    ]);
    story.passHours(14 * 24);
    expect(openTasks(story.state, "forms-call")).toHaveLength(1);
    story.passHours(7 * 24);
    expect(openTasks(story.state, "forms-call")).toHaveLength(1);
    // A year of missing forms is one call on the list of whoever has heard of it last, not 52.
    story.passHours(52 * 7 * 24);
    expect(openTasks(story.state, "forms-call")).toMatchObject([
      {
        assignedFunction: "clinical-lead",
        handedUp: [{ to: "supervisor" }, { to: "clinical-lead" }],
      },
    ]);
    expect(openTasks(story.state, "outreach-call")).toEqual([]);
    expect(openTasks(story.state, "outreach-decision")).toEqual([]);
    expect(story.state.episode.status).toBe("screening");
    const [call] = openTasks(story.state, "forms-call");
    expect(call?.words).toContain("go on without them");
  });

  it("are waited for no longer once a person goes on without them", () => {
    const story = referral().passHours(73 + 14 * 24);
    story.finish("forms-call", "go-on-without");
    expect(story.state.episode.status).toBe("assessed");
    expect(story.task("admission-approval").words).toContain("Not answered yet: phq-9, gad-7.");
    expect(itemsOf(story.state, "outreach")[0]?.status).toBe("withdrawn");
  });

  it("are asked for no more when they come: reminders, ladder and calls end", () => {
    const story = answered(referral().passHours(73 + 14 * 24));
    expect(openTasks(story.state, "forms-call")).toEqual([]);
    expect(openTasks(story.state, "outreach-call")).toEqual([]);
    const planned = itemsOf(story.state, "message").filter((one) => one.status === "PLANNED");
    expect(planned).toEqual([]);
  });
});

describe("the proposal for an admission", () => {
  it.each([
    [0, "refer-down"],
    [1, "clinician-decides"],
    [2, "suitable"],
    [3, "refer-up"],
  ])("follows the program's rules for answers of %i: %s", (value, proposal) => {
    expect(answered(referral(), value).task("admission-approval").proposal).toBe(proposal);
  });

  it("is never less care within 30 days of higher care", () => {
    const facts = { under18: false, answeredInstruments: [], recentHigherCareOn: "2027-01-02" };
    const silent = buildProgram();
    const program = {
      ...silent,
      suitability: silent.suitability.filter((rule) => rule.rule === "low-score"),
    };
    const task = answered(referral({ facts }, program), 0).task("admission-approval");
    expect(task.proposal).toBe("clinician-decides");
    expect(task.words).toContain("Less care is not proposed within 30 days");
    expect(task).toMatchObject({ priority: "urgent", assignedFunction: "clinician" });
    const longAgo = { ...facts, recentHigherCareOn: "2026-12-01" };
    expect(answered(referral({ facts: longAgo }), 0).task("admission-approval").proposal).toBe(
      "refer-down",
    );
  });

  it("has a nurse look before the first group at pregnancy and injecting", () => {
    const facts = { under18: false, answeredInstruments: [], pregnant: true, injects: true };
    const story = answered(referral({ facts }));
    expect(story.task("clinician-review").assignedFunction).toBe("nurse");
    expect(story.task("admission-approval").evidence).toMatchObject({
      pregnant: true,
      injects: true,
      "phq-9": expect.stringContaining("16"),
    });
  });

  it("goes on to who decides next when nobody decides, and is never decided by time", () => {
    const story = answered(referral()).passHours(25);
    expect(story.task("admission-approval")).toMatchObject({
      assignedFunction: "clinical-lead",
      priority: "urgent",
      evidence: { escalations: 1 },
    });
    story.passHours(21 * 24);
    expect(story.state.episode.status).toBe("assessed");
    expect(story.task("admission-approval").decision).toBeUndefined();
  });

  it("is put again when it got lost", () => {
    const story = answered(referral());
    const { sk } = story.task("admission-approval");
    const items = new Map([...story.state.items].filter(([key]) => key !== sk));
    const run = runOf(story.state, "intake");
    const lost = { ...story.state, items };
    expect(review(lost, run, "review-admission", story.ctx()).outcome).toBe("overdue");
    const again = act(lost, run, "escalate-admission-decision", story.ctx());
    expect(openTasks(again.state, "admission-approval")).toMatchObject([
      { assignedFunction: "clinical-lead", priority: "urgent", proposal: "clinician-decides" },
    ]);
    const twice = act(again.state, run, "escalate-admission-decision", story.ctx());
    expect(twice.change).toBeUndefined();
  });
});

describe("the decision", () => {
  it("to admit begins the first week and says welcome", () => {
    const story = answered(referral()).decide("admission-approval", "approved", "admit");
    expect(story.state.episode).toMatchObject({
      status: "active",
      week: 1,
      admittedOn: "2027-01-12",
    });
    expect(steps(story)).toContain("welcome");
    expect(runOf(story.state, "weekly-program").data).toEqual({
      week: 1,
      startsOn: "2027-01-11",
    });
    expect(
      story.passHours(24).state.items.get("DRIVER#intake#01JHEP000000000000000000E1"),
    ).toMatchObject({ status: "done" });
  });

  it("to refer on closes the referral and says where to turn to", () => {
    const story = answered(referral()).decide("admission-approval", "rejected");
    expect(story.state.episode).toMatchObject({ status: "declined", closingReason: "referred-on" });
    expect(steps(story)).toContain("refer-on");
  });

  it("to refer on lets nothing go on that was asked before: no reminder, no ladder, no call", () => {
    const missedForms: Outreach = {
      ...ladder,
      sk: "OUTREACH#missedForms#f1",
      ladder: "missedForms",
    };
    const reminder = buildMessage({ step: "remind-forms-2" });
    const call = buildTask({ taskKind: "first-contact-call" });
    const run = buildRun("intake");
    const before = buildState(buildEpisode({ status: "assessed" }), [
      ...[run, missedForms, reminder, call],
    ]);
    const after = carriedOut(before, act(before, run, "refer-on", buildContext()).change);
    expect(after.episode.status).toBe("declined");
    expect(after.items.get(reminder.sk)).toMatchObject({ status: "CANCELLED" });
    expect(after.items.get(missedForms.sk)).toMatchObject({ status: "withdrawn" });
    expect(after.items.get(call.sk)).toMatchObject({ status: "cancelled" });
    expect(
      itemsOf(after, "message")
        .filter(({ status }) => status === "PLANNED")
        .map(({ step }) => step),
    ).toEqual(["refer-on"]);
  });

  it("has somebody call who may not be written to", () => {
    const consents = { sms: {}, email: {}, voicemail: false };
    const story = answered(referral({ consents })).decide("admission-approval", "rejected");
    expect(openTasks(story.state, "channel-needed").at(-1)?.words).toContain(
      "Tell the person where they can turn to",
    );
  });
});

describe("the waiting list", () => {
  function waiting(more: Partial<Episode> = {}): Story {
    return answered(referral(more)).decide("admission-approval", "approved", "wait");
  }

  it("keeps the question open, with a call every week and screens every second", () => {
    const story = waiting();
    expect(story.state.episode).toMatchObject({ status: "waiting", waiting: { calls: 0 } });
    expect(steps(story)).toContain("waiting");
    expect(story.task("admission-approval").proposal).toBe("admit-when-free");
    story.passHours(7 * 24 + 1);
    expect(story.task("waiting-call").evidence.call).toBe(1);
    expect(openTasks(story.state, "clinician-review")).toEqual([]);
    story.finish("waiting-call", "reached").passHours(7 * 24);
    expect(story.task("waiting-call").evidence.call).toBe(2);
    expect(story.task("clinician-review").words).toContain("suicide and withdrawal screens again");
  });

  it("never ends by time, and admits when a person says so", () => {
    const story = waiting().passHours(60 * 24);
    expect(story.state.episode.status).toBe("waiting");
    story.decide("admission-approval", "approved", "admit");
    expect(story.state.episode.status).toBe("active");
    expect(story.state.episode.waiting).toBeUndefined();
    expect(openTasks(story.state, "waiting-call")).toEqual([]);
  });

  it("may be decided upon again: still waiting, or referred on", () => {
    const story = waiting().decide("admission-approval", "approved", "wait");
    expect(story.state.episode.status).toBe("waiting");
    story.decide("admission-approval", "rejected");
    expect(story.state.episode).toMatchObject({ status: "declined" });
    expect(story.state.episode.waiting).toBeUndefined();
  });

  it("puts those first who leave hospital, are pregnant or inject", () => {
    const facts = { under18: false, answeredInstruments: [], injects: true };
    const story = waiting({ facts }).passHours(7 * 24 + 1);
    expect(story.task("waiting-call").priority).toBe("urgent");
  });
});

it("stops at every step once the person has withdrawn", () => {
  const story = referral().command((state, ctx) => withdraw(state, { reason: "No" }, ctx));
  const run = buildRun("intake");
  const { state } = story;
  for (const [step, outcome] of [
    ["acknowledge", "done"],
    ["ask-for-forms", "asked"],
    ["start-forms-outreach", "done"],
    ["assess", "stop"],
    ["escalate-admission-decision", "done"],
    ["wait-for-a-place", "done"],
    ["enroll", "done"],
    ["refer-on", "done"],
    ["finish", "done"],
  ] as const) {
    const result = act(state, run, step, story.ctx());
    expect([step, result.outcome]).toEqual([step, outcome]);
    expect(result.change, step).toBeUndefined();
  }
  for (const step of ["review-forms", "review-admission"])
    expect(review(state, run, step, story.ctx()).outcome).toBe("stop");
});
