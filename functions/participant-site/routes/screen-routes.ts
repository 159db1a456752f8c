import { type Context, Hono } from "hono";
import { isRefusal } from "../../../shared/care/change/change.ts";
import {
  answerTo,
  type FormQuestion,
  formQuestions,
} from "../../../shared/questions/form-questions.ts";
import { submissionKey } from "../../../shared/web/http/read-form.ts";
import {
  isFormSafetyPositive,
  recordFormAnswer,
  sendForm,
} from "../../../workflows/run/record-form.ts";
import { refusedForm } from "../http/view.tsx";
import type { SiteDeps } from "../site-deps.ts";
import type { AskedQuestion } from "../ui/question.tsx";
import type { LinkView } from "./link-view.tsx";
import { type OpenSession, openSession } from "./open-session.ts";
import {
  checkPage,
  crisisPage,
  donePage,
  firstOpen,
  introPage,
  pathAfter,
  type QuestionSet,
  questionPage,
  stillOpenPage,
} from "./question-pages.tsx";
import { readAnswer } from "./read-answer.ts";
import { refusalPage } from "./refusal-page.ts";

const base = "/screen";

/**
 * Forms of instruments by link: one item a page, each answer saved by the page that gives it. An answer
 * that asks for it shows the crisis page in reply to its own POST, when the alert is already on file.
 */
export function screenRoutes(deps: SiteDeps) {
  const app = new Hono();

  app.get(base, async (context) => {
    const found = await open(context);
    return found instanceof Response ? found : introPage(context, found.set);
  });

  app.post(base, async (context) => {
    const found = await open(context);
    if (found instanceof Response) return found;
    if (found.form.size > 0) return refusedForm(context, found.set.language, 400);
    const next = firstOpen(found.set);
    const path = next < 0 ? `${base}/check` : `${base}/${next + 1}`;
    return context.redirect(found.set.links.hrefOf(path), 303);
  });

  app.get(`${base}/check`, async (context) => {
    const found = await open(context);
    if (found instanceof Response) return found;
    const next = firstOpen(found.set);
    return next < 0
      ? checkPage(context, found.set, deps.ids.next())
      : context.redirect(found.set.links.hrefOf(`${base}/${next + 1}`), 303);
  });

  app.post(`${base}/send`, async (context) => {
    const found = await open(context, true);
    if (found instanceof Response) return found;
    const { set, view, form } = found;
    const key = submissionKey(form);
    if (key === undefined || form.size !== 1) return refusedForm(context, set.language, 400);
    if (firstOpen(set) >= 0) return stillOpenPage(context, set);
    const sent = await sendForm(deps, view.link, key);
    if (isRefusal(sent)) return refusalPage(context, set, sent);
    return context.redirect(set.links.hrefOf(`${base}/done`), 303);
  });

  app.get(`${base}/done`, async (context) => {
    const found = await open(context, true);
    if (found instanceof Response) return found;
    const { set, view } = found;
    if (view.state !== "answered") return context.redirect(pathAfter(set, 0), 303);
    return donePage(context, set, isCrisis(view));
  });

  // Where the language links of a refused form lead.
  app.get(`${base}/send`, async (context) => {
    const found = await open(context);
    return found instanceof Response
      ? found
      : context.redirect(found.set.links.hrefOf(`${base}/check`), 303);
  });

  app.get(`${base}/:number{[1-9][0-9]?}`, async (context) => {
    const found = await open(context);
    if (found instanceof Response) return found;
    const number = Number(context.req.param("number"));
    return questionPage(context, found.set, { number, submissionKey: deps.ids.next() });
  });

  app.post(`${base}/:number{[1-9][0-9]?}`, (context) =>
    saveAnswer(context, Number(context.req.param("number"))),
  );

  app.post(`${base}/:number{[1-9][0-9]?}/continue`, async (context) => {
    const found = await open(context, true);
    if (found instanceof Response) return found;
    const number = Number(context.req.param("number"));
    return context.redirect(
      found.view.state === "answered"
        ? found.set.links.hrefOf(`${base}/done`)
        : pathAfter(found.set, number),
      303,
    );
  });

  async function saveAnswer(context: Context, number: number) {
    const found = await open(context, true);
    if (found instanceof Response) return found;
    const { set, view } = found;
    const read = await readAnswer(deps, context, found, number);
    if (read instanceof Response) return read;
    const saved = await recordFormAnswer(deps, view.link, {
      itemId: read.question.name,
      value: Number(read.value),
      submissionKey: read.key,
    });
    if (isRefusal(saved)) {
      // What reached us once is told the same again, also after the whole form was sent.
      if (saved.refused === "already-decided")
        return context.redirect(set.links.hrefOf(`${base}/done`), 303);
      return refusalPage(context, set, saved);
    }
    if (saved.isSafetyPositive) return crisisPage(context, set, `${base}/${number}/continue`);
    const answers = { ...set.answers, [read.question.name]: read.value };
    return context.redirect(pathAfter({ ...set, answers }, number), 303);
  }

  async function open(context: Context, isAfterwards = false) {
    const session = await openSession(deps, context, "forms", {
      takesAnswered: isAfterwards,
      takesOutOfHours: context.req.method === "POST",
    });
    if (session instanceof Response) return session;
    return { view: session.view, form: session.form, set: questionSet(session) };
  }
  return app;
}

function questionSet({ view, language, links }: OpenSession): QuestionSet {
  const { item, ctx, site } = view;
  const form = item?.kind === "form" ? item : { instruments: [], answers: {} };
  const questions = formQuestions(form, ctx.instruments);
  return {
    base,
    links,
    language,
    site,
    questions: questions.map(asked),
    answers: Object.fromEntries(
      questions.flatMap((question) => {
        const value = answerTo(form, question);
        return value === undefined ? [] : [[question.item.itemId, String(value)]];
      }),
    ),
  };
}

function asked({ instrument, item, options }: FormQuestion): AskedQuestion {
  return {
    name: item.itemId,
    // A question with answers of its own stands alone.
    ...(item.options === undefined ? { stem: instrument.stem } : {}),
    text: item.text,
    options: options.map((option) => ({ value: String(option.value), text: option.text })),
    isRequired: item.required,
  };
}

function isCrisis({ item, ctx }: LinkView): boolean {
  return item?.kind === "form" && isFormSafetyPositive({ form: item, ctx });
}
