import { expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import type { RecordedRelease } from "../../../../shared/store/read-releases.ts";
import {
  carryReleases,
  giveBackReleases,
} from "../../../../workflows/run/people/carried-releases.ts";
import { buildContext, buildEpisode, buildState, episodeId } from "../../../builders/state.ts";

const ana = {
  number: 1,
  name: "Ana Marrow (fictional)",
  relation: "sister",
  about: "How the program goes",
  purpose: "Family sessions",
  how: "paper",
  at: "2026-12-01T15:00:00.000Z",
  by: "casey-riverside",
  from: "2026-12-01",
  until: "2027-06-01",
} as const;
const there: readonly RecordedRelease[] = [
  { ...ana, number: 4, from: "2027-02-01", standing: "not-yet" },
  { ...ana, number: 3, revokedOn: "2027-01-05", revokedBy: "casey-riverside", standing: "revoked" },
  { ...ana, number: 2, until: "2027-01-01", standing: "expired" },
  { ...ana, standing: "valid" },
];
const own = { from: "2027-01-10", until: "2027-02-10" };
const ctx = buildContext();
const begin = (releases?: readonly (typeof own)[]) =>
  new Draft(
    buildState(buildEpisode(releases === undefined ? {} : { releases: [...releases] })),
    ctx,
  );

it("who may be told what comes over as far as it counts or will, behind what is recorded here", () => {
  const draft = begin([own]);
  expect(carryReleases(draft, there)).toEqual([2, 3]);
  expect(draft.episode.releases).toEqual([
    own,
    { from: ana.from, until: ana.until },
    { from: "2027-02-01", until: ana.until },
  ]);
  const { from: _from, until: _until, ...words } = ana;
  expect(draft.finish("was-in-care-before", {}).identityPuts).toEqual([
    {
      pk: `NOTES#${episodeId}`,
      sk: "RELEASE#000002",
      attributes: { kind: "release", ...words, number: 2 },
    },
    {
      pk: `NOTES#${episodeId}`,
      sk: "RELEASE#000003",
      attributes: { kind: "release", ...words, number: 3 },
    },
  ]);
});

it("nothing changes where nothing counts there, nor where nothing came over", () => {
  const draft = begin();
  expect(carryReleases(draft, there.slice(1, 3))).toEqual([]);
  expect(giveBackReleases(draft, {}, "avery-riverside")).toEqual([]);
  expect(draft.episode).not.toHaveProperty("releases");
});

it("what another person gave leaves with its words, counts no more, and the person's own keep their numbers", () => {
  const draft = begin();
  const releases = [...carryReleases(draft, there)];
  draft.set({ releases: [...(draft.episode.releases ?? []), own] });
  expect(giveBackReleases(draft, { releases }, "avery-riverside")).toEqual([
    { pk: `NOTES#${episodeId}`, sk: "RELEASE#000001" },
    { pk: `NOTES#${episodeId}`, sk: "RELEASE#000002" },
  ]);
  const taken = { revokedOn: "2027-01-12", revokedBy: "avery-riverside" };
  expect(draft.episode.releases).toEqual([
    { from: ana.from, until: ana.until, ...taken },
    { from: "2027-02-01", until: ana.until, ...taken },
    own,
  ]);
});
