import { Worker } from "node:worker_threads";
import type { ProgramFiles } from "../../../shared/publishing/compile-program.ts";
import { groupSize } from "./simulate-group.ts";
import { type Part, type Row, Tally } from "./tally.ts";

/** What is simulated. */
export type SimulationOrder = {
  readonly files: ProgramFiles;
  /** The program's folder, which is its id. */
  readonly folder: string;
  readonly participants: number;
  readonly seed: number;
  /** Threads that work at the same time; the result does not depend on how many. */
  readonly threads: number;
  /** Told how many people are done. */
  readonly say: (done: number) => void;
};

type Answer = {
  readonly group: number;
  readonly people: number;
  readonly rows?: Readonly<Record<Part, readonly Row[]>>;
  readonly problem?: string;
};

/**
 * Simulates people in groups, each in a world of its own, and adds up what is counted in the order of the groups: the
 * same order gives the same result, byte for byte.
 * @throws {Error} with what a world met that it should not
 */
export async function simulatePeople(
  order: SimulationOrder,
): Promise<Readonly<Record<Part, readonly Row[]>>> {
  const { files, folder, participants, seed } = order;
  const groups = Array.from({ length: Math.ceil(participants / groupSize) }, (_, group) => ({
    group,
    people: Math.min(groupSize, participants - group * groupSize),
  }));
  const answers = new Map<number, Answer>();
  const waiting = [...groups];
  let done = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData: { files, folder, seed },
    });
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const answer = await ask(worker, next);
        if (answer.problem !== undefined) throw new Error(answer.problem);
        answers.set(answer.group, answer);
        done += answer.people;
        order.say(done);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(
    Array.from({ length: Math.max(1, Math.min(order.threads, groups.length)) }, work),
  );
  const tally = new Tally();
  for (const { group } of groups) {
    const rows = answers.get(group)?.rows;
    if (rows !== undefined) tally.addRows(rows);
  }
  return tally.toRows();
}

function ask(worker: Worker, order: { readonly group: number }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settled = () => {
      worker.off("message", onMessage);
      worker.off("error", onError);
    };
    const onMessage = (answer: Answer) => {
      settled();
      resolve(answer);
    };
    const onError = (error: Error) => {
      settled();
      reject(error);
    };
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.postMessage(order);
  });
}
