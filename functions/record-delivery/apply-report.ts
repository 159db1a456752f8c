import type { ContactPointCommand } from "../../shared/care/contact-points/decide-contact-point.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { Message } from "../../shared/care/episode/message.ts";
import { ConditionFailedError } from "../../shared/errors/condition-failed-error.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import { episodeIdOf } from "../../shared/keys/keys.ts";
import { isPlannedClass } from "../../shared/messages/gate-input.ts";
import { mayBecome } from "../../shared/messages/settle-message.ts";
import { settleStored } from "../../shared/sending/settle-stored.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { transactWithRetry } from "../../shared/store/commit-change.ts";
import { commitContactPoint } from "../../shared/store/commit-contact-point.ts";
import { readEpisodeItem } from "../../shared/store/episode-forms.ts";
import { messagePut } from "../../shared/store/message-items.ts";
import type { DeliveryReport } from "./read-report.ts";

export type ReportResult = "recorded" | "nothing-new";
type OwnReport = DeliveryReport & { readonly messageId: string };
type Found = {
  readonly owner: { readonly episodeId: string; readonly siteId: string };
  readonly message: Message;
};

const actor: Actor = { kind: "system", part: "record-delivery" };
const recordRetries = 6;

const contactCommands: Readonly<Partial<Record<DeliveryReport["kind"], ContactPointCommand>>> = {
  "hard-bounce": { type: "fail", failure: "bounced" },
  invalid: { type: "fail", failure: "invalid" },
  blocked: { type: "fail", failure: "blocked" },
  complaint: { type: "stop", how: "complaint" },
  "suppressed-complaint": { type: "stop", how: "complaint" },
};

const failureReasons: Readonly<Partial<Record<DeliveryReport["kind"], string>>> = {
  "hard-bounce": "the address does not exist",
  invalid: "the number does not exist",
  blocked: "it was blocked on its way",
  "suppressed-complaint": "the address complained of an email before",
  failed: "it could not be delivered",
};

/**
 * Applies one report: the contact point is closed first where it says so, since that counts for everybody
 * who shares it; then the message moves on, never back.
 * @throws {NotFoundError} when the message cannot be found; the index that finds it may lag
 */
export async function applyReport(deps: CareDeps, report: OwnReport): Promise<ReportResult> {
  const found = await findMessage(deps, report.messageId);
  if (found === undefined)
    throw new NotFoundError("There is no such message yet", { messageId: report.messageId });
  const command = contactCommands[report.kind];
  let isChanged = false;
  if (command !== undefined) {
    const outcome = await commitContactPoint(deps, {
      contactPointId: found.message.contactPointId,
      channel: found.message.channel,
      command,
      commandId: `delivery/${report.providerMessageId}/${report.kind}`,
      actor,
    });
    isChanged = outcome.isChanged;
  }
  const reason = failureReasons[report.kind];
  const isMoved =
    reason === undefined
      ? await moveOn(deps, found, report)
      : await fail(deps, found, report, reason);
  return isMoved || isChanged ? "recorded" : "nothing-new";
}

/** Records arrival or acceptance; a state that is not known is kept in the provider's own word. */
async function moveOn(deps: CareDeps, first: Found, report: OwnReport): Promise<boolean> {
  let found: Found | undefined = first;
  for (let attempt = 0; attempt < recordRetries && found !== undefined; attempt += 1) {
    const fields = fieldsOf(found.message, report, deps.clock.now());
    if (fields === undefined) return false;
    try {
      await transactWithRetry(deps, [messagePut(found.owner, found.message, fields).operation]);
      return true;
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
      found = await findMessage(deps, report.messageId);
    }
  }
  throw new NotFoundError("The message could not be updated", { messageId: report.messageId });
}

function fieldsOf(message: Message, report: OwnReport, now: string): Partial<Message> | undefined {
  const common = { providerStatus: report.raw, providerMessageId: report.providerMessageId };
  if (report.kind === "delivered" && mayBecome(message, "DELIVERED")) {
    return { ...common, status: "DELIVERED", settledAt: now };
  }
  // A complaint proves that it arrived with somebody.
  if (
    (report.kind === "accepted" || report.kind === "complaint") &&
    mayBecome(message, "ACCEPTED")
  ) {
    return { ...common, status: "ACCEPTED", acceptedAt: now };
  }
  // What comes late, such as a delay that is over, says nothing of a message that has arrived or failed.
  const isOpen = mayBecome(message, "DELIVERED") && mayBecome(message, "FAILED");
  if (report.kind === "unknown" && isOpen && message.providerStatus !== report.raw) return common;
  return undefined;
}

async function fail(
  deps: CareDeps,
  { owner, message }: Found,
  report: OwnReport,
  reason: string,
): Promise<boolean> {
  if (!mayBecome(message, "FAILED")) return false;
  const remedy = await settleStored(deps, {
    episodeId: owner.episodeId,
    messageSk: message.sk,
    to: "FAILED",
    reason:
      message.status === "DELIVERED" ? `a server took it and sent it back: ${reason}` : reason,
    remedy: isPlannedClass(message)
      ? "other-channel"
      : message.class === "safety"
        ? "staff-task"
        : "none",
    commandId: `delivery/${report.providerMessageId}/${report.kind}`,
    actor,
  });
  return remedy !== undefined;
}

/** The index says where to look; what counts is the item itself. */
async function findMessage(deps: CareDeps, messageId: string): Promise<Found | undefined> {
  const page = await deps.store.queryIndex("byId", messageId, { limit: 5 });
  for (const hit of page.items) {
    const episodeId = episodeIdOf(hit.pk);
    if (episodeId === undefined) continue;
    const stored = await deps.store.get("care", hit.pk, hit.sk);
    if (stored === undefined) continue;
    const message = readEpisodeItem(stored);
    if (message.kind !== "message" || message.messageId !== messageId) continue;
    const siteId = typeof stored.siteId === "string" ? stored.siteId : "";
    return { owner: { episodeId, siteId }, message };
  }
  return undefined;
}
