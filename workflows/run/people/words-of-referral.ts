import { referralWordNames, referralWords } from "../../../shared/care/people/intake-request.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import type { NewReferral } from "./other-record.ts";

/** All that a new referral says, line by line, as it is added to the record of the person. */
export function wordsOfReferral({ episode, profile, referral, phone, email }: NewReferral): string {
  const { referrer, referralEvent } = referral ?? {};
  const lines: readonly (readonly [string, string | undefined])[] = [
    ...referralWordNames.map((name) => [referralWords[name].label, referral?.[name]] as const),
    [
      "Referred by",
      inOne(
        referrer?.name,
        referrer?.relationship,
        referrer?.organisation,
        referrer?.phone,
        referrer?.email,
      ),
    ],
    [
      "After",
      inOne(
        referralEvent?.kind.replaceAll("-", " "),
        referralEvent?.facility,
        referralEvent?.dischargedOn === undefined
          ? undefined
          : `discharged on ${referralEvent.dischargedOn}`,
      ),
    ],
    ["Name given", inOne(profile && `${profile.given} ${profile.family}`)],
    ["Preferred name", profile?.preferredName],
    ["Phone given", phone],
    ["Email given", email],
    ["How to reach them", profile?.reachBy],
    ["Record number given", profile?.recordNumber],
    ["Language", episode.language],
    ["Pregnant", yesNo(episode.facts.pregnant)],
    ["Injects", yesNo(episode.facts.injects)],
  ];
  const head = `New referral of ${localDate(episode.createdAt, episode.timeZone)}, reference ${episode.reference}`;
  return [
    head,
    ...lines.flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${value}`])),
  ].join("\n");
}

function inOne(...parts: readonly (string | undefined)[]): string | undefined {
  const given = parts.filter((part) => part !== undefined && part !== "");
  return given.length === 0 ? undefined : given.join(", ");
}

function yesNo(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? "yes" : "no";
}
