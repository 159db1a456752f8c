import { describe, expect, it } from "vitest";
import type { Episode } from "../../../../shared/care/episode/episode.ts";
import { cameBack } from "../../../../workflows/run/people/came-back.ts";
import { buildContext, buildEpisode, buildState } from "../../../builders/state.ts";

type Consents = Episode["consents"];
const [given, later] = ["2026-10-01T15:00:00.000Z", "2026-11-01T15:00:00.000Z"];
const unsaid = { sms: {}, email: {}, voicemail: false };
const toEverything = { sms: { grantedAt: given }, email: { grantedAt: given }, voicemail: true };
const otherNumber = {
  reach: {
    sms: { contactPointId: "cp-other", kind: "own" },
    email: { contactPointId: "cp-email", kind: "own" },
  },
} as const;

/** What somebody who is back agrees to, by what they say now and what they said in their earlier care. */
function consentsOf(now: Consents, then: Consents, own: Partial<Episode> = {}): Consents {
  const change = cameBack(
    buildState(buildEpisode({ ...own, consents: now })),
    {
      episode: buildEpisode({
        episodeId: "01JHEP000000000000000000E0",
        status: "closed",
        closedAt: later,
        consents: then,
      }),
      profile: undefined,
      own: undefined,
      medicines: [],
      releases: [],
    },
    buildContext(),
  );
  if (change === undefined) throw new Error("Nothing was carried over");
  return change.episode.consents;
}

describe("what somebody who comes back agreed to in their earlier care", () => {
  it("counts again where they say nothing of it now", () => {
    expect(consentsOf(unsaid, toEverything)).toEqual(toEverything);
  });

  it("does not count where they took it back then, and does where they gave it anew", () => {
    const takenBack = { grantedAt: given, withdrawnAt: later };
    const anew = { grantedAt: later, withdrawnAt: given };
    expect(consentsOf(unsaid, { ...unsaid, sms: takenBack, email: anew })).toEqual({
      ...unsaid,
      email: anew,
    });
  });

  it("does not count where they said no, or yes, of it now", () => {
    const no = { withdrawnAt: later };
    const yes = { grantedAt: later };
    expect(consentsOf({ sms: no, email: yes, voicemail: true }, toEverything)).toEqual({
      sms: no,
      email: yes,
      voicemail: true,
    });
  });

  it("does not count for another number, and neither does voicemail there", () => {
    expect(consentsOf(unsaid, toEverything, otherNumber)).toEqual({
      ...unsaid,
      email: { grantedAt: given },
    });
  });

  it.each([{ under18: true }, { under18: false, birthDateUnknown: true }] as const)(
    "does not count for whoever cannot agree alone, or may be too young to (%s)",
    (facts) => {
      const own = { facts: { ...facts, answeredInstruments: [] } };
      expect(consentsOf(unsaid, toEverything, own)).toEqual(unsaid);
    },
  );
});
