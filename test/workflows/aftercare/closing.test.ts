import { describe, expect, it } from "vitest";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { aftercareActs } from "../../../workflows/aftercare/acts.ts";
import { aftercareReviews } from "../../../workflows/aftercare/reviews.ts";
import { stepTable } from "../../../workflows/registry.ts";
import {
  answer,
  dayOne,
  dischargedAt,
  find,
  fine,
  inAftercare,
  opened,
  take,
  task,
} from "../../builders/aftercare.ts";
import { buildAnswers } from "../../builders/instruments.ts";
import { buildProgram, buildSite } from "../../builders/program.ts";
import { buildContext, buildRun, buildTask } from "../../builders/state.ts";

describe("taking an answer into the pathway", () => {
  const ctx = buildContext({ now: "2027-01-19T16:01:00.000Z" });

  it("starts the count of missed contacts over and leaves the check-in behind", () => {
    const { state } = answer(opened(2, { unreachedContacts: 1 }));
    const assessed = take(state, "assess-answer", 2, ctx);
    expect(assessed.state.episode.unreachedContacts).toBe(0);
    expect(find(assessed.state, "check-in")).toBeUndefined();
    expect(take(assessed.state, "assess-answer", 2, ctx).change).toBeUndefined();
  });

  it("asks a clinician about a step up when a screen is positive twice running", () => {
    const positive = { ...fine, ...buildAnswers("phq-2", 2) };
    const scores = [
      {
        instrumentId: "phq-2",
        scoredAt: dayOne,
        total: 4,
        band: "positive",
        positive: true,
        occasion: "check-in-1",
      },
    ];
    const again = answer(opened(2, { scores }), { answers: positive });
    const review = task(take(again.state, "assess-answer", 2, ctx).state, "clinician-review");
    expect(review?.words).toBe(
      "PHQ-2 is positive for the second time running. Review whether a step up in care is needed.",
    );
    const once = answer(opened(), { answers: positive });
    expect(
      task(take(once.state, "assess-answer", 2, ctx).state, "clinician-review"),
    ).toBeUndefined();
  });

  it("asks a clinician about a step up after a week of use on most days", () => {
    const program = buildProgram();
    const days = {
      id: "use-days",
      text: { en: "On how many days?" },
      answer: { type: "days", maximum: 7 },
      actions: [
        { when: { atLeast: 1 }, action: "call-within-48-hours", reason: "Any use." },
        { when: { atLeast: 4 }, action: "same-day-call", reason: "Use on 4 or more days." },
      ],
    } as const;
    const withDays = {
      program: { ...program, aftercare: { ...program.aftercare, questions: [days] } },
    };
    const review = (value: number) => {
      const { state } = answer(opened(), { answers: { "use-days": value } }, withDays);
      const assessed = take(state, "assess-answer", 2, { ...ctx, ...withDays });
      return task(assessed.state, "clinician-review")?.words;
    };
    expect(review(5)).toContain("Use on 4 or more days.");
    expect(review(2)).toBeUndefined();
  });
});

describe("closing the aftercare", () => {
  const now = "2028-01-12T15:00:00.000Z";
  const ctx = buildContext({ now });
  const proposed = () => take(inAftercare([]), "plan-next", 3, ctx);

  function decided(decision: "approved" | "rejected", state = proposed().state): OpenState {
    const approval = task(state, "closing-approval") as CareTask;
    const made = {
      decision,
      decidedBy: "casey",
      decidedAt: now,
      reasonEntry: 7,
      effectiveAt: "2028-01-12T15:00:30.000Z",
    };
    return {
      ...state,
      items: new Map([...state.items, [approval.sk, { ...approval, decision: made }]]),
    };
  }

  it("is proposed to a person after the last check-in", () => {
    expect(proposed().outcome).toBe("propose-closing");
    expect(task(proposed().state, "closing-approval")).toMatchObject({
      isApproval: true,
      proposal: "close",
      dueAt: "2028-01-13T15:00:00.000Z",
    });
  });

  it("waits for the person's decision and passes it on when it is overdue; no timer closes", () => {
    const { state } = proposed();
    expect(take(state, "review-closing", 3, ctx)).toMatchObject({
      outcome: "wait",
      holdUntil: "2028-01-13T15:00:00.000Z",
    });
    const later = buildContext({ now: "2028-01-13T15:00:00.000Z" });
    expect(take(state, "review-closing", 3, later).outcome).toBe("overdue");
    expect(take(state, "escalate-closing-decision", 3, ctx).change).toBeUndefined();
    const escalated = take(state, "escalate-closing-decision", 3, later);
    expect(task(escalated.state, "closing-approval")?.assignedFunction).toBe("clinical-lead");
    expect(escalated.state.episode.status).toBe("aftercare");
  });

  it("closes half a minute after the approval, with a last message and nothing left to do", () => {
    const state = decided("approved");
    expect(take(state, "review-closing", 3, ctx)).toMatchObject({ outcome: "wait" });
    const rested = buildContext({ now: "2028-01-12T15:00:30.000Z" });
    expect(take(state, "review-closing", 3, rested).outcome).toBe("closed");
    const closed = take(state, "finish", 3, rested);
    expect(closed.state.episode).toMatchObject({ status: "closed", closedAt: rested.now });
    expect(closed.change?.audit.facts.decidedBy).toBe("casey");
    expect(take(closed.state, "review-closing", 3, rested).outcome).toBe("send");
    expect(take(closed.state, "finish", 3, rested).change).toBeUndefined();
    const quiet = { ...closed.state, items: new Map() };
    expect(take(quiet, "review-closing", 3, rested).outcome).toBe("stop");
  });

  it("ends what runs for the aftercare, and leaves an alert that is open to whoever sees to it", () => {
    const { items, ...rest } = decided("approved");
    const alert = buildRun("escalation", "01JHTEST00000000000000A1RT", { status: "dormant" });
    const ladder = buildRun("outreach", "01JHTEST00000000000000LADD", { status: "dormant" });
    const state = {
      ...rest,
      items: new Map([...items, [alert.sk, alert], [ladder.sk, ladder]]),
    };
    const rested = buildContext({ now: "2028-01-12T15:00:30.000Z" });
    const { change } = take(state, "finish", 3, rested);
    const ended = (change?.puts ?? []).flatMap(({ item }) =>
      item.kind === "driver" && item.status === "done" ? [item.workflow] : [],
    );
    expect(ended).toContain("outreach");
    expect(ended).not.toContain("escalation");
  });

  it("leaves the supply of a medicine to whoever prescribes it", () => {
    const { items, ...rest } = decided("approved");
    const renewal = buildTask({
      sk: "TASK#medication-supply#medicine-methadone-v1",
      taskKind: "medication-supply",
      about: { type: "medicine", id: "methadone" },
      owed: { tier: "ORANGE", occurrence: "medicine-methadone-v1", steps: [] },
    });
    const state = { ...rest, items: new Map([...items, [renewal.sk, renewal]]) };
    const rested = buildContext({ now: "2028-01-12T15:00:30.000Z" });
    const closed = take(state, "finish", 3, rested);
    expect(closed.state.items.has(renewal.sk)).toBe(false);
  });

  it("holds the last message of an evening for the morning before it stops", () => {
    const evening = buildContext({ now: "2028-01-13T02:00:00.000Z" });
    const closed = take(decided("approved"), "finish", 3, evening);
    const review = take(closed.state, "review-closing", 3, evening);
    expect(review.outcome).toBe("wait");
    expect(review.holdUntil && review.holdUntil >= "2028-01-13T14:00:00.000Z").toBe(true);
  });

  it("waits while a serious alert is open, although a person has approved", () => {
    const state = decided("approved");
    const alerted = {
      ...state,
      episode: { ...state.episode, openEscalations: [{ escalationId: "e", tier: "RED" as const }] },
    };
    const rested = buildContext({ now: "2028-01-12T15:01:00.000Z" });
    expect(take(alerted, "review-closing", 3, rested).outcome).toBe("wait");
  });

  it("asks again after a month where a person chose to keep in touch", () => {
    const state = decided("rejected");
    const soon = buildContext({ now: "2028-01-20T15:00:00.000Z" });
    expect(take(state, "review-closing", 3, soon)).toMatchObject({
      outcome: "wait",
      holdUntil: "2028-02-11T15:00:00.000Z",
    });
    expect(take(state, "escalate-closing-decision", 3, soon).change).toBeUndefined();
    const month = buildContext({ now: "2028-02-11T15:00:00.000Z" });
    expect(take(state, "review-closing", 3, month).outcome).toBe("overdue");
    const again = task(
      take(state, "escalate-closing-decision", 3, month).state,
      "closing-approval",
    );
    expect(again).toMatchObject({ status: "open" });
    expect(again?.decision).toBeUndefined();
  });

  it("puts a question again that got lost", () => {
    const state = inAftercare([]);
    expect(take(state, "review-closing", 3, ctx).outcome).toBe("overdue");
    expect(
      task(take(state, "escalate-closing-decision", 3, ctx).state, "closing-approval"),
    ).toBeDefined();
  });

  it("stops when the person has left in the meantime", () => {
    const left = inAftercare([], { status: "withdrawn" });
    expect(take(left, "review-closing", 3, ctx).outcome).toBe("stop");
    expect(take(left, "escalate-closing-decision", 3, ctx).outcome).toBe("done");
    expect(take(left, "plan-next", 3, ctx).outcome).toBe("planned");
  });
});

describe("the steps of aftercare", () => {
  it("have a rule for every act and review of the table, and none besides", () => {
    const steps = Object.entries(stepTable.aftercare.steps);
    const named = (kind: string) =>
      steps.filter(([, step]) => step.kind === kind).map(([name]) => name);
    expect(Object.keys(aftercareActs).sort()).toEqual(named("act").sort());
    expect(Object.keys(aftercareReviews).sort()).toEqual(named("review").sort());
  });

  it("plan the first contact within its hours even when the site is closed for long", () => {
    const closures = ["13", "14", "15", "18"].map((day) => ({
      on: `2027-01-${day}`,
      words: "closed",
    }));
    const ctx = buildContext({ now: dischargedAt, site: buildSite({ closures }) });
    const { state } = take(inAftercare([]), "plan-next", 0, ctx);
    expect(find(state, "check-in")?.dueAt).toBe("2027-01-15T20:00:00.000Z");
  });
});
