import { describe, expect, it } from "vitest";
import { decideApproval } from "../../../shared/care/approvals/decide-approval.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import { logContact } from "../../../shared/care/pathway/log-contact.ts";
import { snoozeTask } from "../../../shared/care/pathway/snooze-task.ts";
import { withdraw } from "../../../shared/care/pathway/withdraw.ts";
import type { Disposition } from "../../../shared/care/program/program.ts";
import { addHours } from "../../../shared/care/time/instants.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { closeEscalation } from "../../../workflows/escalation/close-escalation.ts";
import { recordContact } from "../../../workflows/escalation/record-contact.ts";
import { completeTask } from "../../../workflows/run/complete-task.ts";
import { transition } from "../../../workflows/run/transition.ts";
import { startLeave } from "../../../workflows/weekly-program/start-leave.ts";
import { buildMessage } from "../../builders/message.ts";
import { buildProgram, buildSite } from "../../builders/program.ts";
import { runOf } from "../../builders/run-pathway.ts";
import {
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  clinicalLead,
  tuesdayMorning,
} from "../../builders/state.ts";
import { act, itemsOf, openTasks, review } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

function inProgram(more: Partial<Episode> = {}, items: readonly EpisodeItem[] = []): Story {
  const episode = buildEpisode({
    status: "active",
    admittedOn: "2026-12-01",
    week: 6,
    weeks: [
      {
        week: 6,
        startsOn: "2027-01-04",
        expectedMinutes: 540,
        attendedMinutes: 510,
        isFullWeek: true,
        byDay: {},
      },
    ],
    scores: [
      {
        instrumentId: "phq-9",
        scoredAt: tuesdayMorning,
        total: 16,
        band: "moderately severe",
        positive: true,
        occasion: "intake",
      },
      {
        instrumentId: "phq-9",
        scoredAt: tuesdayMorning,
        total: 6,
        band: "mild",
        positive: false,
        occasion: "w5",
      },
      {
        instrumentId: "gad-7",
        scoredAt: tuesdayMorning,
        total: 4,
        band: "minimal",
        positive: false,
        occasion: "w5",
      },
    ],
    ...more,
  });
  return new Story(buildState(episode, items), tuesdayMorning);
}

function planned(disposition: Disposition = "completed", story = inProgram()): Story {
  return story.command((state, ctx) =>
    transition(state, { to: "discharge", disposition, reason: "Goals are reached" }, ctx),
  );
}

function worked(story: Story): Story {
  for (const task of openTasks(story.state, "discharge-checklist")) {
    story.command((state, ctx) => completeTask(state, { taskSk: task.sk, outcome: "done" }, ctx));
  }
  return story;
}

describe("the checklist of a discharge", () => {
  it.each([
    ["completed", ["suicide-screen", "follow-up-visit"]],
    ["transfer-up", ["suicide-screen"]],
    ["coverage-ended", ["follow-up-visit"]],
    ["lost-contact", ["supervisor-review"]],
    ["moved", []],
  ] as const)("asks for what %s needs", (disposition, items) => {
    const open = openTasks(planned(disposition).state, "discharge-checklist");
    expect(open.map((task) => task.about?.id)).toEqual(items);
  });

  it("gives the suicide screen to a clinician and the review to the supervisor", () => {
    const [screen, visit] = openTasks(planned().state, "discharge-checklist");
    expect([screen?.assignedFunction, visit?.assignedFunction]).toEqual([
      "clinician",
      "case-manager",
    ]);
    expect(planned("lost-contact").task("discharge-checklist")).toMatchObject({
      assignedFunction: "supervisor",
      dueAt: "2027-01-13T23:00:00.000Z",
    });
  });

  it("makes overdue items urgent, again and again, and waits while one is put off", () => {
    const story = planned("coverage-ended").passHours(25);
    expect(story.task("discharge-checklist")).toMatchObject({
      priority: "urgent",
      evidence: { reminders: 1 },
    });
    const { sk } = story.task("discharge-checklist");
    const until = "2027-01-16T16:00:00.000Z";
    story.command((state, ctx) => snoozeTask(state, { taskSk: sk, until }, ctx));
    story.passTo("2027-01-16T15:00:00.000Z");
    expect(story.task("discharge-checklist").evidence.reminders).toBe(1);
    story.passTo(until);
    expect(story.task("discharge-checklist").evidence.reminders).toBe(2);
    expect(story.state.episode.status).toBe("discharge-planning");
  });
});

describe("the decision about a discharge", () => {
  it("comes when the checklist is worked off, with the facts on the table", () => {
    const story = worked(planned());
    expect(story.task("discharge-approval")).toMatchObject({
      proposal: "completed",
      requestedBy: "casey",
      evidence: {
        disposition: "completed",
        "phq-9": "16 then 6, mild",
        "gad-7": "4, minimal",
        attendedHours: 8.5,
        expectedHours: 9,
        openAlerts: 0,
      },
    });
  });

  it("discharges after half a minute, says goodbye, and begins the aftercare after a day", () => {
    const story = worked(planned()).decide("discharge-approval");
    expect(story.state.episode).toMatchObject({ status: "discharged", disposition: "completed" });
    expect(itemsOf(story.state, "message").map((message) => message.step)).toEqual(["discharged"]);
    story.passHours(23);
    expect(story.state.episode.status).toBe("discharged");
    story.passHours(2);
    expect(story.state.episode.status).toBe("aftercare");
    // The last check-in is due on day 30, three days count around it, and a week is left to answer.
    expect(story.state.episode.aftercareEndsOn).toBe("2027-02-21");
    expect(itemsOf(story.state, "check-in")).toMatchObject([
      { number: 1, checkInKind: "staff-call" },
    ]);
  });

  it.each([
    ["the evening, which is the next day by UTC", "2027-01-13T02:00:00.000Z", "America/New_York"],
    ["the morning, which is the day before by UTC", "2027-01-11T22:00:00.000Z", "Pacific/Auckland"],
  ])("counts the days of the aftercare from the site's day: %s", (_when, dischargedAt, zone) => {
    const shipped = buildProgram();
    const aftercare = { ...shipped.aftercare, handOff: { isOffered: true, onDay: 30 } } as const;
    const program = { ...shipped, aftercare };
    const site = buildSite({ timeZone: zone });
    const context = buildContext({ now: addHours(dischargedAt, 1), site, program });
    const episode = buildEpisode({ status: "discharged", disposition: "completed", dischargedAt });
    const { state } = act(buildState(episode), buildRun("discharge"), "start-aftercare", context);
    // Both left on Tuesday the 12th: 30 days, three around them, and a week to answer.
    expect(state.episode.aftercareEndsOn).toBe("2027-02-21");
    const [first] = itemsOf(state, "check-in");
    expect(localDate(String(first?.dueAt), zone)).toBe("2027-01-13");
    const [asked] = openTasks(state, "aftercare-hand-off");
    expect(localDate(String(asked?.snoozedUntil), zone)).toBe("2027-02-11");
  });

  it("may be no: the person stays, and the next week begins", () => {
    const story = worked(planned()).decide("discharge-approval", "rejected");
    expect(story.state.episode.status).toBe("active");
    expect(story.state.episode.disposition).toBeUndefined();
    expect(runOf(story.state, "weekly-program").data.week).toBe(7);
    expect(openTasks(story.state, "discharge-approval")).toEqual([]);
    // And may be planned anew.
    expect(openTasks(planned("moved", story).state, "discharge-approval")).toHaveLength(1);
  });

  it("may be no while the person is on leave: the week waits for the return", () => {
    const story = worked(planned()).command((state, ctx) =>
      startLeave(state, { kind: "family", contactKeptBy: "casey", reason: "Away" }, ctx),
    );
    story.decide("discharge-approval", "rejected");
    expect(story.state.episode.status).toBe("onhold");
    expect(runOf(story.state, "weekly-program").step).toBe("review-week");
  });

  it("takes effect from leave, too", () => {
    const story = worked(planned()).command((state, ctx) =>
      startLeave(state, { kind: "hospital", contactKeptBy: "casey", reason: "Ward" }, ctx),
    );
    story.decide("discharge-approval");
    expect(story.state.episode.status).toBe("discharged");
    expect(story.state.episode.hold).toBeUndefined();
  });

  it("goes on to who decides next, and never happens by time", () => {
    const story = worked(planned()).passHours(25);
    expect(story.task("discharge-approval")).toMatchObject({ assignedFunction: "clinical-lead" });
    story.passHours(30 * 24);
    expect(story.state.episode.status).toBe("discharge-planning");
  });

  it("is put again when it got lost, once", () => {
    const story = worked(planned());
    const run = runOf(story.state, "discharge");
    const { sk } = story.task("discharge-approval");
    const lost = {
      ...story.state,
      items: new Map([...story.state.items].filter(([key]) => key !== sk)),
    };
    expect(review(lost, run, "review-decision", story.ctx()).outcome).toBe("overdue");
    const again = act(lost, run, "escalate-discharge-decision", story.ctx());
    expect(openTasks(again.state, "discharge-approval")).toMatchObject([{ requestedBy: "casey" }]);
    const twice = act(again.state, run, "escalate-discharge-decision", story.ctx());
    expect(twice.change).toBeUndefined();
  });

  it("waits for an alert that was raised after it, until a clinician has closed it", () => {
    const story = worked(planned());
    const { sk, version } = story.task("discharge-approval");
    story.command(
      (state, ctx) =>
        decideApproval(state, { taskSk: sk, decision: "approved", reason: "Yes", version }, ctx),
      clinicalLead,
    );
    story.command((state, ctx) =>
      logContact(state, { channel: "phone", outcome: "reached", safetyConcern: true }, ctx),
    );
    story.passHours(3);
    expect(story.state.episode.status).toBe("discharge-planning");
    const escalationSk = itemsOf(story.state, "escalation")[0]?.sk ?? "";
    story.command((state, ctx) =>
      recordContact(state, { escalationSk, outcome: "spoke-with-participant" }, ctx),
    );
    story.command((state, ctx) =>
      closeEscalation(state, { escalationSk, outcome: "safe", reason: "Safe at home" }, ctx),
    );
    expect(story.state.episode.status).toBe("discharged");
  });
});

describe("what a discharge ends", () => {
  it("takes plans away and keeps replies to people", () => {
    const weekly = buildMessage();
    const reply = buildMessage({ step: "auto-reply", class: "reply" });
    const story = planned("hospitalised", inProgram({}, [weekly, reply]));
    expect(story.state.items.get(weekly.sk)).toMatchObject({
      status: "CANCELLED",
      reason: "discharged",
    });
    expect(story.state.items.get(reply.sk)).toEqual(reply);
    // Nothing is sent where it should not be read.
    expect(itemsOf(story.state, "message")).toHaveLength(2);
  });

  it("has somebody call who may not be written to", () => {
    const story = planned(
      "left-before-completing",
      inProgram({ consents: { sms: {}, email: {}, voicemail: false } }),
    );
    expect(story.task("channel-needed").words).toContain("Say goodbye");
  });

  it("closes the pathway a day after a death", () => {
    const story = planned("deceased").passHours(25);
    expect(story.state.episode).toMatchObject({ status: "closed", closingReason: "deceased" });
    expect(itemsOf(story.state, "check-in")).toEqual([]);
  });
});

it("stops at every step once the person has withdrawn", () => {
  const story = worked(planned()).command((state, ctx) =>
    withdraw(state, { reason: "Leaves" }, ctx),
  );
  expect(itemsOf(story.state, "driver").map((run) => run.status)).toEqual(["done"]);
  const run = buildRun("discharge");
  for (const step of [
    ...["open-checklist", "remind-checklist", "ask-for-decision", "return-to-program"],
    ...["escalate-discharge-decision", "complete", "start-aftercare"],
  ]) {
    expect(act(story.state, run, step, story.ctx()).change, step).toBeUndefined();
  }
  expect(review(story.state, run, "review-checklist", story.ctx()).outcome).toBe("stop");
  expect(review(story.state, run, "review-decision", story.ctx()).outcome).toBe("stop");
  expect(review(story.state, run, "review-farewell", story.ctx()).outcome).toBe("finished");
});
