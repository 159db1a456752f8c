import { examplePlans } from "../../../local/seeds/example-plans.ts";
import { exampleScreens } from "../../../local/seeds/example-screens.ts";
import type { Client, Role } from "./client.ts";

export type Task = {
  readonly taskId: string;
  readonly taskKind: string;
  readonly status: "open" | "done" | "cancelled";
  readonly version: number;
  readonly assignedFunction: string;
  readonly words: string;
  readonly dueAt: string;
  readonly evidence: Readonly<Record<string, string | number | boolean>>;
  readonly about?: { readonly type: string; readonly id: string };
};

export type StoredMessage = {
  readonly messageId: string;
  readonly templateId: string;
  readonly step: string;
  readonly occurrence: string;
  readonly channel: "sms" | "email";
  readonly status: string;
  readonly reason?: string;
};

export type AuditEntry = {
  readonly sequence: number;
  readonly at: string;
  readonly action: string;
  readonly actor: { readonly kind: string };
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly hash: string;
  readonly previousHash: string;
};

export type WorkflowRun = {
  readonly sk: string;
  readonly workflow: string;
  readonly subject: string;
  readonly generation: number;
  readonly step: string;
  readonly status: "dormant" | "running" | "lost" | "done";
};

/** Who does the work of a function at the fictional sites. */
const roleOf: Readonly<Record<string, Role>> = {
  clinician: "clinician",
  nurse: "clinician",
  prescriber: "clinician",
  supervisor: "clinical-lead",
  "site-lead": "clinical-lead",
  "clinical-lead": "clinical-lead",
};

/** What the staff of one site do about one participant, each in their role. */
export class Office {
  readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  async tasks(episodeId: string): Promise<readonly Task[]> {
    return this.client.all<Task>("case-manager", `/episodes/${episodeId}/tasks`);
  }

  /** The one open task of a kind; fails when there is none or more than one. */
  async openTask(episodeId: string, taskKind: string): Promise<Task> {
    const open = (await this.tasks(episodeId)).filter((task) => task.status === "open");
    const [task, ...others] = open.filter((one) => one.taskKind === taskKind);
    if (task === undefined || others.length > 0)
      throw new Error(
        `Not one open ${taskKind} but: ${open.map((one) => one.taskKind).join(", ") || "nothing"}`,
      );
    return task;
  }

  /** Finds an approval in the queue, as staff do, and decides it. */
  async decide(
    episodeId: string,
    taskKind: string,
    decision: "approved" | "rejected",
    as: Role = "case-manager",
    key?: string,
  ): Promise<void> {
    const rows = await this.client.queue(as, "approvals");
    const row = rows.find((one) => one.episodeId === episodeId && one.taskKind === taskKind);
    if (row === undefined)
      throw new Error(
        `There is no ${taskKind} in the queue, but: ${rows.map((one) => one.taskKind).join(", ")}`,
      );
    await this.client.api(
      as,
      "POST",
      `/tasks/${row.taskId}/decision`,
      { decision, reason: "Decided in the morning meeting", version: row.version },
      key,
    );
  }

  /** Records what came of the one open task of a kind. */
  async finish(
    episodeId: string,
    taskKind: string,
    outcome: string,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    await this.finishTask(await this.openTask(episodeId, taskKind), outcome, more);
  }

  async finishTask(
    task: Task,
    outcome: string,
    more: Readonly<Record<string, unknown>> = {},
    key?: string,
  ): Promise<void> {
    const as = roleOf[task.assignedFunction] ?? "case-manager";
    await this.client.api(as, "POST", `/tasks/${task.taskId}/outcome`, { outcome, ...more }, key);
  }

  /** Asks everything that staff ask everybody in the room, and finds nothing to follow up. */
  async askInTheRoom(episodeId: string, keyPrefix?: string): Promise<void> {
    for (const [screenId, answers] of Object.entries(exampleScreens))
      await this.client.api(
        "clinician",
        "POST",
        `/episodes/${episodeId}/screens`,
        { screenId, answers, refused: [], mode: "in-person", safetyConcern: false },
        keyPrefix === undefined ? undefined : `${keyPrefix}-${screenId}`,
      );
  }

  /** Writes the crisis plan down with the person, where there is none yet. */
  async writeCrisisPlan(episodeId: string): Promise<void> {
    const path = `/episodes/${episodeId}/plans`;
    const written = await this.client.all<{ readonly planKind: string }>("clinician", path);
    if (written.some(({ planKind }) => planKind === "crisis")) return;
    await this.client.api("clinician", "POST", path, {
      planKind: "crisis",
      sections: examplePlans.crisis,
      isShown: false,
      version: 0,
      safetyConcern: false,
    });
  }

  /** Ticks off everything on the discharge checklist. */
  async completeChecklist(episodeId: string, keyPrefix?: string): Promise<number> {
    const items = (await this.tasks(episodeId)).filter(
      (task) => task.taskKind === "discharge-checklist" && task.status === "open",
    );
    if (items.some((task) => task.about?.id === "crisis-plan"))
      await this.writeCrisisPlan(episodeId);
    for (const item of items)
      await this.finishTask(
        item,
        "done",
        {},
        keyPrefix === undefined ? undefined : `${keyPrefix}-${item.taskId}`,
      );
    return items.length;
  }

  /** Enters attendance for one participant at one session of a day. */
  async attend(
    episodeId: string,
    groupSessionId: string,
    status: string,
    reason?: string,
  ): Promise<void> {
    const answer = await this.client.api(
      "case-manager",
      "PUT",
      `/sessions/${encodeURIComponent(groupSessionId)}/attendance`,
      [{ episodeId, status, ...(reason === undefined ? {} : { reason }) }],
    );
    const [row] = answer.results;
    if (row?.result !== "recorded")
      throw new Error(`Attendance of ${groupSessionId} was refused: ${row?.sentence}`);
  }

  async episode(episodeId: string) {
    return this.client.api("case-manager", "GET", `/episodes/${episodeId}`);
  }

  async messages(episodeId: string): Promise<readonly StoredMessage[]> {
    return this.client.all<StoredMessage>("case-manager", `/episodes/${episodeId}/messages`);
  }

  async audit(episodeId: string): Promise<readonly AuditEntry[]> {
    return this.client.all<AuditEntry>("case-manager", `/episodes/${episodeId}/audit`);
  }

  async drivers(episodeId: string): Promise<readonly WorkflowRun[]> {
    return this.client.all<WorkflowRun>("case-manager", `/episodes/${episodeId}/drivers`);
  }
}
