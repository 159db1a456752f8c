import type { Change, Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type {
  closureBodySchema,
  contactBodySchema,
  readingBodySchema,
} from "../../../shared/contracts/api-bodies.ts";
import type { Found } from "../../../shared/staff/find-by-id.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { acknowledgeEscalation, hasTaken } from "../../escalation/acknowledge.ts";
import { answerReading } from "../../escalation/answer-reading.ts";
import { closeEscalation } from "../../escalation/close-escalation.ts";
import { recordContact } from "../../escalation/record-contact.ts";
import { commandOnEpisode, type StaffCall } from "./on-episode.ts";

/** A safety alert of an episode. */
type FoundAlert = Found<"escalation"> & { readonly episodeId: string };

function onAlert<Body>(
  decide: (
    state: OpenState,
    escalationSk: string,
    body: Body,
    ctx: DecisionContext,
    staffId: string,
  ) => Change | Refusal | undefined,
) {
  return (
    deps: CareDeps,
    call: StaffCall,
    { episodeId, item }: FoundAlert,
    body: Body,
  ): Promise<CallOutcome> =>
    commandOnEpisode(deps, call, {
      episodeId,
      alsoLoad: [item.sk],
      decide: (state, ctx) => decide(state, item.sk, body, ctx, call.staff.staffId),
      answer: (state) => {
        const alert = state.items.get(item.sk);
        return alert?.kind === "escalation"
          ? {
              escalationId: alert.escalationId,
              status: alert.status,
              tier: alert.tier,
              contactDueAt: alert.contactDueAt,
              acknowledgedBy: alert.acknowledgements.at(-1)?.by,
            }
          : {};
      },
    });
}

/** What staff do about a safety alert: take it, record contact with the participant, close it. */
export const alertCommands = {
  acknowledgement: onAlert((state, escalationSk, _body: unknown, ctx, staffId) =>
    hasTaken(state, escalationSk, staffId)
      ? undefined
      : acknowledgeEscalation(state, { escalationSk }, ctx),
  ),
  reading: onAlert((state, escalationSk, body: ReturnType<typeof readingBodySchema.parse>, ctx) =>
    answerReading(state, { escalationSk, ...body }, ctx),
  ),
  contact: onAlert((state, escalationSk, body: ReturnType<typeof contactBodySchema.parse>, ctx) =>
    recordContact(state, { escalationSk, ...body }, ctx),
  ),
  closure: onAlert((state, escalationSk, body: ReturnType<typeof closureBodySchema.parse>, ctx) =>
    closeEscalation(state, { escalationSk, ...body }, ctx),
  ),
};
