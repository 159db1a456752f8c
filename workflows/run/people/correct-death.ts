import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { endReviewOfDeath } from "../../../shared/care/pathway/review-death.ts";
import type { StaffFunction } from "../../../shared/care/program/staff-functions.ts";
import { isClinician } from "../../../shared/care/safety/clinicians.ts";
import { finishWithReason } from "../../../shared/care/safety/finish-with-reason.ts";
import type { GroupPlaces } from "../../../shared/care/sessions/full-groups.ts";
import { openTask } from "../../../shared/care/tasks/open-task.ts";
import { actingStaff } from "../../../shared/care/tasks/refuse.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { whatFollowed } from "../../../shared/messages/what-followed.ts";
import { sayPlaces } from "./return-to-groups.ts";
import { standAgain } from "./stand-again.ts";

/**
 * Puts a death right that was recorded by mistake: what it ended stands again as it would stand now. Work that was owed
 * is owed with its own deadline, workflows go on as their next generation, visits and messages that are still to come
 * come, by the facts of now. What has passed is neither sent nor made up for, and the person is told nothing by
 * itself: somebody calls.
 *
 * @param state - with what the death ended among its items, closed as it is by now
 * @param groups - the groups that the person comes to again, as {@link returnPlaces} reads them
 */
export function correctDeath(
  state: OpenState,
  { reason }: { readonly reason: string },
  ctx: DecisionContext,
  groups: readonly GroupPlaces[],
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const { death, disposition } = state.episode;
  if (disposition !== "deceased")
    return { refused: "not-now", sentence: "No death is on record for this person." };
  if (!mayCorrectDeath(staff))
    return {
      refused: "not-allowed",
      sentence: "A clinician or a supervisor puts a recorded death right. Ask one of them.",
    };
  if (death === undefined)
    return {
      refused: "not-now",
      sentence:
        "This death was recorded before it was kept what stood then, so nothing can be put back. Call the person, and enter a new referral for them.",
    };
  const draft = new Draft(state, ctx);
  const was = draft.episode.status;
  endReviewOfDeath(draft);
  draft.clear("death");
  standAgain(draft, ctx, death, "deceased", groups);
  const places = sayPlaces(draft, ctx, groups);
  openTask(draft, ctx, {
    taskKind: "first-contact-call",
    occurrence: `death-corrected-v${state.episode.version}`,
    words: `A death was recorded by mistake on ${localDate(death.recordedAt, death.timeZone)}, and nothing was sent or asked since. Nobody has told the person: call, find out how they are, and agree on what comes next.`,
  });
  return finishWithReason(
    draft,
    ctx,
    "death-corrected",
    {
      recordedAt: death.recordedAt,
      from: was,
      to: death.status,
      ...places,
      ...whatFollowed(state, draft.state),
    },
    reason,
  );
}

const supervising: readonly StaffFunction[] = ["supervisor", "site-lead"];

/** True for whoever may put a recorded death right. */
export function mayCorrectDeath(staff: { readonly functions: readonly StaffFunction[] }): boolean {
  return isClinician(staff) || staff.functions.some((one) => supervising.includes(one));
}
