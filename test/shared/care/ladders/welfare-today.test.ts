import { describe, expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import type { CareTask } from "../../../../shared/care/episode/care-task.ts";
import type { Episode } from "../../../../shared/care/episode/episode.ts";
import type { Outreach } from "../../../../shared/care/episode/outreach.ts";
import type { Session } from "../../../../shared/care/episode/session.ts";
import {
  askForWelfareToday,
  isWelfareAsked,
  welfareDecision,
} from "../../../../shared/care/ladders/welfare-today.ts";
import type { Program } from "../../../../shared/care/program/program.ts";
import { buildSession } from "../../../builders/attendance.ts";
import { buildProgram, buildSite } from "../../../builders/program.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  tuesdayMorning,
} from "../../../builders/state.ts";

const ladder: Outreach = {
  kind: "outreach",
  sk: "OUTREACH#missedSession#session-1",
  version: 1,
  outreachId: "out-1",
  ladder: "missedSession",
  about: { type: "session", id: "session-1" },
  status: "climbing",
  nextRung: 0,
  nextRungAt: tuesdayMorning,
  startedAt: tuesdayMorning,
};

/** A session of Tuesday, 12 January, in the third week. */
const tuesday: Partial<Session> = { week: 3, on: "2027-01-12" };

function asked(
  episode: Partial<Episode> = {},
  session: Partial<Session> = {},
  more: { readonly now?: string; readonly program?: Program; readonly closed?: string } = {},
): CareTask | undefined {
  const { now = tuesdayMorning, program = buildProgram() } = more;
  const site = buildSite({
    closures: more.closed === undefined ? [] : [{ on: more.closed, words: "closed" }],
  });
  const ctx = buildContext({ now, program, site });
  const draft = new Draft(buildState(buildEpisode({ status: "active", ...episode })), ctx);
  askForWelfareToday(draft, ctx, buildSession({ ...tuesday, ...session }), ladder);
  return draft.items().find((item): item is CareTask => item.kind === "task");
}

const higherCare = (recentHigherCareOn: string) => ({
  facts: { ...buildEpisode().facts, recentHigherCareOn },
});
const open = (tier: "RED" | "ORANGE" | "YELLOW") => ({
  openEscalations: [{ escalationId: "x", tier }],
});
const fresh = "Missed a session within 14 days of a higher level of care.";
const danger = "Missed a session within 14 days of a RED or ORANGE alert.";

describe("a missed session that cannot wait", () => {
  it.each<[string, Partial<Episode>, Partial<Session>, string | undefined]>([
    ["of somebody about whom nothing is known", {}, {}, undefined],
    ["fourteen days after higher care", higherCare("2026-12-29"), {}, fresh],
    ["fifteen days after it", higherCare("2026-12-28"), {}, undefined],
    ["with a RED alert open", open("RED"), {}, danger],
    ["with an ORANGE alert open", open("ORANGE"), {}, danger],
    ["with a YELLOW alert open", open("YELLOW"), {}, undefined],
    // Eleven in the evening where the session is: the day before that of UTC.
    ["fourteen days after danger", { lastDangerAt: "2026-12-30T04:00:00.000Z" }, {}, danger],
    [
      "fifteen days after it, by the day there",
      { lastDangerAt: "2026-12-29T04:00:00.000Z" },
      {},
      undefined,
    ],
    ["in the first week", {}, { week: 1 }, "Missed a session of the first program week."],
    ["in the second", {}, { week: 2 }, undefined],
    [
      "about medication",
      {},
      { modality: "medication-management" },
      "Missed a visit about medication; for opioid use that cannot wait.",
    ],
  ])("%s", (_what, episode, session, reason) => {
    const words = asked(episode, session)?.words;
    if (reason === undefined) expect(words).toBeUndefined();
    else
      expect(words).toBe(
        `${reason} Decide today whether a welfare check is needed. Mobile crisis comes before police.`,
      );
  });

  it("asks the same of a program that was published before it could say so", () => {
    const { welfareToday: _rules, ...safety } = buildProgram().safety;
    const program = { ...buildProgram(), safety };
    const now = { program };
    expect(asked({}, { week: 1 }, now)).toBeDefined();
    expect(asked({}, { week: 2 }, now)).toBeUndefined();
    expect(asked(higherCare("2026-12-29"), {}, now)?.words).toContain(fresh);
    expect(asked(higherCare("2026-12-28"), {}, now)).toBeUndefined();
    expect(asked({ lastDangerAt: "2026-12-29T17:00:00.000Z" }, {}, now)).toBeDefined();
    expect(asked({ lastDangerAt: "2026-12-28T17:00:00.000Z" }, {}, now)).toBeUndefined();
    expect(asked({}, { modality: "medication-management" }, now)).toBeDefined();
  });

  it("is a clinician's to decide today, and owed to the person", () => {
    const dueAt = "2027-01-12T23:00:00.000Z";
    const task = asked({}, { week: 1 });
    expect(task).toMatchObject({
      taskKind: "outreach-call",
      assignedFunction: "clinician",
      dueAt,
      priority: "urgent",
      about: { type: "outreach", id: "out-1" },
      driverId: "outreach-out-1",
      evidence: { ladder: "missedSession", action: "welfare-decision" },
      owed: {
        tier: "ORANGE",
        occurrence: "out-1-today",
        steps: [{ to: "clinical-lead", at: dueAt }],
      },
    });
    expect(task?.sk.endsWith("out-1-today")).toBe(true);
  });

  it.each([
    // Staffed until six in the evening, 23:00 UTC: at least an hour is left to decide.
    ["2027-01-12T21:59:00.000Z", "2027-01-12T23:00:00.000Z"],
    ["2027-01-12T22:30:00.000Z", "2027-01-12T23:30:00.000Z"],
    ["2027-01-12T23:00:00.000Z", "2027-01-13T03:00:00.000Z"],
    ["2027-01-13T01:00:00.000Z", "2027-01-13T05:00:00.000Z"],
    // A Saturday: nobody is there.
    ["2027-01-16T16:00:00.000Z", "2027-01-16T20:00:00.000Z"],
  ])("asked at %s it is due at %s", (now, dueAt) => {
    expect(asked({}, { week: 1 }, { now })?.dueAt).toBe(dueAt);
  });

  it("is due in the time of an ORANGE alert on a closed day", () => {
    const task = asked({}, { week: 1 }, { closed: "2027-01-12" });
    expect(task?.dueAt).toBe("2027-01-12T20:00:00.000Z");
  });
});

describe("a decision about a welfare check", () => {
  it("is asked for while its task is open, by this ladder, and by no other task", () => {
    const about = { type: "outreach", id: "out-1" } as const;
    const evidence = { action: welfareDecision };
    const isAsked = (more: Partial<CareTask>) => {
      const task = buildTask({ taskKind: "outreach-call", about, evidence, ...more });
      return isWelfareAsked(
        new Draft(buildState(buildEpisode(), [ladder, task]), buildContext()),
        ladder,
      );
    };
    expect(isAsked({})).toBe(true);
    expect(isAsked({ status: "done" })).toBe(false);
    expect(isAsked({ about: { type: "outreach", id: "out-2" } })).toBe(false);
    expect(isAsked({ evidence: { action: "call" } })).toBe(false);
    const { about: _about, ...aboutNothing } = buildTask({ evidence });
    const draft = new Draft(buildState(buildEpisode(), [ladder, aboutNothing]), buildContext());
    expect(isWelfareAsked(draft, ladder)).toBe(false);
    expect(welfareDecision).toBe("welfare-decision");
  });
});
