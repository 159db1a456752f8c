import { describe, expect, it } from "vitest";
import { decideSend } from "../../../shared/messages/send-gate.ts";
import { settleWithRemedy } from "../../../shared/messages/settle-message.ts";
import { buildGateInput, buildMessage } from "../../builders/message.ts";
import { buildSite } from "../../builders/program.ts";
import { buildContext, buildEpisode, buildState, putsOf } from "../../builders/state.ts";

const full = { today: 9, thisWeek: 20, toNumber: 90, isSiteFull: true };
const closed = buildSite({ closures: [{ on: "2027-01-12", words: "closed" }] });
/** A message of a step, about a visit on Wednesday at 09:00. */
const of = (step: string) =>
  buildMessage({ step, templateId: step, aboutAt: "2027-01-13T14:00:00.000Z" });

describe("what tells somebody when to come", () => {
  it.each(["welcome", "weekly-text", "session-reminder"])("is never held by a cap: %s", (step) => {
    const decision = decideSend(buildGateInput({ message: of(step), sent: full }));
    expect(decision.action).toBe("send");
  });

  it.each(["welcome", "weekly-text", "session-reminder"])(
    "goes on a closed day: %s, for the day that it is about counts",
    (step) => {
      expect(decideSend(buildGateInput({ message: of(step), site: closed })).action).toBe("send");
    },
  );

  it("is all that goes then: the request for measures waits", () => {
    const message = buildMessage({ step: "measures" });
    expect(decideSend(buildGateInput({ message, sent: full })).action).not.toBe("send");
    expect(decideSend(buildGateInput({ message, site: closed })).action).toBe("hold");
  });

  it.each([
    ["session-reminder", "expired", "message-gap"],
    ["session-reminder", "expires-before-it-may-go", "message-gap"],
    ["measures", "expired", undefined],
  ] as const)(
    "becomes a call before the visit where it came too late: %s, %s",
    (step, reason, taskKind) => {
      const message = of(step);
      const state = buildState(buildEpisode({ status: "active" }), [message]);
      const settled = settleWithRemedy(state, buildContext(), {
        messageSk: message.sk,
        to: "SUPPRESSED",
        reason,
      });
      const tasks = Object.values(putsOf(settled?.change)).filter((item) => item.kind === "task");
      expect(tasks.map((task) => task.taskKind)).toEqual(taskKind === undefined ? [] : [taskKind]);
      if (taskKind === undefined) return;
      expect(tasks).toMatchObject([
        { assignedFunction: "front-desk", priority: "urgent", status: "open" },
      ]);
      expect((tasks[0]?.dueAt ?? "") <= (message.aboutAt ?? "")).toBe(true);
    },
  );
});
