import { describe, expect, it } from "vitest";
import type { Outreach } from "../../../shared/care/episode/outreach.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { openEpisode } from "../../../workflows/intake/open-episode.ts";
import { transition } from "../../../workflows/run/transition.ts";
import { buildSession, inProgram, mark } from "../../builders/attendance.ts";
import { complete, taskIn } from "../../builders/complete.ts";
import {
  buildContext,
  buildEpisode,
  buildTask,
  clinicalLead,
  participantId,
  putsOf,
} from "../../builders/state.ts";
import { changeOf, itemsOf, openTaskOf, openTasks } from "../../builders/steps.ts";

const morning = buildSession();
const later = buildSession({
  sk: "SESSION#2027-01-11#mon-skills",
  sessionId: "session-2",
  slot: "mon-skills",
  scheduledStartAt: "2027-01-11T16:00:00.000Z",
});
const tuesday = buildSession({
  sk: "SESSION#2027-01-12#tue-group",
  sessionId: "session-3",
  slot: "tue-group",
  on: "2027-01-12",
  scheduledStartAt: "2027-01-12T14:00:00.000Z",
  scheduledEndAt: "2027-01-12T17:00:00.000Z",
});
const afterTuesday = { now: "2027-01-12T17:05:00.000Z" };

type Marked = ReturnType<typeof mark>;

/** Marks a session as it stands now; closed items are looked at as the store would. */
function markAgain(
  { state }: Pick<Marked, "state">,
  session: Session,
  input: Parameters<typeof mark>[2],
  ctx: Parameters<typeof mark>[3] = {},
  closed: readonly Outreach[] = [],
): Marked {
  const items = new Map([
    ...state.items,
    [session.sk, session] as const,
    ...closed.map((item) => [item.sk, item] as const),
  ]);
  return mark({ ...state, items }, session, input, ctx);
}

function ladders({ change, state }: Marked): Outreach[] {
  const written = (change?.puts ?? []).map((put) => put.item);
  const open = itemsOf(state, "outreach");
  return [...new Map([...open, ...written].map((item) => [item.sk, item])).values()].filter(
    (item): item is Outreach => item.kind === "outreach",
  );
}

describe("a missed session", () => {
  it("is called about also when somebody was said to be on the way and then did not come", () => {
    const missed = mark(inProgram([morning]), morning, { status: "no-show" });
    const [first] = ladders(missed);
    const onTheWay = markAgain(missed, missed.session, {
      status: "on-the-way",
      reason: "Rang from the bus.",
    });
    const [withdrawn] = ladders(onTheWay);
    expect(withdrawn).toMatchObject({ status: "withdrawn" });
    const again = markAgain(
      onTheWay,
      onTheWay.session,
      { status: "no-show", reason: "Did not come after all." },
      {},
      withdrawn === undefined ? [] : [withdrawn],
    );
    const [climbed] = ladders(again);
    expect(climbed).toMatchObject({ status: "climbing", nextRung: 0 });
    expect(climbed?.outreachId).not.toBe(first?.outreachId);
    expect(itemsOf(again.state, "driver").map((run) => run.subject)).toContain(climbed?.outreachId);
  });

  it("that had joined the day's ladder gets its own when the other one is corrected", () => {
    const one = mark(inProgram([morning, later]), morning, { status: "no-show" });
    const two = markAgain(one, later, { status: "no-show" });
    const corrected = markAgain(two, one.session, {
      status: "present",
      reason: "Sat in the other room.",
    });
    const climbing = ladders(corrected).filter((ladder) => ladder.status === "climbing");
    expect(climbing.map((ladder) => ladder.about.id)).toEqual(["session-2"]);
  });

  it("gets a ladder although one of another day is still being climbed", () => {
    const monday = mark(inProgram([morning, later, tuesday]), morning, { status: "no-show" });
    const first = markAgain(monday, tuesday, { status: "no-show" }, afterTuesday);
    const corrected = markAgain(
      first,
      first.session,
      { status: "excused", reason: "Called in the morning." },
      afterTuesday,
    );
    const evening = { ...tuesday, sk: "SESSION#2027-01-12#eve", sessionId: "session-4" };
    const missed = markAgain(corrected, evening, { status: "no-show" }, afterTuesday);
    const about = ladders(missed).filter((ladder) => ladder.status === "climbing");
    expect(about.map((ladder) => ladder.about.id).sort()).toEqual(["session-1", "session-4"]);
  });

  it("is forgotten when corrected: the last one is again the one before it", () => {
    const monday = mark(inProgram([morning, tuesday]), morning, { status: "no-show" });
    const both = markAgain(monday, tuesday, { status: "no-show" }, afterTuesday);
    expect(both.state.episode.lastNoShowAt).toBe(tuesday.scheduledStartAt);
    const corrected = { status: "present", reason: "Sat in the other room." } as const;
    const one = markAgain(both, both.session, corrected, afterTuesday);
    expect(one.state.episode.lastNoShowAt).toBe(morning.scheduledStartAt);
    const none = markAgain(one, monday.session, corrected, afterTuesday);
    expect(none.state.episode).not.toHaveProperty("lastNoShowAt");
  });

  it("sends nobody to see a person who has come to a later session", () => {
    const missed = mark(inProgram([morning, tuesday]), morning, { status: "no-show" });
    const seen = markAgain(missed, tuesday, { status: "present" }, afterTuesday);
    expect(ladders(seen)).toMatchObject([{ status: "reached", outcome: "reached" }]);
  });
});

describe("a person's decision", () => {
  it("to go on trying puts the call that reached nobody on somebody's list again", () => {
    const decision = buildTask({
      taskKind: "outreach-decision",
      about: { type: "check-in", id: "check-in-1" },
      evidence: { call: "aftercare-call" },
    });
    const state = complete(decision, "continue").stateAfter();
    expect(openTaskOf(state, "aftercare-call")).toMatchObject({
      priority: "urgent",
      about: { type: "check-in", id: "check-in-1" },
    });
  });

  it("to discharge leaves the question open how somebody is to whom help was sent", () => {
    const decision = buildTask({ taskKind: "outreach-decision", evidence: {} });
    const before = complete(decision, "welfare-check-sent").stateAfter();
    const change = changeOf(
      transition(
        before,
        { to: "discharge", disposition: "left-before-completing", reason: "Moved out." },
        buildContext({ actor: clinicalLead }),
      ),
    );
    const followUp = openTasks(before).find((task) => task.sk.includes("welfare-"));
    expect(followUp).toBeDefined();
    expect(change.episode.open).toContain(followUp?.sk);
    expect(taskIn(before, followUp?.sk ?? "").priority).toBe("safety");
  });
});

describe("a call that is to be made today", () => {
  it("is tried again today and not on the next staffed day", () => {
    const call = buildTask({ taskKind: "check-in-call", priority: "urgent" });
    const state = complete(call, "not-reached").stateAfter();
    expect(openTaskOf(state, "check-in-call").dueAt).toBe("2027-01-12T18:00:00.000Z");
  });
});

describe("a week that was short", () => {
  it("is not asked about any more once a correction shows that its hours are full", () => {
    const review = buildTask({
      taskKind: "hours-review",
      sk: "TASK#hours-review#w1",
      evidence: { attendedMinutes: 360 },
    });
    const missed = mark(inProgram([morning]), morning, { status: "no-show" });
    const weeks = missed.state.episode.weeks.map((week) => ({ ...week, attendedMinutes: 360 }));
    const items = new Map([
      ...missed.state.items,
      [missed.session.sk, missed.session] as const,
      [review.sk, review] as const,
    ]);
    const corrected = mark({ episode: { ...missed.state.episode, weeks }, items }, missed.session, {
      status: "present",
      reason: "Sat in the other room.",
    });
    expect(putsOf(corrected.change)[review.sk]).toMatchObject({ status: "cancelled" });
  });
});

describe("somebody under 18", () => {
  it("is called and never messaged: a minor's own consent starts nothing", () => {
    const opened = openEpisode(
      {
        programId: "adult-iop",
        source: "self",
        participant: {
          name: { given: "Mina", family: "Quillfeather" },
          birthDate: "2010-05-04",
          phone: "+12125550161",
          language: "en",
        },
        consents: { sms: true, email: true, voicemail: true },
      },
      buildContext({ actor: { kind: "participant", participantId } }),
      {
        episodeId: buildEpisode().episodeId,
        participantId,
        reference: "ABCD-EFGH",
        reach: { sms: "cp-sms" },
      },
    );
    expect(opened).toMatchObject({
      episode: { facts: { under18: true }, consents: { sms: {}, email: {}, voicemail: false } },
    });
  });
});
