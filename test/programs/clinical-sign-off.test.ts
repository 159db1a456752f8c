import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const guide = readFileSync("docs/guides/clinical-sign-off.md", "utf8");

/** The rows of the table below a heading, as trimmed cells. */
function rowsBelow(heading: string): readonly string[][] {
  const part = guide.split("\n## ").find((one) => one.startsWith(heading)) ?? "";
  return part
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(1)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([first = ""]) => !/^-+$/.test(first));
}

const isTime = (value: unknown) => typeof value === "string" && /^\d{2}:\d{2}$/.test(value);

/** Every number and, where asked for, every wall time below a value, each with the path that leads to it. */
function valuesOf(value: unknown, path: string, takesTimes: boolean): [string, string][] {
  if (typeof value === "number" || (takesTimes && isTime(value))) return [[path, String(value)]];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, one]) =>
    valuesOf(one, path === "" ? key : `${path}.${key}`, takesTimes),
  );
}

describe.each([
  ["The program (", "programs/adult-iop/program.yaml", false],
  ["The program for substance use", "programs/sud-iop/program.yaml", false],
  ["The policy", "programs/policy.yaml", true],
] as const)("what a clinician and counsel sign: %s", (heading, file, takesTimes) => {
  const rows = rowsBelow(heading);
  const values = valuesOf(parse(readFileSync(file, "utf8")), "", takesTimes).filter(
    // Words are read as a whole, with what they weigh.
    ([path]) => !/^(policyVersion|crisisWords|signs|optOutWeights)\b/.test(path),
  );
  const pathsOf = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
  const isBelow = (path: string, asked: string) => path === asked || path.startsWith(`${asked}.`);

  it.each(rows)("%s: %s is %s", (_what, cell, today) => {
    const own = values.filter(([path]) => pathsOf(cell).some((asked) => isBelow(path, asked)));
    expect([...new Set(own.map(([, value]) => value))].join(", ")).toBe(today);
  });

  it("leaves no value of the file out, and names a source and who signs for each", () => {
    const named = rows.flatMap(([, cell]) => pathsOf(cell));
    const left = values.filter(([path]) => !named.some((asked) => isBelow(path, asked)));
    expect(left).toEqual([]);
    for (const [what, , , source, signer] of rows) {
      expect(source, what).not.toBe("");
      expect(signer, what).toMatch(/clinical lead|counsel|site lead/);
    }
  });
});

it("names every file whose rule a clinician signs off, and no other", () => {
  const inCode = ["shared", "workflows", "functions"]
    .flatMap((room) =>
      readdirSync(room, { recursive: true, encoding: "utf8" }).map((path) => `${room}/${path}`),
    )
    .filter((path) => /\.tsx?$/.test(path))
    .filter((path) => readFileSync(path, "utf8").includes("a default that a clinician signs off"));
  const named = rowsBelow("Rules that are code").map(([, file = ""]) => file.replaceAll("`", ""));
  expect(named.toSorted()).toEqual(inCode.toSorted());
});

describe("times that are code", () => {
  /** Constants of time or number that decide nothing about care: how far a search looks, when a technical wait ends. */
  const technical = [
    "shared/care/pathway/record-payer.ts aheadDays",
    "shared/care/program/first-week.ts searchDays",
    "shared/care/program/staffed-time.ts searchDays",
    "shared/care/runs/workflow-runs.ts stalledAfterMinutes",
    "shared/care/services/follow-supply.ts longestLookDays",
    "shared/care/services/releases.ts longestDays",
    "shared/care/sessions/absences.ts keptDays",
    "shared/care/sessions/absences.ts plannedDays",
    "shared/care/sessions/change-timetable.ts keptDays",
    "shared/care/sessions/change-timetable.ts lookedAtWeeks",
    "shared/care/sessions/change-timetable.ts plannedDays",
    "shared/care/sessions/first-session.ts lookedAtWeeks",
    "shared/care/sessions/licences.ts lookedAtWeeks",
    "shared/care/time/zoned-time.ts searchDays",
    "shared/messages/check-in-hours.ts maxTries",
    "shared/questions/tablet-code.ts tabletCodeMinutes",
    "shared/questions/tablet-code.ts pagesMinutes",
    "shared/messages/gate-times.ts lookAgainMinutes",
    "shared/messages/check-in-hours.ts spreadMinutes",
    "shared/messages/gate-times.ts maxClosedDays",
    "shared/messages/plan-instants.ts followingMinutes",
    "shared/messages/plan-instants.ts spreadMinutes",
    "shared/messages/plan-opt-in-confirmation.ts makesSenseHours",
    "shared/messages/plan-reply.ts replyMakesSenseHours",
    "shared/messages/reply-templates.ts stopConfirmationMinutes",
    "shared/messages/send-gate.ts spreadMinutes",
    "shared/messages/settle-message.ts callMinutesBefore",
    "shared/messages/settle-message.ts deliveryMinutes",
    "workflows/escalation/review-alert.ts firstPageGraceMinutes",
    "workflows/intake/welcome.ts knownMinutesBefore",
    "workflows/run/commands/refuse-booked.ts lookedAtWeeks",
    "workflows/run/commands/site-commands.ts plannedDays",
    "workflows/run/complete-task.ts maxVisitDays",
    "workflows/run/look-at-run.ts handOverAfterDays",
    "workflows/run/look-at-run.ts handOverAfterLooks",
    "workflows/run/look-at-run.ts longestWaitDays",
    "workflows/run/report-problem.ts alertRetryMinutes",
    "workflows/run/report-problem.ts longestRetryMinutes",
    "workflows/weekly-program/book-visit.ts plannedDays",
    "workflows/weekly-program/change-track.ts plannedDays",
    "workflows/weekly-program/review-week.ts leaveLookHours",
    "workflows/weekly-program/tell-of-sessions.ts callMinutesBefore",
    "workflows/weekly-program/tell-of-sessions.ts noticeRemindsHours",
  ];
  const constant =
    /^(?:export )?const (\w*(?:Days|Hours|Minutes|Weeks|Percent|Tries|After\w*|AtLeast)\w*)(?: ?: ?[^=]+)? = (\d[^;]*);/gm;
  const inCode = ["shared/care", "shared/questions", "shared/messages", "workflows"]
    .flatMap((room) =>
      readdirSync(room, { recursive: true, encoding: "utf8" }).map((path) => `${room}/${path}`),
    )
    .filter((path) => path.endsWith(".ts"))
    .flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(constant)].map(([, name = "", value = ""]) => ({
        path,
        name,
        value,
      })),
    );
  const rows = rowsBelow("Times in code");

  it("are all on the page with what they are today, those aside that decide nothing about care", () => {
    const named = rows.flatMap(([, file = "", today = ""]) =>
      today
        .replaceAll("`", "")
        .split(", ")
        .map((one) => `${file.replaceAll("`", "")} ${one}`),
    );
    const clinical = inCode.filter(({ path, name }) => !technical.includes(`${path} ${name}`));
    expect(named.toSorted()).toEqual(
      clinical.map(({ path, name, value }) => `${path} ${name} = ${value}`).toSorted(),
    );
    for (const [what, , , signer] of rows) expect(signer, what).toMatch(/clinical lead/);
  });

  it("and nothing is called technical that is not there any more", () => {
    const there = inCode.map(({ path, name }) => `${path} ${name}`);
    expect(technical.filter((one) => !there.includes(one))).toEqual([]);
  });
});
