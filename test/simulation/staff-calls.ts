import { createStaffApi } from "../../functions/staff-api/staff-api.ts";
import type { MemoryWorld } from "../../local/in-memory/memory-world.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { TaskKind } from "../../shared/care/episode/task-kinds.ts";
import type { StaffFunction } from "../../shared/care/program/staff-functions.ts";
import { holdAgainstDescription } from "../fakes/documented-answer.ts";

const origin = "https://care.example.org";
type Row = Readonly<Record<string, unknown>>;
export type TaskRow = Row & {
  readonly taskId: string;
  readonly taskKind: TaskKind;
  readonly status: string;
  readonly words: string;
  readonly assignedFunction: string;
  readonly dueAt: string;
};
export type AlertRow = Row & { readonly escalationId: string; readonly status: string };
type Answered = { readonly status: number; readonly body: Row };

/** Fictional staff of Riverside: a case manager, a clinician and the clinical lead. */
export const [casey, avery, taylor] = ["casey-riverside", "avery-riverside", "taylor-riverside"];

/** Who does what falls to a function, where a test does not say who; anybody else's falls to the clinical lead. */
const doneBy: Readonly<Partial<Record<StaffFunction, string>>> = {
  "case-manager": casey,
  "front-desk": casey,
  "group-leader": casey,
  clinician: avery,
  nurse: avery,
  prescriber: avery,
};

/** A world, and the record in it that the calls are about. */
type LookedAt = { readonly world: MemoryWorld; readonly episodeId: string };

/** The staff around a person, who see and do everything by the API alone. */
export class StaffCalls {
  readonly #life: LookedAt;
  readonly #api: ReturnType<typeof createStaffApi>;
  #keys = 0;

  constructor(life: LookedAt) {
    this.#life = life;
    this.#api = createStaffApi({
      ...life.world.deps,
      // The token of a test is the id of who signs in.
      verifyToken: async (token) => ({
        staffId: token,
        tokenId: `token-of-${token}`,
        endsAtEpochSeconds: 4_000_000_000,
      }),
    });
  }

  /** One call, and whatever follows from it at once. */
  async call(as: string, method: string, path: string, body?: unknown): Promise<Answered> {
    const answered = await this.callAlone(as, method, path, body);
    await this.#life.world.settle();
    return answered;
  }

  /** One call, before anything follows from it. */
  async callAlone(as: string, method: string, path: string, body?: unknown): Promise<Answered> {
    this.#keys += 1;
    const response = await this.#api.request(`${origin}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${as}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(method === "POST" ? { "idempotency-key": `staff-call-${this.#keys}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    holdAgainstDescription({
      method,
      path: `/api/v1${path}`,
      status: response.status,
      contentType: response.headers.get("content-type"),
      text,
    });
    return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : {} };
  }

  /** A call that is carried out. */
  async ok(as: string, method: string, path: string, body?: unknown): Promise<Row> {
    const answered = await this.call(as, method, path, body);
    if (answered.status >= 300)
      throw new Error(`${method} ${path}: ${answered.status} ${JSON.stringify(answered.body)}`);
    return answered.body;
  }

  /** The sentence with which a call is refused. */
  async refused(as: string, method: string, path: string, body?: unknown): Promise<string> {
    const answered = await this.call(as, method, path, body);
    if (answered.status < 400) throw new Error(`${method} ${path} was not refused`);
    return String(answered.body.title ?? answered.body.detail);
  }

  async #list<Item>(path: string): Promise<readonly Item[]> {
    const items: Item[] = [];
    let cursor: unknown;
    do {
      const more = cursor === undefined ? "" : `?cursor=${encodeURIComponent(String(cursor))}`;
      const body = await this.ok(taylor, "GET", `${path}${more}`);
      items.push(...(body.items as Item[]));
      cursor = body.next;
    } while (cursor !== undefined);
    return items;
  }

  /** The open tasks of the person, of one kind. */
  async tasks(taskKind: TaskKind): Promise<readonly TaskRow[]> {
    const all = await this.#list<TaskRow>(`/episodes/${this.#life.episodeId}/tasks`);
    return all.filter((task) => task.status === "open" && task.taskKind === taskKind);
  }

  async task(taskKind: TaskKind): Promise<TaskRow> {
    const [task, ...others] = await this.tasks(taskKind);
    if (task === undefined || others.length > 0)
      throw new Error(`${others.length + (task === undefined ? 0 : 1)} open ${taskKind}`);
    return task;
  }

  async alerts(): Promise<readonly AlertRow[]> {
    return this.#list<AlertRow>(`/episodes/${this.#life.episodeId}/escalations`);
  }

  async alert(): Promise<AlertRow> {
    const [alert, ...others] = await this.alerts();
    if (alert === undefined || others.length > 0)
      throw new Error(`${others.length + (alert === undefined ? 0 : 1)} alerts`);
    return alert;
  }

  async finish(
    as: string,
    task: { readonly taskId: string },
    outcome: string,
    more: object = {},
  ): Promise<void> {
    await this.ok(as, "POST", `/tasks/${task.taskId}/outcome`, { outcome, ...more });
  }

  /** The same, by whoever the work falls to. */
  async finishAsTheirs(task: CareTask, outcome: string, more: object = {}): Promise<void> {
    await this.finish(doneBy[task.assignedFunction] ?? taylor, task, outcome, more);
  }

  /** A command about the person. */
  async onEpisode(as: string, command: string, body: object): Promise<Row> {
    return this.ok(as, "POST", `/episodes/${this.#life.episodeId}/${command}`, body);
  }

  /** Enters what somebody saw of the person in the session of a day. */
  async mark(date: string, slot: string, entry: Row): Promise<Row> {
    const { items } = await this.ok(casey, "GET", `/sessions?from=${date}`);
    const session = (items as Row[]).find((row) => row.slot === slot);
    if (session === undefined) throw new Error(`There is no session ${date} ${slot}`);
    return this.ok(casey, "PUT", `/sessions/${String(session.sessionId)}/attendance`, [
      { episodeId: this.#life.episodeId, ...entry },
    ]);
  }
}
