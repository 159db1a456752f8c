import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { statusLabels } from "../../shared/care/episode/status.ts";
import { keepAftercare, mayKeepContact } from "../../shared/care/pathway/aftercare-hand-off.ts";
import { finishWithReason } from "../../shared/care/safety/finish-with-reason.ts";
import { endTask } from "../../shared/care/tasks/end-task.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { actingStaff } from "../../shared/care/tasks/refuse.ts";

/** A member of staff, as far as it matters here. */
type Named = {
  readonly staffId: string;
  readonly siteIds: readonly string[];
  readonly functions: readonly string[];
};

/**
 * Names who keeps contact with somebody in the aftercare, in place of whoever did, at once: somebody has to have it
 * although the other has left. Both hear of it by a task; whoever cannot says so, and whoever named them looks further.
 * @param body.named - undefined where nobody of that id is on the staff
 */
export function setKeeper(
  state: OpenState,
  body: { readonly named: Named | undefined; readonly reason: string },
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const { named } = body;
  const refusal = refuse(state.episode, named);
  if (refusal !== undefined || named === undefined) return refusal ?? nobody;
  const draft = new Draft(state, ctx);
  const from = state.episode.aftercare?.keptBy?.staffId;
  endQuestions(draft, ctx, named);
  keepAftercare(draft, ctx, named.staffId);
  if (named.staffId !== staff.staffId)
    openTask(draft, ctx, {
      taskKind: "aftercare-keeper",
      occurrence: `v${state.episode.version}`,
      words:
        "You were named as the one who keeps contact with this person after the program: their calls are yours first from now on. The history says why, and who kept contact before. Confirm it, or say that you cannot.",
      assignedTo: named.staffId,
      evidence: { receiverId: named.staffId, namedBy: staff.staffId },
    });
  return finishWithReason(
    draft,
    ctx,
    "aftercare-keeper-set",
    { to: named.staffId, ...(from === undefined ? {} : { from }) },
    body.reason,
  );
}

const nobody: Refusal = {
  refused: "invalid",
  sentence: "Say who keeps contact: somebody who works at this site.",
};

function refuse(
  { status, siteId, aftercare }: Episode,
  named: Named | undefined,
): Refusal | undefined {
  if (status !== "aftercare")
    return {
      refused: "not-now",
      sentence: `Who keeps contact after the program is named in the aftercare (now: ${statusLabels[status].toLowerCase()}).`,
    };
  if (named?.siteIds.includes(siteId) !== true) return nobody;
  if (!mayKeepContact(named))
    return {
      refused: "invalid",
      sentence:
        "A case manager, clinician, nurse or peer keeps contact: they ring the person. Name one of them.",
    };
  return aftercare?.keptBy?.staffId === named.staffId
    ? { refused: "not-now", sentence: "They keep contact already. Name somebody else." }
    : undefined;
}

/**
 * Whoever was asked to go on, or to find somebody, need not any more, nor read that they do not keep contact if they
 * do again. What is asked on a later day is asked all the same.
 */
function endQuestions(draft: Draft, { now }: DecisionContext, named: Named): void {
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.status !== "open" || (item.snoozedUntil ?? now) > now)
      continue;
    const isOver =
      item.taskKind === "aftercare-take-over" ||
      item.taskKind === "aftercare-keeper" ||
      item.taskKind === "aftercare-hand-off" ||
      (item.taskKind === "aftercare-passed-on" && item.assignedTo === named.staffId);
    if (isOver) endTask(draft, item, "superseded");
  }
}
