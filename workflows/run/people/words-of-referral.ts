import type { ConsentState, Episode } from "../../../shared/care/episode/episode.ts";
import { referralWordNames, referralWords } from "../../../shared/care/people/intake-request.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { isLive } from "../../../shared/messages/consent.ts";
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
    ["Agreed to with it", inOne(...saidWith(episode).agreed)],
    ["Taken back with it", inOne(...saidWith(episode).takenBack)],
  ];
  const head = `New referral of ${localDate(episode.createdAt, episode.timeZone)}, reference ${episode.reference}`;
  return [
    head,
    ...lines.flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${value}`])),
  ].join("\n");
}

const agreementWords = { sms: "texts", email: "emails", aftercare: "follow-up after the program" };
const wayWords: Readonly<Record<NonNullable<ConsentState["how"]>, string>> = {
  phone: "on the phone",
  paper: "on paper",
  "in-person": "in person",
};

/** What somebody agreed to and took back under a referral, each with how staff heard it. */
function saidWith({ consents }: Pick<Episode, "consents">) {
  const told = (name: keyof typeof agreementWords) =>
    `${agreementWords[name]}${consents[name]?.how === undefined ? "" : ` (${wayWords[consents[name].how]})`}`;
  const names = ["sms", "email", "aftercare"] as const;
  return {
    agreed: [
      ...names.filter((name) => isLive(consents[name])).map(told),
      ...(consents.voicemail ? ["voicemail"] : []),
    ],
    takenBack: names.filter((name) => consents[name]?.withdrawnAt !== undefined).map(told),
  };
}

/**
 * What was agreed to or taken back with a new referral and does not stand so on the record in care, as a sentence for
 * staff. It counts for nothing there before a person records it.
 *
 * @returns `undefined` where the record says the same
 */
export function consentsSaid(record: Episode, { episode }: NewReferral): string | undefined {
  const names = ["sms", "email", "aftercare"] as const;
  const isSame =
    names.every((name) => {
      const said = episode.consents[name];
      const isSaid = said?.grantedAt !== undefined || said?.withdrawnAt !== undefined;
      return !isSaid || (isLive(said) === isLive(record.consents[name]) && isSamePoint(name));
    }) &&
    (!episode.consents.voicemail || (record.consents.voicemail && isSamePoint("sms")));
  if (isSame) return undefined;
  const { agreed, takenBack } = saidWith(episode);
  const parts = [
    ...(agreed.length === 0 ? [] : [`agreed to ${agreed.join(", ")}`]),
    ...(takenBack.length === 0 ? [] : [`took back ${takenBack.join(", ")}`]),
  ];
  return `With the referral of ${localDate(episode.createdAt, episode.timeZone)} the person ${parts.join(" and ")}. It counts for nothing here before it is recorded: ask them, and fill in what they agree to, or leave this record as it is. Where the referral names another phone or address than this record, put that right first.`;

  function isSamePoint(name: (typeof names)[number]): boolean {
    if (name === "aftercare") return true;
    return episode.reach[name]?.contactPointId === record.reach[name]?.contactPointId;
  }
}

function inOne(...parts: readonly (string | undefined)[]): string | undefined {
  const given = parts.filter((part) => part !== undefined && part !== "");
  return given.length === 0 ? undefined : given.join(", ");
}

function yesNo(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? "yes" : "no";
}
