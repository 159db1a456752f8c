import type * as z from "zod";
import {
  postCheckIn,
  postConsent,
  postContactLog,
  postCorrection,
  postDeathCorrection,
  postGroupTrack,
  postHold,
  postKeeper,
  postMeasure,
  postMedicine,
  postNotTheSame,
  postPayer,
  postPlan,
  postProgramChoice,
  postProgramVersion,
  postReachClosure,
  postReachConfirmation,
  postRelease,
  postReleaseRevocation,
  postResume,
  postScreen,
  postService,
  postSiteTransfer,
  postTabletCode,
  postTrack,
  postTransition,
  postWithdraw,
} from "../../../shared/contracts/routes/episode-commands.ts";
import type { RouteOf } from "../../../shared/contracts/routes/route.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { problem } from "../../../shared/web/http/problem.ts";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import type { StaffCall } from "../../../workflows/run/commands/on-episode.ts";
import { answerCall } from "../answer-call.ts";
import { serve } from "../serve-route.ts";

function command<Body extends z.ZodType>(
  route: RouteOf<string, z.ZodObject, Body, z.ZodType>,
  carryOut: (
    deps: CareDeps,
    call: StaffCall,
    episodeId: string,
    body: z.output<Body>,
  ) => Promise<CallOutcome>,
) {
  return serve(route, async ({ context, staff, body, text }, deps) => {
    const id = context.req.param("episodeId") ?? "";
    const episode = await findEpisode(deps.store, staff, id);
    if (episode === undefined) return problem(context, 404, "There is no such episode here.");
    return answerCall(context, text, (call) => carryOut(deps, call, episode.episodeId, body));
  });
}

/** Leave and return, withdrawal, transitions and contacts, each with its reason. */
export const episodeCommandRoutes = [
  command(postHold, episodeCommands.hold),
  command(postResume, episodeCommands.resume),
  command(postKeeper, episodeCommands["aftercare-keeper"]),
  command(postTrack, episodeCommands["aftercare-track"]),
  command(postGroupTrack, episodeCommands["group-track"]),
  command(postPayer, episodeCommands.payer),
  command(postWithdraw, episodeCommands.withdraw),
  command(postTransition, episodeCommands.transition),
  command(postDeathCorrection, episodeCommands["death-correction"]),
  command(postNotTheSame, episodeCommands["same-person-taken-back"]),
  command(postSiteTransfer, episodeCommands["site-transfer"]),
  command(postProgramChoice, episodeCommands["program-choice"]),
  command(postProgramVersion, episodeCommands["program-version"]),
  command(postContactLog, episodeCommands.contacts),
  command(postMeasure, episodeCommands.measures),
  command(postCheckIn, episodeCommands["check-ins"]),
  command(postPlan, episodeCommands.plans),
  command(postScreen, episodeCommands.screens),
  command(postTabletCode, episodeCommands["tablet-codes"]),
  command(postMedicine, episodeCommands.medicines),
  command(postService, episodeCommands.services),
  command(postRelease, episodeCommands.releases),
  command(postReleaseRevocation, episodeCommands["release-revocation"]),
  command(postCorrection, episodeCommands.corrections),
  command(postConsent, episodeCommands.consents),
  command(postReachClosure, episodeCommands["reach-closure"]),
  command(postReachConfirmation, episodeCommands["reach-confirmation"]),
];
