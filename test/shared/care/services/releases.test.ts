import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../../shared/care/change/change.ts";
import {
  type ReleaseToRecord,
  recordRelease,
  releaseStanding,
  revokeRelease,
} from "../../../../shared/care/services/releases.ts";
import { buildContext, buildEpisode, buildState, caseManager } from "../../../builders/state.ts";

/** Tuesday, January 12, 2027, 11:00 in New York. */
const ctx = buildContext({ now: "2027-01-12T16:00:00.000Z", actor: caseManager });
const sister: ReleaseToRecord = {
  name: "Ana Marrow",
  relation: "sister",
  about: "How the program goes",
  purpose: "Family sessions",
  from: "2027-01-12",
  until: "2027-07-12",
  how: "paper",
  version: 0,
};
const known = { from: "2027-01-12", until: "2027-07-12" };

function recorded(more: Partial<ReleaseToRecord> = {}, releases = [] as (typeof known)[]) {
  return recordRelease(buildState(buildEpisode({ releases })), { ...sister, ...more }, ctx);
}

describe("a release on a day", () => {
  it("counts from its first day to its last, both included, and not once it is taken back", () => {
    const on = (day: string, revokedOn?: string) =>
      releaseStanding({ ...known, ...(revokedOn === undefined ? {} : { revokedOn }) }, day);
    expect(on("2027-01-11")).toBe("not-yet");
    expect(on("2027-01-12")).toBe("valid");
    expect(on("2027-07-12")).toBe("valid");
    expect(on("2027-07-13")).toBe("expired");
    expect(on("2027-03-01", "2027-03-02")).toBe("valid");
    expect(on("2027-03-02", "2027-03-02")).toBe("revoked");
  });
});

describe("recording a release", () => {
  it("keeps names and words apart from care, which knows its days alone", () => {
    const change = recorded();
    if (isRefusal(change)) throw new Error(change.sentence);
    expect(change.episode.releases).toEqual([known]);
    expect(JSON.stringify(change.episode)).not.toContain("Marrow");
    expect(JSON.stringify(change.audit.facts)).not.toContain("Marrow");
    expect(change.identityPuts[0]?.attributes).toMatchObject({
      kind: "release",
      number: 1,
      name: "Ana Marrow",
      how: "paper",
    });
  });

  it.each(["name", "relation", "about", "purpose", "witness"] as const)(
    "is read for danger in what is written as its %s",
    (field) => {
      const change = recorded({
        how: "in-person",
        witness: "Avery",
        [field]: "She said she wants to kill herself tonight",
      });
      if (isRefusal(change)) throw new Error(change.sentence);
      expect(change.puts.map(({ item }) => item.kind)).toContain("escalation");
      expect(change.outbox.map(({ kind }) => kind)).toContain("page");
    },
  );

  it("needs the witness of what was said, days in their order, and the page as it is", () => {
    for (const [more, words] of [
      [{ how: "in-person" }, "Say who was there"],
      [{ how: "in-person", witness: "  " }, "Say who was there"],
      [{ until: "2027-01-11" }, "The last day is before the first one."],
      [{ from: "2026-01-01", until: "2027-01-11" }, "That release has ended already"],
      [{ until: "2036-07-12" }, "two years at most"],
      [{ version: 1 }, "Somebody else has recorded a release"],
    ] as const)
      expect(recorded(more)).toMatchObject({ sentence: expect.stringContaining(words) });
    expect(isRefusal(recorded({ how: "in-person", witness: "Avery" }))).toBe(false);
    expect(isRefusal(recorded({ version: 1 }, [known]))).toBe(false);
  });
});

describe("a release that is taken back", () => {
  const state = buildState(buildEpisode({ releases: [known, known] }));
  const reason = "Said so on the phone";

  it("is marked with the day and who recorded it; the others stay", () => {
    const change = revokeRelease(state, { release: 2, reason }, ctx);
    if (isRefusal(change)) throw new Error(change.sentence);
    expect(change.episode.releases).toMatchObject([known, { revokedOn: "2027-01-12" }]);
    expect(change.episode.releases?.[0]).not.toHaveProperty("revokedOn");
    expect(
      revokeRelease({ ...state, episode: change.episode }, { release: 2, reason }, ctx),
    ).toMatchObject({ refused: "not-now" });
  });

  it("is one that there is", () => {
    expect(revokeRelease(state, { release: 3, reason }, ctx)).toMatchObject({
      refused: "not-found",
    });
  });
});
