import { CalledWrongly, type Command } from "../command.ts";

/** Promised by the design and not built yet: a clear sentence instead of an unknown command. */
export const laterProgramCommands: readonly Command[] = (
  [
    ["preview", "Read the program's files, or start the demonstration and look at its outbox."],
    ["simulate", "Move the clock of the local run instead: npm start, then /_local/clock."],
    ["diff", "Compare the folders with git diff."],
  ] as const
).map(([name, instead]) => ({
  name: `program ${name}`,
  summary: "not there yet",
  args: [{ name: "<folder>", words: "a program's folder" }],
  run: async () => {
    throw new CalledWrongly(`program ${name} is not there yet. ${instead}`);
  },
}));
