import { itemKeys } from "../../keys/keys.ts";
import type { Draft } from "../change/draft.ts";
import type { Driver } from "../episode/driver.ts";
import type { OpenState } from "../episode/episode-item.ts";
import type { Message } from "../episode/message.ts";
import { firstSteps, type WorkflowName } from "../episode/workflow-name.ts";
import { addMinutes, earliest } from "../time/instants.ts";

export function driverSk(workflow: WorkflowName, subject: string): string {
  return itemKeys.driver(workflow, subject);
}

export function holdSk(driver: {
  readonly workflow: WorkflowName;
  readonly subject: string;
}): string {
  return itemKeys.hold(driver.workflow, driver.subject);
}

/** Minutes after its due time at which a running driver counts as stalled. */
export const stalledAfterMinutes = 10;

/**
 * Adds a driver: running at once, or dormant until `startAt`.
 * @param input.subject - unique within the workflow: an id, or `<episodeId>-w3`
 */
export function addDriver(
  draft: Draft,
  input: {
    readonly workflow: WorkflowName;
    readonly subject: string;
    readonly startAt?: string;
    readonly data?: Readonly<Record<string, string | number>>;
    /** Where it begins, where that is not the workflow's first step. */
    readonly step?: string;
  },
): Driver {
  const sk = driverSk(input.workflow, input.subject);
  const isDormant = input.startAt !== undefined && input.startAt > draft.now;
  const driver: Driver = {
    kind: "driver",
    sk,
    version: 1,
    driverId: `${input.workflow}-${input.subject}`,
    workflow: input.workflow,
    subject: input.subject,
    generation: 1,
    step: input.step ?? firstSteps[input.workflow],
    status: isDormant ? "dormant" : "running",
    data: input.data ?? {},
    ...(isDormant
      ? { startAt: input.startAt }
      : { expectedBy: addMinutes(draft.now, stalledAfterMinutes) }),
  };
  draft.add(driver);
  if (!isDormant)
    draft.effect({ kind: "start-driver", episodeId: draft.episode.episodeId, driverSk: sk });
  return driver;
}

/** Ends every driver that matches: dormant ones never start, running ones stop at their next look. */
export function endDrivers(draft: Draft, matches: (driver: Driver) => boolean): void {
  for (const item of draft.items()) {
    if (item.kind === "driver" && item.status === "dormant" && matches(item)) {
      draft.replace(item, { status: "done" });
    }
  }
}

/** The driver's messages that still wait to be sent. */
export function plannedMessages(state: OpenState, driver: Driver): Message[] {
  const found: Message[] = [];
  for (const item of state.items.values()) {
    if (item.kind === "message" && item.driverId === driver.driverId && item.status === "PLANNED")
      found.push(item);
  }
  return found;
}

/** True when at least one of the driver's messages may go now. */
export function hasDueMessage(state: OpenState, driver: Driver, now: string): boolean {
  return plannedMessages(state, driver).some((message) => message.sendAt <= now);
}

/** The next instant at which one of the driver's messages may go. */
export function nextSendAt(state: OpenState, driver: Driver): string | undefined {
  return earliest(plannedMessages(state, driver).map((message) => message.sendAt));
}
