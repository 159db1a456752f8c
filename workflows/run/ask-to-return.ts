import { Draft } from "../../shared/care/change/draft.ts";
import { noteLastContact } from "../../shared/care/change/last-contact.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import { addStaffedMinutes } from "../../shared/care/program/staffed-time.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { localDate } from "../../shared/care/time/zoned-time.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import type { Link } from "../../shared/store/find-link.ts";

/** Staffed minutes within which somebody speaks with them: the same day (a default that a clinician signs off). */
const withinStaffedMinutes = 240;

/** True for whoever has left the program and is still followed up, or was until lately. */
export function mayAskToReturn({ status, disposition }: Pick<Episode, "status" | "disposition">) {
  return (
    disposition !== "deceased" &&
    (status === "discharged" || status === "aftercare" || status === "closed")
  );
}

/**
 * Somebody presses "I need to come back" on a page of theirs: a person speaks with them the same day, by preference
 * whoever spoke with them last. Pressing it again on that day asks for nothing more.
 */
export async function askToReturn(deps: CareDeps, link: Link): Promise<void> {
  const { episodeId, participantId } = link;
  const actor = { kind: "participant", participantId } as const;
  await decideAndCommit(deps, {
    episodeId,
    commandId: `come-back/${deps.ids.next()}`,
    actor,
    decide: (state, ctx) => {
      const on = localDate(ctx.now, ctx.site.timeZone);
      const isAsked = [...state.items.values()].some(
        (item) =>
          item.kind === "task" &&
          item.taskKind === "inbound-reply" &&
          item.status === "open" &&
          item.evidence.asksToReturn === on,
      );
      if (isAsked) return { answer: "asked" };
      const draft = new Draft(state, ctx);
      const { by } = state.episode.lastContact ?? {};
      openTask(draft, ctx, {
        taskKind: "inbound-reply",
        occurrence: `come-back-v${state.episode.version}`,
        words:
          state.episode.status === "closed"
            ? "Pressed “I need to come back” on their page, after care has ended here. Speak with them today, and where they want to come back, enter a referral."
            : "Pressed “I need to come back” on their page. Speak with them today, and put the level of care up for a decision.",
        assignedFunction: "case-manager",
        ...(by === undefined ? {} : { assignedTo: by }),
        priority: "urgent",
        dueAt: addStaffedMinutes(ctx.site, ctx.now, withinStaffedMinutes),
        evidence: { asksToReturn: on },
      });
      noteLastContact(draft, "wrote");
      return { answer: "asked", change: draft.finish("asked-to-return", {}) };
    },
  });
}
