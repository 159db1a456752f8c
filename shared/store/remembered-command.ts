import type { Secrets } from "../ports/secrets.ts";

/** 88 bits: enough that no two commands of one episode are ever taken for the same. */
const digits = 22;

/**
 * What an episode remembers of a command's id. The root is written with every change and is charged by its
 * size; whole ids were more than half of it.
 */
export function rememberedCommand(secrets: Pick<Secrets, "sha256">, commandId: string): string {
  return secrets.sha256(commandId).slice(0, digits);
}

/** Between a command and its answer. */
const separator = "\n";

/**
 * A command with its answer as the root keeps it: one text, since the names of two attributes would be as
 * long as what they hold, and the root is written with every change.
 */
export function commandText(command: string, answer: string): string {
  return `${command}${separator}${answer}`;
}

/** What a command was answered the first time; `undefined` where it is not remembered. */
export function answerTo(commands: readonly string[], command: string): string | undefined {
  const start = `${command}${separator}`;
  return commands.find((one) => one.startsWith(start))?.slice(start.length);
}
