import { isRefusal } from "../../shared/care/change/change.ts";
import { decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import { assess } from "../../workflows/intake/assess.ts";
import type { StaffWorld } from "../fakes/staff-world.ts";

/**
 * Takes the step that puts an admission up for a decision, as the intake workflow does.
 * @returns id of the approval
 */
export async function proposeAdmissionOf(world: StaffWorld, episodeId: string): Promise<string> {
  let taskId = "";
  await decideAndCommit(world.deps, {
    episodeId,
    commandId: `propose/${episodeId}`,
    actor: { kind: "system", part: "advance-care" },
    decide: (state, ctx) => {
      const run = [...state.items.values()].find((item) => item.kind === "driver");
      if (run?.kind !== "driver") throw new Error("There is no workflow");
      const { change } = assess(state, run, ctx);
      if (change === undefined || isRefusal(change)) throw new Error("Nothing was proposed");
      for (const { item } of change.puts)
        if (item.kind === "task" && item.taskKind === "admission-approval") taskId = item.taskId;
      return { change, answer: "proposed" };
    },
  });
  return taskId;
}
