import { describe, expect, it } from "vitest";
import type { ConsentState } from "../../../shared/care/episode/episode.ts";
import { isConsented, isLive, purposeOf } from "../../../shared/messages/consent.ts";
import { buildEpisode } from "../../builders/state.ts";

const monday = "2027-01-11T15:00:00.000Z";
const tuesday = "2027-01-12T15:00:00.000Z";
const given: ConsentState = { grantedAt: monday };
const takenBack: ConsentState = { grantedAt: monday, withdrawnAt: tuesday };
const givenAgain: ConsentState = { grantedAt: tuesday, withdrawnAt: monday };
/** Both within the same millisecond: the one that protects stands. */
const atOnce: ConsentState = { grantedAt: monday, withdrawnAt: monday };

describe("a consent", () => {
  it.each<[string, ConsentState | undefined, boolean]>([
    ["that was never asked for", undefined, false],
    ["that was not given", {}, false],
    ["that was refused", { withdrawnAt: monday }, false],
    ["that was given", given, true],
    ["that was taken back", takenBack, false],
    ["that was given again after that", givenAgain, true],
    ["that was given and taken back at once", atOnce, false],
  ])("%s", (_what, consent, isGood) => {
    expect(isLive(consent)).toBe(isGood);
  });
});

describe("what a participant agreed to", () => {
  const consents = (sms: ConsentState, aftercare?: ConsentState) => ({
    sms,
    email: {},
    voicemail: false,
    ...(aftercare === undefined ? {} : { aftercare }),
  });
  const agreed = (
    sms: ConsentState,
    purpose: "program" | "aftercare",
    aftercare?: ConsentState,
    channel: "sms" | "email" = "sms",
  ) => isConsented({ status: "active", consents: consents(sms, aftercare) }, channel, purpose);

  it("is by channel: texts are no emails", () => {
    expect(agreed(given, "program")).toBe(true);
    expect(agreed(given, "program", undefined, "email")).toBe(false);
  });

  it("in the program does not hang on what was said about afterwards", () => {
    for (const aftercare of [undefined, {}, given, takenBack])
      expect(agreed(given, "program", aftercare)).toBe(true);
    expect(agreed(takenBack, "program", given)).toBe(false);
  });

  it.each<[string, ConsentState | undefined, boolean]>([
    ["nobody asked about it: the channel's own words name it", undefined, true],
    ["it was left open", {}, true],
    ["it was given", given, true],
    ["it was refused", { withdrawnAt: monday }, false],
    ["it was taken back", takenBack, false],
    ["it was given again", givenAgain, true],
  ])("afterwards, where %s", (_what, aftercare, isGood) => {
    expect(agreed(given, "aftercare", aftercare)).toBe(isGood);
    expect(agreed(takenBack, "aftercare", aftercare)).toBe(false);
  });

  it("is asked for the purpose that the pathway has come to, where none is named", () => {
    expect(purposeOf({ status: "aftercare" })).toBe("aftercare");
    for (const status of ["referred", "active", "discharged", "closed"] as const)
      expect(purposeOf({ status })).toBe("program");
    const episode = buildEpisode({ consents: consents(given, takenBack) });
    expect(isConsented({ ...episode, status: "active" }, "sms")).toBe(true);
    expect(isConsented({ ...episode, status: "aftercare" }, "sms")).toBe(false);
  });
});
