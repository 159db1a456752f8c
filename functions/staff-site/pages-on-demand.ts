import type { Handler } from "hono";
import type { Hono } from "hono/tiny";
import type { PageVariables } from "./session/signed-in.tsx";
import type { StaffSiteDeps } from "./site-deps.ts";

type PageApp = Hono<{ Variables: PageVariables }>;
type PageHandler = Handler<{ Variables: PageVariables }>;

/** A page: the routes that it answers, and where its code is. */
export type PageOnDemand = {
  /** By path, in the order in which they are looked at. */
  readonly routes: Readonly<Record<string, readonly ("GET" | "POST")[]>>;
  readonly load: () => Promise<(deps: StaffSiteDeps) => PageApp>;
};

/** Every page behind the sign-in. A page's code is loaded when it is first asked for: none needs all the others'. */
export const pagesOnDemand: readonly PageOnDemand[] = [
  {
    routes: { "/staff": ["GET"] },
    load: async () => (await import("./pages/queue-page.tsx")).queuePage,
  },
  {
    routes: { "/staff/tasks/:taskId": ["GET", "POST"] },
    load: async () => (await import("./pages/task-page.tsx")).taskPage,
  },
  {
    routes: { "/staff/alerts/:escalationId": ["GET", "POST"] },
    load: async () => (await import("./pages/alert-page.tsx")).alertPage,
  },
  {
    routes: { "/staff/attendance": ["GET"], "/staff/attendance/:sessionId": ["GET", "POST"] },
    load: async () => (await import("./pages/attendance-page.tsx")).attendancePage,
  },
  {
    routes: { "/staff/schedule": ["GET"], "/staff/schedule/:sessionId": ["GET", "POST"] },
    load: async () => (await import("./pages/schedule-page.tsx")).schedulePage,
  },
  {
    routes: {
      "/staff/episodes/:episodeId/schedule": ["GET", "POST"],
      "/staff/visits/:sessionId": ["GET", "POST"],
    },
    load: async () => (await import("./pages/visits-page.tsx")).visitsPage,
  },
  {
    routes: { "/staff/episodes/:episodeId/apart": ["GET", "POST"] },
    load: async () => (await import("./pages/apart-page.tsx")).apartPage,
  },
  {
    routes: { "/staff/exports/:table": ["GET"] },
    load: async () => (await import("./pages/exports-page.tsx")).exportsPage,
  },
  {
    routes: { "/staff/imports/:table": ["GET", "POST"] },
    load: async () => (await import("./pages/imports-page.tsx")).importsPage,
  },
  {
    routes: { "/staff/closures": ["GET", "POST"] },
    load: async () => (await import("./pages/closures-page.tsx")).closuresPage,
  },
  {
    routes: { "/staff/colleagues": ["GET", "POST"] },
    load: async () => (await import("./pages/colleagues-page.tsx")).colleaguesPage,
  },
  {
    routes: { "/staff/people": ["GET"] },
    load: async () => (await import("./pages/people-page.tsx")).peoplePage,
  },
  {
    routes: {
      "/staff/versions": ["GET"],
      "/staff/versions/:programId/:version": ["GET", "POST"],
    },
    load: async () => (await import("./pages/versions-page.tsx")).versionsPage,
  },
  {
    routes: { "/staff/referral": ["GET", "POST"] },
    load: async () => (await import("./pages/referral-page.tsx")).referralPage,
  },
  {
    routes: { "/staff/episodes/:episodeId": ["GET", "POST"] },
    load: async () => (await import("./pages/episode-page.tsx")).episodePage,
  },
  {
    routes: { "/staff/episodes/:episodeId/about": ["GET", "POST"] },
    load: async () => (await import("./pages/about-page.tsx")).aboutPage,
  },
  {
    routes: { "/staff/messages/:messageId": ["GET"] },
    load: async () => (await import("./pages/message-page.tsx")).messagePage,
  },
  {
    routes: {
      "/staff/episodes/:episodeId/measures/:instrumentId": ["GET", "POST"],
      "/staff/episodes/:episodeId/measures/:instrumentId/print": ["GET"],
    },
    load: async () => (await import("./pages/measure-page.tsx")).measurePage,
  },
  {
    routes: {
      "/staff/episodes/:episodeId/check-ins/:number": ["GET", "POST"],
      "/staff/episodes/:episodeId/check-ins/:number/print": ["GET"],
    },
    load: async () => (await import("./pages/check-in-page.tsx")).checkInPage,
  },
  {
    routes: { "/staff/episodes/:episodeId/tablet": ["GET", "POST"] },
    load: async () => (await import("./pages/tablet-page.tsx")).tabletPage,
  },
  {
    routes: {
      "/staff/episodes/:episodeId/plans/:planKind": ["GET", "POST"],
      "/staff/episodes/:episodeId/plans/:planKind/print": ["GET"],
    },
    load: async () => (await import("./pages/plan-page.tsx")).planPage,
  },
  {
    routes: { "/staff/episodes/:episodeId/screens/:screenId": ["GET", "POST"] },
    load: async () => (await import("./pages/screen-page.tsx")).screenPage,
  },
  {
    routes: { "/staff/episodes/:episodeId/medicines/:medicine": ["GET", "POST"] },
    load: async () => (await import("./pages/medicine-page.tsx")).medicinePage,
  },
  {
    routes: { "/staff/episodes/:episodeId/services/:service": ["GET", "POST"] },
    load: async () => (await import("./pages/service-page.tsx")).servicePage,
  },
  {
    routes: { "/staff/episodes/:episodeId/releases": ["GET", "POST"] },
    load: async () => (await import("./pages/releases-page.tsx")).releasesPage,
  },
];

/** Lets the site answer for a page, whose own handlers are loaded with the first request for it. */
export function addOnDemand(site: PageApp, deps: StaffSiteDeps, page: PageOnDemand): void {
  let loading: Promise<PageApp> | undefined;
  const handlerOf = async (method: string, path: string): Promise<PageHandler> => {
    loading ??= page.load().then((made) => made(deps));
    const route = (await loading).routes.find((one) => one.method === method && one.path === path);
    if (route === undefined) throw new TypeError(`The page of ${path} does not answer ${method}`);
    return route.handler;
  };
  for (const [path, methods] of Object.entries(page.routes))
    for (const method of methods)
      site.on(method, path, async (context, next) =>
        (await handlerOf(method, path))(context, next),
      );
}
