import type { Context } from "hono";
import { Hono } from "hono/tiny";
import { isInTheWay } from "../../shared/store/carry-out-once.ts";
import { readOnceEach } from "../../shared/store/read-once.ts";
import { pageHeaders, sameSiteForms } from "../../shared/web/http/guard.ts";
import { addOnDemand, pagesOnDemand } from "./pages-on-demand.ts";
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
  for (const page of pagesOnDemand) addOnDemand(app, deps, page);
  // Loaded where it is called for: with it comes what pages show beside themselves, and no start needs that.
  app.all("/staff/*", async (context) => (await import("./pages/page-parts.tsx")).notHere(context));
  app.onError((error: Error, context: Context) => {
    if (isInTheWay(error)) return troublePage(context, "in-the-way");
    deps.logger.error("A page failed", { route: context.req.routePath, error });
    return troublePage(context, "failed");
  });
  return app;
}
