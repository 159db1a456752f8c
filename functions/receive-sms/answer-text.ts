import { Draft } from "../../shared/care/change/draft.ts";
import type { ContactPoint } from "../../shared/care/contact-points/contact-point.ts";
import { newContactPoint } from "../../shared/care/contact-points/contact-point.ts";
import type { ContactPointCommand } from "../../shared/care/contact-points/decide-contact-point.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import { endOfNextStaffedDay } from "../../shared/care/program/staffed-time.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import type { ReplyTemplateId } from "../../shared/messages/reply-templates.ts";
import { replyToText } from "../../shared/sending/reply-to-text.ts";
import { commitContactPoint } from "../../shared/store/commit-contact-point.ts";
import { loadContactPoint } from "../../shared/store/contact-point-items.ts";
import { decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import type { Inbound, ReceiveSmsDeps } from "./inbound.ts";

export const inboundActor: Actor = { kind: "system", part: "receive-sms" };

const contactCommands: Readonly<Partial<Record<Inbound["sorted"]["kind"], ContactPointCommand>>> = {
  stop: { type: "stop", how: "text" },
  start: { type: "start", how: "text" },
  "wrong-number": { type: "wrong-number" },
};

/** The contact point after what the text asks of it. Effective at once for all who share the number. */
export async function applyToContactPoint(
  deps: ReceiveSmsDeps,
  inbound: Inbound,
): Promise<ContactPoint> {
  const { contactPointId, sorted, text } = inbound;
  const command = contactCommands[sorted.kind];
  // Whoever answers, unless it is to say that we have the wrong person or should stop, is there.
  const isPerson = sorted.kind !== "machine";
  if (isPerson && (command === undefined || command.type === "start"))
    await confirmNumber(deps, inbound);
  if (command === undefined) {
    return (
      (await loadContactPoint(deps.store, contactPointId)) ??
      newContactPoint({ contactPointId, channel: "sms" })
    );
  }
  const outcome = await commitContactPoint(deps, {
    contactPointId,
    channel: "sms",
    command,
    commandId: `sms/${text.inboundMessageId}`,
    actor: inboundActor,
  });
  return outcome.contactPoint;
}

async function confirmNumber(deps: ReceiveSmsDeps, inbound: Inbound): Promise<void> {
  await commitContactPoint(deps, {
    contactPointId: inbound.contactPointId,
    channel: "sms",
    command: { type: "verify" },
    commandId: `sms/${inbound.text.inboundMessageId}/answered`,
    actor: inboundActor,
  });
}

/**
 * The one answer a text gets; the crisis answer before any other but the confirmation of a stop. None where another
 * reads or listens along: what we write would tell them.
 */
export function replyFor(sorted: Inbound["sorted"]): ReplyTemplateId | undefined {
  if (sorted.isOverheard) return undefined;
  if (sorted.kind === "stop") return "stop-confirm";
  if (sorted.crisisRule !== undefined) return "crisis-reply";
  switch (sorted.kind) {
    case "start":
      return "start-confirm";
    case "help":
      return "help-reply";
    case "machine":
    case "wrong-number":
      return undefined;
    default:
      return "auto-reply";
  }
}

/**
 * Does what the text asks for and answers it. A stop's confirmation goes before the number is put on the
 * provider's list, which would refuse it; a start's goes after the number is off the list.
 */
export async function answerText(
  deps: ReceiveSmsDeps,
  inbound: Inbound,
  episode: Episode,
): Promise<void> {
  const contactPoint = await applyToContactPoint(deps, inbound);
  if (inbound.sorted.kind === "start") {
    await passOptOutOn(deps, inbound, episode, "remove");
    if (contactPoint.state !== "open") await askAboutStart(deps, inbound, episode);
  }
  await reply(deps, inbound, episode, contactPoint);
  if (inbound.sorted.kind === "stop") await passOptOutOn(deps, inbound, episode, "add");
}

/** Texts are wanted at a number that was noted as somebody else's: a person finds out who is there. */
async function askAboutStart(
  deps: ReceiveSmsDeps,
  inbound: Inbound,
  episode: Episode,
): Promise<void> {
  const id = inbound.text.inboundMessageId;
  await decideAndCommit(deps, {
    episodeId: episode.episodeId,
    commandId: `sms/${id}/start-of-closed`,
    actor: inboundActor,
    decide: (state, ctx) => {
      const draft = new Draft(state, ctx);
      openTask(draft, ctx, {
        taskKind: "channel-needed",
        occurrence: `start-${id}`,
        words:
          "START came from a number that was noted as not this person's. Call it. If it is theirs, confirm the number on their page, which opens it again.",
        assignedFunction: "case-manager",
        dueAt: endOfNextStaffedDay(ctx.site, ctx.now),
        evidence: { contactPointId: inbound.contactPointId },
      });
      return { answer: "task", change: draft.finish("start-of-closed-number", {}) };
    },
  });
}

async function reply(
  deps: ReceiveSmsDeps,
  inbound: Inbound,
  episode: Episode,
  contactPoint: ContactPoint,
): Promise<void> {
  // Somebody holds the phone that was noted as another's, and asks: they hear who we are and where to call.
  const isStartOfClosed = inbound.sorted.kind === "start" && contactPoint.state !== "open";
  const isStartAlone = isStartOfClosed && inbound.sorted.crisisRule === undefined;
  const templateId = isStartAlone ? "help-reply" : replyFor(inbound.sorted);
  if (templateId === undefined) return;
  const id = inbound.text.inboundMessageId;
  // Two machines that answer each other must come to an end: one standard answer an hour.
  const occurrence = templateId === "auto-reply" ? inbound.receivedAt.slice(0, 13) : id;
  await replyToText(deps, {
    episodeId: episode.episodeId,
    templateId,
    occurrence,
    contactPoint,
    isAskedForByItsHolder: isStartOfClosed,
    commandId: `sms/${id}/${templateId}`,
  });
}

/** The provider's list is the second lock: when it cannot be reached ours holds, and a person is told. */
async function passOptOutOn(
  deps: ReceiveSmsDeps,
  inbound: Inbound,
  episode: Episode,
  what: "add" | "remove",
): Promise<void> {
  try {
    await deps.optOutList[what](inbound.text.originationNumber);
  } catch (error) {
    deps.logger.error("The provider's opt-out list could not be changed", {
      episodeId: episode.episodeId,
      error,
    });
    await decideAndCommit(deps, {
      episodeId: episode.episodeId,
      commandId: `sms/${inbound.text.inboundMessageId}/opt-out-list`,
      actor: inboundActor,
      decide: (state, ctx) => {
        const draft = new Draft(state, ctx);
        openTask(draft, ctx, {
          taskKind: "message-gap",
          occurrence: `opt-out-list-${inbound.text.inboundMessageId}`,
          words:
            what === "add"
              ? "A stop is in force here but is not on the provider's own list. Add it there."
              : "A number that asked for texts again is still on the provider's own list. Take it off there.",
          assignedFunction: "supervisor",
          dueAt: endOfNextStaffedDay(ctx.site, ctx.now),
          evidence: { list: what },
        });
        return { answer: "task", change: draft.finish("opt-out-list-gap-opened", { what }) };
      },
    });
  }
}
