import { Draft } from "../../shared/care/change/draft.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { openTask, taskSk } from "../../shared/care/tasks/open-task.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import { isUnreadable } from "../../shared/store/read-stored.ts";
import { reportUnreadable } from "../../shared/store/report-unreadable.ts";

const longestRetryMinutes = 24 * 60;
/** An alert is never left alone for longer: its clocks run in real hours and end with contact, not with an error. */
const alertRetryMinutes = 2;

/**
 * A step that could not be carried out becomes work for a person, with "try again", and is tried again
 * by itself later and later: nothing ends in silence.
 */
export async function reportProblem(
  deps: CareDeps,
  input: {
    readonly episodeId: string;
    readonly driver: WorkflowRun;
    readonly problem: string;
    readonly commandId: string;
  },
): Promise<void> {
  try {
    await openProblem(deps, input);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    // The episode itself cannot be decided about: its site gets the task, and the sweep tries the step again.
    const key = keys.episode(input.episodeId);
    const root = await deps.store.get("care", key.pk, key.sk);
    await reportUnreadable(deps, {
      siteId: typeof root?.siteId === "string" ? root.siteId : "",
      error,
      episodeId: input.episodeId,
      isSafety: input.driver.workflow === "escalation",
    });
  }
}

async function openProblem(
  deps: CareDeps,
  input: Parameters<typeof reportProblem>[1],
): Promise<void> {
  await decideAndCommit(deps, {
    episodeId: input.episodeId,
    commandId: input.commandId,
    actor: { kind: "system", part: "advance-care" },
    alsoLoad: [input.driver.sk],
    decide: (state, ctx) => {
      const run = state.items.get(input.driver.sk);
      if (run?.kind !== "driver" || run.status === "done") return { answer: "reported" };
      const draft = new Draft(state, ctx);
      const occurrence = `${run.driverId}-${run.step}`;
      const known = state.items.get(taskSk("workflow-problem", occurrence));
      // The task of an earlier failure may be done by now: this one is seen, too.
      const isSeen = known === undefined || (known.kind === "task" && known.status === "open");
      openTask(draft, ctx, {
        taskKind: "workflow-problem",
        occurrence: isSeen ? occurrence : `${occurrence}-g${run.generation}`,
        words: `The step "${run.step}" of ${run.workflow} could not be carried out. Try again, or do it by hand.`,
        about: { type: "driver", id: run.driverId },
        driverId: run.driverId,
        evidence: { problem: input.problem, generation: run.generation },
      });
      draft.replace(run, {
        status: "lost",
        idleSteps: 0,
        expectedBy: addMinutes(ctx.now, retryMinutes(run)),
      });
      return {
        answer: "reported",
        change: draft.finish("workflow-problem-reported", {
          driverId: run.driverId,
          step: run.step,
        }),
      };
    },
  });
}

function retryMinutes(run: WorkflowRun): number {
  if (run.workflow === "escalation") return alertRetryMinutes;
  return Math.min(15 * 2 ** Math.min(run.generation - 1, 7), longestRetryMinutes);
}
