import { isRefusal } from "../../shared/care/change/change.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import { climbOwedTask, owedAlertSk } from "../../shared/care/safety/climb-owed-work.ts";
import {
  handUp,
  handUpLateTask,
  lateWorkAction,
  lateWorkFacts,
} from "../../shared/care/tasks/late-work.ts";
import { climbSiteTask } from "../../shared/care/tasks/owed-site-task.ts";
import { episodeIdOf, siteIdOf } from "../../shared/keys/keys.ts";
import type { FunctionRunner } from "../../shared/ports/function-runner.ts";
import type { StoredItem } from "../../shared/ports/store.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import { readEpisodeItem } from "../../shared/store/episode-forms.ts";
import { changeSiteTask } from "../../shared/store/site-task.ts";

type Due = Pick<StoredItem, "pk" | "sk"> & { readonly workAt?: unknown };

const nothingToPassOn = { refused: "not-now", sentence: "There is nothing to pass on." } as const;
const actor = { kind: "system", part: "sweep-stalled-work" } as const;

/**
 * Passes work that nobody did in time on to the next function: what is owed to a person by its own steps,
 * everything else by the record of its kind. The task is read again and decides:
 * what was done meanwhile is left alone.
 * @param due - an entry of the due-work index
 * @returns true when somebody else has the work now
 * @throws {StoreUnavailableError} when the store cannot be reached; safe to call again
 */
export async function climbDueTask(
  deps: CareDeps & { readonly functions: FunctionRunner },
  due: Due,
): Promise<boolean> {
  const siteId = siteIdOf(due.pk);
  if (siteId !== undefined) return climbDueSiteTask(deps, due, siteId);
  const episodeId = episodeIdOf(due.pk);
  if (episodeId === undefined) return false;
  const stored = await deps.store.get("care", due.pk, due.sk);
  const task = stored === undefined ? undefined : readEpisodeItem(stored);
  if (task?.kind !== "task") return false;
  const outcome = await decideAndCommit(deps, {
    episodeId,
    // Each step of a task is due at an instant of its own.
    commandId: `climb-owed/${due.sk}/${String(due.workAt)}`,
    actor,
    // An alert that was closed is known: it is not raised a second time.
    alsoLoad: task.owed === undefined ? [] : [owedAlertSk(task.owed)],
    decide: (state, ctx) => {
      const change = climbOwedTask(state, ctx, due.sk) ?? handUpLateTask(state, ctx, due.sk);
      return change === undefined ? { answer: "nothing-to-pass-on" } : { answer: "passed", change };
    },
  });
  return outcome.answer === "passed" && !outcome.isRepeat;
}

async function climbDueSiteTask(
  deps: CareDeps & { readonly functions: FunctionRunner },
  due: Due,
  siteId: string,
): Promise<boolean> {
  const stored = await deps.store.get("care", due.pk, due.sk);
  const task = stored === undefined ? undefined : readEpisodeItem(stored);
  if (task?.kind !== "task") return false;
  return task.owed === undefined
    ? handUpSiteTask(deps, due, siteId)
    : climbOwedSiteTask(deps, { due, siteId, task });
}

async function handUpSiteTask(deps: CareDeps, due: Due, siteId: string): Promise<boolean> {
  const outcome = await changeSiteTask(deps, {
    siteId,
    sk: due.sk,
    commandId: `hand-up/${due.sk}/${String(due.workAt)}`,
    actor,
    decide: (task, now) => {
      const handed = handUp(task, now);
      if (handed === undefined) return nothingToPassOn;
      return {
        fields: handed.task,
        clears: ["assignedTo", "snoozedUntil"],
        action: lateWorkAction,
        facts: lateWorkFacts(task, handed.step),
      };
    },
    also: () => [],
  });
  return !isRefusal(outcome);
}

/** The page goes out before the step counts as taken: a crash in between pages twice, and never not at all. */
async function climbOwedSiteTask(
  deps: CareDeps & { readonly functions: FunctionRunner },
  { due, siteId, task }: { readonly due: Due; readonly siteId: string; readonly task: CareTask },
): Promise<boolean> {
  const owed = climbSiteTask(task, deps.clock.now());
  if (owed === undefined) return false;
  const attempt = (task.owed?.steps ?? []).filter((step) => step.takenAt !== undefined).length + 1;
  await deps.functions.run("page-on-call", {
    schemaVersion: 1,
    siteId,
    taskSk: due.sk,
    attempt,
    dueAt: owed.step.at,
  });
  const outcome = await changeSiteTask(deps, {
    siteId,
    sk: due.sk,
    commandId: `climb-owed/${due.sk}/${String(due.workAt)}`,
    actor,
    decide: (fresh, now) => {
      const climbed = climbSiteTask(fresh, now);
      if (climbed === undefined) return nothingToPassOn;
      return {
        fields: climbed.fields,
        action: "owed-work-passed-on",
        facts: { taskId: fresh.taskId, taskKind: fresh.taskKind, to: climbed.step.to },
      };
    },
    also: () => [],
  });
  return !isRefusal(outcome);
}
