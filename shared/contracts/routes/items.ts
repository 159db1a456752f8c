import type * as z from "zod";
import { taskSchema } from "../../care/episode/care-task.ts";
import { checkInSchema } from "../../care/episode/check-in.ts";
import { escalationSchema } from "../../care/episode/escalation.ts";
import { formSchema } from "../../care/episode/form-request.ts";
import { messageSchema } from "../../care/episode/message.ts";
import { outreachSchema } from "../../care/episode/outreach.ts";
import { sessionSchema } from "../../care/episode/session.ts";
import { workflowRunSchema } from "../../care/episode/workflow-run.ts";
import { id } from "./route.ts";

/** What is stored with every item of an episode, and told with it. */
const belongsTo = { episodeId: id, siteId: id };

/** An item as it is told: parsing leaves out the store's own keys and indexes, and what a newer release added. */
function told<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>) {
  return schema.extend(belongsTo);
}

export const sessionItemSchema = told(sessionSchema);
export const formItemSchema = told(formSchema.omit({ tablet: true }));
export const messageItemSchema = told(messageSchema);
export const taskItemSchema = told(taskSchema);
export const checkInItemSchema = told(checkInSchema.omit({ tablet: true }));
export const escalationItemSchema = told(escalationSchema);
export const workflowRunItemSchema = told(workflowRunSchema);
export const outreachItemSchema = told(outreachSchema);
