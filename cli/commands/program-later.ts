import { CalledWrongly, type Command } from "../command.ts";

/** Promised by the design and not built yet: a clear sentence instead of an unknown command. */
export const laterProgramCommands: readonly Command[] = [
  {
    name: "program simulate",
    summary: "not there yet",
    args: [{ name: "<folder>", words: "a program's folder" }],
    run: async () => {
      throw new CalledWrongly(
        "program simulate is not there yet. Look at one person's calendar with program preview, or move the clock of the local run: npm start, then /_local/clock.",
      );
    },
  },
];
