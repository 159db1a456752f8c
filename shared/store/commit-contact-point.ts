import type { DeferredCommand } from "../care/change/outbox-entry.ts";
import { type ContactPoint, newContactPoint } from "../care/contact-points/contact-point.ts";
import {
  type ContactPointChange,
  type ContactPointCommand,
  decideContactPoint,
} from "../care/contact-points/decide-contact-point.ts";
import type { Actor } from "../care/episode/actor.ts";
import type { Channel } from "../care/program/program.ts";
import { keys } from "../keys/keys.ts";
import type { WriteOperation } from "../ports/store.ts";
import { auditEntry } from "./audit-entry.ts";
import type { CareDeps } from "./care-deps.ts";
import { amongOthers } from "./carry-out-once.ts";
import { conflictRetriesOfDecision, transactWithRetry } from "./commit-change.ts";
import {
  type ContactPointEpisode,
  contactPointItem,
  loadContactPoint,
  newestContactPointEpisode,
} from "./contact-point-items.ts";
import { outboxItem } from "./outbox-item.ts";

export type ContactPointOutcome = {
  readonly contactPoint: ContactPoint;
  /** False when it was so already, or the command took effect earlier. */
  readonly isChanged: boolean;
};

const rememberedCommands = 32;
/** The outcome is unknown: the next look finds the command among the recent ones if it took effect. */
const unknownOutcomes = 2;

/**
 * Applies one command to a contact point: the root, its audit entry and what is owed to the episodes that
 * are reached there, in one transaction of the same few items however many they are. Effective at once for
 * all who share it, since the send gate and the claim read the contact point and not the episodes. An
 * unknown address gets its record.
 *
 * @throws {StoreUnavailableError} when the store cannot be reached; safe to call again with the same id
 */
export async function commitContactPoint(
  deps: CareDeps,
  input: {
    readonly contactPointId: string;
    readonly channel: Channel;
    readonly command: ContactPointCommand;
    readonly commandId: string;
    readonly actor: Actor;
  },
): Promise<ContactPointOutcome> {
  const decideOnce = async (): Promise<ContactPointOutcome> => {
    const [found, newest] = await Promise.all([
      loadContactPoint(deps.store, input.contactPointId),
      newestContactPointEpisode(deps.store, input.contactPointId),
    ]);
    const point = found ?? newContactPoint(input);
    const isKnown = point.recentCommands.includes(input.commandId);
    const change = isKnown ? undefined : decideContactPoint(point, input.command, deps.clock.now());
    if (change === undefined) return { contactPoint: point, isChanged: false };
    const operations = operationsOf(deps, input, found, change, newest);
    await transactWithRetry(deps, operations, conflictRetriesOfDecision);
    return { contactPoint: change.contactPoint, isChanged: true };
  };
  return amongOthers(deps, decideOnce, unknownOutcomes);
}

function operationsOf(
  deps: CareDeps,
  input: Parameters<typeof commitContactPoint>[1],
  before: ContactPoint | undefined,
  change: ContactPointChange,
  newest: ContactPointEpisode | undefined,
): readonly WriteOperation[] {
  const now = deps.clock.now();
  const aggregateId = keys.contactPoint(input.contactPointId).pk;
  const audit = auditEntry(deps.secrets, {
    aggregateId,
    chain: change.contactPoint.audit,
    at: now,
    commandId: input.commandId,
    draft: { action: change.action, actor: input.actor, facts: change.facts },
  });
  const item = contactPointItem({
    ...change.contactPoint,
    audit: audit.chain,
    recentCommands: [...change.contactPoint.recentCommands, input.commandId].slice(
      -rememberedCommands,
    ),
  });
  const condition =
    before === undefined
      ? ({ kind: "absent" } as const)
      : ({ kind: "equals", attributes: { version: before.version } } as const);
  return [
    { put: { table: "care", item, condition } },
    ...audit.operations,
    ...(newest === undefined
      ? []
      : noticeOperations(deps, input, change, { siteId: newest.siteId, pk: aggregateId, now })),
  ];
}

/** One effect for all of them; `siteId` says whose sweep looks after it. */
function noticeOperations(
  deps: CareDeps,
  input: Parameters<typeof commitContactPoint>[1],
  change: ContactPointChange,
  at: { readonly siteId: string; readonly pk: string; readonly now: string },
): readonly WriteOperation[] {
  if (change.notice === undefined) return [];
  const { contactPointId, channel } = input;
  const command: DeferredCommand = { ...change.notice, channel, contactPointId };
  const entry = { kind: "tell-episodes", contactPointId, commands: [command] } as const;
  return [
    {
      put: { table: "care", item: outboxItem({ ...at, effectId: deps.ids.next(), effect: entry }) },
    },
  ];
}
