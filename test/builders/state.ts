import type { Change } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { isOpenItem } from "../../shared/care/change/draft.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import type { EpisodeItem, OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowName } from "../../shared/care/episode/workflow-name.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import type { StaffFunction } from "../../shared/care/program/staff-functions.ts";
import { runSk } from "../../shared/care/runs/workflow-runs.ts";
import { taskSk } from "../../shared/care/tasks/open-task.ts";
import { stepTable } from "../../workflows/registry.ts";
import { buildInstruments } from "./instruments.ts";
import { buildPolicy, buildProgram, buildSite } from "./program.ts";

/** A Tuesday, 11:00 in New York: staffed, inside every sending window. */
export const tuesdayMorning = "2027-01-12T16:00:00.000Z";
export const episodeId = "01JHEP000000000000000000E1";
export const participantId = "01JHEP000000000000000000P1";

/** A participant in New York who agreed to texts and emails. */
export function buildEpisode(overrides: Partial<Episode> = {}): Episode {
  return {
    kind: "episode",
    episodeId,
    participantId,
    reference: "TC-0001",
    siteId: "riverside",
    programId: "adult-iop",
    programVersion: 1,
    status: "referred",
    version: 1,
    audit: { sequence: 1, hash: "h" },
    recentCommands: [],
    open: [],
    timeZone: "America/New_York",
    language: "en",
    source: "self",
    createdAt: tuesdayMorning,
    reach: {
      sms: { contactPointId: "cp-sms", kind: "own" },
      email: { contactPointId: "cp-email", kind: "own" },
    },
    consents: {
      sms: { grantedAt: tuesdayMorning },
      email: { grantedAt: tuesdayMorning },
      voicemail: true,
    },
    facts: { under18: false, answeredInstruments: [] },
    scores: [],
    weeks: [],
    openEscalations: [],
    unreachedContacts: 0,
    ...overrides,
  };
}

export function buildState(
  episode: Episode = buildEpisode(),
  items: readonly EpisodeItem[] = [],
): OpenState {
  return {
    episode: { ...episode, open: items.map((item) => item.sk).sort() },
    items: new Map(items.map((item) => [item.sk, item])),
  };
}

export function staff(staffId: string, ...functions: StaffFunction[]): Actor {
  return { kind: "staff", staffId, functions };
}

export const caseManager = staff("casey", "case-manager");
export const clinician = staff("avery", "clinician");
export const clinicalLead = staff("taylor", "clinical-lead", "supervisor");
export const systemActor: Actor = { kind: "system", part: "advance-care" };

let lastId = 0;

/** Ids in order, shaped like ULIDs, different in every context of a test run. */
export function nextTestId(): string {
  lastId += 1;
  return `01JHTEST${String(lastId).padStart(18, "0")}`;
}

export function buildContext(overrides: Partial<DecisionContext> = {}): DecisionContext {
  return {
    now: tuesdayMorning,
    program: buildProgram(),
    instruments: buildInstruments(),
    policy: buildPolicy(),
    site: buildSite(),
    actor: systemActor,
    newId: nextTestId,
    ...overrides,
  };
}

export function buildRun(
  workflow: WorkflowName,
  subject: string = episodeId,
  overrides: Partial<WorkflowRun> = {},
): WorkflowRun {
  return {
    kind: "driver",
    sk: runSk(workflow, subject),
    version: 1,
    driverId: `${workflow}-${subject}`,
    workflow,
    subject,
    generation: 1,
    step: stepTable[workflow].firstStep,
    status: "running",
    data: {},
    ...overrides,
  };
}

export function buildTask(overrides: Partial<CareTask> = {}): CareTask {
  const taskKind = overrides.taskKind ?? "first-contact-call";
  return {
    kind: "task",
    sk: taskSk(taskKind, "one"),
    version: 1,
    taskId: nextTestId(),
    taskKind,
    status: "open",
    isApproval: taskKind.endsWith("-approval"),
    assignedFunction: "case-manager",
    priority: "normal",
    words: "Call the person.",
    openedAt: tuesdayMorning,
    dueAt: "2027-01-13T16:00:00.000Z",
    evidence: {},
    ...overrides,
  };
}

/**
 * The open state after a change, as the store would return it: conditions checked, closed items gone.
 * @throws when a condition of the change does not hold
 */
export function applyChange(
  state: OpenState,
  change: Change,
  options: { readonly keepClosed?: boolean } = {},
): OpenState {
  if (change.episode.version !== state.episode.version + 1) {
    throw new Error("The change does not follow the state it was decided on");
  }
  const items = new Map(state.items);
  for (const { item, expects } of change.puts) {
    const known = state.items.get(item.sk);
    const isFine = expects === "absent" ? known === undefined : known?.version === expects.version;
    if (!isFine) throw new Error(`The condition of ${item.sk} does not hold`);
    items.set(item.sk, item);
  }
  if (options.keepClosed !== true) {
    for (const item of items.values()) {
      if (!isOpenItem(item)) items.delete(item.sk);
    }
  }
  return { episode: change.episode, items };
}

/** The items a change writes, by sort key. */
export function putsOf(change: Change | undefined): Readonly<Record<string, EpisodeItem>> {
  return Object.fromEntries((change?.puts ?? []).map((put) => [put.item.sk, put.item]));
}
