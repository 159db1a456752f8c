import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { apiRoot } from "../../shared/contracts/routes/route.ts";
import { apiSubjects } from "../../shared/contracts/routes/table.ts";
import { InvalidInputError } from "../../shared/errors/invalid-input-error.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { VerifyToken } from "../../shared/ports/sign-in.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { isInTheWay } from "../../shared/store/carry-out-once.ts";
import { readOnceEach } from "../../shared/store/read-once.ts";
import { unlessSignedOut } from "../../shared/store/sign-out.ts";
import { problem } from "../../shared/web/http/problem.ts";
import type { ApiVariables } from "./authenticate.ts";
import { securityHeaders } from "./security-headers.ts";
import type { ServedRoute } from "./serve-route.ts";

/** Another function takes referrals in. */
type Subject = Exclude<keyof typeof apiSubjects, "intakes">;

/** What answers the routes of each subject: loaded when one of them is first called, since no call needs all of it. */
const answers: Readonly<Record<Subject, () => Promise<readonly ServedRoute[]>>> = {
  me: async () => (await import("./routes/me.ts")).meRoutes,
  sites: async () => (await import("./routes/sites.ts")).siteRoutes,
  queue: async () => (await import("./routes/queue.ts")).queueRoutes,
  people: async () => (await import("./routes/people.ts")).participantRoutes,
  episodes: async () => (await import("./routes/episodes.ts")).episodeRoutes,
  "episode-commands": async () =>
    (await import("./routes/episode-commands.ts")).episodeCommandRoutes,
  tasks: async () => (await import("./routes/tasks.ts")).taskRoutes,
  escalations: async () => (await import("./routes/escalations.ts")).escalationRoutes,
  sessions: async () => (await import("./routes/sessions.ts")).sessionRoutes,
  tables: async () => (await import("./routes/tables.ts")).tableRoutes,
  messages: async () => (await import("./routes/messages.ts")).messageRoutes,
};
const subjects = Object.keys(answers) as readonly Subject[];

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
  for (const subject of subjects)
    for (const route of apiSubjects[subject])
      api.on(route.method, route.path, async (context) => {
        const served = (await answers[subject]()).find((one) => one.route === route);
        if (served === undefined) throw new TypeError(`Nothing answers ${route.path}`);
        return served.answer(context, deps);
      });

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
