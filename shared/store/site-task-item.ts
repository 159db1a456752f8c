import * as z from "zod";
import { type CareTask, taskSchema } from "../care/episode/care-task.ts";
import type { TaskKind } from "../care/episode/task-kinds.ts";
import type { StaffFunction } from "../care/program/staff-functions.ts";
import { auditChain, type Stored } from "../care/stored/fields.ts";
import { taskSk } from "../care/tasks/open-task.ts";
import { oweSiteTask } from "../care/tasks/owed-site-task.ts";
import { addHours } from "../care/time/instants.ts";
import { keys } from "../keys/keys.ts";
import type { StoredItem } from "../ports/store.ts";
import { lateWorkAttributes, queueAttributes, withoutIndexes } from "./episode-forms.ts";
import { currentVersion, storedForm } from "./read-stored.ts";

/** A task of a site that belongs to no episode. Its audit chain is its own. */
export const siteTaskForm = storedForm(
  "care",
  "task",
  z.object({ ...taskSchema.shape, siteId: z.string(), audit: z.exactOptional(auditChain) }),
);
export type SiteTask = Stored<typeof siteTaskForm.schema>;

/**
 * A task of a site that belongs to no episode, such as a text from a number that nobody has. Listed in the
 * site's queue like any other.
 * @param input.occurrence - with the kind, the business key
 */
export function siteTaskItem(input: {
  readonly siteId: string;
  readonly taskId: string;
  readonly taskKind: TaskKind;
  readonly occurrence: string;
  readonly words: string;
  readonly assignedFunction: StaffFunction;
  readonly priority: CareTask["priority"];
  readonly now: string;
  readonly dueInHours: number;
  readonly evidence: CareTask["evidence"];
  readonly about?: CareTask["about"];
}): StoredItem {
  const { siteId, occurrence, now, dueInHours, about, ...fields } = input;
  return storedSiteTask({
    ...fields,
    kind: "task",
    sk: taskSk(input.taskKind, occurrence),
    version: 1,
    siteId,
    status: "open",
    isApproval: false,
    openedAt: now,
    dueAt: addHours(now, dueInHours),
    ...(input.priority === "safety" ? { owed: oweSiteTask(now, input.taskId) } : {}),
    ...(about === undefined ? {} : { about }),
  });
}

/** A task of a site as it is stored, with the attributes that list it. */
export function storedSiteTask(task: SiteTask): StoredItem {
  return {
    ...withoutIndexes(task),
    pk: keys.site(task.siteId).pk,
    schemaVersion: currentVersion(siteTaskForm),
    id: task.taskId,
    ...queueAttributes(task.siteId, task),
    ...lateWorkAttributes(task.siteId, task),
  };
}
