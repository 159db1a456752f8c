import { describe, expect, it } from "vitest";
import { decideApproval } from "../../../../shared/care/approvals/decide-approval.ts";
import { isRefusal } from "../../../../shared/care/change/change.ts";
import { withdraw } from "../../../../shared/care/pathway/withdraw.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  caseManager,
} from "../../../builders/state.ts";

const words = "She said she wants to kill herself if this goes on: I want to die.";

describe("a reason that a member of staff gives", () => {
  const ctx = buildContext({ actor: caseManager });

  it("with words of crisis is read by a clinician on the next staffed day, and rings nobody", () => {
    const state = buildState(buildEpisode({ status: "active", week: 2 }));
    const change = withdraw(state, { reason: words }, ctx);
    if (isRefusal(change)) throw new Error(change.sentence);
    const review = change.puts.find(
      ({ item }) => item.kind === "task" && item.about?.type === "note",
    );
    expect(review?.item).toMatchObject({
      taskKind: "clinician-review",
      status: "open",
      priority: "safety",
    });
    expect(change.outbox.filter(({ kind }) => kind === "page")).toEqual([]);
    expect(JSON.stringify(change.puts)).not.toContain("kill herself");
    expect(JSON.stringify(change.identityPuts)).toContain("kill herself");
  });

  it("without them opens nothing more", () => {
    const approval = buildTask({
      sk: "TASK#admission-approval#intake",
      taskKind: "admission-approval",
      isApproval: true,
    });
    const state = buildState(buildEpisode({ status: "assessed" }), [approval]);
    const change = decideApproval(
      state,
      {
        taskSk: approval.sk,
        decision: "approved",
        reason: "Suits well",
        version: approval.version,
        choice: "admit",
      },
      ctx,
    );
    if (isRefusal(change)) throw new Error(change.sentence);
    expect(change.puts.map(({ item }) => item.sk)).toEqual([approval.sk]);
    expect(change.identityPuts).toEqual([]);
  });
});
