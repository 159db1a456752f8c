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
