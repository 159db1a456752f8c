import { describe, expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import {
  finishWithReason,
  screenReason,
} from "../../../../shared/care/safety/finish-with-reason.ts";
import { shippedPolicy } from "../../../builders/shipped-policy.ts";
import { buildContext, buildEpisode, buildState, caseManager } from "../../../builders/state.ts";
import { carriedOut, itemsOf, openTasks } from "../../../builders/steps.ts";

const state = buildState(buildEpisode({ status: "active" }));
const ctx = buildContext({ actor: caseManager, policy: shippedPolicy() });

function decided(reason: string | undefined) {
  const change = finishWithReason(
    new Draft(state, ctx),
    ctx,
    "track-changed",
    { to: "evening" },
    reason,
  );
  return { change, after: carriedOut(state, change) };
}

describe("the reason of a decision is read by the crisis screen", () => {
  it.each([
    ["speaks of danger", "She told me: I want to die", "may speak of danger"],
    ["denies it", "He denies thoughts of suicide", "name danger and deny it"],
  ])("where it %s a clinician reads it, and nobody is rung", (_what, reason, words) => {
    const { change, after } = decided(reason);
    const [review, ...more] = openTasks(after, "clinician-review");
    expect(more).toEqual([]);
    expect(review).toMatchObject({ assignedFunction: "clinician", priority: "safety" });
    expect(review?.words).toContain(words);
    expect(change.identityPuts).toMatchObject([{ attributes: { text: reason, by: "casey" } }]);
    expect(itemsOf(after, "escalation")).toEqual([]);
    expect(change.outbox.map(({ kind }) => kind)).not.toContain("page");
  });

  it.each([["The evening suits his work."], [undefined]])(
    "where it says nothing of the kind it stands beside the decision alone: %s",
    (reason) => {
      const { change, after } = decided(reason);
      expect(itemsOf(after, "task")).toEqual([]);
      expect(change.identityPuts).toEqual([]);
      expect(change.audit).toMatchObject({ action: "track-changed", facts: { to: "evening" } });
      expect(change.audit.reason).toBe(reason);
    },
  );

  it("is read, too, where it is kept elsewhere", () => {
    const draft = new Draft(state, ctx);
    screenReason(draft, ctx, "kept-apart", "I want to die");
    const after = carriedOut(state, draft.finish("kept-apart"));
    expect(openTasks(after, "clinician-review")).toHaveLength(1);
  });
});
