import type { Actor } from "../care/episode/actor.ts";
import type { GateRule } from "../care/episode/message.ts";
import { messageSk } from "../messages/plan-messages.ts";
import type { Remedy } from "../messages/plan-other-channel.ts";
import { settleWithRemedy } from "../messages/settle-message.ts";
import type { CareDeps } from "../store/care-deps.ts";
import { decideAndCommit } from "../store/decide-and-commit.ts";

/**
 * Ends a message as failed or suppressed and plans what reaches the participant instead, in one commit
 * of the episode. Does nothing when the message is settled already.
 * @returns what was done instead; `undefined` when the message was settled before
 */
export async function settleStored(
  deps: CareDeps,
  input: {
    readonly episodeId: string;
    readonly messageSk: string;
    readonly to: "FAILED" | "SUPPRESSED";
    readonly reason: string;
    readonly rules?: readonly GateRule[];
    readonly remedy?: Remedy;
    readonly commandId: string;
    readonly actor: Actor;
  },
): Promise<Remedy | undefined> {
  const settled = await decideAndCommit(deps, {
    episodeId: input.episodeId,
    commandId: input.commandId,
    actor: input.actor,
    alsoLoad: [input.messageSk, ...siblings(input.messageSk)],
    decide: (state, ctx) => {
      const result = settleWithRemedy(state, ctx, input);
      return result === undefined
        ? { answer: "settled-before" }
        : { answer: result.remedy, change: result.change };
    },
  });
  const { answer } = settled;
  return answer === "other-channel" || answer === "staff-task" || answer === "none"
    ? answer
    : undefined;
}

/** The same message on the other channels, which may be closed items by now. */
function siblings(sk: string): readonly string[] {
  const [, step, ...rest] = sk.split("#");
  const channel = rest.pop();
  if (step === undefined || channel === undefined) return [];
  const occurrence = rest.join("#");
  return (["sms", "email"] as const)
    .filter((one) => one !== channel)
    .map((one) => messageSk(step, occurrence, one));
}
