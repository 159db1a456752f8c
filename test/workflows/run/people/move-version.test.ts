import { describe, expect, it } from "vitest";
import type { Message } from "../../../../shared/care/episode/message.ts";
import type { Session } from "../../../../shared/care/episode/session.ts";
import { describeMove, moveToVersion } from "../../../../workflows/run/people/move-version.ts";
import { buildInstruments } from "../../../builders/instruments.ts";
import { buildMessage } from "../../../builders/message.ts";
import { buildProgram } from "../../../builders/program.ts";
import { buildContext, buildEpisode, buildState, clinicalLead } from "../../../builders/state.ts";
import { changeOf } from "../../../builders/steps.ts";

const program = buildProgram();
const withoutReminder = buildProgram({
  version: 2,
  messages: program.messages.filter(({ step }) => step !== "session-reminder"),
});

const session: Session = {
  kind: "session",
  sk: "SESSION#2027-01-13#wed-group",
  version: 1,
  sessionId: "01JHTEST0000000000000000A1",
  groupSessionId: "riverside:adult-iop:2027-01-13:wed-group",
  slot: "wed-group",
  week: 1,
  on: "2027-01-13",
  scheduledStartAt: "2027-01-13T14:00:00.000Z",
  scheduledEndAt: "2027-01-13T17:00:00.000Z",
  timeZone: "America/New_York",
  modality: "group",
  counts: true,
  status: "planned",
};

/** Of tomorrow's session at 09:00 in New York; the version that they are on has none such. */
const reminder: Message = buildMessage({
  step: "session-reminder",
  templateId: "session-reminder",
  occurrence: session.sessionId,
  status: "CANCELLED",
  reason: "other-version",
  settledAt: "2027-01-12T13:00:00.000Z",
  anchorAt: session.scheduledStartAt,
  aboutAt: session.scheduledStartAt,
  sendAt: "2027-01-12T20:00:00.000Z",
  expiresAt: session.scheduledStartAt,
});

/** Back to the version that reminds of sessions, at this moment. */
function backAt(now: string) {
  const episode = buildEpisode({ status: "active", week: 1, programVersion: 2 });
  const state = buildState(episode, [session, reminder]);
  const ctx = buildContext({ now, actor: clinicalLead, program: withoutReminder });
  const to = { program, instruments: buildInstruments() };
  const change = changeOf(moveToVersion(state, { reason: "It was too early" }, to, ctx));
  return {
    reminders: change.puts.flatMap(({ item }) => (item.kind === "message" ? [item] : [])),
    told: describeMove(state, change, { now, timeZone: "America/New_York" }),
  };
}

describe("a reminder that a version had taken out", () => {
  it("is sent after all while there is time for it", () => {
    const { reminders, told } = backAt("2027-01-12T17:00:00.000Z");
    expect(reminders).toMatchObject([{ step: "session-reminder", status: "PLANNED" }]);
    expect(told).toMatchObject([
      { words: expect.stringMatching(/^is sent after all, on 2027-01-12/) },
    ]);
  });

  it("stays out where it is too late, though the session is still to come", () => {
    const { reminders, told } = backAt("2027-01-13T13:00:00.000Z");
    expect(reminders).toEqual([]);
    expect(told).toEqual([]);
  });
});
