import { isOfTrack } from "../care/sessions/group-tracks.ts";
import type { ProgramFile } from "../contracts/program-file.ts";
import { nearestName } from "../messages/nearest-name.ts";
import { type CheckInput, type Report, repeats, reporter } from "./check-input.ts";
import type { Finding } from "./finding.ts";

const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** The name of an ISO day of week. */
export function dayName(dayOfWeek: number): string {
  return dayNames[dayOfWeek - 1] ?? String(dayOfWeek);
}

/** Minutes after midnight of a wall time `HH:MM`. */
export function minutesOf(wallTime: string): number {
  return Number(wallTime.slice(0, 2)) * 60 + Number(wallTime.slice(3, 5));
}

/** Minutes as a wall time `HH:MM`. */
export function wallTimeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Hours, weeks and the weekly timetable: do they agree with each other? */
export function checkTimetable(input: CheckInput): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reporter(input.program, findings);
  const program = input.program.content;
  checkOrder(report, program);
  for (const { index, value } of repeats(program.sessions.map((one) => one.slot))) {
    report(["sessions", index, "slot"], {
      found: `the slot "${value}" a second time`,
      allowed: "every slot once",
    });
  }
  checkTracks(report, program);
  checkOverlaps(report, program);
  checkWeeks(report, program);
  checkPayers(report, program);
  checkModalities(report, program);
  checkStaffing(report, input);
  return findings;
}

function checkOrder(report: Report, { weeklyHours, weeks, sessionDays }: ProgramFile): void {
  const ordered = (path: readonly string[], low: number, high: number, lowName: string) => {
    if (low > high)
      report(path, { found: `${high}`, allowed: `at least ${lowName}, which is ${low}` });
  };
  ordered(
    ["weeklyHours", "targetHours"],
    weeklyHours.minimumHours,
    weeklyHours.targetHours,
    "minimumHours",
  );
  ordered(
    ["weeklyHours", "maximumHours"],
    weeklyHours.targetHours,
    weeklyHours.maximumHours,
    "targetHours",
  );
  ordered(["weeks", "planned"], weeks.minimum, weeks.planned, "minimum");
  ordered(["weeks", "maximum"], weeks.planned, weeks.maximum, "planned");
  if (sessionDays !== undefined)
    ordered(["sessionDays", "maximum"], sessionDays.minimum, sessionDays.maximum, "minimum");
}

/** Every slot takes place in week 1, so two that overlap on paper meet there. */
function checkOverlaps(report: Report, { sessions }: ProgramFile): void {
  for (const [index, slot] of sessions.entries()) {
    const start = minutesOf(slot.startTime);
    const end = start + slot.durationMinutes;
    if (end > 24 * 60) {
      report(["sessions", index, "durationMinutes"], {
        found: `${slot.durationMinutes} minutes from ${slot.startTime}, past midnight`,
        allowed: `at most ${24 * 60 - start} minutes`,
      });
    }
    for (const earlier of sessions.slice(0, index)) {
      const earlierStart = minutesOf(earlier.startTime);
      const earlierEnd = earlierStart + earlier.durationMinutes;
      if (earlier.dayOfWeek !== slot.dayOfWeek || start >= earlierEnd || end <= earlierStart)
        continue;
      // Nobody is in two tracks.
      if (!isOfTrack(slot, earlier.track) && earlier.track !== undefined) continue;
      report(["sessions", index, "startTime"], {
        found: `"${slot.slot}" from ${slot.startTime} overlaps "${earlier.slot}" on ${dayName(slot.dayOfWeek)}`,
        allowed: `a time before ${earlier.startTime} or from ${wallTimeOf(earlierEnd)} on`,
      });
    }
  }
}

/** The sessions of a program week: every n-th week counts from week 1. */
export function sessionsOfWeek(
  sessions: ProgramFile["sessions"],
  week: number,
): ProgramFile["sessions"] {
  return sessions.filter((slot) => (week - 1) % slot.everyWeeks === 0);
}

/** Every track has groups, and every group's track is one of the program's. */
function checkTracks(report: Report, { sessions, groupTracks = [] }: ProgramFile): void {
  const known = groupTracks.map(({ track }) => track);
  for (const [index, { track }] of sessions.entries()) {
    if (track === undefined || known.includes(track)) continue;
    report(["sessions", index, "track"], {
      found: `"${track}"`,
      allowed: known.length === 0 ? "a track of groupTracks, which names none" : known.join(", "),
      nearest: nearestName(track, known),
    });
  }
  for (const { index, value } of repeats(known)) {
    report(["groupTracks", index, "track"], {
      found: `"${value}" a second time`,
      allowed: "every track once",
    });
  }
}

/** Every payer is named once, and has days that can count. */
function checkPayers(report: Report, program: ProgramFile): void {
  const { payerDay, payers = [] } = program.weeklyHours;
  const at = ["weeklyHours", "payers"];
  checkPayerDay(report, program, ["weeklyHours", "payerDay"], payerDay);
  for (const [index, one] of payers.entries())
    checkPayerDay(report, program, [...at, index, "payerDay"], one.payerDay);
  for (const { index, value } of repeats(payers.map(({ payer }) => payer)))
    report([...at, index, "payer"], {
      found: `the payer "${value}" a second time`,
      allowed: "every payer once",
    });
  for (const { index, value } of repeats(payers.map(({ title }) => title.toLowerCase())))
    report([...at, index, "title"], {
      found: `"${value}" a second time: staff choose a payer by its title`,
      allowed: "a title of its own for every payer",
    });
}

/** A day of the timetable that no payer would count is said before anybody comes to it for nothing. */
function checkPayerDay(
  report: Report,
  { weeklyHours, sessions, groupTracks = [] }: ProgramFile,
  path: readonly (string | number)[],
  payerDay: ProgramFile["weeklyHours"]["payerDay"],
) {
  const { countingModalities } = weeklyHours;
  if (payerDay === undefined) return;
  const { minimumMinutes, minimumServices = 1, maximumMinutes } = payerDay;
  const at = (field: string) => [...path, field];
  if (maximumMinutes !== undefined && maximumMinutes < minimumMinutes)
    report(at("maximumMinutes"), {
      found: `${maximumMinutes} minutes a day at most: less than the ${minimumMinutes} from which a day counts`,
      allowed: `at least minimumMinutes, which is ${minimumMinutes}`,
    });
  const counting = sessions.filter(({ modality }) =>
    countingModalities.some((one) => one === modality),
  );
  const tracks = groupTracks.length === 0 ? [undefined] : groupTracks.map(({ track }) => track);
  const days = tracks.flatMap((track) => [
    ...Map.groupBy(
      counting.filter((slot) => track === undefined || isOfTrack(slot, track)),
      ({ dayOfWeek }) => dayOfWeek,
    ).values(),
  ]);
  const minutes = days.map((slots) => slots.reduce((sum, slot) => sum + slot.durationMinutes, 0));
  const longest = Math.max(0, ...minutes);
  if (longest < minimumMinutes)
    report(at("minimumMinutes"), {
      found: `a day counts from ${minimumMinutes} minutes on, and no day of the timetable has more than ${longest} that count: nobody could ever have one`,
      allowed: `at most ${longest}`,
    });
  const services = Math.max(0, ...days.map((slots) => slots.length));
  if (services < minimumServices)
    report(at("minimumServices"), {
      found: `a day counts from ${minimumServices} services on, and no day of the timetable has more than ${services}`,
      allowed: `at most ${services}`,
    });
}

/** The hours and days of each track's weeks. */
function checkWeeks(report: Report, program: ProgramFile): void {
  const { groupTracks = [] } = program;
  if (groupTracks.length === 0) checkWeeksOf(report, program);
  for (const { track } of groupTracks) {
    const sessions = program.sessions.filter((slot) => isOfTrack(slot, track));
    checkWeeksOf(report, { ...program, sessions });
  }
}

function checkWeeksOf(report: Report, program: ProgramFile): void {
  const { minimumHours, maximumHours, countingModalities } = program.weeklyHours;
  const counting = new Set<string>(countingModalities);
  const wrongHours: string[] = [];
  const wrongDays: string[] = [];
  for (let week = 1; week <= program.weeks.maximum; week += 1) {
    const slots = sessionsOfWeek(program.sessions, week).filter((slot) =>
      counting.has(slot.modality),
    );
    const hours = slots.reduce((sum, slot) => sum + slot.durationMinutes, 0) / 60;
    const days = new Set(slots.map((slot) => slot.dayOfWeek)).size;
    if (hours < minimumHours || hours > maximumHours)
      wrongHours.push(`${roundedHours(hours)} h in week ${week}`);
    const { sessionDays } = program;
    if (sessionDays !== undefined && (days < sessionDays.minimum || days > sessionDays.maximum)) {
      wrongDays.push(`${days} in week ${week}`);
    }
  }
  if (wrongHours.length > 0) {
    report(["sessions"], {
      found: `the timetable adds up to ${wrongHours.join(", ")} that count`,
      allowed: `${minimumHours} to ${maximumHours} h a week (weeklyHours)`,
    });
  }
  if (wrongDays.length > 0) {
    report(["sessions"], {
      found: `days with sessions that count: ${wrongDays.join(", ")}`,
      allowed: `${program.sessionDays?.minimum} to ${program.sessionDays?.maximum} days a week (sessionDays)`,
    });
  }
}

function roundedHours(hours: number): number {
  return Math.round(hours * 100) / 100;
}

function checkModalities(report: Report, program: ProgramFile): void {
  const offered = new Set<string>(program.sessions.map((slot) => slot.modality));
  for (const [index, modality] of program.weeklyHours.countingModalities.entries()) {
    if (offered.has(modality)) continue;
    report(["weeklyHours", "countingModalities", index], {
      severity: "warning",
      found: `"${modality}" counts but no session offers it`,
      allowed: [...offered].join(", "),
    });
  }
}

/** A session outside staffed hours is possible, but somebody should have meant it. */
function checkStaffing(report: Report, input: CheckInput): void {
  const { programId, sessions } = input.program.content;
  const sites =
    input.sites?.content.sites.filter((site) => site.programs.includes(programId)) ?? [];
  for (const [index, slot] of sessions.entries()) {
    const start = minutesOf(slot.startTime);
    const unstaffed = sites.filter(
      (site) =>
        !site.staffedHours.some(
          (hours) =>
            hours.dayOfWeek === slot.dayOfWeek &&
            minutesOf(hours.from) <= start &&
            start + slot.durationMinutes <= minutesOf(hours.to),
        ),
    );
    if (unstaffed.length === 0) continue;
    report(["sessions", index, "startTime"], {
      severity: "warning",
      found: `"${slot.slot}" on ${dayName(slot.dayOfWeek)} ${slot.startTime} lies outside the staffed hours of ${unstaffed.map((site) => site.siteId).join(", ")}`,
      allowed: "a time within staffedHours of sites.yaml",
    });
  }
}
