import type { CareTask } from "../episode/care-task.ts";
import type { Program } from "../program/program.ts";
import type { StaffFunction } from "../program/staff-functions.ts";
import type { Outcome } from "./outcome.ts";

/**
 * How long a task of a kind has where whoever opens it says nothing else: in staffed time, in real hours,
 * or to the end of the next staffed day.
 */
export type Due =
  | { readonly staffedMinutes: number }
  | { readonly hours: number | ((program: Program) => number) }
  | "end-of-next-staffed-day";

/** All there is to say about one kind of task. */
export type TaskKindRecord = {
  /** What the work is, as pages and lists call it. */
  readonly label: string;
  /** Who may be given it at first; the first one gets it where whoever opens it names nobody. */
  readonly owners: readonly [StaffFunction, ...StaffFunction[]];
  readonly due: Due;
  readonly priority: CareTask["priority"];
  /**
   * Who hears of it when it is not done by its time, and a day after that. Approvals go up by the program's
   * own words, and safety alerts by their clocks: they name nobody here.
   */
  readonly late?: { readonly next: StaffFunction; readonly last: StaffFunction };
  /**
   * What ends it besides its outcome: nothing at all, the person's death, also an ending of the plan, or
   * that only while it is not late.
   */
  readonly endedBy: "nothing" | "death" | "plan" | "plan-until-late";
  /** What may come of it, in the order in which it is offered; none where it is decided or closed elsewhere. */
  readonly outcomes: readonly Outcome[];
  /** Who may record what came of it; without it everybody on the team may. */
  readonly recordedBy?: "clinicians" | "its-function";
  /** Its decision moves the pathway: see `approvalKinds`. */
  readonly isApproval?: true;
  /** A call in which the questions of a check-in are asked. */
  readonly asksCheckIn?: true;
  /** Its outcome may say on which day a visit is. */
  readonly asksVisitDay?: true;
  /** Its outcome may say who goes on with the aftercare. */
  readonly asksReceiver?: true;
  /** A call in which the person says what they agree to be sent. */
  readonly asksConsent?: true;
};
