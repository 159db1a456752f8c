import { askForAttendance } from "../../shared/care/sessions/ask-for-attendance.ts";
import { episodeIdOf } from "../../shared/keys/keys.ts";
import type { StoredItem } from "../../shared/ports/store.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { decideAndCommit } from "../../shared/store/decide-and-commit.ts";

/**
 * Asks a person for attendance that is still not marked. The session, or the task about it, is read again
 * and decides: what was marked, cancelled or asked for meanwhile is left alone.
 * @param due - an entry of the due-work index
 * @returns true when somebody was asked
 * @throws {StoreUnavailableError} when the store cannot be reached; safe to call again
 */
export async function askForDueAttendance(
  deps: CareDeps,
  due: Pick<StoredItem, "pk" | "sk"> & { readonly workAt?: unknown },
): Promise<boolean> {
  const episodeId = episodeIdOf(due.pk);
  if (episodeId === undefined) return false;
  const outcome = await decideAndCommit(deps, {
    episodeId,
    // Each question about a session is due at an instant of its own.
    commandId: `ask-for-attendance/${due.sk}/${String(due.workAt)}`,
    actor: { kind: "system", part: "sweep-stalled-work" },
    decide: (state, ctx) => {
      const change = askForAttendance(state, ctx, due.sk);
      return change === undefined ? { answer: "nothing-to-ask" } : { answer: "asked", change };
    },
  });
  return outcome.answer === "asked" && !outcome.isRepeat;
}
