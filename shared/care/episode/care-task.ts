import * as z from "zod";
import { safetyTiers } from "../program/safety-tiers.ts";
import { staffFunctions } from "../program/staff-functions.ts";
import { count, instant, type Stored } from "../stored/fields.ts";
import { itemBase } from "./item-base.ts";
import { taskKinds } from "./task-kinds.ts";

export type TaskOption = { readonly value: string; readonly words: string };

const owedStep = z.object({
  to: z.enum(staffFunctions),
  at: instant,
  takenAt: z.exactOptional(instant),
});
/** One function that owed work goes to where it is not done by then. */
export type OwedStep = Stored<typeof owedStep>;

/** As it is stored with a task. */
export const owedWork = z.object({
  /** Tier of the alert that is raised with the last step; ROUTINE raises none. */
  tier: z.enum(safetyTiers),
  /** With the rule, the business key of that alert. */
  occurrence: z.string(),
  /** In order of time. */
  steps: z.array(owedStep),
});
/** Work owed to a person: no ending of a pathway ends it, and where nobody does it, it climbs. */
export type OwedWork = Stored<typeof owedWork>;

/** A function that got a task because the one before did not do it in time; the deadline stays. */
const handedUp = z.object({
  from: z.enum(staffFunctions),
  to: z.enum(staffFunctions),
  at: instant,
});

/** A piece of work for a person. Approvals are tasks whose decision moves the pathway. */
export const taskSchema = z.object({
  ...itemBase,
  kind: z.literal("task"),
  taskId: z.string(),
  taskKind: z.enum(taskKinds),
  status: z.enum(["open", "done", "cancelled"]),
  isApproval: z.boolean(),
  assignedFunction: z.enum(staffFunctions),
  assignedTo: z.exactOptional(z.string()),
  priority: z.enum(["safety", "urgent", "normal"]),
  /** The site whose work it is, where that is not the person's own: one that is asked to take them over. */
  atSite: z.exactOptional(z.string()),
  /** Why it is here, in one sentence for staff; no names. */
  words: z.string(),
  openedAt: instant,
  dueAt: instant,
  snoozedUntil: z.exactOptional(instant),
  /** What it is about: run, session, check-in, message or escalation. */
  about: z.exactOptional(z.object({ type: z.string(), id: z.string() })),
  driverId: z.exactOptional(z.string()),
  /** Facts that were on the table when it was opened: scores, hours. */
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Present where it is owed to the person: a call of the same day, a welfare decision. */
  owed: z.exactOptional(owedWork),
  /** Who got it since because it was not done in time, the first one first. */
  handedUp: z.exactOptional(z.array(handedUp)),
  /** When those who have it were last reminded because it is late; the deadline stays. */
  remindedAt: z.exactOptional(instant),
  proposal: z.exactOptional(z.string()),
  /** The member of staff who asked for it; somebody else approves. */
  requestedBy: z.exactOptional(z.string()),
  decision: z.exactOptional(
    z.object({
      decision: z.enum(["approved", "rejected"]),
      decidedBy: z.string(),
      decidedAt: instant,
      /** Number of the audit entry beside which the reason in words is kept, apart from care state. */
      reasonEntry: count,
      choice: z.exactOptional(z.string()),
      /** The decision takes effect at this instant: it can be retracted before. */
      effectiveAt: instant,
    }),
  ),
  outcome: z.exactOptional(
    z.object({
      code: z.string(),
      recordedBy: z.string(),
      recordedAt: instant,
      noteId: z.exactOptional(z.string()),
    }),
  ),
});
export type CareTask = Stored<typeof taskSchema>;
