import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { apiRoot } from "../../shared/contracts/routes/route.ts";
import { InvalidInputError } from "../../shared/errors/invalid-input-error.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { VerifyToken } from "../../shared/ports/sign-in.ts";
import { isInTheWay } from "../../shared/store/among-others.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { readOnceEach } from "../../shared/store/read-once.ts";
import { unlessSignedOut } from "../../shared/store/sign-out.ts";
import { problem } from "../../shared/web/http/problem.ts";
import type { ApiVariables } from "./authenticate.ts";
import { episodeCommandRoutes } from "./routes/episode-commands.ts";
import { episodeRoutes } from "./routes/episodes.ts";
import { escalationRoutes } from "./routes/escalations.ts";
import { meRoutes } from "./routes/me.ts";
import { messageRoutes } from "./routes/messages.ts";
import { participantRoutes } from "./routes/participants.ts";
import { queueRoutes } from "./routes/queue.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { siteRoutes } from "./routes/sites.ts";
import { taskRoutes } from "./routes/tasks.ts";
import { securityHeaders } from "./security-headers.ts";
import type { ServedRoute } from "./serve-route.ts";

/** All that is answered below `/api/v1` here: each of them a route of the table. */
export const servedRoutes: readonly ServedRoute[] = [
  ...meRoutes,
  ...siteRoutes,
  ...queueRoutes,
  ...participantRoutes,
  ...episodeCommandRoutes,
  ...episodeRoutes,
  ...taskRoutes,
  ...escalationRoutes,
  ...sessionRoutes,
  ...messageRoutes,
];

export type StaffApiDeps = CareDeps & {
  readonly logger: Logger;
  readonly verifyToken: VerifyToken;
};

/** The staff's API under `/api/v1`. */
export function createStaffApi(given: StaffApiDeps) {
  const once = readOnceEach(given.store);
  const lasting = { ...given, store: once.store };
  const deps = { ...lasting, verifyToken: unlessSignedOut(lasting) };
  const app = new Hono();
  app.use(securityHeaders());
  app.use((_context, next) => once.within(next));

  const api = new Hono<{ Variables: ApiVariables }>();
  for (const { route, answer } of servedRoutes)
    api.on(route.method, route.path, (context) => answer(context, deps));

  app.route(apiRoot, api);
  app.notFound((context) => problem(context, 404, "There is nothing at this address."));
  app.onError(answerError);

  function answerError(error: Error, context: Context): Response {
    if (error instanceof InvalidInputError)
      return problem(context, 400, "The call is not as it should be.", { errors: error.problems });
    if (error instanceof NotFoundError)
      return problem(context, 404, "There is no such thing here.");
    if (isInTheWay(error))
      return problem(
        context,
        409,
        "Others were changing this at the same moment, and nothing was changed. Read it again, then try again.",
      );
    deps.logger.error("A call failed", { route: context.req.routePath, error });
    return problem(
      context,
      503,
      "That did not work, and nothing was changed. Try again in a moment.",
    );
  }
  return app;
}
