import type { Actor } from "../../shared/care/episode/actor.ts";
import type { Policy } from "../../shared/care/program/policy.ts";
import type { Site } from "../../shared/care/program/site.ts";
import { isStaffed } from "../../shared/care/program/staffed-time.ts";
import { screenByRules } from "../../shared/care/safety/find-crisis-phrase.ts";
import type { InboundEmail } from "../../shared/contracts/inbound-email-event.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import { keys } from "../../shared/keys/keys.ts";
import { type SortedInbound, sortInbound } from "../../shared/messages/sort-inbound.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { Pager } from "../../shared/ports/pager.ts";
import type { WriteOperation } from "../../shared/ports/store.ts";
import { pageSite } from "../../shared/sending/page-site.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { commitContactPoint } from "../../shared/store/commit-contact-point.ts";
import { episodeReachedAt } from "../../shared/store/episode-reached-at.ts";
import {
  finishInbound,
  type InboundWords,
  markerPut,
  notePut,
  storeInbound,
  storeOnce,
} from "../../shared/store/inbound-words.ts";
import { listSitesWithFaults } from "../../shared/store/list-sites.ts";
import { loadPolicy } from "../../shared/store/load-policy.ts";
import { siteTaskItem } from "../../shared/store/site-task-item.ts";
import { type MailWords, readMail } from "./read-mail.ts";

export type ReceiveEmailDeps = CareDeps & { readonly pager: Pager; readonly logger: Logger };

/** What became of one email. */
export type EmailResult = "applied" | "duplicate" | "unmatched" | "machine" | "spam";

const actor: Actor = { kind: "system", part: "receive-email" };

/**
 * Takes one email. What must not be lost is stored first, in one small write; everything after that may be repeated
 * without happening twice. It is never answered by itself: who wrote it is only what it says.
 */
export async function receiveMail(
  deps: ReceiveEmailDeps,
  email: InboundEmail,
): Promise<EmailResult> {
  const [policy, site, mail] = await Promise.all([
    loadPolicy(deps),
    siteOf(deps, email),
    readMail(Buffer.from(email.content, "base64")),
  ]);
  const address = mail.from === "" ? (email.mail.source ?? "") : mail.from;
  const sorted = sortedFor(mail, policy);
  const contactPointId = deps.secrets.contactPointId(address);
  const inbound: InboundWords = {
    source: "email",
    providerId: email.mail.messageId,
    words: mail.words,
    contactPointId,
    receivedAt: deps.clock.now(),
    siteId: site.siteId,
    sorted,
  };
  const episode =
    address === "" ? undefined : await episodeReachedAt(deps.store, "email", contactPointId);
  if (episode !== undefined) {
    const stored = await storeInbound(deps, inbound);
    if (stored === "done-before") return "duplicate";
    if (sorted.kind === "stop") await stopEmails(deps, inbound);
    await finishInbound(deps, inbound);
    return sorted.isForStaff ? "applied" : "machine";
  }
  if (sorted.crisisRule === undefined) {
    if (email.receipt.spamVerdict?.status === "FAIL") return "spam";
    if (!sorted.isForStaff) return "machine";
  }
  return receiveFromStranger(deps, inbound, { site, address });
}

/**
 * A person reads every email that somebody wrote, also one that asks for no more; what a machine sent only for danger.
 * In what may be a quote of ours only a rule finds danger, as in our own messages none does.
 */
function sortedFor(mail: MailWords, policy: Policy): SortedInbound {
  const own = sortInbound(mail.ownWords, policy);
  const below = screenByRules(policy, mail.perhapsOwn);
  const sorted =
    own.crisisRule === undefined && below.rule !== undefined
      ? { ...own, crisisRule: below.rule, isForReading: below.isForReading }
      : own;
  const isMachines =
    (mail.isAutomatic || sorted.kind === "machine") && sorted.crisisRule === undefined;
  return isMachines
    ? { ...sorted, kind: "machine", isForStaff: false, isUnplaced: false }
    : { ...sorted, isForStaff: true };
}

/** The site whose mailbox was written to. */
async function siteOf(deps: ReceiveEmailDeps, email: InboundEmail): Promise<Site> {
  const { sites, faults } = await listSitesWithFaults(deps.store);
  const to = [...email.receipt.recipients, ...email.mail.destination].map(plain);
  const own = sites.find(({ senders }) =>
    [senders.replyTo, senders.email].some((one) => to.includes(plain(one))),
  );
  // It may be the mail of a site that cannot be read: it is given again until it can, and goes to no other.
  if (own === undefined && faults[0] !== undefined) throw faults[0].error;
  const site = own ?? sites[0];
  if (site === undefined) throw new NotFoundError("No site is set up", {});
  return site;
}

function plain(address: string): string {
  return address.trim().toLowerCase();
}

/** Whoever asks for no more gets no more emails from now on; what they wrote is read all the same. */
async function stopEmails(deps: ReceiveEmailDeps, inbound: InboundWords): Promise<void> {
  await commitContactPoint(deps, {
    contactPointId: inbound.contactPointId,
    channel: "email",
    command: { type: "stop", how: "email" },
    commandId: `email/${inbound.providerId}`,
    actor,
  });
}

/** An address that nobody here has: a person of the site reads it, and words of danger page its on-call. */
async function receiveFromStranger(
  deps: ReceiveEmailDeps,
  inbound: InboundWords,
  { site, address }: { readonly site: Site; readonly address: string },
): Promise<EmailResult> {
  const stored = await storeOnce(deps, inbound, [
    markerPut(inbound),
    ...ownedBySite(deps, inbound, address),
  ]);
  if (stored === "done-before") return "duplicate";
  const { crisisRule, isForReading } = inbound.sorted;
  // Words that only may mean danger ring nobody while there is a clinician with the task before them.
  if (crisisRule !== undefined && !(isForReading && isStaffed(site, deps.clock.now()))) {
    const key = `email-${inbound.providerId}`;
    if (!(await pageSite(deps.pager, site, deps.clock.now(), key)))
      deps.logger.error("A page about an email reached nobody; it stands in the queue", {
        code: "page-undelivered",
      });
  }
  await finishInbound(deps, inbound);
  return "unmatched";
}

function ownedBySite(
  deps: ReceiveEmailDeps,
  inbound: InboundWords,
  address: string,
): readonly WriteOperation[] {
  const { siteId, providerId, receivedAt, contactPointId, sorted } = inbound;
  const noteId = deps.ids.next();
  const isDanger = sorted.crisisRule !== undefined;
  const task = siteTaskItem({
    siteId,
    taskId: deps.ids.next(),
    taskKind: "inbound-reply",
    occurrence: `email-${providerId}`,
    words: isDanger
      ? "An email from an address that nobody here has may speak of danger. Read it and find the person now."
      : "An email came from an address that nobody here has. Read it and answer.",
    assignedFunction: isDanger ? "clinician" : "front-desk",
    priority: isDanger ? "safety" : "normal",
    now: receivedAt,
    dueInHours: isDanger ? 1 : 24,
    about: { type: "note", id: noteId },
    evidence: {
      contactPointId,
      sort: sorted.kind,
      ...(sorted.crisisRule === undefined ? {} : { rule: sorted.crisisRule }),
    },
  });
  return [
    { put: { table: "care", item: task } },
    notePut(keys.site(siteId).pk, noteId, inbound),
    ...(address === ""
      ? []
      : [
          {
            put: {
              table: "identity",
              item: {
                ...keys.address(contactPointId),
                schemaVersion: 1,
                address,
                channel: "email",
              },
            },
          } as const,
        ]),
  ];
}
