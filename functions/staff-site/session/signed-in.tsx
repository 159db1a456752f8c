import type { Context, MiddlewareHandler } from "hono";
import type { Actor } from "../../../shared/care/episode/actor.ts";
import { fileLimits } from "../../../shared/contracts/file-limits.ts";
import { findStaff, isInCareTeam, type StaffMember } from "../../../shared/staff/staff-member.ts";
import { type Form, isFormProblem, readForm } from "../../../shared/web/http/read-form.ts";
import type { StaffSiteDeps } from "../site-deps.ts";
import { staffPage } from "../ui/layout.tsx";
import { withBack } from "../ui/place.ts";
import { formSeals, keptForms } from "./kept-forms.ts";
import { staffSessions } from "./session.ts";
import { pathToGoOn } from "./sign-in-routes.tsx";

/** Where forms hold a file. */
const pagesWithFiles = "/staff/imports/";

export type PageVariables = {
  staff: StaffMember;
  actor: Actor;
  /** The fields of the form that was sent; empty for what is no form that can be read. */
  form: Form;
  /** What the person typed on this page before their session ended. */
  kept: Form | undefined;
};
export type PageContext = Context<{ Variables: PageVariables }>;

/**
 * Lets members of the care team through. A form that comes after its session is kept for its sender; a form
 * that was opened by somebody else, or is none of these pages', is never carried out.
 */
export function signedIn(deps: StaffSiteDeps): MiddlewareHandler<{ Variables: PageVariables }> {
  const sessions = staffSessions(deps);
  const seals = formSeals(deps);
  const kept = keptForms(deps);
  return async (context, next) => {
    const isForm = context.req.method === "POST";
    const takesFile = context.req.path.startsWith(pagesWithFiles);
    const read = isForm
      ? await readForm(context, takesFile ? fileLimits.bytes : undefined)
      : new Map<string, string>();
    if (isFormProblem(read) && read.status === 413) return tooLarge(context, takesFile);
    const form: Form = isFormProblem(read) ? new Map() : read;
    const madeFor = isForm ? seals.read(form.get("seal"), context.req.path) : undefined;
    const found = await sessions.check(context);
    const staff =
      found.state === "open" ? await findStaff(deps.store, found.session.staffId) : undefined;
    if (staff === undefined) {
      if (madeFor === undefined) return signInPage(context, found.state === "over");
      await kept.keep(context, madeFor, form);
      return keptPage(context);
    }
    if (!isInCareTeam(staff)) return noCarePage(context, staff);
    if (madeFor !== undefined && madeFor !== staff.staffId) return otherPersonPage(context, staff);
    context.set("staff", staff);
    context.set("actor", { kind: "staff", staffId: staff.staffId, functions: staff.functions });
    // What is no form of this page has no fields: its page says what is missing.
    context.set("form", madeFor === undefined ? new Map() : form);
    context.set("kept", isForm ? undefined : await kept.find(context, staff.staffId));
    await next();
    if (isForm && context.res.status === 303) {
      await kept.forget(context);
      keepWayBack(context);
    }
    return undefined;
  };
}

/** Whoever came from the queue still knows the way back after saving. */
function keepWayBack(context: Context): void {
  const to = context.res.headers.get("location") ?? "";
  if (to.startsWith("/staff/") && !to.includes("back="))
    context.res.headers.set("location", withBack(to, context.req.query("back")));
}

function signInPage(context: Context, isOver: boolean) {
  const hasFailed = context.req.query("problem") === "sign-in";
  return staffPage(
    context,
    {
      title: "Sign in",
      errors: hasFailed ? [{ field: "sign-in", text: "Signing in did not work. Try again." }] : [],
      content: (
        <div class="card">
          <p>
            {isOver
              ? "Your session has ended, because nobody worked here for a while."
              : "These pages are for staff."}
          </p>
          <SignInLink path={context.req.path} />
        </div>
      ),
    },
    401,
  );
}

function SignInLink({ path }: { readonly path: string }) {
  const to = pathToGoOn(path);
  return (
    <p>
      <a
        class="button"
        id="sign-in"
        href={to === "/staff" ? "/staff/sign-in" : `/staff/sign-in?to=${encodeURIComponent(to)}`}
      >
        Sign in
      </a>
    </p>
  );
}

/** Nothing was saved and nothing is lost: the form waits for its sender. */
function keptPage(context: Context) {
  return staffPage(
    context,
    {
      title: "Sign in to save this",
      content: (
        <div class="card">
          <p>
            <strong>Your session had ended, so nothing is saved yet.</strong> What you typed is kept
            for 30 minutes and stands in its form again when you have signed in. Then send it once
            more.
          </p>
          <SignInLink path={context.req.path} />
        </div>
      ),
    },
    401,
  );
}

function otherPersonPage(context: Context, staff: StaffMember) {
  return staffPage(
    context,
    {
      title: "Somebody else opened this form",
      who: staff.name,
      content: (
        <p class="card">
          Nothing was saved: it would have stood under your name. Whoever typed it signs in, or you
          open the page anew. <a href={pathToGoOn(context.req.path)}>Open the page</a>
        </p>
      ),
    },
    409,
  );
}

/** What a person without a function in the care team is shown, whatever they asked for. */
function noCarePage(context: Context, staff: StaffMember) {
  return staffPage(
    context,
    {
      title: "These pages are for the care team",
      who: staff.name,
      hasPlaces: false,
      content: (
        <div class="card">
          <p>
            You are signed in, but you have no function in the care team, so nothing of anybody’s
            care is shown to you.
          </p>
          <p>If you work in care, ask your site lead to add your function.</p>
        </div>
      ),
    },
    403,
  );
}

function tooLarge(context: Context, isFile: boolean) {
  return staffPage(
    context,
    {
      title: "Too much at once",
      content: (
        <p class="card">
          {isFile
            ? `The file is larger than ${fileLimits.bytes / 1024} kB, and nothing of it was entered. It may have ${fileLimits.lines} lines: send it in parts, such as a day at a time.`
            : "What was sent is larger than any form here. Go back, shorten it, and send it again."}
        </p>
      ),
    },
    413,
  );
}
