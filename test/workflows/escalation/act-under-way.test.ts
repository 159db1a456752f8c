import { describe, expect, it } from "vitest";
import type { Actor } from "../../../shared/care/episode/actor.ts";
import { applyDeferred } from "../../../shared/messages/apply-deferred.ts";
import { sortInbound } from "../../../shared/messages/sort-inbound.ts";
import { closeEscalation } from "../../../workflows/escalation/close-escalation.ts";
import { recordContact } from "../../../workflows/escalation/record-contact.ts";
import { inProgram } from "../../builders/complete.ts";
import { buildPolicy } from "../../builders/program.ts";
import { buildContext, buildState, clinician } from "../../builders/state.ts";
import { carriedOut, changeOf, itemsOf, openTaskOf, refusalOf } from "../../builders/steps.ts";

const other: Actor = { kind: "staff", staffId: "morgan", functions: ["clinician"] };
const as = (actor: Actor) => buildContext({ actor });

/** Somebody's text, sorted and applied as it is when it comes in. */
function afterText(body: string) {
  const { crisisRule = "" } = sortInbound(body, buildPolicy());
  const state = buildState(inProgram);
  const command = { type: "crisis-words", source: "text", rule: crisisRule, noteId: "n1" } as const;
  const raised = carriedOut(state, applyDeferred(state, command, buildContext()));
  const [alert] = itemsOf(raised, "escalation");
  if (alert === undefined) throw new Error("No alert was raised");
  return { state: raised, escalationSk: alert.sk, alert };
}

describe("an alert about an act under way", () => {
  it("is told from one about a wish by the rule that matched", () => {
    expect(afterText("i took all my pills").alert.isActUnderWay).toBe(true);
    expect(afterText("me tomé un frasco de pastillas").alert.isActUnderWay).toBe(true);
    expect(afterText("I want to die").alert).not.toHaveProperty("isActUnderWay");
  });

  it("is not closed by one clinician without contact: the reading is kept and paging goes on", () => {
    const { state, escalationSk, alert } = afterText("i took all my pills");
    const close = { escalationSk, outcome: "no-danger", reason: "Speaks of vitamins." };
    const change = changeOf(closeEscalation(state, close, as(clinician)));
    const read = carriedOut(state, change);
    expect(itemsOf(read, "escalation")).toMatchObject([
      { status: "open", readings: [{ by: "avery" }], tierEndsAt: alert.tierEndsAt },
    ]);
    expect(change.episode.openEscalations).toHaveLength(1);
    expect(openTaskOf(read, "safety-follow-up").status).toBe("open");
    expect(refusalOf(closeEscalation(read, close, as(clinician))).sentence).toContain(
      "ask a second clinician",
    );
    expect(itemsOf(read, "escalation")[0]?.status).toBe("open");
  });

  it("is closed by a second clinician who agrees", () => {
    const { state, escalationSk } = afterText("i took all my pills");
    const close = { escalationSk, outcome: "no-danger", reason: "Speaks of vitamins." };
    const read = carriedOut(state, closeEscalation(state, close, as(clinician)));
    const closed = carriedOut(read, closeEscalation(read, close, as(other)));
    expect(closed.episode.openEscalations).toEqual([]);
  });

  it.each(["spoke-with-participant", "help-sent"] as const)(
    "is closed by one clinician after contact: %s",
    (outcome) => {
      const { state, escalationSk } = afterText("i took all my pills");
      const reached = carriedOut(
        state,
        recordContact(state, { escalationSk, outcome }, as(clinician)),
      );
      const close = { escalationSk, outcome: "emergency-care", reason: "In the hospital." };
      const closed = carriedOut(reached, closeEscalation(reached, close, as(clinician)));
      expect(closed.episode.openEscalations).toEqual([]);
    },
  );

  it("is not closed after a call that reached nobody", () => {
    const { state, escalationSk } = afterText("i took all my pills");
    const input = { escalationSk, outcome: "not-reached" } as const;
    const tried = carriedOut(state, recordContact(state, input, as(clinician)));
    const close = { escalationSk, outcome: "no-danger", reason: "Speaks of vitamins." };
    const read = carriedOut(tried, closeEscalation(tried, close, as(clinician)));
    expect(read.episode.openEscalations).toHaveLength(1);
  });
});
