import { Hono } from "hono";
import { readOnceEach } from "../../shared/store/read-once.ts";
import { pageHeaders, sameSiteForms } from "../../shared/web/http/guard.ts";
import { keepLanguage, languageOf, notePage } from "./http/view.tsx";
import { comeBackRoutes } from "./routes/come-back-routes.tsx";
import { leaveRoutes } from "./routes/leave-routes.ts";
import { linkRoutes } from "./routes/link-routes.tsx";
import { myPlansRoutes } from "./routes/my-plans-routes.tsx";
import { myWeekRoutes } from "./routes/my-week-routes.tsx";
import { preferenceRoutes } from "./routes/preference-routes.tsx";
import { questionRoutes } from "./routes/question-routes.tsx";
import { startPageRoutes } from "./routes/start-page-routes.tsx";
import { tabletRoutes } from "./routes/tablet-routes.tsx";
import { unsubscribeRoutes } from "./routes/unsubscribe-routes.tsx";
import type { ParticipantSiteDeps } from "./site-deps.ts";
import { intakeRoutes } from "./start/intake-routes.tsx";
import { commonTexts } from "./texts/common.ts";

/** The participants' pages: start, intake, questions, check-ins, the week, preferences. No scripts. */
export function createParticipantSite(given: ParticipantSiteDeps) {
  const once = readOnceEach(given.store);
  const deps = { ...given, store: once.store };
  const app = new Hono();
  app.use((_context, next) => once.within(next));
  for (const middleware of pageHeaders()) app.use(middleware);
  app.use(
    sameSiteForms({
      publicOrigin: deps.publicOrigin,
      refuse: (context) => {
        const language = languageOf(context);
        return notePage(context, { language, ...commonTexts[language].otherSite }, 403);
      },
      // Mail programs send the one-click form; its sealed token is all that it needs.
      isOpen: (path) => path.startsWith("/u/"),
    }),
  );
  app.use(async (context, next) => {
    keepLanguage(context, deps.publicOrigin.startsWith("https:"));
    await next();
  });
  app.route("/", startPageRoutes(deps));
  app.route("/", intakeRoutes(deps));
  app.route("/", linkRoutes(deps));
  app.route("/", tabletRoutes(deps));
  app.route("/", leaveRoutes(deps));
  app.route("/", questionRoutes(deps, { base: "/screen", purpose: "forms", takesWords: false }));
  app.route(
    "/",
    questionRoutes(deps, { base: "/check-in", purpose: "check-in", takesWords: true }),
  );
  app.route("/", myWeekRoutes(deps));
  app.route("/", myPlansRoutes(deps));
  app.route("/", comeBackRoutes(deps));
  app.route("/", preferenceRoutes(deps));
  app.route("/", unsubscribeRoutes(deps));
  app.notFound((context) => {
    const language = languageOf(context);
    const t = commonTexts[language].notFound;
    return notePage(
      context,
      { language, title: t.title, words: t.words, link: { href: "/", text: t.start } },
      404,
    );
  });
  app.onError((error, context) => {
    // The route, never the path: a path may hold a link.
    deps.logger.error("A page failed", { route: context.req.routePath, error });
    const language = languageOf(context);
    return notePage(context, { language, ...commonTexts[language].trouble }, 503);
  });
  return app;
}
