import type { MiddlewareHandler } from "hono";
import { html } from "hono/html";
import { Hono } from "hono/tiny";
import { findStaff, isInCareTeam, type StaffMember } from "../../../shared/staff/staff-member.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { ApiVariables } from "../authenticate.ts";
import { alertPage } from "./alert-page.ts";
import { attendancePage } from "./attendance-page.ts";
import { episodePage } from "./episode-page.ts";
import { staffLayout } from "./layout.ts";
import { messagePage } from "./message-page.ts";
import { type ApiClient, refuseLargeForms } from "./page-deps.ts";
import { peoplePage } from "./people-page.ts";
import { queuePage } from "./queue-page.ts";
import { type SessionDeps, sessionRoutes, sessionToken } from "./session.ts";
import { taskPage } from "./task-page.ts";

/**
 * The first staff pages: queue, tasks and decisions, safety alerts, attendance, people and their timeline.
 * Plain pages and forms; every form goes through the same API calls as any other client.
 */
export function staffPages(deps: CareDeps & SessionDeps, api: ApiClient) {
  const app = new Hono<{ Variables: ApiVariables }>();
  const parts = { ...deps, api };
  app.route("/", sessionRoutes(deps));
  app.use("/staff", signedIn(deps));
  app.use("/staff/*", refuseLargeForms);
  app.use("/staff/*", signedIn(deps));
  for (const page of [
    queuePage,
    taskPage,
    alertPage,
    attendancePage,
    peoplePage,
    episodePage,
    messagePage,
  ])
    app.route("/", page(parts));
  return app;
}

function signedIn(deps: CareDeps & SessionDeps): MiddlewareHandler<{ Variables: ApiVariables }> {
  return async (context, next) => {
    const token = sessionToken(context.req.header("cookie"));
    const found = token === undefined ? undefined : await deps.verifyToken(token);
    const staff = found === undefined ? undefined : await findStaff(deps.store, found.staffId);
    if (staff === undefined)
      return context.html(signInPage(context.req.query("problem") === "sign-in"), 401);
    if (!isInCareTeam(staff)) return context.html(noCarePage(staff), 403);
    context.set("staff", staff);
    context.set("actor", { kind: "staff", staffId: staff.staffId, functions: staff.functions });
    return next();
  };
}

/** What a person without a function in the care team is shown, whatever they asked for. */
function noCarePage(staff: StaffMember) {
  return staffLayout({
    title: "These pages are for the care team",
    who: staff.name,
    hasPlaces: false,
    content: html`<div class="card"><p>You are signed in, but you have no function in the care team, so nothing of anybody’s care is shown to you.</p><p>If you work in care, ask your site lead to add your function.</p></div>`,
  });
}

function signInPage(hasFailed: boolean) {
  return staffLayout({
    title: "Sign in",
    problem: hasFailed ? "Signing in did not work. Try again." : undefined,
    content: html`<div class="card"><p>These pages are for staff.</p><p><a class="button" href="/staff/sign-in">Sign in</a></p></div>`,
  });
}
