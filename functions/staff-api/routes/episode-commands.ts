import type { Context } from "hono";
import { Hono } from "hono/tiny";
import type * as z from "zod";
import {
  confirmReachBodySchema,
  contactLogBodySchema,
  holdBodySchema,
  reasonBodySchema,
  transitionBodySchema,
} from "../../../shared/contracts/api-bodies.ts";
import { correctionBodySchema } from "../../../shared/contracts/person-bodies.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import type { StaffCall } from "../../../workflows/run/commands/on-episode.ts";
import { answerCall } from "../answer-call.ts";
import type { ApiVariables } from "../authenticate.ts";
import { problem } from "../problem.ts";
import { readBody } from "../read-body.ts";

/** Leave and return, withdrawal, transitions and contacts, each with its reason. */
export function episodeCommandRoutes(deps: CareDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();

  function command<Body>(
    path: string,
    schema: z.ZodType<Body>,
    carryOut: (
      deps: CareDeps,
      call: StaffCall,
      episodeId: string,
      body: Body,
    ) => Promise<CallOutcome>,
  ): void {
    app.post(
      `/episodes/:episodeId/${path}`,
      async (context: Context<{ Variables: ApiVariables }>) => {
        const read = await readBody(context, schema);
        if (read instanceof Response) return read;
        const episode = await findEpisode(
          deps.store,
          context.get("staff"),
          context.req.param("episodeId") ?? "",
        );
        if (episode === undefined) return problem(context, 404, "There is no such episode here.");
        return answerCall(context, read.text, (call) =>
          carryOut(deps, call, episode.episodeId, read.body),
        );
      },
    );
  }

  command("hold", holdBodySchema, episodeCommands.hold);
  command("resume", reasonBodySchema, episodeCommands.resume);
  command("withdraw", reasonBodySchema, episodeCommands.withdraw);
  command("transition", transitionBodySchema, episodeCommands.transition);
  command("contacts", contactLogBodySchema, episodeCommands.contacts);
  command("reach-confirmation", confirmReachBodySchema, episodeCommands["reach-confirmation"]);
  command("corrections", correctionBodySchema, episodeCommands.corrections);
  return app;
}
