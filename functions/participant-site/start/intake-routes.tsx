import { type Context, Hono } from "hono";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { listSites } from "../../../shared/store/list-sites.ts";
import { loadPolicy } from "../../../shared/store/load-policy.ts";
import { programChoices } from "../../../shared/store/program-choices.ts";
import {
  type Form,
  isFormProblem,
  readForm,
  submissionKey,
} from "../../../shared/web/http/read-form.ts";
import type { Language } from "../../../shared/web/texts/language.ts";
import { languageOf, notePage, refusedForm } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { formTexts } from "../texts/intake-form.ts";
import { type Draft, draftCookie, isBegun, sentCookie } from "./draft.ts";
import { beginPage, checkPage, sentPage, stepPage } from "./intake-pages.tsx";
import { sendDraft } from "./send-draft.ts";
import type { StepContext } from "./step.ts";
import { findStep, firstOpenStep, nextPath, pathBefore } from "./steps.ts";

const shownField = "shown";

/** The form by which people ask for care themselves: one question a page, nothing saved until it is sent. */
export function intakeRoutes(deps: ParticipantSiteDeps) {
  const app = new Hono();
  const drafts = draftCookie(deps);
  const sents = sentCookie(deps);

  app.get("/start", (context) =>
    beginPage(context, languageOf(context), isBegun(drafts.read(context))),
  );

  app.post("/start", async (context) => {
    const language = languageOf(context);
    const form = await readForm(context);
    if (isFormProblem(form)) return refusedForm(context, language, form.status);
    const choice = form.get("choice");
    const isKnown = choice === undefined ? form.size === 0 : form.size === 1;
    if (!isKnown || (choice !== undefined && choice !== "go-on" && choice !== "start-over"))
      return refusedForm(context, language, 400);
    const kept = choice === "start-over" ? undefined : drafts.read(context);
    // Whose it is, only the reader knows: nobody goes on with somebody else's form unasked.
    if (choice === undefined && isBegun(kept)) return context.redirect("/start", 303);
    const draft = kept ?? { key: deps.ids.next(), values: {} };
    const ctx = await stepContext(language, draft);
    sents.clear(context);
    drafts.write(context, draft);
    return context.redirect(nextPath(draft, ctx), 303);
  });

  app.get("/start/check", async (context) => {
    const found = await open(context);
    if (found instanceof Response) return found;
    const { draft, ctx } = found;
    if (firstOpenStep(draft, ctx) !== undefined) return context.redirect(nextPath(draft, ctx), 303);
    return showCheck(context, draft, ctx, false);
  });

  app.post("/start/send", async (context) => {
    const language = languageOf(context);
    const found = await openForm(context, [shownField]);
    if (found instanceof Response) return found;
    const { draft, ctx, form } = found;
    if (firstOpenStep(draft, ctx) !== undefined) {
      const link = { href: nextPath(draft, ctx), text: formTexts[language].unfinished.link };
      return notePage(context, { language, ...formTexts[language].unfinished, link }, 409);
    }
    // What is sent is what its reader saw: another window may have changed it meanwhile.
    if (form.get(shownField) !== digestOf(draft)) return showCheck(context, draft, ctx, true);
    const outcome = await sendDraft(deps, draft, ctx);
    switch (outcome.outcome) {
      case "opened":
        drafts.clear(context);
        sents.write(context, { ...outcome.answer, ...outcome, key: draft.key });
        return context.redirect("/start/sent", 303);
      case "other-body":
        return notePage(context, { language, ...formTexts[language].sentBefore }, 422);
      case "too-many":
        return notePage(context, { language, ...formTexts[language].tooMany }, 429);
      case "invalid":
        return notePage(context, { language, ...formTexts[language].refused }, 400);
    }
  });

  // Where the language links of a refused form lead.
  app.get("/start/send", (context) => context.redirect("/start/check", 303));

  app.get("/start/sent", async (context) => {
    const language = languageOf(context);
    const sent = sents.read(context);
    if (sent === undefined) return context.redirect("/start", 303);
    const site = (await listSites(deps.store)).find((one) => one.siteId === sent.siteId);
    return site === undefined ? context.notFound() : sentPage(context, language, sent, site);
  });

  app.get("/start/:step", async (context) => {
    const step = findStep(context.req.param("step"));
    if (step === undefined) return context.notFound();
    const found = await open(context);
    if (found instanceof Response) return found;
    const { draft, ctx } = found;
    if (!step.isAsked(draft.values, ctx)) return context.redirect(nextPath(draft, ctx), 303);
    const view = { ...ctx, values: draft.values, errors: [] };
    return stepPage(context, step, view, draft.key, pathBefore(draft, ctx, step));
  });

  app.post("/start/:step", async (context) => {
    const step = findStep(context.req.param("step"));
    if (step === undefined) return context.notFound();
    const found = await openForm(context, step.inputs);
    if (found instanceof Response) return found;
    const { draft, ctx, form } = found;
    if (!step.isAsked(draft.values, ctx)) return context.redirect(nextPath(draft, ctx), 303);
    const read = step.read(form, ctx, draft.values);
    if ("errors" in read) {
      const view = { ...ctx, values: draft.values, errors: read.errors, sent: form };
      return stepPage(context, step, view, draft.key, pathBefore(draft, ctx, step));
    }
    const values = { ...draft.values };
    for (const field of read.forget ?? []) delete values[field];
    const next: Draft = { key: draft.key, values: { ...values, ...read.values } };
    if (!drafts.write(context, next)) return refusedForm(context, ctx.language, 413);
    // What is asked next hangs on the place that was just chosen.
    return context.redirect(nextPath(next, await stepContext(ctx.language, next)), 303);
  });

  async function stepContext(language: Language, draft: Draft): Promise<StepContext> {
    const [all, policy] = await Promise.all([listSites(deps.store), loadPolicy(deps)]);
    const sites = all.filter((site) => site.programs.length > 0);
    const site = sites.find((one) => one.siteId === draft.values.siteId) ?? sites[0];
    const programs = site === undefined ? [] : await programChoices(deps.store, site);
    const today = localDate(deps.clock.now(), site?.timeZone ?? "UTC");
    return { language, sites, programs, policy, today };
  }

  function digestOf(draft: Draft): string {
    return deps.secrets.sha256(JSON.stringify(draft.values));
  }

  function showCheck(context: Context, draft: Draft, ctx: StepContext, isChanged: boolean) {
    return checkPage(context, draft, ctx, { hidden: { [shownField]: digestOf(draft) }, isChanged });
  }

  async function open(context: Context) {
    const language = languageOf(context);
    const draft = drafts.read(context);
    if (draft === undefined) {
      // Back from the page that says so.
      if (sents.read(context) !== undefined) return context.redirect("/start/sent", 303);
      const link = { href: "/start", text: formTexts[language].gone.link };
      return notePage(context, { language, ...formTexts[language].gone, link }, 409);
    }
    return { draft, ctx: await stepContext(language, draft) };
  }

  /** The draft with a form that belongs to it and holds these fields and no others. */
  async function openForm(context: Context, inputs: readonly string[]) {
    const language = languageOf(context);
    const form: Form | { readonly status: 400 | 413 | 415 } = await readForm(context);
    if (isFormProblem(form)) return refusedForm(context, language, form.status);
    // The second click of two, or a page from before: this very form was sent.
    if (form.has("key") && form.get("key") === sents.read(context)?.key)
      return context.redirect("/start/sent", 303);
    const found = await open(context);
    if (found instanceof Response) return found;
    const isKnown = [...form.keys()].every((name) => name === "key" || inputs.includes(name));
    if (submissionKey(form) === undefined || !isKnown) return refusedForm(context, language, 400);
    if (submissionKey(form) !== found.draft.key) {
      const link = { href: "/start", text: formTexts[language].gone.link };
      return notePage(context, { language, ...formTexts[language].gone, link }, 409);
    }
    return { ...found, form };
  }
  return app;
}
