import { expect } from "vitest";
import { publishFiles } from "../../shared/publishing/publish-files.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { personAt } from "../fakes/staff-world.ts";
import { filesWith } from "./program-files.ts";

/** The evening group on the Thursday of the week of 11 January 2027. */
export const eveningGroup = "riverside:adult-iop:2027-01-14:thu-evening";

const week = {
  week: 1,
  startsOn: "2027-01-11",
  expectedMinutes: 0,
  attendedMinutes: 0,
  isFullWeek: true,
  byDay: {},
};

/**
 * Publishes the adult program, as its next version, with two tracks and no group that everybody comes to: days, and an
 * evening group on Thursday.
 *
 * @param places - of the evening group; without, nobody is turned away
 */
export async function publishEvenings(
  deps: CareDeps,
  { places, more = "" }: { readonly places?: number; readonly more?: string } = {},
): Promise<void> {
  const tracks =
    "groupTracks: [{ track: day, title: Days }, { track: evening, title: Evenings }]\nsessions:\n";
  const { files } = filesWith("adult-iop/program.yaml", "sessions:\n", tracks);
  const evenings = (["mon", "tue", "thu"] as const).map(
    (day) => `  - slot: ${day}-evening
    track: evening
${day === "thu" && places !== undefined ? `    capacity: ${places}\n` : ""}    dayOfWeek: ${{ mon: 1, tue: 2, thu: 4 }[day]}
    startTime: "18:00"
    durationMinutes: 180
    modality: group
    title: ${day === "thu" ? "Evening group" : `Evening of ${day}`}
    everyWeeks: 1
`,
  );
  const text = (files["adult-iop/program.yaml"] ?? "")
    .replace("  - slot: thu-individual\n", `${evenings.join("")}${more}  - slot: thu-individual\n`)
    .replaceAll(
      /^ {2}- slot: (mon|tue|wed|thu|fri)-(group|skills|psychoeducation|holistic)$/gmu,
      "$&\n    track: day",
    );
  const published = await publishFiles(deps, { ...files, "adult-iop/program.yaml": text });
  expect(JSON.stringify(published)).toContain(`"ok":true`);
}

/** Somebody in the first week of that program. */
export function inEveningProgram(
  episodeId: string,
  more: Parameters<typeof personAt>[1] = {},
  siteId: "riverside" | "mesa" = "riverside",
) {
  return personAt(siteId, {
    episodeId,
    participantId: episodeId.replace("E", "P"),
    status: "active",
    programVersion: 2,
    admittedOn: "2027-01-08",
    week: 1,
    weeks: [week],
    ...more,
  });
}
