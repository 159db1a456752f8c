import { type Context, Hono } from "hono";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { listSites } from "../../../shared/store/list-sites.ts";
import { loadPolicy } from "../../../shared/store/load-policy.ts";
import { type Form, isFormProblem, readForm, submissionKey } from "../http/read-form.ts";
import { languageOf, notePage, refusedForm } from "../http/view.tsx";
import type { SiteDeps } from "../site-deps.ts";
import { formTexts } from "../texts/intake-form.ts";
import type { Language } from "../texts/language.ts";
import { type Draft, draftCookie, sentCookie } from "./draft.ts";
import { beginPage, checkPage, sentPage, stepPage } from "./intake-pages.tsx";
import { sendDraft } from "./send-draft.ts";
import type { StepContext } from "./step.ts";
import { findStep, firstOpenStep, nextPath, pathBefore } from "./steps.ts";

/** The form by which people ask for care themselves: one question a page, nothing saved until it is sent. */
export function intakeRoutes(deps: SiteDeps) {
  const app = new Hono();
  const drafts = draftCookie(deps);
  const sents = sentCookie(deps);

  app.get("/start", (context) => beginPage(context, languageOf(context)));

  app.post("/start", async (context) => {
    const language = languageOf(context);
    const form = await readForm(context);
    if (isFormProblem(form)) return refusedForm(context, language, form.status);
    if (form.size > 0) return refusedForm(context, language, 400);
    const draft = drafts.read(context) ?? { key: deps.ids.next(), values: {} };
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
    return checkPage(context, draft, ctx);
  });

  app.post("/start/send", async (context) => {
    const language = languageOf(context);
    // The second click of two: the first one took the form with it.
    if (drafts.read(context) === undefined && sents.read(context) !== undefined)
      return context.redirect("/start/sent", 303);
    const found = await openForm(context, []);
    if (found instanceof Response) return found;
    const { draft, ctx } = found;
    if (firstOpenStep(draft, ctx) !== undefined) {
      const link = { href: nextPath(draft, ctx), text: formTexts[language].unfinished.link };
      return notePage(context, { language, ...formTexts[language].unfinished, link }, 409);
    }
    const outcome = await sendDraft(deps, draft, ctx);
    switch (outcome.outcome) {
      case "opened":
        drafts.clear(context);
        sents.write(context, { ...outcome.answer, ...outcome });
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
    return context.redirect(nextPath(next, ctx), 303);
  });

  async function stepContext(language: Language, draft: Draft): Promise<StepContext> {
    const [all, policy] = await Promise.all([listSites(deps.store), loadPolicy(deps)]);
    const sites = all.filter((site) => site.programs.length > 0);
    const site = sites.find((one) => one.siteId === draft.values.siteId) ?? sites[0];
    const today = localDate(deps.clock.now(), site?.timeZone ?? "UTC");
    return { language, sites, policy, today };
  }

  async function open(context: Context) {
    const language = languageOf(context);
    const draft = drafts.read(context);
    if (draft === undefined) {
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
