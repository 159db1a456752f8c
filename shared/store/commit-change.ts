import type { Change, PlannedPut, Projection } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { isOpenItem } from "../care/change/draft.ts";
import type { OutboxEntry } from "../care/change/outbox-entry.ts";
import type { EpisodeItem, OpenState } from "../care/episode/episode-item.ts";
import { runsToWake } from "../care/runs/workflow-runs.ts";
import { readGroupSessionId } from "../care/sessions/group-session-id.ts";
import { TransactionConflictError } from "../errors/transaction-conflict-error.ts";
import { keys } from "../keys/keys.ts";
import type { WriteOperation } from "../ports/store.ts";
import { auditEntry } from "./audit-entry.ts";
import type { CareDeps } from "./care-deps.ts";
import { commandText, rememberedCommand } from "./carry-out-once.ts";
import { storedEpisode, storedItem } from "./episode-forms.ts";
import { linkForm } from "./find-link.ts";
import { rosterOperations } from "./list-sites.ts";
import { type OwedOutboxEntry, outboxItem, splitChange } from "./outbox-item.ts";
import { listedNameOperations } from "./person-items.ts";
import { currentVersion } from "./read-stored.ts";
import { reportLargeItems } from "./report-large-items.ts";
import { largeItems } from "./rules/check-operations.ts";
import { groupSessionForm, seatForm } from "./seats.ts";

/** Words and names are written once as they were said; none of their forms has changed. */
const identityVersion = 1;
const rememberedCommands = 32;
const conflictRetries = 8;
/** A decision that met another one soon needs a fresh look rather than the same write once more. */
export const conflictRetriesOfDecision = 1;

/**
 * Runs a transaction again, with jitter, when another one was in the way. Every commit of care comes through here, so
 * it also has somebody told of an item that has grown large.
 * @throws {ItemTooLargeError} when an item would be larger than the database lets one be: nothing was written
 */
export async function transactWithRetry(
  deps: Pick<CareDeps, "store" | "pause" | "clock" | "ids">,
  operations: readonly WriteOperation[],
  retries: number = conflictRetries,
): Promise<void> {
  await transactAgain(deps, operations, retries);
  const large = largeItems(operations);
  if (large.length > 0)
    await reportLargeItems(deps, large, (task) => transactAgain(deps, task, conflictRetries));
}

async function transactAgain(
  deps: Pick<CareDeps, "store" | "pause">,
  operations: readonly WriteOperation[],
  retries: number,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await deps.store.transact(operations);
      return;
    } catch (error) {
      if (!(error instanceof TransactionConflictError) || attempt > retries) throw error;
      await deps.pause.milliseconds(10 * 2 ** Math.min(attempt, 5));
    }
  }
}

/**
 * Commits one decision: the version-checked episode, its items, what mirrors them elsewhere, the
 * audit entry and the outbox entries owed, in one transaction. Where that is more than a transaction holds, what
 * the episode no longer looks at follows as outbox entries; it never fails for its size.
 * @param input.before - undefined for a new episode
 * @throws {ConditionFailedError} when the episode or an item has moved on: load and decide again
 * @throws {TransactionConflictError} when others write to the same at this moment: load and decide again
 */
export async function commitChange(
  deps: CareDeps,
  input: {
    readonly before: OpenState | undefined;
    readonly change: Change;
    readonly commandId: string;
    /** What a repeat of the command is told. */
    readonly answer: string;
    readonly ctx: DecisionContext;
    /** The run whose own step this is; it goes on by itself. */
    readonly ownDriverSk?: string;
    readonly also?: readonly WriteOperation[];
  },
): Promise<void> {
  const { change, ctx } = input;
  const aggregateId = keys.episode(change.episode.episodeId).pk;
  const audit = auditEntry(deps.secrets, {
    aggregateId,
    chain: change.episode.audit,
    at: ctx.now,
    commandId: input.commandId,
    draft: change.audit,
  });
  const episode = {
    ...change.episode,
    audit: audit.chain,
    recentCommands: [
      ...change.episode.recentCommands,
      commandText(rememberedCommand(deps.secrets, input.commandId), input.answer),
    ].slice(-rememberedCommands),
  };
  const after: OpenState = {
    episode,
    items: new Map([
      ...(input.before?.items ?? []),
      ...change.puts.map((put) => [put.item.sk, put.item] as const),
    ]),
  };
  const outbox = [
    ...change.outbox,
    ...runsToWake(after, ctx, deps.reviews, input.ownDriverSk).map(
      (run) => ({ kind: "wake-driver", episodeId: episode.episodeId, driverSk: run.sk }) as const,
    ),
  ];
  const outboxPut = (entry: OwedOutboxEntry): WriteOperation => ({
    put: {
      table: "care",
      item: outboxItem({
        pk: aggregateId,
        siteId: episode.siteId,
        effectId: deps.ids.next(),
        effect: entry,
        now: ctx.now,
      }),
    },
  });
  const itemPut = (put: PlannedPut): WriteOperation => ({
    put: {
      table: "care",
      item: storedItem(episode, put.item),
      condition:
        put.expects === "absent"
          ? { kind: "absent" }
          : { kind: "equals", attributes: { version: put.expects.version } },
    },
  });
  const together: WriteOperation[] = [
    {
      put: {
        table: "care",
        item: storedEpisode(episode),
        condition:
          input.before === undefined
            ? { kind: "absent" }
            : { kind: "equals", attributes: { version: input.before.episode.version } },
      },
    },
    ...rosterOperations(input.before?.episode, episode),
    ...change.puts.filter((put) => !mayFollow(put)).map(itemPut),
    ...change.identityPuts.flatMap((put) => listedNameOperations(episode.siteId, put)),
    ...change.identityPuts.map(
      (put): WriteOperation => ({
        put: {
          table: "identity",
          item: { schemaVersion: identityVersion, ...put.attributes, pk: put.pk, sk: put.sk },
        },
      }),
    ),
    ...outbox.filter(isPage).map(outboxPut),
    ...audit.operations,
    ...(input.also ?? []),
  ];
  const later = [
    ...outbox.filter((entry) => !isPage(entry)).map(outboxPut),
    ...change.projections.flatMap((projection) => projectionOperations(episode, projection)),
    ...change.puts.filter(mayFollow).map(itemPut),
  ];
  const { now, rests } = splitChange({ together, later });
  await transactWithRetry(
    deps,
    [...now, ...rests.map((operations) => outboxPut({ kind: "write-rest", operations }))],
    conflictRetriesOfDecision,
  );
}

/** Somebody's safety: never behind anything else. */
function isPage(entry: OutboxEntry): boolean {
  return entry.kind === "page";
}

const planned: readonly EpisodeItem["kind"][] = ["message", "task", "session", "form", "check-in"];

/** A plan that this change ends: no decision looks at it again, so it may be written a moment later. */
function mayFollow({ item, expects }: PlannedPut): boolean {
  return expects !== "absent" && planned.includes(item.kind) && !isOpenItem(item);
}

function projectionOperations(
  episode: { readonly episodeId: string; readonly participantId: string; readonly siteId: string },
  projection: Projection,
): readonly WriteOperation[] {
  if (projection.kind === "link") {
    return [
      {
        put: {
          table: "care",
          item: {
            ...keys.link(projection.linkId),
            schemaVersion: currentVersion(linkForm),
            kind: "link",
            linkId: projection.linkId,
            episodeId: episode.episodeId,
            participantId: episode.participantId,
            siteId: episode.siteId,
            purpose: projection.purpose,
            itemSk: projection.itemSk,
            opensAt: projection.opensAt,
            endsAt: projection.endsAt,
            ...(projection.isOnTablet === undefined ? {} : { isOnTablet: true }),
          },
        },
      },
    ];
  }
  const { plannedOn = "" } = readGroupSessionId(projection.groupSessionId) ?? {};
  const { on = plannedOn } = projection;
  return [
    {
      put: {
        table: "care",
        item: {
          ...keys.seat(projection.groupSessionId, episode.episodeId),
          schemaVersion: currentVersion(seatForm),
          kind: "seat",
          groupSessionId: projection.groupSessionId,
          episodeId: episode.episodeId,
          sessionSk: projection.sessionSk,
          ...(projection.attendance === undefined ? {} : { attendance: projection.attendance }),
        },
      },
    },
    {
      put: {
        table: "care",
        item: {
          ...keys.siteDay(episode.siteId, on, projection.groupSessionId),
          schemaVersion: currentVersion(groupSessionForm),
          kind: "group-session",
          groupSessionId: projection.groupSessionId,
        },
      },
    },
  ];
}
