import type { Message } from "../../shared/care/episode/message.ts";
import type { GateInput } from "../../shared/messages/gate-input.ts";
import { messageSk } from "../../shared/messages/plan-messages.ts";
import { buildPolicy, buildProgram, buildSite } from "./program.ts";
import { buildEpisode, nextTestId, tuesdayMorning } from "./state.ts";

/** A routine text that is planned for now and may go. */
export function buildMessage(overrides: Partial<Message> = {}): Message {
  const { step = "weekly-text", occurrence = "w1", channel = "sms" } = overrides;
  return {
    kind: "message",
    sk: messageSk(step, occurrence, channel),
    version: 1,
    messageId: nextTestId(),
    step,
    occurrence,
    templateId: "weekly-text",
    class: "routine",
    channel,
    contactPointId: channel === "sms" ? "cp-sms" : "cp-email",
    status: "PLANNED",
    plannedAt: "2027-01-12T14:00:00.000Z",
    sendAt: tuesdayMorning,
    expiresAt: "2027-01-15T16:00:00.000Z",
    window: { from: "09:00", to: "19:00" },
    attempts: 0,
    ...overrides,
  };
}

/** Everything as it must be for a message to go. */
export function buildGateInput(overrides: Partial<GateInput> = {}): GateInput {
  return {
    now: tuesdayMorning,
    message: buildMessage({ step: "measures" }),
    episode: buildEpisode({ status: "active" }),
    contactPoint: { state: "open", verifiedAt: tuesdayMorning },
    program: buildProgram(),
    policy: buildPolicy(),
    site: buildSite(),
    sent: { today: 0, thisWeek: 0, toNumber: 0, isSiteFull: false },
    ...overrides,
  };
}
