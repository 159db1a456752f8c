import type { Change, Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { logContact } from "../../../shared/care/pathway/log-contact.ts";
import { recordPayer } from "../../../shared/care/pathway/record-payer.ts";
import { withdraw } from "../../../shared/care/pathway/withdraw.ts";
import { writePlan } from "../../../shared/care/plans/write-plan.ts";
import { recordMedicine } from "../../../shared/care/services/record-medicine.ts";
import { recordService } from "../../../shared/care/services/record-service.ts";
import { recordRelease, revokeRelease } from "../../../shared/care/services/releases.ts";
import { itemKeys } from "../../../shared/keys/keys.ts";
import { recordMeasure } from "../../../shared/questions/record-measure.ts";
import { findStaff, type StaffMember } from "../../../shared/staff/staff-member.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { setKeeper } from "../../aftercare/set-keeper.ts";
import { setTrack } from "../../aftercare/set-track.ts";
import { type LeaveRequest, startLeave } from "../../weekly-program/start-leave.ts";
import { confirmReach } from "../confirm-reach.ts";
import { closeReach } from "../people/close-reach.ts";
import type { CheckInByStaff } from "../record-check-in.ts";
import type { AskedScreen } from "../record-screen.ts";
import { commandOnEpisode, type StaffCall } from "./on-episode.ts";

function onEpisode<Body>(
  decide: (state: OpenState, body: Body, ctx: DecisionContext) => Change | Refusal,
) {
  return (deps: CareDeps, call: StaffCall, episodeId: string, body: Body): Promise<CallOutcome> =>
    commandOnEpisode(deps, call, {
      episodeId,
      decide: (state, ctx) => decide(state, body, ctx),
      answer: statusOf,
    });
}

const statusOf = ({ episode: { episodeId, status, version } }: OpenState) => ({
  episodeId,
  status,
  version,
});

const onLeave = onEpisode(
  (
    state,
    { body, keeper }: { readonly body: LeaveRequest; readonly keeper: StaffMember | undefined },
    ctx,
  ) => {
    if (keeper?.siteIds.includes(state.episode.siteId) !== true)
      return {
        refused: "invalid",
        sentence: "Say who keeps contact: somebody who works at this site.",
      };
    return startLeave(state, body, ctx);
  },
);

type ApartCommands = typeof import("./apart-commands.ts");
type PlacesCommands = typeof import("./place-commands.ts");
type PersonCommands = typeof import("./person-commands.ts");
type SamePersonCommands = typeof import("./same-person-commands.ts");
type TabletCommands = typeof import("./tablet-commands.ts");
type TrackCommands = typeof import("./track-commands.ts");
type TransferCommands = typeof import("./transfer-commands.ts");
type VersionCommands = typeof import("./version-commands.ts");

// What corrects a person's facts is loaded where it is called for: it is rare, and every start would carry it.
const personCommands = (): Promise<PersonCommands> => import("./person-commands.ts");
const transferCommands = (): Promise<TransferCommands> => import("./transfer-commands.ts");

/** What staff do to an episode: leave and return, withdrawal, transitions and contacts, each with its reason. */
export const episodeCommands = {
  hold: async (deps: CareDeps, call: StaffCall, episodeId: string, body: LeaveRequest) =>
    onLeave(deps, call, episodeId, {
      body,
      keeper: await findStaff(deps.store, body.contactKeptBy),
    }),
  resume: async (...call: Parameters<PlacesCommands["resumeOnce"]>) =>
    (await import("./place-commands.ts")).resumeOnce(...call),
  apart: async (...call: Parameters<ApartCommands["apartOnce"]>) =>
    (await import("./apart-commands.ts")).apartOnce(...call),
  withdraw: onEpisode(withdraw),
  "aftercare-keeper": async (
    deps: CareDeps,
    call: StaffCall,
    episodeId: string,
    { keptBy, reason }: { readonly keptBy: string; readonly reason: string },
  ) => {
    const named = await findStaff(deps.store, keptBy);
    return onEpisode(setKeeper)(deps, call, episodeId, { named, reason });
  },
  "aftercare-track": onEpisode(setTrack),
  "group-track": async (...call: Parameters<TrackCommands["changeTrackOnce"]>) =>
    (await import("./track-commands.ts")).changeTrackOnce(...call),
  payer: onEpisode(recordPayer),
  transition: async (...call: Parameters<PlacesCommands["transitionOnce"]>) =>
    (await import("./place-commands.ts")).transitionOnce(...call),
  contacts: onEpisode(logContact),
  measures: onEpisode(recordMeasure),
  "check-ins": async (
    deps: CareDeps,
    call: StaffCall,
    episodeId: string,
    body: CheckInByStaff,
  ): Promise<CallOutcome> => {
    const { recordCheckIn } = await import("../record-check-in.ts");
    return commandOnEpisode(deps, call, {
      episodeId,
      // One that was missed is no open item any more.
      alsoLoad: [itemKeys.checkIn(body.number)],
      decide: (state, ctx) => recordCheckIn(state, body, ctx),
      answer: statusOf,
    });
  },
  plans: onEpisode(writePlan),
  screens: async (deps: CareDeps, call: StaffCall, episodeId: string, body: AskedScreen) =>
    onEpisode((await import("../record-screen.ts")).recordScreen)(deps, call, episodeId, body),
  "tablet-codes": async (...call: Parameters<TabletCommands["makeTabletCodeOnce"]>) =>
    (await import("./tablet-commands.ts")).makeTabletCodeOnce(...call),
  medicines: onEpisode(recordMedicine),
  services: onEpisode(recordService),
  releases: onEpisode(recordRelease),
  "release-revocation": onEpisode(revokeRelease),
  "reach-confirmation": onEpisode(confirmReach),
  "reach-closure": onEpisode(closeReach),
  "site-transfer": async (...call: Parameters<TransferCommands["askForTransferOnce"]>) =>
    (await transferCommands()).askForTransferOnce(...call),
  "program-version": async (...call: Parameters<VersionCommands["moveToVersionOnce"]>) =>
    (await import("./version-commands.ts")).moveToVersionOnce(...call),
  "program-choice": async (...call: Parameters<VersionCommands["chooseProgramOnce"]>) =>
    (await import("./version-commands.ts")).chooseProgramOnce(...call),
  corrections: async (...call: Parameters<PersonCommands["correctPersonOnce"]>) =>
    (await personCommands()).correctPersonOnce(...call),
  "death-correction": async (...call: Parameters<PersonCommands["correctDeathOnce"]>) =>
    (await personCommands()).correctDeathOnce(...call),
  "same-person-taken-back": async (
    ...call: Parameters<SamePersonCommands["takeBackSamePersonOnce"]>
  ) => (await import("./same-person-commands.ts")).takeBackSamePersonOnce(...call),
  consents: async (...call: Parameters<PersonCommands["recordConsentOnce"]>) =>
    (await personCommands()).recordConsentOnce(...call),
};
