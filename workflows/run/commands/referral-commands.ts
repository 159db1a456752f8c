import type { Refusal } from "../../../shared/care/change/change.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { ConsentRecord } from "../../../shared/care/people/consent-record.ts";
import { taskSk } from "../../../shared/care/tasks/open-task.ts";
import { ageInYears } from "../../../shared/care/time/zoned-time.ts";
import type { ParsedIntake } from "../../../shared/contracts/intake-request.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { findRequest, type RequestIdentity } from "../../../shared/store/carry-out-once.ts";
import { loadItems } from "../../../shared/store/decide-and-commit.ts";
import { type IntakeOutcome, openIntake } from "../open-intake.ts";
import {
  findLikelySame,
  type LikelySame,
  lookForSamePerson,
} from "../people/look-for-same-person.ts";
import { refuseConsent } from "../people/record-consent.ts";
import { commandIdOf, type StaffCall } from "./on-episode.ts";
import { recordConsentOnce } from "./person-commands.ts";
import { taskCommands } from "./task-commands.ts";

/** What staff say of a record that is perhaps of the same person. */
export const sameAnswers = ["same-person", "not-the-same"] as const;
export type SameAnswer = (typeof sameAnswers)[number];

/** A referral as a member of staff took it down, with what was said beside it. */
export type TakenReferral = {
  readonly request: ParsedIntake & { readonly siteId: string };
  /** What the person agreed to aloud; left out where nothing was asked yet. */
  readonly consent?: ConsentRecord | undefined;
  /** The answer about each record that is perhaps of the same person, by its episode. */
  readonly same: ReadonlyMap<string, SameAnswer>;
};

export type ReferralOutcome =
  | Exclude<IntakeOutcome, { readonly outcome: "opened" }>
  | {
      readonly outcome: "opened";
      readonly episodeId: string;
      readonly reference: string;
      /** Why what the person agreed to could not be written down, though the referral is. */
      readonly consentRefusal?: Refusal;
    };

/**
 * Takes a referral that staff were told: opens it as any other, writes down what was agreed to aloud, and carries out
 * what was said about records that are perhaps of the same person. Once for each key, also where it ended half-way.
 */
export async function takeReferralOnce(
  deps: CareDeps,
  call: StaffCall,
  { request, consent, same }: TakenReferral,
): Promise<ReferralOutcome> {
  const opened = await openIntake(deps, {
    request,
    identity: call.request,
    actorOf: () => call.actor,
    allowedSiteIds: call.staff.siteIds,
  });
  if (opened.outcome !== "opened") return opened;
  const { episodeId, reference } = opened.answer;
  const consents =
    consent === undefined
      ? undefined
      : await recordConsentOnce(deps, callFor(call, "agreed"), episodeId, consent);
  if (same.size > 0)
    await answerWhetherSame(deps, call, { episodeId, siteId: request.siteId }, same);
  return {
    outcome: "opened",
    episodeId,
    reference,
    ...(consents?.outcome === "refused" ? { consentRefusal: consents.refusal } : {}),
  };
}

/** The same call for a part of what it does. */
function callFor(call: StaffCall, part: string): StaffCall {
  return { ...call, request: { ...call.request, key: `${call.request.key}-${part}` } };
}

/** The question is asked at once, as it is after every referral, and has its answer already. */
async function answerWhetherSame(
  deps: CareDeps,
  call: StaffCall,
  { episodeId, siteId }: { readonly episodeId: string; readonly siteId: string },
  same: ReadonlyMap<string, SameAnswer>,
): Promise<void> {
  await lookForSamePerson(deps, episodeId, commandIdOf(callFor(call, "look")));
  for (const [other, outcome] of same) {
    const root = keys.episode(other);
    const participantId = (await deps.store.get("care", root.pk, root.sk))?.participantId;
    const sk = taskSk("same-person", String(participantId));
    const item = (await loadItems(deps.store, episodeId, [sk])).get(sk);
    if (item?.kind !== "task" || item.status !== "open") continue;
    // Whoever may not answer leaves the question to who may.
    await taskCommands.outcome(
      deps,
      callFor(call, other),
      { episodeId, pk: keys.episode(episodeId).pk, siteId, item },
      { outcome },
    );
  }
}

/** True where this very call was carried out: what it would find now is what it opened itself. */
export async function isTaken(deps: CareDeps, request: RequestIdentity): Promise<boolean> {
  const known = await findRequest(deps, request);
  return known !== undefined && known !== "other-body";
}

/** Who at the site is perhaps the person of a referral that is not taken yet. */
export function likelySameAs(
  deps: Pick<CareDeps, "store" | "secrets">,
  { participant, siteId }: TakenReferral["request"],
): Promise<readonly LikelySame[]> {
  const { name, preferredName, birthDate, recordNumber } = participant;
  return findLikelySame(deps, {
    siteId,
    profile: { ...name, preferredName, birthDate, recordNumber },
    reach: reachOf(deps, participant),
  });
}

/**
 * Why what the person agreed to cannot be written down with this referral; `undefined` where it can.
 * @param today - local date at the site, `YYYY-MM-DD`
 */
export function refuseAgreed(
  deps: Pick<CareDeps, "secrets">,
  { participant }: TakenReferral["request"],
  consent: ConsentRecord,
  today: string,
): Refusal | undefined {
  const { birthDate } = participant;
  return refuseConsent(
    {
      episode: {
        status: "referred",
        reach: reachOf(deps, participant),
        facts: {
          under18: birthDate !== undefined && ageInYears(birthDate, today) < 18,
          ...(birthDate === undefined ? { birthDateUnknown: true } : {}),
          answeredInstruments: [],
        },
      },
    },
    consent,
  );
}

function reachOf(
  { secrets }: Pick<CareDeps, "secrets">,
  { phone, phoneKind, email }: ParsedIntake["participant"],
): Episode["reach"] {
  return {
    ...(phone === undefined
      ? {}
      : { sms: { contactPointId: secrets.contactPointId(phone), kind: phoneKind ?? "own" } }),
    ...(email === undefined
      ? {}
      : { email: { contactPointId: secrets.contactPointId(email), kind: "own" } }),
  };
}
