import { describe, expect, it } from "vitest";
import type { FormRequest } from "../../../shared/care/episode/form-request.ts";
import { intakeFormSk } from "../../../shared/questions/forms-request.ts";
import { complete, inProgram, ladder, ladderCall, taskIn } from "../../builders/complete.ts";
import {
  buildContext,
  buildEpisode,
  buildTask,
  clinician,
  tuesdayMorning,
} from "../../builders/state.ts";
import { itemsOf, openTaskOf, openTasks, refusalOf } from "../../builders/steps.ts";

describe("forms", () => {
  const form: FormRequest = {
    kind: "form",
    sk: intakeFormSk,
    version: 1,
    formId: "form-1",
    occasion: "intake",
    instruments: ["phq-9"],
    status: "asked",
    askedAt: tuesdayMorning,
    endsAt: "2027-01-26T16:00:00.000Z",
    answers: {},
    submissions: [],
  };
  const episode = buildEpisode({ status: "screening" });

  it("goes on without the forms when a person says so", () => {
    const task = buildTask({ taskKind: "forms-call" });
    const state = complete(task, "go-on-without", {}, [form], episode).stateAfter();
    expect(state.items.get(intakeFormSk)).toMatchObject({ status: "ended" });
  });

  it("does not take forms for done that have open questions", () => {
    const task = buildTask({ taskKind: "forms-call" });
    expect(refusalOf(complete(task, "done", {}, [form], episode).result).sentence).toContain(
      "choose go-on-without",
    );
    expect(taskIn(complete(task, "done", {}, [], episode).stateAfter(), task.sk).status).toBe(
      "done",
    );
    const again = complete(task, "not-reached", {}, [form], episode).stateAfter();
    expect(openTaskOf(again, "forms-call").sk).toBe("TASK#forms-call#one-try2");
  });
});

describe("calls of a ladder", () => {
  it("ends the ladder when the person was reached", () => {
    const state = complete(ladderCall(), "reached", {}, [ladder]).stateAfter();
    expect(state.items.get(ladder.sk)).toMatchObject({ status: "reached", outcome: "reached" });
  });

  it("goes on to the next rung when nobody was reached", () => {
    const state = complete(ladderCall(), "not-reached", {}, [ladder]).stateAfter();
    expect(state.items.get(ladder.sk)).toEqual(ladder);
    expect(openTasks(state)).toEqual([]);
    expect(state.episode.unreachedContacts).toBe(1);
  });

  it("asks again for a decision when the ladder had run out", () => {
    const ranOut = { ...ladder, status: "decision-needed", nextRung: 3 } as const;
    const state = complete(ladderCall(), "not-reached", {}, [ranOut]).stateAfter();
    expect(openTaskOf(state, "outreach-decision").about?.id).toBe("outreach-1");
    const asked = buildTask({
      taskKind: "outreach-decision",
      about: { type: "outreach", id: "outreach-1" },
    });
    const once = complete(ladderCall(), "not-reached", {}, [ranOut, asked]).stateAfter();
    expect(openTasks(once, "outreach-decision")).toHaveLength(1);
  });

  it("has a clinician speak with somebody who does not want to come any more", () => {
    const state = complete(ladderCall(), "declined", {}, [ladder]).stateAfter();
    expect(state.items.get(ladder.sk)).toMatchObject({ status: "reached", outcome: "declined" });
    expect(openTaskOf(state, "clinician-review").words).toContain("declined to go on");
  });

  it("lets only clinicians decide about a welfare check, and follows up on it", () => {
    const task = ladderCall("welfare-decision");
    expect(refusalOf(complete(task, "welfare-check-sent", {}, [ladder]).result).refused).toBe(
      "not-allowed",
    );
    const byClinician = buildContext({ actor: clinician });
    const sent = complete(
      task,
      "mobile-crisis-sent",
      {},
      [ladder],
      inProgram,
      byClinician,
    ).stateAfter();
    expect(openTaskOf(sent, "clinician-review").words).toContain("Find out how they are");
    const none = complete(
      task,
      "no-check-needed",
      {},
      [ladder],
      inProgram,
      byClinician,
    ).stateAfter();
    expect(openTasks(none)).toEqual([]);
  });

  it("needs no ladder that is still climbed", () => {
    const ended = { ...ladder, status: "withdrawn" } as const;
    expect(
      complete(ladderCall("letter"), "sent", {}, [ended]).stateAfter().items.get(ladder.sk),
    ).toEqual(ended);
    const letter = complete(ladderCall("letter"), "sent", {}, [ladder]).stateAfter();
    expect(openTasks(letter)).toEqual([]);
    const noRelease = complete(ladderCall("contact-person"), "no-release", {}, [
      ladder,
    ]).stateAfter();
    // Nobody was rung: no contact was missed.
    expect(noRelease.episode.unreachedContacts).toBe(0);
  });
});

describe("the decision about a ladder that ran out", () => {
  const ranOut = { ...ladder, status: "decision-needed", nextRung: 3 } as const;
  const decision = buildTask({
    taskKind: "outreach-decision",
    about: { type: "outreach", id: "outreach-1" },
  });

  it("climbs again from the first rung", () => {
    const state = complete(decision, "continue", {}, [ranOut]).stateAfter();
    expect(state.items.get(ladder.sk)).toMatchObject({ status: "climbing", nextRung: 0, round: 2 });
  });

  it("stops reaching out, or notes that the person was reached", () => {
    const closed = complete(decision, "close-ladder", {}, [ranOut]).stateAfter();
    expect(closed.items.get(ladder.sk)).toMatchObject({
      status: "withdrawn",
      outcome: "close-ladder",
    });
    const reached = complete(decision, "reached", {}, [ranOut]).stateAfter();
    expect(reached.items.get(ladder.sk)).toMatchObject({ status: "reached" });
  });

  it("follows up on a welfare check and keeps climbing", () => {
    const state = complete(decision, "welfare-check-sent", {}, [ranOut]).stateAfter();
    expect(openTaskOf(state, "clinician-review").about?.id).toBe("outreach-1");
    expect(state.items.get(ladder.sk)).toMatchObject({ status: "climbing" });
  });

  it("proposes a discharge for lost contact, which somebody else approves", () => {
    const state = complete(decision, "propose-discharge", {}, [ranOut]).stateAfter();
    expect(state.episode).toMatchObject({
      status: "discharge-planning",
      disposition: "lost-contact",
    });
    expect(itemsOf(state, "driver")[0]?.data).toEqual({
      disposition: "lost-contact",
      requestedBy: "casey",
    });
  });

  it("never takes somebody without a phone for lost", () => {
    const episode = { ...inProgram, reach: { reachBy: true } };
    expect(
      refusalOf(complete(decision, "propose-discharge", {}, [ranOut], episode).result).sentence,
    ).toContain("that is not lost contact");
    const early = buildEpisode({ status: "screening" });
    expect(
      refusalOf(complete(decision, "propose-discharge", {}, [], early).result).sentence,
    ).toContain("from the program only");
  });
});
