import { isRefusal } from "../../shared/care/change/change.ts";
import { isOwnNumber } from "../../shared/care/contact-points/contact-point.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { Site } from "../../shared/care/program/site.ts";
import { endOfNextStaffedDay } from "../../shared/care/program/staffed-time.ts";
import { personMarks } from "../../shared/care/text/normalise-text.ts";
import { localDate } from "../../shared/care/time/zoned-time.ts";
import type { ParsedIntake } from "../../shared/contracts/intake-request.ts";
import type { InputProblem } from "../../shared/contracts/read-input.ts";
import { rememberedIntakeSchema } from "../../shared/contracts/remembered-intake.ts";
import { ConditionFailedError } from "../../shared/errors/condition-failed-error.ts";
import { isLedger } from "../../shared/keys/keys.ts";
import { readResponses } from "../../shared/questions/read-responses.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import {
  amongOthers,
  findRequest,
  isCarriedOutRequest,
  type RequestIdentity,
  rememberRequest,
} from "../../shared/store/carry-out-once.ts";
import { commitChange } from "../../shared/store/commit-change.ts";
import {
  contactOperations,
  countIntake,
  type GivenContact,
  referenceItem,
} from "../../shared/store/contact-point-items.ts";
import { loadContext } from "../../shared/store/decide-and-commit.ts";
import { latestProgramVersion, listSites } from "../../shared/store/list-sites.ts";
import { markOperations } from "../../shared/store/person-items.ts";
import { openEpisode } from "../intake/open-episode.ts";

/** What a sender is told, the same whether or not the person is known. */
export type IntakeAnswer = { readonly reference: string; readonly episodeId: string };

export type IntakeOutcome =
  | {
      readonly outcome: "opened";
      readonly answer: IntakeAnswer;
      readonly isRepeat: boolean;
      /** True when an answer or a word asks for the crisis page at once. */
      readonly isSafetyPositive: boolean;
      readonly siteId: string;
      /** When the sender hears from a person at the latest; RFC 3339 UTC. */
      readonly contactBy: string;
    }
  | { readonly outcome: "other-body" }
  | { readonly outcome: "too-many" }
  | { readonly outcome: "invalid"; readonly problems: readonly InputProblem[] };

/** The outcome is unknown: the next look finds the request remembered if it took effect. */
const unknownOutcomes = 5;

/**
 * Opens an episode for a referral, once per request key: root, intake workflow, profile, contacts,
 * reference, roster, the remembered answer and the audit entry in one transaction. A contact that is known
 * keeps its opt-outs.
 *
 * @param input.actorOf - who sent it, by the new participant's id
 * @throws {StoreUnavailableError} when the store cannot be reached; safe to send again with the same key
 */
export async function openIntake(
  deps: CareDeps,
  input: {
    readonly request: ParsedIntake;
    readonly identity: RequestIdentity;
    readonly actorOf: (participantId: string) => Actor;
    /** The only sites the sender may name. */
    readonly allowedSiteIds?: readonly string[];
  },
): Promise<IntakeOutcome> {
  const openIfNew = async (): Promise<IntakeOutcome> => {
    const known = await findRequest(deps, input.identity);
    if (known === "other-body") return { outcome: "other-body" };
    if (known !== undefined) return repeated(known.body);
    const place = await findPlace(deps, input);
    if ("problems" in place) return { outcome: "invalid", problems: place.problems };
    try {
      return await openOnce(deps, input, place);
    } catch (error) {
      if (error instanceof ConditionFailedError && isFullHour(error))
        return { outcome: "too-many" };
      if (!isCarriedOutRequest(error)) throw error;
      return openIfNew();
    }
  };
  return amongOthers(deps, openIfNew, unknownOutcomes);
}

type Place = { readonly site: Site; readonly programVersion: number };
type Input = Parameters<typeof openIntake>[1];

async function findPlace(
  deps: CareDeps,
  { request, allowedSiteIds }: Input,
): Promise<Place | { readonly problems: readonly InputProblem[] }> {
  const allSites = await listSites(deps.store);
  const { phone } = request.participant;
  if (phone !== undefined && isOwnNumber(allSites, phone)) {
    return {
      problems: [
        {
          path: "participant.phone",
          problem: "is one of our own numbers: give the person's, or leave it out",
        },
      ],
    };
  }
  const sites = allSites.filter(
    (site) => allowedSiteIds === undefined || allowedSiteIds.includes(site.siteId),
  );
  const offering = sites.filter((site) => site.programs.includes(request.programId));
  const programVersion = await latestProgramVersion(deps.store, request.programId);
  if (offering.length === 0 || programVersion === undefined) {
    return {
      problems: [
        { path: "programId", problem: "is none of the programs that take referrals here" },
      ],
    };
  }
  const [only] = offering;
  const site =
    request.siteId === undefined ? only : offering.find((one) => one.siteId === request.siteId);
  if (site === undefined)
    return { problems: [{ path: "siteId", problem: "is no site of this program" }] };
  if (request.siteId === undefined && offering.length > 1) {
    return {
      problems: [{ path: "siteId", problem: "is missing: the program runs at several sites" }],
    };
  }
  return { site, programVersion };
}

async function openOnce(deps: CareDeps, input: Input, place: Place): Promise<IntakeOutcome> {
  const { request, identity } = input;
  const { siteId } = place.site;
  const ids = {
    episodeId: deps.ids.next(),
    participantId: deps.ids.next(),
    reference: newReference(deps.ids.next()),
  };
  const contacts = contactsOf(deps, request);
  const reach = Object.fromEntries(
    contacts.map((contact) => [contact.channel, contact.contactPointId]),
  );
  const ctx = await loadContext(
    deps,
    { programId: request.programId, programVersion: place.programVersion, siteId },
    input.actorOf(ids.participantId),
  );
  const forms =
    request.responses === undefined
      ? undefined
      : readResponses(
          ctx.instruments,
          request.responses,
          localDate(ctx.now, ctx.site.timeZone),
          ctx.program.intake.instruments,
        );
  const opened = openEpisode(request, ctx, { ...ids, reach }, forms?.answers, forms);
  if (isRefusal(opened))
    return { outcome: "invalid", problems: [{ path: "responses", problem: opened.sentence }] };
  const answer: IntakeAnswer = { reference: ids.reference, episodeId: ids.episodeId };
  const owner = { episodeId: ids.episodeId, siteId, participantId: ids.participantId };
  const contactPuts = await Promise.all(
    contacts.map((contact) => contactOperations(deps.store, contact, owner)),
  );
  const contactBy = endOfNextStaffedDay(ctx.site, ctx.now);
  const remembered = { ...answer, siteId, isSafetyPositive: opened.isSafetyPositive, contactBy };
  await commitChange(deps, {
    before: undefined,
    change: {
      ...opened.change,
      outbox: [...opened.change.outbox, { kind: "look-for-same-person", episodeId: ids.episodeId }],
    },
    commandId: `intake/${identity.scope}/${identity.key}`,
    answer: JSON.stringify(answer),
    ctx,
    also: [
      rememberRequest(
        deps.secrets,
        identity,
        { status: 202, body: JSON.stringify(remembered) },
        ctx.now,
      ),
      ...contacts.map((contact) => countIntake(contact.contactPointId, ctx.now)),
      ...contactPuts.flat(),
      ...markOperations(deps.secrets, personMarks(whoOf(request)), owner),
      referenceItem(ids.reference, { episodeId: ids.episodeId, siteId }, ctx.now),
    ],
  });
  return {
    outcome: "opened",
    answer,
    isRepeat: false,
    isSafetyPositive: opened.isSafetyPositive,
    siteId,
    contactBy,
  };
}

function whoOf({ participant }: ParsedIntake) {
  const { name, preferredName, birthDate, recordNumber } = participant;
  return { ...name, preferredName, birthDate, recordNumber };
}

function contactsOf(deps: CareDeps, { participant }: ParsedIntake): readonly GivenContact[] {
  const { phone, email, phoneKind } = participant;
  return [
    ...(phone === undefined
      ? []
      : [
          {
            contactPointId: deps.secrets.contactPointId(phone),
            channel: "sms",
            address: phone,
            ownership: phoneKind ?? "own",
          } as const,
        ]),
    ...(email === undefined
      ? []
      : [
          {
            contactPointId: deps.secrets.contactPointId(email),
            channel: "email",
            address: email,
            ownership: "own",
          } as const,
        ]),
  ];
}

/** Short enough to read out: eight of the 32 letters and digits that nobody mixes up. */
function newReference(id: string): string {
  const tail = id.slice(-8);
  return `${tail.slice(0, 4)}-${tail.slice(4)}`;
}

function isFullHour(error: ConditionFailedError): boolean {
  return error.existing !== undefined && isLedger(error.existing.pk);
}

function repeated(body: string): IntakeOutcome {
  const { reference, episodeId, ...more } = rememberedIntakeSchema.parse(JSON.parse(body));
  return { outcome: "opened", answer: { reference, episodeId }, isRepeat: true, ...more };
}
