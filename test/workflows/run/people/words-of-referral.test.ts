import { expect, it } from "vitest";
import type { Episode } from "../../../../shared/care/episode/episode.ts";
import {
  consentsSaid,
  wordsOfReferral,
} from "../../../../workflows/run/people/words-of-referral.ts";
import { buildEpisode, tuesdayMorning } from "../../../builders/state.ts";

const granted = { grantedAt: tuesdayMorning };
const none = { sms: {}, email: {}, voicemail: false };

function referral(consents: Episode["consents"], reach: Episode["reach"] = {}) {
  const episode = buildEpisode({ consents, reach });
  const unknown = { profile: undefined, referral: undefined, phone: undefined, email: undefined };
  return { episode, ...unknown, releases: [] };
}
const record = (consents: Episode["consents"], reach: Episode["reach"] = {}) =>
  buildEpisode({ consents, reach });

it.each([
  ["nothing was said", none, { ...none, sms: granted }, undefined],
  ["the same was said", { ...none, email: granted }, { ...none, email: granted }, undefined],
  [
    "more was agreed to",
    { ...none, sms: { ...granted, how: "phone" as const }, voicemail: true, aftercare: granted },
    none,
    "agreed to texts (on the phone), follow-up after the program, voicemail. It counts for nothing",
  ],
  [
    "something was taken back on paper",
    { ...none, email: { withdrawnAt: tuesdayMorning, how: "paper" as const } },
    { ...none, email: granted },
    "took back emails (on paper). It counts for nothing",
  ],
])(
  "what a referral of somebody in care says about being written to, where %s",
  (_, said, stands, words) => {
    const told = consentsSaid(record(stands), referral(said));
    if (words === undefined) expect(told).toBeUndefined();
    else expect(told).toContain(words);
  },
);

it("a consent for another number than the record's is asked about, and stands among the referral's words", () => {
  const sms = (contactPointId: string) => ({ sms: { contactPointId, kind: "own" as const } });
  const said = { ...none, sms: granted };
  expect(consentsSaid(record(said, sms("one")), referral(said, sms("one")))).toBeUndefined();
  expect(consentsSaid(record(said, sms("one")), referral(said, sms("two")))).toContain(
    "agreed to texts",
  );
  expect(wordsOfReferral(referral({ ...said, voicemail: true }))).toContain(
    "Agreed to with it: texts, voicemail",
  );
});
