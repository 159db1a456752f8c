import middy from "@middy/core";
import type * as z from "zod";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import type { Logger } from "../ports/logger.ts";

/** Errors that only send a machine back to look at the truth; its Catch expects them. */
const waysToLookAgain: readonly string[] = ["EpisodeMovedOnError", "SupersededError"];

/**
 * The stack of a function that a state machine or the scheduler calls: the event is parsed, a fault is
 * logged by name and thrown on, since the machine's Retry and Catch decide what follows.
 */
export function stepStack<Event, Answer>(options: {
  readonly logger: () => Logger;
  readonly schema: z.ZodType<Event>;
  readonly run: (event: Event) => Promise<Answer>;
}) {
  return middy()
    .onError(({ error }) => {
      // How a machine is told to look again is no failure: it would hide the real ones.
      if (error instanceof Error && waysToLookAgain.includes(error.name)) {
        options.logger().info("A step is to be looked at again", { error });
      } else {
        options.logger().error("A step failed", { error });
      }
    })
    .handler(async (event: unknown): Promise<Answer> => {
      const parsed = options.schema.safeParse(event);
      if (!parsed.success) {
        throw new InvalidInputError("The event does not have the shape this function takes", [
          ...parsed.error.issues.map((issue) => ({
            path: issue.path.join("."),
            problem: issue.message,
          })),
        ]);
      }
      return options.run(parsed.data);
    });
}

/** The stack of a function that takes events of other services: logs and throws on, so that the event is tried again. */
export function eventStack<Event, Answer>(options: {
  readonly logger: () => Logger;
  readonly run: (event: Event) => Promise<Answer>;
}) {
  return middy<Event, Answer>()
    .onError((request) => {
      options.logger().error("An event could not be handled", { error: request.error });
    })
    .handler((event: Event): Promise<Answer> => options.run(event));
}
