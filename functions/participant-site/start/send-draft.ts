import { parseIntakeRequest } from "../../../shared/contracts/intake-request.ts";
import { type IntakeOutcome, openIntake } from "../../../workflows/run/open-intake.ts";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import type { Draft } from "./draft.ts";
import type { StepContext } from "./step.ts";
import { toRequest } from "./to-request.ts";

/** Sends the finished form, once per draft: the same draft again gets the same answer. */
export async function sendDraft(
  deps: ParticipantSiteDeps,
  draft: Draft,
  ctx: StepContext,
): Promise<IntakeOutcome> {
  const { siteId } = draft.values;
  const site = ctx.sites.find((one) => one.siteId === siteId) ?? ctx.sites[0];
  if (site === undefined)
    return { outcome: "invalid", problems: [{ path: "siteId", problem: "is no site" }] };
  const body = toRequest(draft.values, site, ctx.programs);
  const { request, problems } = parseIntakeRequest(body, ctx.today);
  if (request === undefined) return { outcome: "invalid", problems };
  return openIntake(deps, {
    request,
    identity: {
      scope: "start-page",
      key: draft.key,
      method: "POST",
      path: "/start/send",
      body: JSON.stringify(body),
    },
    actorOf: (participantId) => ({ kind: "participant", participantId }),
  });
}
