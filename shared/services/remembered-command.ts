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
