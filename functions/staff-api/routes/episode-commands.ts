import type { Context } from "hono";
import { Hono } from "hono/tiny";
import type * as z from "zod";
import type { Change, Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { logContact } from "../../../shared/care/pathway/log-contact.ts";
import { withdraw } from "../../../shared/care/pathway/withdraw.ts";
import {
  confirmReachBodySchema,
  contactLogBodySchema,
  holdBodySchema,
  reasonBodySchema,
  transitionBodySchema,
} from "../../../shared/contracts/api-bodies.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { confirmReach } from "../../../workflows/run/confirm-reach.ts";
import { transition } from "../../../workflows/run/transition.ts";
import { holdEpisode } from "../../../workflows/weekly-program/hold-episode.ts";
import { resumeEpisode } from "../../../workflows/weekly-program/resume-episode.ts";
import type { ApiVariables } from "../authenticate.ts";
import { problem } from "../problem.ts";
import { readBody } from "../read-body.ts";
import { runCommand } from "../run-command.ts";

/** Leave and return, withdrawal, transitions and contacts, each with its reason. */
export function episodeCommandRoutes(deps: CareDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();

  function command<Body>(
    path: string,
    schema: z.ZodType<Body>,
    decide: (state: OpenState, body: Body, ctx: DecisionContext) => Change | Refusal,
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
        return runCommand(context, deps, {
          episodeId: episode.episodeId,
          bodyText: read.text,
          decide: (state, ctx) => decide(state, read.body, ctx),
          answer: (state) => ({
            episodeId: episode.episodeId,
            status: state.episode.status,
            version: state.episode.version,
          }),
        });
      },
    );
  }

  command("hold", holdBodySchema, holdEpisode);
  command("resume", reasonBodySchema, resumeEpisode);
  command("withdraw", reasonBodySchema, withdraw);
  command("transition", transitionBodySchema, transition);
  command("contacts", contactLogBodySchema, logContact);
  command("reach-confirmation", confirmReachBodySchema, confirmReach);
  return app;
}
