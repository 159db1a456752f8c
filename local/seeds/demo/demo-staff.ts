import type { TaskKind } from "../../../shared/care/episode/task-kinds.ts";
import { planKinds } from "../../../shared/care/program/plan-kinds.ts";
import { examplePlans } from "../example-plans.ts";
import { exampleScreens } from "../example-screens.ts";
import type { DemoPerson } from "./demo-people.ts";
import type { LocalClient } from "./local-client.ts";

/** The kinds whose outcome is recorded; the others are decided, or closed by a clinician. */
type Worked = Exclude<TaskKind, `${string}-approval` | "safety-follow-up">;

/** What staff record for each kind of work when all goes well. */
const usualOutcomes: Readonly<Record<Worked, string>> = {
  "first-contact-call": "reached",
  "forms-call": "reached",
  "outreach-call": "reached",
  "outreach-decision": "reached",
  "aftercare-call": "reached",
  "check-in-call": "reached",
  "mark-attendance": "marked",
  "hours-review": "reviewed",
  "hours-forecast": "not-this-week",
  "level-of-care-review": "reviewed",
  "progress-review": "reviewed",
  "plan-due": "kept-elsewhere",
  "next-step": "linked",
  "first-visit": "kept",
  "hand-off": "arrived",
  "screen-due": "kept-elsewhere",
  "measure-due": "kept-elsewhere",
  "service-due": "kept-elsewhere",
  "medication-supply": "followed-elsewhere",
  housing: "safe-place",
  "message-gap": "told",
  "workflow-problem": "try-again",
  "discharge-checklist": "done",
  "interpreted-call": "reached",
  "channel-needed": "done",
  "inbound-reply": "answered",
  "staff-opt-out": "checked",
  "clinician-review": "reviewed",
  "waiting-call": "reached",
  "group-place": "declined",
  "group-conflict": "sorted-out",
  "online-licence": "put-right",
  "leave-return": "still-away",
  "same-person": "not-the-same",
  "known-facts": "still-right",
  "consents-said": "left-as-it-is",
  "site-transfer": "declined",
  "transfer-declined": "stays",
  "aftercare-hand-off": "not-yet",
  "aftercare-take-over": "declined",
  "aftercare-keeper": "cannot",
  "aftercare-passed-on": "read",
  "fewer-contacts": "as-before",
};

type Row = Readonly<Record<string, unknown>>;

/**
 * Works the queue of both sites once: decides what is to be decided and records what came of the rest.
 * @param daysLeft - days until the present
 */
export async function workTheQueue(
  client: LocalClient,
  daysLeft: number,
  personOf: (episodeId: string) => DemoPerson | undefined,
): Promise<void> {
  for (const siteId of ["riverside", "mesa"]) {
    const lead = { role: "clinical-lead", siteId } as const;
    for (const tab of ["approvals", "work"]) {
      for (const row of await client.list(`/api/v1/queue?tab=${tab}`, lead)) {
        const person = personOf(String(row.episodeId));
        if (person === undefined || isLeftOpen(person, row, daysLeft)) continue;
        if (row.isApproval === true) await decide(client, lead, person, row);
        else await finish(client, lead, row);
      }
    }
  }
}

/** Earlier work of the same kind was done in its time. */
function isLeftOpen(person: DemoPerson, row: Row, daysLeft: number): boolean {
  if (daysLeft > (person.leavesOpenForDays ?? 7)) return false;
  return person.leavesOpen.some((kind) => kind === row.taskKind);
}

type Lead = { readonly role: "clinical-lead"; readonly siteId: string };

async function decide(
  client: LocalClient,
  lead: Lead,
  person: DemoPerson,
  row: Row,
): Promise<void> {
  if (row.decision !== undefined) return;
  const version = (await askWhatIsMissing(client, lead, row)) ?? row.version;
  await client.post(
    `/api/v1/tasks/${String(row.taskId)}/decision`,
    {
      decision: "approved",
      reason: "Agreed in the morning meeting",
      version,
      ...(row.taskKind === "admission-approval" ? { choice: person.admission } : {}),
    },
    lead,
  );
}

/**
 * Asks in the room what the admission waits for.
 * @returns the version of the approval that says that nothing is missing
 */
async function askWhatIsMissing(client: LocalClient, lead: Lead, row: Row): Promise<unknown> {
  if (row.taskKind !== "admission-approval") return undefined;
  for (const [screenId, answers] of Object.entries(exampleScreens)) {
    const body = { screenId, answers, refused: [], mode: "in-person", safetyConcern: false };
    await client.post(`/api/v1/episodes/${String(row.episodeId)}/screens`, body, lead);
  }
  return (await client.get(`/api/v1/tasks/${String(row.taskId)}`, lead)).version;
}

/** Work that is kept in the record system: its note says so. */
const asksForWords = [
  "screen-due",
  "measure-due",
  "service-due",
] as const satisfies readonly Worked[];
const usualWords = "Agreed with the person, and written down in the record system.";

async function finish(client: LocalClient, lead: Lead, row: Row): Promise<void> {
  const outcome = Object.entries(usualOutcomes).find(([kind]) => kind === row.taskKind)?.[1];
  if (outcome === undefined) return;
  if (row.taskKind === "plan-due") return writePlans(client, lead, String(row.episodeId));
  const note = asksForWords.some((kind) => kind === row.taskKind) ? { note: usualWords } : {};
  await client.post(`/api/v1/tasks/${String(row.taskId)}/outcome`, { outcome, ...note }, lead);
}

/** Writes down what the person has no plan for yet, and goes through the rest again. */
async function writePlans(client: LocalClient, lead: Lead, episodeId: string): Promise<void> {
  const path = `/api/v1/episodes/${episodeId}/plans`;
  const written = new Map(
    (await client.list(path, lead)).map(({ planKind, version }) => [planKind, Number(version)]),
  );
  for (const planKind of planKinds) {
    const sections = examplePlans[planKind];
    const body = {
      planKind,
      sections,
      isShown: true,
      version: written.get(planKind) ?? 0,
      safetyConcern: false,
    };
    await client.post(path, body, lead);
  }
}
