import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { isInTheWay } from "../../shared/store/among-others.ts";
import { readOnceEach } from "../../shared/store/read-once.ts";
import { pageHeaders, sameSiteForms } from "../../shared/web/http/guard.ts";
import { aboutPage } from "./pages/about-page.tsx";
import { alertPage } from "./pages/alert-page.tsx";
import { attendancePage } from "./pages/attendance-page.tsx";
import { closuresPage } from "./pages/closures-page.tsx";
import { episodePage } from "./pages/episode-page.tsx";
import { measurePage } from "./pages/measure-page.tsx";
import { messagePage } from "./pages/message-page.tsx";
import { notHere } from "./pages/page-parts.tsx";
import { peoplePage } from "./pages/people-page.tsx";
import { planPage } from "./pages/plan-page.tsx";
import { queuePage } from "./pages/queue-page.tsx";
import { schedulePage } from "./pages/schedule-page.tsx";
import { taskPage } from "./pages/task-page.tsx";
import { signInRoutes } from "./session/sign-in-routes.tsx";
import { type PageVariables, signedIn } from "./session/signed-in.tsx";
import type { StaffSiteDeps } from "./site-deps.ts";
import { style } from "./style.generated.ts";
import { troublePage } from "./ui/trouble-page.tsx";

/** The staff pages under `/staff`: queue, tasks and decisions, safety alerts, attendance, people. No scripts. */
export function createStaffSite(given: StaffSiteDeps) {
  const once = readOnceEach(given.store);
  const deps = { ...given, store: once.store };
  const app = new Hono<{ Variables: PageVariables }>();
  for (const middleware of pageHeaders("same-origin")) app.use(middleware);
  app.use((_context, next) => once.within(next));
  app.use(
    sameSiteForms({
      publicOrigin: deps.publicOrigin,
      mustNameOrigin: true,
      refuse: (context) => troublePage(context, "other-site"),
    }),
  );
  app.get("/staff/style.css", (context) =>
    context.body(style, 200, {
      "content-type": "text/css; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
    }),
  );
  app.route("/", signInRoutes(deps));
  app.use("/staff/*", signedIn(deps));
  for (const page of [
    queuePage,
    taskPage,
    alertPage,
    attendancePage,
    schedulePage,
    closuresPage,
    peoplePage,
    episodePage,
    aboutPage,
    messagePage,
    measurePage,
    planPage,
  ])
    app.route("/", page(deps));
  app.all("/staff/*", (context) => notHere(context));
  app.onError((error: Error, context: Context) => {
    if (isInTheWay(error)) return troublePage(context, "in-the-way");
    deps.logger.error("A page failed", { route: context.req.routePath, error });
    return troublePage(context, "failed");
  });
  return app;
}
