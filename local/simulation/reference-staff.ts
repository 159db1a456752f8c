import { planKinds } from "../../shared/care/program/plan-kinds.ts";
import { examplePlans } from "../seeds/example-plans.ts";
import { exampleScreens } from "../seeds/example-screens.ts";
import type { CountedWorld } from "./counted-world.ts";

type Row = Readonly<Record<string, unknown>>;

const lead = "taylor-riverside";
const groupLeader = "casey-riverside";

/** What staff record for each kind of work in the reference pathway. */
const outcomes: Readonly<Record<string, string>> = {
  "aftercare-call": "reached",
  "check-in-call": "reached",
  "discharge-checklist": "done",
  "fewer-contacts": "as-before",
  "hours-review": "reviewed",
  "outreach-call": "reached",
  "service-due": "kept-elsewhere",
};

/** What is kept in the record system says so in a note. */
const notes: Readonly<Record<string, string>> = {
  "service-due": "Offered, and written down in the record system",
};

/** The staff of one site, who work through the API as the staff pages do. */
export class ReferenceStaff {
  readonly #counted: CountedWorld;
  #calls = 0;

  constructor(counted: CountedWorld) {
    this.#counted = counted;
  }

  /** Looks at the queue, then decides or finishes everything that stands in it. */
  async workTheQueue(): Promise<void> {
    // One call that reaches the person ends every other call to reach them.
    const reached = new Set<unknown>();
    for (const tab of ["approvals", "work"]) {
      for (const row of await this.#list(`/api/v1/queue?tab=${tab}`, lead)) {
        const path = `/api/v1/tasks/${String(row.taskId)}`;
        if (row.isApproval === true) {
          if (row.decision !== undefined) continue;
          const reason = "Agreed in the morning meeting";
          const version = (await this.#askWhatIsMissing(row)) ?? row.version;
          const body = { decision: "approved", reason, version };
          await this.#call("POST", `${path}/decision`, lead, body);
          continue;
        }
        if (row.taskKind === "plan-due") {
          await this.#writePlans(String(row.episodeId));
          continue;
        }
        if (row.taskKind === "outreach-call") {
          if (reached.has(row.episodeId)) continue;
          reached.add(row.episodeId);
        }
        const outcome = outcomes[String(row.taskKind)];
        if (outcome === undefined) throw new Error(`Nobody does ${String(row.taskKind)} here`);
        const note = notes[String(row.taskKind)];
        const words = note === undefined ? {} : { note };
        await this.#call("POST", `${path}/outcome`, lead, { outcome, ...words });
      }
    }
  }

  /**
   * Enters the attendance of a day's sessions that have begun.
   * @param on - local date
   * @param statusOf - by the session's place in the timetable
   */
  async enterAttendance(on: string, statusOf: (slot: string) => string): Promise<void> {
    const now = this.#counted.world.now();
    for (const session of await this.#list(`/api/v1/sessions?from=${on}&to=${on}`, groupLeader)) {
      const isOpen = Number(session.marked) < Number(session.expected);
      if (!isOpen || String(session.startsAt) > now) continue;
      const path = `/api/v1/sessions/${encodeURIComponent(String(session.sessionId))}`;
      const roster = await this.#list(`${path}/roster`, groupLeader);
      const status = statusOf(String(session.slot));
      const rows = roster.map((row) => ({ episodeId: row.episodeId, status }));
      await this.#call("PUT", `${path}/attendance`, groupLeader, rows);
    }
  }

  /**
   * Asks in the room what the admission waits for.
   * @returns the version of the approval that says that nothing is missing
   */
  async #askWhatIsMissing(row: Row): Promise<unknown> {
    if (row.taskKind !== "admission-approval") return undefined;
    const path = `/api/v1/episodes/${String(row.episodeId)}/screens`;
    for (const [screenId, answers] of Object.entries(exampleScreens)) {
      const body = { screenId, answers, refused: [], mode: "in-person", safetyConcern: false };
      await this.#call("POST", path, lead, body);
    }
    return (await this.#call("GET", `/api/v1/tasks/${String(row.taskId)}`, lead)).version;
  }

  /** Writes down what the person has no plan for yet, and goes through the rest again. */
  async #writePlans(episodeId: string): Promise<void> {
    const path = `/api/v1/episodes/${episodeId}/plans`;
    const written = new Map(
      (await this.#list(path, lead)).map(({ planKind, version }) => [planKind, Number(version)]),
    );
    for (const planKind of planKinds) {
      const sections = examplePlans[planKind];
      const version = written.get(planKind) ?? 0;
      const body = { planKind, sections, isShown: false, version, safetyConcern: false };
      await this.#call("POST", path, lead, body);
    }
  }

  async #list(path: string, staffId: string): Promise<readonly Row[]> {
    const { items, next } = await this.#call("GET", path, staffId);
    const rows = Array.isArray(items) ? items : [];
    if (typeof next !== "string") return rows;
    const [address = ""] = path.split("&cursor=");
    return [...rows, ...(await this.#list(`${address}&cursor=${next}`, staffId))];
  }

  async #call(method: string, path: string, staffId: string, body?: unknown): Promise<Row> {
    this.#calls += 1;
    const response = await this.#counted.askStaffApi(path, {
      method,
      headers: {
        authorization: `Bearer ${staffId}`,
        "idempotency-key": `counted-${String(this.#calls).padStart(6, "0")}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === "object" ? { ...parsed } : {};
  }
}
