import { type ReleaseStanding, releaseStanding } from "../../care/services/releases.ts";
import type { RecordedRelease } from "../../store/read-releases.ts";
import type { RecordedService } from "../../store/read-services.ts";

/** How a release stands today, as staff read it. */
export const standingLabels: Readonly<Record<ReleaseStanding, string>> = {
  valid: "counts today",
  "not-yet": "does not count yet",
  expired: "has ended",
  revoked: "was taken back",
};

const standingThen: Readonly<Record<ReleaseStanding, string>> = {
  valid: "counted",
  "not-yet": "did not count yet",
  expired: "had ended",
  revoked: "had been taken back",
};

/**
 * Which of those who come to a family session may be told, one sentence each; a sentence where nobody is named in a
 * release. A session without a day, or with one to come, is looked at by today.
 *
 * @param releases - those of the person, as they stand today
 */
export function releaseWordsOf(
  { service, state, on, releases: picked = [], isCleared }: RecordedService,
  releases: readonly RecordedRelease[],
): readonly string[] {
  if (service !== "family" || state === "offered" || state === "declined") return [];
  if (picked.length === 0)
    // Before releases were kept, whoever recorded it said so by a tick.
    return isCleared === true
      ? []
      : ["No release is named for whoever comes: nothing that needs one may be told."];
  return picked.map((number) => {
    const release = releases.find((one) => one.number === number);
    if (release === undefined) return `Release ${number} is not on record any more.`;
    const name = `${release.name}, ${release.relation}`;
    return on === undefined
      ? `${name}: the release ${standingLabels[release.standing]}.`
      : `${name}: the release ${state === "done" ? standingThen[releaseStanding(release, on)] : standingOn(release, on)} on ${on}.`;
  });
}

function standingOn(release: RecordedRelease, on: string): string {
  return releaseStanding(release, on) === "valid" ? "counts" : "does not count";
}
