import { describe, expect, it } from "vitest";
import type { CareTask } from "../../../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../../../shared/care/episode/episode-item.ts";
import { snoozeTask } from "../../../../shared/care/pathway/snooze-task.ts";
import { climbOwedTask } from "../../../../shared/care/safety/climb-owed-work.ts";
import { assignTask } from "../../../../shared/care/tasks/assign-task.ts";
import { completeTask } from "../../../../workflows/run/complete-task.ts";
import { transition } from "../../../../workflows/run/transition.ts";
import { answer, find, opened, task } from "../../../builders/aftercare.ts";
import { buildAnswers } from "../../../builders/instruments.ts";
import { buildContext, caseManager, clinician, staff } from "../../../builders/state.ts";
import { carriedOut, openTaskOf, refusalOf } from "../../../builders/steps.ts";

const nurse = staff("sam", "nurse");
const wantsCall = { ...buildAnswers("phq-2", 0), "wants-call": true };

/** The check-in of day 7 is open on a Tuesday; the site is staffed from 08:00 to 18:00 in New York. */
function answeredAt(now: string): OpenState {
  return answer(opened(), { answers: wantsCall }, { now }).state;
}

const at = (time: string) => `2027-01-19T${time}:00.000Z`;

describe("a call that is owed the same day", () => {
  it("is the case manager's until two hours before staffing ends", () => {
    expect(task(answeredAt(at("15:00")), "check-in-call")).toMatchObject({
      assignedFunction: "case-manager",
      dueAt: at("21:00"),
      owed: {
        tier: "YELLOW",
        steps: [
          { to: "clinician", at: at("21:00") },
          { to: "clinical-lead", at: at("23:00") },
        ],
      },
    });
  });

  it.each([
    ["20:30", at("23:00")],
    ["22:50", at("23:50")],
  ])("is a clinician's at once when it comes as late as %s UTC", (time, dueAt) => {
    expect(task(answeredAt(at(time)), "check-in-call")).toMatchObject({
      assignedFunction: "clinician",
      dueAt,
      owed: { steps: [{ to: "clinical-lead", at: dueAt }] },
    });
  });

  it("pages at once, and is a clinician's, when nobody is staffed any more", () => {
    const state = answeredAt("2027-01-20T00:30:00.000Z");
    expect(task(state, "check-in-call")).toMatchObject({
      assignedFunction: "clinician",
      dueAt: "2027-01-20T02:30:00.000Z",
    });
    expect(find(state, "escalation")).toMatchObject({ tier: "YELLOW", status: "open" });
  });

  it("cannot be put off past its time, and a handover moves nothing", () => {
    const state = answeredAt(at("15:00"));
    const call = task(state, "check-in-call") as CareTask;
    const ctx = buildContext({ now: at("15:30"), actor: caseManager });
    const refusal = refusalOf(snoozeTask(state, { taskSk: call.sk, until: at("21:01") }, ctx));
    expect(refusal.refused).toBe("locked-by-safety");
    const handed = carriedOut(state, assignTask(state, { taskSk: call.sk, staffId: "lee" }, ctx));
    expect(task(handed, "check-in-call")).toMatchObject({ owed: call.owed, dueAt: call.dueAt });
  });

  it("comes back from being put off, off the desk of who did not do it", () => {
    let state = answeredAt(at("15:00"));
    const { sk } = task(state, "check-in-call") as CareTask;
    const ctx = buildContext({ now: at("15:30"), actor: caseManager });
    state = carriedOut(state, assignTask(state, { taskSk: sk, staffId: "casey" }, ctx));
    state = carriedOut(state, snoozeTask(state, { taskSk: sk, until: at("20:59") }, ctx));
    expect(climbOwedTask(state, buildContext({ now: at("20:59") }), sk)).toBeUndefined();
    state = carriedOut(state, climbOwedTask(state, buildContext({ now: at("21:00") }), sk));
    const call = task(state, "check-in-call") as CareTask;
    expect(call).toMatchObject({ assignedFunction: "clinician", dueAt: at("21:00") });
    expect(call.assignedTo).toBeUndefined();
    expect(call.snoozedUntil).toBeUndefined();
  });

  it("goes to a clinician who decides, when the number turns out to be somebody else's", () => {
    const state = answeredAt(at("15:00"));
    const call = task(state, "check-in-call") as CareTask;
    const ctx = buildContext({ now: at("15:30"), actor: caseManager });
    const after = carriedOut(
      state,
      completeTask(state, { taskSk: call.sk, outcome: "wrong-number" }, ctx),
    );
    const decision = openTaskOf(after, "outreach-decision");
    expect(decision).toMatchObject({ assignedFunction: "clinician", owed: call.owed });
    const byCaseManager = completeTask(
      after,
      { taskSk: decision.sk, outcome: "close-ladder" },
      buildContext({ now: at("16:00"), actor: caseManager }),
    );
    expect(refusalOf(byCaseManager).refused).toBe("not-allowed");
    carriedOut(
      after,
      completeTask(
        after,
        { taskSk: decision.sk, outcome: "close-ladder" },
        buildContext({ now: at("16:00"), actor: clinician }),
      ),
    );
  });

  it("ends with a death alone, and then nobody is paged about it", () => {
    const state = answeredAt(at("15:00"));
    const { sk } = task(state, "check-in-call") as CareTask;
    const died = carriedOut(
      state,
      transition(
        state,
        { to: "discharge", disposition: "deceased", reason: "The family rang." },
        buildContext({ now: at("16:00"), actor: nurse }),
      ),
    );
    expect(climbOwedTask(died, buildContext({ now: at("23:30") }), sk)).toBeUndefined();
    expect(find(died, "escalation")).toBeUndefined();
  });
});
