import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { endTask, isAbout, openInPlaceOf } from "../tasks/end-task.ts";

const occasion = "service-drug-screen-result-";
const isOfResult = isAbout("clinician-review", occasion);

/**
 * A result of a drug screen that has come and that no clinician has read is a clinician's task, until one records that
 * they have read it. The task does not say what the result is: it may be presumptive, and lists are looked at by many.
 * @param record.version - of the record that says so
 */
export function followScreenResult(
  draft: Draft,
  ctx: DecisionContext,
  record: { readonly version: number; readonly hasCome: boolean; readonly isRead: boolean },
): void {
  if (record.isRead) {
    for (const item of draft.items())
      if (item.kind === "task" && isOfResult(item)) endTask(draft, item, "has-come");
    return;
  }
  if (!record.hasCome) return;
  openInPlaceOf(
    draft,
    ctx,
    {
      taskKind: "clinician-review",
      occurrence: `${occasion}${record.version}`,
      words:
        "The result of a drug screen is in, and no clinician has read it. Read it, and record that you have and who tells the person: in words, never by message.",
      assignedFunction: "clinician",
      about: { type: "service", id: "drug-screen" },
      evidence: {},
    },
    isOfResult,
  );
}
