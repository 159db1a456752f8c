import type { CareTask } from "../../care/episode/care-task.ts";
import type { Episode } from "../../care/episode/episode.ts";
import { taskKindRecords } from "../../care/tasks/task-kinds.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import type { askedQuestionSchema } from "../../contracts/routes/tasks.ts";
import type { Store } from "../../ports/store.ts";
import { checkInQuestions, type Question } from "../../questions/question.ts";
import { loadProgram } from "../../store/load-program.ts";

/** A check-in question as a caller asks it, with the answers there are. */
export type AskedQuestion = Answered<typeof askedQuestionSchema>;

/** The questions that a call about a check-in asks, in the words of the program; none for other tasks. */
export async function askedQuestions(
  store: Store,
  episode: Pick<Episode, "programId" | "programVersion">,
  task: Pick<CareTask, "taskKind" | "evidence">,
): Promise<readonly AskedQuestion[]> {
  if (taskKindRecords[task.taskKind].asksCheckIn !== true) return [];
  const { program, instruments } = await loadProgram(
    store,
    episode.programId,
    episode.programVersion,
  );
  const { checkIn, day } = task.evidence;
  const at = { number: Number(checkIn ?? 1), ...(day === undefined ? {} : { day: Number(day) }) };
  return checkInQuestions({ program, instruments }, at).map(askedQuestion);
}

/** A question as staff ask it, in English, with the answers there are. */
export function askedQuestion({ id, lead, text, answer }: Question): AskedQuestion {
  const words = [lead?.en, text.en ?? id].filter((part) => part !== undefined).join(" ");
  switch (answer.type) {
    case "yes-no":
      return {
        id,
        words,
        options: [
          { value: "yes", words: "Yes" },
          { value: "no", words: "No" },
        ],
      };
    case "number":
      return { id, words, options: numbers(answer.minimum, answer.maximum) };
    case "choice":
      return {
        id,
        words,
        options: answer.options.map((option) => ({
          value: String(option.value),
          words: `${option.value} – ${option.text.en ?? option.code}`,
        })),
      };
  }
}

function numbers(from: number, to: number): AskedQuestion["options"] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    value: String(from + index),
    words: String(from + index),
  }));
}
