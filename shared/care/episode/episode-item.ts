import type { CareTask } from "./care-task.ts";
import type { CheckIn } from "./check-in.ts";
import type { Episode } from "./episode.ts";
import type { Escalation } from "./escalation.ts";
import type { FormRequest } from "./form-request.ts";
import type { Message } from "./message.ts";
import type { Outreach } from "./outreach.ts";
import type { Session } from "./session.ts";
import type { Wait } from "./wait.ts";
import type { WorkflowRun } from "./workflow-run.ts";

export type EpisodeItem =
  | WorkflowRun
  | Wait
  | Message
  | CareTask
  | Session
  | FormRequest
  | CheckIn
  | Outreach
  | Escalation;

export type OpenState = {
  readonly episode: Episode;
  readonly items: ReadonlyMap<string, EpisodeItem>;
};

/** True while an item still matters to decisions; closed ones leave the open list. */
export function isOpenItem(item: EpisodeItem): boolean {
  switch (item.kind) {
    case "driver":
      return item.status !== "done";
    case "hold":
      return item.status === "waiting";
    case "message":
      return item.status === "PLANNED" || item.status === "CLAIMED" || item.status === "UNKNOWN";
    case "task":
      return item.status === "open";
    case "session":
      return item.status === "planned" || item.mayReturn === true;
    case "form":
      return item.status === "asked";
    case "check-in":
      return (
        item.status === "planned" ||
        item.status === "open" ||
        (item.status === "answered" && item.assessedAt === undefined)
      );
    case "outreach":
      return item.status === "climbing" || item.status === "decision-needed";
    case "escalation":
      return item.status !== "closed";
  }
}
