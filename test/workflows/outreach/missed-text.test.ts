import { describe, expect, it } from "vitest";
import type { Session } from "../../../shared/care/episode/session.ts";
import { recordAttendance } from "../../../workflows/weekly-program/record-attendance.ts";
import { buildSession } from "../../builders/attendance.ts";
import { buildEpisode, buildState } from "../../builders/state.ts";
import { itemsOf, openTasks } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

const session = buildSession({ week: 2 });

function rungs(story: Story): string[] {
  return openTasks(story.state, "outreach-call").map((task) => String(task.evidence.rung));
}

describe("the text about a missed session", () => {
  const friday: Session = {
    ...session,
    sk: "SESSION#2027-01-15#fri-group",
    sessionId: "session-2",
    groupSessionId: "riverside:adult-iop:2027-01-15:fri-group",
    slot: "fri-group",
    on: "2027-01-15",
    scheduledStartAt: "2027-01-15T14:00:00.000Z",
    scheduledEndAt: "2027-01-15T17:00:00.000Z",
  };
  const missed = (story: Story, which: Session) =>
    story.command((state, ctx) => {
      // Somebody was asked about it meanwhile: the session as it stands.
      const stands = state.items.get(which.sk);
      return recordAttendance(
        state,
        stands?.kind === "session" ? stands : which,
        { status: "no-show" },
        ctx,
      );
    });
  const storyAt = (now: string, sessions: readonly Session[]) =>
    new Story(
      buildState(buildEpisode({ status: "active", admittedOn: "2027-01-04", week: 2 }), sessions),
      now,
    );
  const texts = (story: Story) => itemsOf(story.state, "message");

  it("speaks of the day that was missed, also when it is entered the day after", () => {
    const story = missed(storyAt("2027-01-12T15:00:00.000Z", [session]), session);
    story.passMinutes(15);
    expect(texts(story)).toMatchObject([
      { step: "missed-session", aboutAt: session.scheduledStartAt, status: "ACCEPTED" },
    ]);
  });

  it("does not go to somebody who is expected in a session at that hour: the calls climb on", () => {
    const story = missed(storyAt("2027-01-15T14:10:00.000Z", [session, friday]), session);
    story.passMinutes(15);
    expect(texts(story)).toEqual([]);
    story.passMinutes(45);
    expect(rungs(story)).toEqual(["first-call"]);
  });

  it("goes once a day, whichever days were missed", () => {
    const tuesday: Session = {
      ...friday,
      sk: "SESSION#2027-01-12#tue-group",
      on: "2027-01-12",
      slot: "tue-group",
      scheduledStartAt: "2027-01-12T14:00:00.000Z",
      scheduledEndAt: "2027-01-12T17:00:00.000Z",
    };
    const story = storyAt("2027-01-12T18:00:00.000Z", [session, tuesday]);
    missed(story, session);
    story.passMinutes(16);
    missed(story, tuesday);
    story.passMinutes(16);
    expect(itemsOf(story.state, "outreach")).toHaveLength(2);
    expect(texts(story)).toHaveLength(1);
    // Nobody is forgotten for it: both are called about.
    story.passMinutes(60);
    expect(rungs(story)).toEqual(["first-call", "first-call"]);
    // Each call says which day it is about.
    expect(
      openTasks(story.state, "outreach-call").map(({ evidence }) => evidence.missedOn),
    ).toEqual([session.on, tuesday.on]);
  });
});
