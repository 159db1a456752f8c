import { isRefusal } from "../../shared/care/change/change.ts";
import { applyDeferred } from "../../shared/messages/apply-deferred.ts";
import type { FunctionRunner } from "../../shared/ports/function-runner.ts";
import { transactWithRetry } from "../../shared/store/commit-change.ts";
import { commitContactPoint } from "../../shared/store/commit-contact-point.ts";
import { decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import { owedAt, readEffect, type StoredEffect } from "../../shared/store/effect-item.ts";
import { type DriverDeps, startDriver, wakeDriver } from "./run-driver.ts";
import { tellEpisodes } from "./tell-episodes.ts";
import { writeRest } from "./write-rest.ts";

export type EffectDeps = DriverDeps & { readonly functions: FunctionRunner };

/**
 * Carries out one effect and removes it. At least once: a crash in between carries it out again, which
 * every kind bears. Reads the item first: what is gone has been carried out.
 */
export async function carryOutEffect(
  deps: EffectDeps,
  key: { readonly pk: string; readonly sk: string },
): Promise<"done" | "gone"> {
  const item = await deps.store.get("care", key.pk, key.sk);
  if (item === undefined) return "gone";
  const stored = readEffect(item);
  await carryOut(deps, stored);
  await transactWithRetry(deps, [{ delete: { table: "care", pk: key.pk, sk: key.sk } }]);
  return "done";
}

async function carryOut(deps: EffectDeps, stored: StoredEffect): Promise<void> {
  const { effect, effectId } = stored;
  switch (effect.kind) {
    case "start-driver":
      return startDriver(deps, effect.episodeId, effect.driverSk);
    case "wake-driver":
      return wakeDriver(deps, effect.episodeId, effect.driverSk);
    case "page":
      return deps.functions.run("page-on-call", {
        schemaVersion: 1,
        episodeId: effect.episodeId,
        escalationSk: effect.escalationSk,
        tier: effect.tier,
        attempt: effect.attempt,
      });
    case "send":
      return deps.functions.run("send-message", {
        schemaVersion: 1,
        episodeId: effect.episodeId,
        messageSk: effect.messageSk,
      });
    case "contact-point":
      await commitContactPoint(deps, {
        contactPointId: effect.contactPointId,
        channel: effect.channel,
        command:
          effect.command === "stop" ? { type: "stop", how: "staff" } : { type: effect.command },
        commandId: `effect/${effectId}`,
        actor: effect.by,
      });
      return;
    case "tell-episodes":
      return tellEpisodes(deps, effect, { effectId, owedAt: owedAt(stored) });
    case "write-rest":
      return writeRest(deps, effect.operations);
    case "apply":
      await decideAndCommit(deps, {
        episodeId: effect.episodeId,
        commandId: `effect/${effectId}`,
        actor: { kind: "system", part: "carry-out-effects" },
        decide: (state, ctx) => {
          const change = applyDeferred(state, effect.command, ctx);
          // A refusal here means that nothing is left to do, e.g. the episode has ended.
          if (change === undefined || isRefusal(change)) return { answer: "nothing-to-do" };
          return { answer: "applied", change };
        },
      });
      return;
  }
}
