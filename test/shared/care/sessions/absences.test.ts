import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../../shared/care/change/change.ts";
import type { Site } from "../../../../shared/care/program/site.ts";
import { staffedSpans } from "../../../../shared/care/program/staffed-time.ts";
import { noteAbsence, takeBackAbsence } from "../../../../shared/care/sessions/absences.ts";
import { changeTimetable } from "../../../../shared/care/sessions/change-timetable.ts";
import type { Timetable } from "../../../../shared/care/sessions/schedule-conflicts.ts";
import { standingOf, standingOfVisit } from "../../../../shared/care/sessions/standing.ts";
import { worksFor } from "../../../../shared/care/sessions/works-for.ts";
import { refuseReturn } from "../../../../workflows/run/commands/site-commands.ts";
import { buildSite } from "../../../builders/program.ts";

const slot = {
  slot: "thu-group",
  dayOfWeek: 4,
  startTime: "09:00",
  durationMinutes: 180,
  modality: "group",
  title: "Process group",
  everyWeeks: 1,
} as const;
const other = { ...slot, slot: "thu-skills", title: "Skills training" };
const timetables: readonly Timetable[] = [
  { programId: "adult-iop", sessions: [slot] },
  { programId: "evening-iop", sessions: [other] },
];
const change = (programId: string, slotId: string, leaderId: string, coLeaderId?: string) => ({
  changeId: `${programId}-${leaderId}`,
  programId,
  slot: slotId,
  from: "2027-01-07",
  andFollowing: true,
  leaderId,
  ...(coLeaderId === undefined ? {} : { coLeaderId }),
  words: "From now on",
  by: "taylor",
  at: "2027-01-04T15:00:00.000Z",
});
const site: Site = {
  ...buildSite(),
  closures: [],
  groupChanges: [
    change("adult-iop", "thu-group", "avery"),
    change("evening-iop", "thu-skills", "casey"),
  ],
};
const made = { absenceId: "absence-1", by: "taylor", at: "2027-01-11T15:00:00.000Z" };
const ill = { staffId: "avery", from: "2027-01-14", until: "2027-01-14", words: "Ill" };
const group = (of: Site, on = "2027-01-14") => standingOf(of, "adult-iop", slot, on);

function noted(given: Site, request: Parameters<typeof noteAbsence>[2]): Site {
  const absences = noteAbsence(given, timetables, request, made);
  if (isRefusal(absences)) throw new Error(absences.sentence);
  return { ...given, absences };
}

describe("a leader who is away", () => {
  it("is covered on that day alone", () => {
    const next = noted(site, { ...ill, coverId: "robin" });
    expect(group(next)).toMatchObject({ isHeld: true, leaderId: "robin" });
    expect(group(next, "2027-01-21")).toMatchObject({ leaderId: "avery" });
  });

  it("leaves the group to the co-leader, and cancels it where there is none", () => {
    const two = {
      ...site,
      groupChanges: [change("adult-iop", "thu-group", "avery", "robin")],
    };
    expect(group(noted(two, ill))).toMatchObject({ isHeld: true, leaderId: "robin" });
    expect(group(noted(two, ill))).not.toHaveProperty("coLeaderId");
    expect(group(noted(site, ill))).toMatchObject({ isHeld: false, cancelledFor: "by-program" });
  });

  it("is covered by the cover of a cover who is away as well, as their tasks are", () => {
    const both = noted(noted(site, { ...ill, coverId: "robin" }), {
      ...ill,
      staffId: "robin",
      coverId: "jordan",
    });
    expect(group(both)).toMatchObject({ isHeld: true, leaderId: "jordan" });
    expect(worksFor(both, "avery", "2027-01-14T15:00:00.000Z")).toBe("jordan");
    const round = noted(both, { ...ill, staffId: "jordan" });
    expect(group(round).isHeld).toBe(false);
    expect(worksFor(round, "avery", "2027-01-14T15:00:00.000Z")).toBeUndefined();
  });

  it("holds no visits", () => {
    const visit = {
      seriesId: "series",
      startAt: "2027-01-14T18:00:00.000Z",
      endAt: "2027-01-14T19:00:00.000Z",
      leaderId: "avery",
    };
    expect(standingOfVisit(noted(site, { ...ill, coverId: "robin" }), visit).isHeld).toBe(false);
    expect(standingOfVisit(site, visit).isHeld).toBe(true);
  });

  it("is not covered by somebody who leads something else, or is away too", () => {
    expect(noteAbsence(site, timetables, { ...ill, coverId: "casey" }, made)).toMatchObject({
      refused: "not-now",
      sentence: expect.stringContaining("{staff:casey} leads “Skills training” on 2027-01-14"),
    });
    const away = noted(site, { ...ill, staffId: "robin" });
    expect(noteAbsence(away, timetables, { ...ill, coverId: "robin" }, made)).toMatchObject({
      sentence: expect.stringContaining("{staff:robin} is away on 2027-01-14, too"),
    });
    expect(noteAbsence(away, timetables, { ...ill, staffId: "robin" }, made)).toMatchObject({
      sentence: expect.stringContaining("already"),
    });
    expect(noteAbsence(site, timetables, { ...ill, from: "2027-01-10" }, made)).toMatchObject({
      refused: "invalid",
    });
  });

  it("leads again when it is taken back", () => {
    const next = noted(site, { ...ill, coverId: "robin" });
    expect(takeBackAbsence(next, timetables, "absence-1", made.at)).toEqual([]);
    expect(takeBackAbsence(next, timetables, "unknown", made.at)).toMatchObject({
      refused: "not-now",
    });
    expect(
      takeBackAbsence(next, timetables, "absence-1", "2027-01-16T15:00:00.000Z"),
    ).toMatchObject({
      sentence: expect.stringContaining("over"),
    });
  });
});

describe("what took the time of a group that was off", () => {
  const early = { ...slot, slot: "mon-group", dayOfWeek: 1, title: "Opening group" };
  const both: readonly Timetable[] = [{ programId: "adult-iop", sessions: [slot, early] }];
  const moved = (of: Site, given = both): Site => {
    const groupChanges = changeTimetable(
      of,
      given,
      {
        siteId: of.siteId,
        programId: "adult-iop",
        slot: "mon-group",
        plannedOn: "2027-01-11",
      },
      { moveTo: { on: "2027-01-14", startTime: "09:00" }, andFollowing: false, words: "Agreed" },
      { changeId: "moved", by: "taylor", at: "2027-01-10T15:00:00.000Z" },
    );
    if (isRefusal(groupChanges)) throw new Error(groupChanges.sentence);
    return { ...of, groupChanges };
  };
  const sentence = expect.stringMatching(
    /“Process group” on 2027-01-14 would be held again.*“Opening group” on 2027-01-14 from 09:00 to 12:00/s,
  );

  it("is said when its leader is there after all, and nothing changes", () => {
    const away = noted(site, ill);
    expect(takeBackAbsence(moved(away), both, "absence-1", made.at)).toMatchObject({
      refused: "not-now",
      sentence,
    });
  });

  it("is said when the hours that were closed are open again", () => {
    const hours = { from: "11:30", to: "19:00" };
    const short: readonly Timetable[] = [
      { programId: "adult-iop", sessions: [slot, { ...early, durationMinutes: 60 }] },
    ];
    const closed = { ...site, closures: [{ on: "2027-01-14", words: "Snow", hours }] };
    const opened = { fields: { closures: [] }, action: "closure-taken-back", facts: {} };
    expect(refuseReturn(moved(closed, short), short, opened)).toMatchObject({
      refused: "not-now",
    });
    expect(refuseReturn(closed, short, opened)).toBeUndefined();
  });
});

describe("a part of a day, and a day online", () => {
  const closed = (closure: object): Site => ({
    ...site,
    closures: [{ on: "2027-01-14", words: "Snow", ...closure }],
  });

  it("cancels what would be held in the hours, and nothing else", () => {
    expect(group(closed({ hours: { from: "11:30", to: "19:00" } })).isHeld).toBe(false);
    expect(group(closed({ hours: { from: "12:00", to: "19:00" } })).isHeld).toBe(true);
    expect(group(closed({ hours: { from: "06:00", to: "09:00" } })).isHeld).toBe(true);
  });

  it("takes the hours from staffed time", () => {
    const spans = (of: Site) => staffedSpans(of, "2027-01-14").length;
    const open = staffedSpans(site, "2027-01-14");
    expect(spans(closed({}))).toBe(0);
    const [first] = staffedSpans(closed({ hours: { from: "10:00", to: "23:00" } }), "2027-01-14");
    expect(first).toEqual({ from: open[0]?.from, to: "2027-01-14T15:00:00.000Z" });
    expect(
      staffedSpans(closed({ onlineAddress: "https://meet.example.org/a" }), "2027-01-14"),
    ).toEqual(open);
  });

  it("holds the day's sessions online at the day's address; what was online stays where it was", () => {
    const day = closed({ onlineAddress: "https://meet.example.org/a" });
    expect(group(day)).toMatchObject({
      isHeld: true,
      place: { onlineAddress: "https://meet.example.org/a" },
    });
    const own = { onlineAddress: "https://meet.example.org/own" };
    const before = { ...change("adult-iop", "thu-group", "avery"), changeId: "place", place: own };
    expect(group({ ...day, groupChanges: [before] }).place).toEqual(own);
    expect(group(day, "2027-01-21").place).toBeUndefined();
  });
});
