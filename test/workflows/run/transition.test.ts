import { describe, expect, it } from "vitest";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import { dispositions } from "../../../shared/care/program/program.ts";
import { type TransitionRequest, transition } from "../../../workflows/run/transition.ts";
import { buildMessage } from "../../builders/message.ts";
import {
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  buildTask,
  caseManager,
  clinicalLead,
  episodeId,
  staff,
} from "../../builders/state.ts";
import { carriedOut, changeOf, itemsOf, openTaskOf, refusalOf } from "../../builders/steps.ts";

const ctx = buildContext({ actor: caseManager });

function inProgram(more: Partial<Episode> = {}): Episode {
  return buildEpisode({ status: "active", admittedOn: "2027-01-04", week: 2, version: 7, ...more });
}

function move(
  body: Omit<TransitionRequest, "reason">,
  episode = inProgram(),
  items: readonly EpisodeItem[] = [],
  context = ctx,
) {
  const state = buildState(episode, items);
  const result = transition(state, { reason: "Agreed with the person", ...body }, context);
  return { result, moved: () => carriedOut(state, result) };
}

const redAlert = { openEscalations: [{ escalationId: "e1", tier: "RED" as const }] };
const atOnce = ["left-before-completing", "hospitalised", "incarcerated", "deceased"] as const;
const planned = dispositions.filter((one) => !atOnce.some((done) => done === one));
const locked = ["completed", "transfer-down", "administrative"] as const;

describe("discharge", () => {
  it.each(atOnce)("takes effect when it is recorded: %s", (disposition) => {
    const state = move({ to: "discharge", disposition }).moved();
    expect(state.episode).toMatchObject({
      status: "discharged",
      disposition,
      dischargedAt: ctx.now,
    });
    // The workflow that waits for the hours of a reversal and then begins the aftercare.
    expect(itemsOf(state, "driver")).toMatchObject([
      { workflow: "discharge", step: "review-farewell", status: "running" },
    ]);
  });

  it.each(planned)("is planned first, and somebody else approves: %s", (disposition) => {
    const state = move({ to: "discharge", disposition }).moved();
    expect(state.episode).toMatchObject({ status: "discharge-planning", disposition });
    expect(itemsOf(state, "driver")).toMatchObject([
      {
        workflow: "discharge",
        step: "open-checklist",
        data: { disposition, requestedBy: "casey" },
      },
    ]);
  });

  it.each(dispositions)(
    "with an open RED alert, %s is locked only where safety says so",
    (disposition) => {
      const { result } = move({ to: "discharge", disposition }, inProgram(redAlert));
      if (locked.some((one) => one === disposition))
        expect(refusalOf(result).refused).toBe("locked-by-safety");
      else expect(changeOf(result).episode.openEscalations).toHaveLength(1);
    },
  );

  it("needs a disposition of the program, and lists them", () => {
    expect(refusalOf(move({ to: "discharge" }).result).sentence).toContain(
      "Choose one of: completed, transfer-up",
    );
  });

  it("is for people in the program, and one at a time", () => {
    const early = move({ to: "discharge", disposition: "moved" }, buildEpisode());
    expect(refusalOf(early.result).sentence).toBe(
      "A discharge is for people in the program; this person is: referred.",
    );
    const underWay = buildRun("discharge", `${episodeId}-d3`);
    const again = move({ to: "discharge", disposition: "moved" }, inProgram(), [underWay]);
    expect(refusalOf(again.result).refused).toBe("already-decided");
  });

  it("does not take somebody without a phone for lost", () => {
    const episode = inProgram({ reach: { reachBy: true } });
    const { result } = move({ to: "discharge", disposition: "lost-contact" }, episode);
    expect(refusalOf(result).sentence).toContain("that is not lost contact");
  });

  it("answers an open proposal of the week", () => {
    const proposal = buildTask({ taskKind: "week-review-approval" });
    const state = move({ to: "discharge", disposition: "moved" }, inProgram(), [proposal]).moved();
    expect(state.items.get(proposal.sk)).toMatchObject({ status: "cancelled" });
  });

  it("has a supervisor review who left before completing", () => {
    const state = move({ to: "discharge", disposition: "left-before-completing" }).moved();
    expect(openTaskOf(state, "clinician-review").assignedFunction).toBe("supervisor");
  });

  it("says goodbye to who left, and not to who may not read it", () => {
    const left = move({ to: "discharge", disposition: "left-before-completing" }).moved();
    expect(itemsOf(left, "message").map((message) => message.step)).toEqual(["discharged"]);
    const jailed = move({ to: "discharge", disposition: "incarcerated" }).moved();
    expect(itemsOf(jailed, "message")).toEqual([]);
  });
});

describe("a death", () => {
  const texts = (["routine", "schedule-notice", "reply", "safety"] as const).map((kind) =>
    buildMessage({ step: kind, class: kind }),
  );

  it.each([
    ["referred", "withdrawn"],
    ["screening", "withdrawn"],
    ["assessed", "withdrawn"],
    ["waiting", "withdrawn"],
    ["active", "discharged"],
    ["onhold", "discharged"],
    ["discharge-planning", "discharged"],
    ["discharged", "discharged"],
    ["aftercare", "closed"],
  ] as const)("stops every message at once (%s)", (status, then) => {
    const episode = buildEpisode({ status, ...redAlert });
    const state = move({ to: "discharge", disposition: "deceased" }, episode, texts).moved();
    expect(state.episode).toMatchObject({ status: then, disposition: "deceased" });
    for (const text of texts) {
      expect(state.items.get(text.sk)).toMatchObject({ status: "CANCELLED", reason: "deceased" });
    }
  });
});

describe("admission from the waiting list", () => {
  const waiting = buildEpisode({
    status: "waiting",
    waiting: { since: ctx.now, reason: "no-place", calls: 1, nextCallAt: ctx.now },
  });
  const approval = buildTask({ taskKind: "admission-approval" });

  it("decides the approval that is open, by its rules", () => {
    const state = move({ to: "admit" }, waiting, [approval]).moved();
    expect(state.items.get(approval.sk)).toMatchObject({
      decision: { decision: "approved", choice: "admit", decidedBy: "casey" },
    });
    const stranger = buildContext({ actor: staff("robin", "front-desk") });
    expect(refusalOf(move({ to: "admit" }, waiting, [approval], stranger).result).refused).toBe(
      "not-allowed",
    );
  });

  it("needs the question on the table, and somebody who is not in the program yet", () => {
    expect(refusalOf(move({ to: "admit" }, waiting).result).sentence).toContain(
      "not on the table yet",
    );
    expect(refusalOf(move({ to: "admit" }).result).sentence).toBe(
      "Admission follows the assessment; this person is: in the program.",
    );
  });
});

describe("reversing a discharge", () => {
  const discharged = buildEpisode({
    status: "discharged",
    dischargedAt: "2027-01-11T20:00:00.000Z",
    disposition: "completed",
    admittedOn: "2026-12-01",
    week: 6,
  });

  it("puts the person back into the program, and has somebody call", () => {
    const farewell = buildMessage({ step: "discharged" });
    const state = move({ to: "reverse-discharge" }, discharged, [farewell]).moved();
    expect(state.episode.status).toBe("active");
    expect(state.episode.dischargedAt).toBeUndefined();
    expect(state.episode.disposition).toBeUndefined();
    expect(state.items.get(farewell.sk)).toMatchObject({ status: "CANCELLED" });
    expect(openTaskOf(state, "first-contact-call").words).toContain("the place is kept");
    expect(itemsOf(state, "driver")).toMatchObject([
      { workflow: "weekly-program", data: { week: 7 } },
    ]);
  });

  it("is possible for 24 hours", () => {
    const late = buildContext({ actor: caseManager, now: "2027-01-12T20:00:00.000Z" });
    expect(refusalOf(move({ to: "reverse-discharge" }, discharged, [], late).result).sentence).toBe(
      "A discharge can be reversed for 24 hours; that time is over. A new referral starts again.",
    );
    const justInTime = buildContext({ actor: caseManager, now: "2027-01-12T19:59:59.000Z" });
    expect(
      changeOf(move({ to: "reverse-discharge" }, discharged, [], justInTime).result).audit,
    ).toMatchObject({ action: "discharge-reversed", facts: { was: "completed" } });
  });

  it("needs a discharge", () => {
    expect(refusalOf(move({ to: "reverse-discharge" }).result).sentence).toBe(
      "There is no discharge to reverse.",
    );
    const aftercare = move({ to: "reverse-discharge" }, buildEpisode({ status: "aftercare" }));
    expect(refusalOf(aftercare.result).sentence).toContain("that time is over");
  });
});

it("refuses transitions of a pathway that has ended, and of anybody but staff", () => {
  const ended = move({ to: "admit" }, buildEpisode({ status: "closed" }));
  expect(refusalOf(ended.result).sentence).toContain("This pathway has ended (closed)");
  const bySystem = move({ to: "admit" }, inProgram(), [], buildContext());
  expect(refusalOf(bySystem.result).refused).toBe("not-allowed");
  const byLead = buildContext({ actor: clinicalLead });
  expect(
    changeOf(move({ to: "discharge", disposition: "moved" }, inProgram(), [], byLead).result).audit
      .facts.by,
  ).toBe("taylor");
});
