import { describe, expect, it } from "vitest";
import { modalities } from "../../../../shared/care/program/program.ts";
import { askForAttendance } from "../../../../shared/care/sessions/ask-for-attendance.ts";
import { modalityLabel, sessionLabel } from "../../../../shared/care/sessions/session-label.ts";
import { addMinutes } from "../../../../shared/care/time/instants.ts";
import { buildSession, inProgram } from "../../../builders/attendance.ts";
import { buildProgram } from "../../../builders/program.ts";
import { buildContext } from "../../../builders/state.ts";

describe("what a session is called", () => {
  it("has words for every kind, and no code among them", () => {
    for (const one of modalities) expect(modalityLabel(one)).toMatch(/^[A-Z][a-z]+( [a-z]+)*$/);
    expect(new Set(modalities.map(modalityLabel)).size).toBe(modalities.length);
  });

  it("is the program's own name where its timetable has one, else that of its kind", () => {
    const program = buildProgram();
    const [slot] = program.sessions;
    expect(sessionLabel(program, { slot: slot?.slot ?? "", modality: "skills" })).toBe(slot?.title);
    expect(sessionLabel(program, { slot: "none", modality: "holistic" })).toBe("Holistic offering");
  });

  it("stands with its hour in the work that asks for its attendance: a day may have several", () => {
    const session = buildSession();
    const state = inProgram([session]);
    const now = addMinutes(session.scheduledStartAt, 20);
    const change = askForAttendance(state, buildContext({ now }), session.sk);
    const task = change?.puts.map(({ item }) => item).find(({ kind }) => kind === "task");
    const title = sessionLabel(buildContext().program, session);
    expect(task).toMatchObject({
      words: `${title}, ${session.scheduledStartAt}: attendance is not marked yet. Mark it, also when the person is on the way.`,
      evidence: { session: title, startsAt: session.scheduledStartAt },
    });
  });
});
