import { Hono } from "hono/tiny";
import { findStaff } from "../../../shared/staff/staff-member.ts";
import { transactWithRetry } from "../../../shared/store/commit-change.ts";
import { siteStaffOperations } from "../../../shared/store/site-staff.ts";
import { sealedCookie } from "../../../shared/web/http/sealed-cookie.ts";
import type { StaffSiteDeps } from "../site-deps.ts";
import { staffPage } from "../ui/layout.tsx";
import { staffSessions } from "./session.ts";

const signInSeconds = 600;

/** A page of ours to go on to, without what was searched for. */
export function pathToGoOn(asked: string | undefined): string {
  return /^\/staff(\/[A-Za-z0-9:_-]{1,160}){0,3}$/.test(asked ?? "") ? (asked ?? "") : "/staff";
}

/** Signing in by the authorization code flow with PKCE, and out again; no token is ever in reach of a script. */
export function signInRoutes(deps: StaffSiteDeps) {
  const app = new Hono();
  const sessions = staffSessions(deps);
  const started = sealedCookie(
    { ...deps, clock: deps.sessionClock },
    "staff-sign-in",
    signInSeconds,
    "/staff",
  );

  /** Whoever has worked here once can be chosen by colleagues: as leader, cover, helper. */
  async function beChosen(staffId: string): Promise<void> {
    const member = await findStaff(deps.store, staffId);
    const operations = member === undefined ? [] : siteStaffOperations(member);
    if (operations.length > 0) await transactWithRetry(deps, operations);
  }

  app.get("/staff/sign-in", async (context) => {
    // Whoever's session ran out proves anew who they are: others may stand at this desk now.
    const { state } = await sessions.check(context);
    const { url, kept } = await deps.signIn.begin({ mustAskAgain: state === "over" });
    started.write(context, JSON.stringify([pathToGoOn(context.req.query("to")), kept]));
    return context.redirect(url, 303);
  });

  app.get("/staff/signed-in", async (context) => {
    const [to, kept] = readStarted(started.read(context)?.value);
    started.clear(context);
    const tokens =
      kept === undefined
        ? undefined
        : await deps.signIn
            .finish(new URLSearchParams(context.req.query()), kept)
            .catch((error: unknown) => {
              deps.logger.error("A sign-in could not be finished", { error });
              return undefined;
            });
    const session = tokens === undefined ? undefined : await sessions.begin(context, tokens);
    if (session !== undefined) await beChosen(session.staffId);
    return context.redirect(session === undefined ? "/staff?problem=sign-in" : to, 303);
  });

  /**
   * Ends the session, wherever a copy of it may be, then the issuer's own: without that, the next person at
   * the desk would be signed in again by one click. The browser goes there from a page, since pages of ours
   * may send no form to another host, nor be led there by one.
   */
  app.post("/staff/sign-out", async (context) => {
    await sessions.end(context);
    const onwards = await deps.signIn
      .endUrl(`${deps.publicOrigin}/staff`)
      .catch((error: unknown) => {
        deps.logger.error("The issuer could not be asked where sign-out goes on", { error });
        return undefined;
      });
    if (onwards !== undefined) context.header("refresh", `0; url=${onwards}`);
    return staffPage(context, {
      title: "You are signed out here",
      content:
        onwards === undefined ? (
          <p class="card">
            The sign-in service could not be told. At a desk that others use, close every window of
            this browser. <a href="/staff">Sign in again</a>
          </p>
        ) : (
          <p class="card">
            Signing you out of the sign-in service, too.{" "}
            <a href={onwards}>Go on, if nothing happens</a>
          </p>
        ),
    });
  });
  return app;
}

function readStarted(value: string | undefined): readonly [string, string | undefined] {
  const parsed: unknown = value === undefined ? undefined : JSON.parse(value);
  if (!Array.isArray(parsed)) return ["/staff", undefined];
  const [to, kept] = parsed;
  return [pathToGoOn(String(to)), typeof kept === "string" ? kept : undefined];
}
