import type { CareTask } from "../../care/episode/care-task.ts";
import { inOrder, type LoadedTask } from "./load-tasks.ts";

/** The group session whose attendance a task asks for; nothing for any other work. */
export function sessionAskedAbout(
  task: Pick<CareTask, "taskKind" | "evidence">,
): string | undefined {
  const { groupSessionId } = task.evidence;
  return task.taskKind === "mark-attendance" && typeof groupSessionId === "string"
    ? groupSessionId
    : undefined;
}

export type OncePerSession = {
  /** The work, with one task for each session whose attendance is asked for: the one that is due first. */
  readonly open: readonly LoadedTask[];
  /** How many people's attendance each of those sessions lacks. */
  readonly unmarked: ReadonlyMap<string, number>;
};

/**
 * Attendance is asked for once for each session, not once for each person in it: what one look at the room answers is
 * one line. Each person's task is there all the same, ends when that person is marked, and goes up when it is late; the
 * line ends with the last of them.
 */
export function onePerSession(open: readonly LoadedTask[]): OncePerSession {
  const unmarked = new Map<string, number>();
  const kept = [...open].sort(inOrder).filter(({ task }) => {
    const session = sessionAskedAbout(task);
    if (session === undefined) return true;
    const before = unmarked.get(session) ?? 0;
    unmarked.set(session, before + 1);
    return before === 0;
  });
  return { open: kept, unmarked };
}
