import { type Context, Hono } from "hono";
import { isRefusal } from "../../../shared/care/change/change.ts";
import { submissionKey } from "../../../shared/web/http/read-form.ts";
import { TextArea } from "../../../shared/web/parts/fields.tsx";
import { recordCheckInAnswer, sendCheckIn } from "../../../workflows/run/record-check-in.ts";
import { refusedForm } from "../http/view.tsx";
import type { SiteDeps } from "../site-deps.ts";
import { questionTexts } from "../texts/questions.ts";
import { answerOf, checkInQuestions, sentValues } from "./check-in-set.ts";
import { openSession } from "./open-session.ts";
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

const base = "/check-in";
const mostWords = 1000;
const unsafeInWords = /[^\P{Cc}\n\r\t]/u;

/** A check-in by link: the program's own questions, one a page, saved page by page. */
export function checkInRoutes(deps: SiteDeps) {
  const app = new Hono();

  app.get(base, async (context) => {
    const found = await open(context);
    return found instanceof Response ? found : introPage(context, found.set);
  });

  app.post(base, async (context) => {
    const found = await open(context);
    if (found instanceof Response) return found;
    if (found.form.size > 0) return refusedForm(context, found.set.language, 400);
    return context.redirect(pathAfter(found.set, 0), 303);
  });

  app.get(`${base}/check`, async (context) => {
    const found = await open(context);
    if (found instanceof Response) return found;
    const { set } = found;
    const next = firstOpen(set);
    if (next >= 0) return context.redirect(set.links.hrefOf(`${base}/${next + 1}`), 303);
    return checkPage(context, set, deps.ids.next(), <Words set={set} />);
  });

  app.post(`${base}/send`, async (context) => {
    const found = await open(context, true);
    if (found instanceof Response) return found;
    const { set, view, form } = found;
    const key = submissionKey(form);
    const words = (form.get("words") ?? "").trim();
    const isKnown = [...form.keys()].every((name) => name === "key" || name === "words");
    if (key === undefined || !isKnown || unsafeInWords.test(words))
      return refusedForm(context, set.language, 400);
    if (words.length > mostWords) return refusedForm(context, set.language, 413);
    // Words are taken also when staff, or another device, have answered meanwhile.
    if (view.state === "answered" && words === "")
      return context.redirect(set.links.hrefOf(`${base}/done`), 303);
    if (view.state !== "answered" && firstOpen(set) >= 0) return stillOpenPage(context, set);
    const sent = await sendCheckIn(deps, view.link, {
      submissionKey: key,
      ...(words === "" ? {} : { words }),
    });
    if (isRefusal(sent)) return refusalPage(context, set, sent);
    if (sent.isSafetyPositive) return crisisPage(context, set, `${base}/done`);
    return context.redirect(set.links.hrefOf(`${base}/done`), 303);
  });

  app.get(`${base}/done`, done);
  app.post(`${base}/done`, done);

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

  app.post(`${base}/:number{[1-9][0-9]?}`, async (context) => {
    const found = await open(context, true);
    if (found instanceof Response) return found;
    const { set, view } = found;
    const number = Number(context.req.param("number"));
    const read = await readAnswer(deps, context, found, number);
    if (read instanceof Response) return read;
    const saved = await recordCheckInAnswer(deps, view.link, {
      id: read.question.name,
      value: answerOf(read.value),
      submissionKey: read.key,
    });
    if (isRefusal(saved)) {
      if (saved.refused === "already-decided")
        return context.redirect(set.links.hrefOf(`${base}/done`), 303);
      return refusalPage(context, set, saved);
    }
    if (saved.isSafetyPositive) return crisisPage(context, set, `${base}/${number}/continue`);
    const answers = { ...set.answers, [read.question.name]: read.value };
    return context.redirect(pathAfter({ ...set, answers }, number), 303);
  });

  app.post(`${base}/:number{[1-9][0-9]?}/continue`, async (context) => {
    const found = await open(context, true);
    if (found instanceof Response) return found;
    return context.redirect(pathAfter(found.set, Number(context.req.param("number"))), 303);
  });

  async function done(context: Context) {
    const found = await open(context, true);
    if (found instanceof Response) return found;
    const { set, view } = found;
    if (view.state !== "answered") return context.redirect(pathAfter(set, 0), 303);
    return donePage(context, set, false);
  }

  async function open(context: Context, isAfterwards = false) {
    const session = await openSession(deps, context, "check-in", {
      takesAnswered: isAfterwards,
      takesOutOfHours: context.req.method === "POST",
    });
    if (session instanceof Response) return session;
    const { view, language, links, form } = session;
    const { item, ctx, site } = view;
    const set: QuestionSet = {
      base,
      links,
      language,
      site,
      questions: checkInQuestions(ctx),
      answers: item?.kind === "check-in" ? sentValues(item.answers) : {},
    };
    return { view, set, form };
  }
  return app;
}

function Words({ set }: { readonly set: QuestionSet }) {
  const t = questionTexts[set.language].words;
  return (
    <TextArea
      language={set.language}
      name="words"
      label={t.label}
      hint={t.hint}
      errors={[]}
      maxlength={mostWords}
      isHeading={false}
    />
  );
}
