import { isRefusal } from "../../shared/care/change/change.ts";
import type { DeferredCommand, SamePersonCommand } from "../../shared/care/change/outbox-entry.ts";
import { applyDeferred } from "../../shared/messages/apply-deferred.ts";
import type { FunctionRunner } from "../../shared/ports/function-runner.ts";
import { transactWithRetry } from "../../shared/store/commit-change.ts";
import { commitContactPoint } from "../../shared/store/commit-contact-point.ts";
import { decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import { owedAt, readOutboxEntry, type StoredOutboxEntry } from "../../shared/store/outbox-item.ts";
import { followSiteDay } from "../weekly-program/follow-schedule.ts";
import { followApart } from "./people/keep-apart.ts";
import { followSamePerson, lookForSamePerson } from "./people/look-for-same-person.ts";
import { type RunDeps, startRun, wakeRun } from "./start-run.ts";
import { tellEpisodes } from "./tell-episodes.ts";
import { tellSiteDay } from "./tell-site-day.ts";
import { writeRest } from "./write-rest.ts";

export type OutboxDeps = RunDeps & { readonly functions: FunctionRunner };

/**
 * Carries out one outbox entry and removes it. At least once: a crash in between carries it out again, which
 * every kind bears. Reads the item first: what is gone has been carried out.
 */
export async function carryOutOutboxEntry(
  deps: OutboxDeps,
  key: { readonly pk: string; readonly sk: string },
): Promise<"done" | "gone"> {
  const item = await deps.store.get("care", key.pk, key.sk);
  if (item === undefined) return "gone";
  const stored = readOutboxEntry(item);
  await carryOut(deps, stored);
  await transactWithRetry(deps, [{ delete: { table: "care", pk: key.pk, sk: key.sk } }]);
  return "done";
}

const samePersonTypes = [
  "same-person",
  "goes-on-elsewhere",
  "came-back",
  "readmitted",
  "medicine-elsewhere",
  "not-the-same",
] as const;

function isSamePersonCommand(command: DeferredCommand): command is SamePersonCommand {
  return samePersonTypes.some((type) => type === command.type);
}

async function carryOut(deps: OutboxDeps, stored: StoredOutboxEntry): Promise<void> {
  const { effect: entry, effectId } = stored;
  switch (entry.kind) {
    case "start-driver":
      return startRun(deps, entry.episodeId, entry.driverSk);
    case "wake-driver":
      return wakeRun(deps, entry.episodeId, entry.driverSk);
    case "page":
      return deps.functions.run("page-on-call", {
        schemaVersion: 1,
        episodeId: entry.episodeId,
        escalationSk: entry.escalationSk,
        tier: entry.tier,
        attempt: entry.attempt,
      });
    case "send":
      return deps.functions.run("send-message", {
        schemaVersion: 1,
        episodeId: entry.episodeId,
        messageSk: entry.messageSk,
      });
    case "contact-point":
      await commitContactPoint(deps, {
        contactPointId: entry.contactPointId,
        channel: entry.channel,
        command:
          entry.command === "stop" ? { type: "stop", how: "staff" } : { type: entry.command },
        commandId: `effect/${effectId}`,
        actor: entry.by,
      });
      return;
    case "tell-episodes":
      return tellEpisodes(deps, entry, { effectId, owedAt: owedAt(stored) });
    case "tell-site-day":
      return tellSiteDay(deps, entry, { effectId, owedAt: owedAt(stored) });
    case "look-for-same-person":
      return lookForSamePerson(deps, entry.episodeId, `effect/${effectId}`);
    case "write-rest":
      return writeRest(deps, entry.operations);
    case "apply": {
      const { command, episodeId } = entry;
      if (isSamePersonCommand(command))
        return followSamePerson(deps, { episodeId, command }, `effect/${effectId}`);
      await decideAndCommit(deps, {
        episodeId,
        commandId: `effect/${effectId}`,
        actor: { kind: "system", part: "carry-out-effects" },
        // Sessions that were cancelled are out of sight otherwise.
        ...(command.type === "site-day-changed" ? { alsoLoad: command.sessionSks } : {}),
        decide: (state, ctx) => {
          const change =
            command.type === "site-day-changed"
              ? followSiteDay(state, command, ctx)
              : command.type === "apart"
                ? followApart(state, command, ctx)
                : applyDeferred(state, command, ctx);
          // A refusal here means that nothing is left to do, e.g. the episode has ended.
          if (change === undefined || isRefusal(change)) return { answer: "nothing-to-do" };
          return { answer: "applied", change };
        },
      });
      return;
    }
  }
}
