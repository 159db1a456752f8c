import { isStaffed } from "../../shared/care/program/staffed-time.ts";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { ConditionFailedError } from "../../shared/errors/condition-failed-error.ts";
import { TemplateProblemError } from "../../shared/errors/template-problem-error.ts";
import { keys } from "../../shared/keys/keys.ts";
import { renderMessage } from "../../shared/messages/render.ts";
import { templateValues } from "../../shared/messages/template.ts";
import type { WriteOperation } from "../../shared/ports/store.ts";
import { pageSite } from "../../shared/sending/page-site.ts";
import { transactWithRetry } from "../../shared/store/commit-change.ts";
import { finishInbound, markerPut, notePut, storeOnce } from "../../shared/store/inbound-words.ts";
import { latestProgramVersion } from "../../shared/store/list-sites.ts";
import { loadProgram } from "../../shared/store/load-program.ts";
import { siteTaskItem } from "../../shared/store/site-task-item.ts";
import { applyToContactPoint, replyFor } from "./answer-text.ts";
import { type Inbound, type ReceiveSmsDeps, type TextResult, wordsOf } from "./inbound.ts";

/**
 * A text from a number that no live episode has. It is read by the crisis screen like any other, a stop
 * counts, and a person of the site gets it: never in silence.
 */
export async function receiveUnmatched(
  deps: ReceiveSmsDeps,
  inbound: Inbound,
): Promise<TextResult> {
  const stored = await storeOnce(deps, wordsOf(inbound), [
    markerPut(wordsOf(inbound)),
    ...ownedBySite(deps, inbound),
  ]);
  if (stored === "done-before") return "duplicate";
  await pageForCrisis(deps, inbound);
  const contactPoint = await applyToContactPoint(deps, inbound);
  if (inbound.sorted.kind === "start") await projection(deps, inbound, "remove");
  const isStop = inbound.sorted.kind === "stop";
  if (isStop || contactPoint.state === "open") await replyOnce(deps, inbound);
  if (isStop) await projection(deps, inbound, "add");
  await finishInbound(deps, wordsOf(inbound));
  return "unmatched";
}

/**
 * A text from a phone that is paged. A stop changes nothing: pages are owed to participants. It opens a
 * task and alarms, since the next page may not get through.
 */
export async function receiveFromStaff(
  deps: ReceiveSmsDeps,
  inbound: Inbound,
): Promise<TextResult> {
  const isStop = inbound.sorted.kind === "stop";
  const operations = [
    markerPut(wordsOf(inbound)),
    ...ownedBySite(deps, inbound, isStop ? "staff-opt-out" : "inbound-reply"),
  ];
  const stored = await storeOnce(deps, wordsOf(inbound), operations);
  if (stored === "done-before") return "duplicate";
  if (isStop) {
    deps.logger.error("A staff phone asked for no more texts; pages to it may stop", {
      code: "staff-opt-out",
    });
  }
  await pageForCrisis(deps, inbound);
  await finishInbound(deps, wordsOf(inbound));
  return "from-staff";
}

/**
 * A text whose sender is no number that could be called, such as a short code. Nobody can be answered, and
 * whose word it is nobody knows: whatever it says is kept, screened and read by a person, a stop too.
 */
export async function receiveFromOddSender(
  deps: ReceiveSmsDeps,
  inbound: Inbound,
): Promise<TextResult> {
  const stored = await storeOnce(deps, wordsOf(inbound), [
    markerPut(wordsOf(inbound)),
    ...ownedBySite(deps, inbound, "inbound-reply"),
  ]);
  if (stored === "done-before") return "duplicate";
  await pageForCrisis(deps, inbound);
  await finishInbound(deps, wordsOf(inbound));
  return "odd-sender";
}

function ownedBySite(
  deps: ReceiveSmsDeps,
  inbound: Inbound,
  taskKind: "inbound-reply" | "staff-opt-out" = "inbound-reply",
): readonly WriteOperation[] {
  const { site, sorted, text, receivedAt } = inbound;
  const isCrisis = sorted.crisisRule !== undefined;
  const isTask =
    isCrisis || sorted.isForStaff || taskKind === "staff-opt-out" || !inbound.text.hasPhone;
  const noteId = deps.ids.next();
  const owner = keys.site(site.siteId).pk;
  if (!isTask) return [notePut(owner, noteId, wordsOf(inbound))];
  const task = siteTaskItem({
    siteId: site.siteId,
    taskId: deps.ids.next(),
    taskKind,
    occurrence: text.inboundMessageId,
    words: wordsFor(inbound, taskKind),
    assignedFunction: isCrisis
      ? "clinician"
      : taskKind === "staff-opt-out"
        ? "site-lead"
        : "front-desk",
    priority: isCrisis ? "safety" : taskKind === "staff-opt-out" ? "urgent" : "normal",
    now: receivedAt,
    dueInHours: isCrisis ? 1 : taskKind === "staff-opt-out" ? 4 : 24,
    about: { type: "note", id: noteId },
    evidence: {
      contactPointId: inbound.contactPointId,
      sort: sorted.kind,
      ...(sorted.crisisRule === undefined ? {} : { rule: sorted.crisisRule }),
    },
  });
  const address = {
    ...keys.address(inbound.contactPointId),
    schemaVersion: 1,
    address: text.originationNumber,
  };
  return [
    { put: { table: "care", item: task } },
    notePut(owner, noteId, wordsOf(inbound)),
    ...(text.originationNumber === ""
      ? []
      : [{ put: { table: "identity", item: { ...address, channel: "sms" } } } as const]),
  ];
}

function wordsFor({ sorted, text }: Inbound, taskKind: string): string {
  if (!text.hasPhone) {
    return sorted.crisisRule === undefined
      ? "A text came whose sender cannot be read as a phone number. Read it and find out who wrote."
      : "A text whose sender cannot be read as a phone number may speak of danger. Read it and find the person now.";
  }
  if (sorted.crisisRule !== undefined) {
    return "A text from a number that nobody here has may speak of danger. Read it and call the number now.";
  }
  if (taskKind === "staff-opt-out") {
    return "A phone that is paged asked for no more texts. Nothing was changed: check that pages still reach it.";
  }
  return "A text came from a number that nobody here has. Read it and answer.";
}

async function pageForCrisis(deps: ReceiveSmsDeps, inbound: Inbound): Promise<void> {
  const { crisisRule, isForReading } = inbound.sorted;
  if (crisisRule === undefined) return;
  // Words that only may mean danger ring nobody while there is a clinician with the task before them.
  if (isForReading && isStaffed(inbound.site, deps.clock.now())) return;
  const isPaged = await pageSite(
    deps.pager,
    inbound.site,
    deps.clock.now(),
    `sms-${inbound.text.inboundMessageId}`,
  );
  if (!isPaged)
    deps.logger.error("A page about a text reached nobody; it stands in the queue", {
      code: "page-undelivered",
    });
}

async function projection(
  deps: ReceiveSmsDeps,
  inbound: Inbound,
  what: "add" | "remove",
): Promise<void> {
  try {
    await deps.optOutList[what](inbound.text.originationNumber);
  } catch (error) {
    deps.logger.error("The provider's opt-out list could not be changed", {
      code: "opt-out-list",
      error,
    });
  }
}

/** Stop, help and words of crisis are answered even to strangers: once, claimed before the provider is called. */
async function replyOnce(deps: ReceiveSmsDeps, inbound: Inbound): Promise<void> {
  const templateId = replyFor(inbound.sorted);
  if (templateId === undefined || templateId === "auto-reply" || templateId === "start-confirm")
    return;
  const body = await replyBody(deps, inbound, templateId);
  if (body === undefined) {
    deps.logger.error("There are no words to answer a text with", { code: templateId });
    return;
  }
  const key = keys.request("sms-reply", inbound.text.inboundMessageId);
  const expiresAtEpochSeconds = Math.floor(Date.parse(inbound.receivedAt) / 1000) + 30 * 86_400;
  const messageId = deps.ids.next();
  const claim = {
    ...key,
    schemaVersion: 1,
    kind: "unmatched-reply",
    messageId,
    templateId,
    expiresAtEpochSeconds,
  };
  try {
    await transactWithRetry(deps, [
      { put: { table: "care", item: claim, condition: { kind: "absent" } } },
    ]);
  } catch (error) {
    if (error instanceof ConditionFailedError) return;
    throw error;
  }
  const outcome = await deps.sender.send({
    messageId,
    participantId: "unmatched",
    templateId,
    channel: "sms",
    to: inbound.text.originationNumber,
    from: inbound.site.senders.sms,
    senderName: inbound.site.senderName,
    text: body.text,
    language: body.language,
    timeToLiveSeconds: 3600,
  });
  deps.logger.info("A text from an unknown number was answered", {
    messageId,
    outcome: outcome.outcome,
  });
}

/** The words of the site's first program, in the language of the phrase that matched. */
async function replyBody(
  deps: ReceiveSmsDeps,
  inbound: Inbound,
  templateId: string,
): Promise<{ readonly text: string; readonly language: string } | undefined> {
  const [programId] = inbound.site.programs;
  if (programId === undefined) return undefined;
  const version = await latestProgramVersion(deps.store, programId);
  if (version === undefined) return undefined;
  const { templates } = await loadProgram(deps.store, programId, version);
  const wanted = inbound.sorted.crisisRule?.split(".")[1] ?? "en";
  const language = ownValue(templates, wanted) === undefined ? "en" : wanted;
  const template = ownValue(ownValue(templates, language), templateId);
  if (template === undefined) return undefined;
  const { site } = inbound;
  const values = templateValues({
    senderName: site.senderName,
    phone: site.phone,
    language,
    timeZone: site.timeZone,
    now: inbound.receivedAt,
  });
  try {
    return {
      text: renderMessage(template, values, language, { channel: "sms", class: "reply" }).text,
      language,
    };
  } catch (error) {
    if (error instanceof TemplateProblemError) return undefined;
    throw error;
  }
}
