import { type Context, Hono } from "hono";
import { isRefusal } from "../../../shared/care/change/change.ts";
import { answersOn, questionsIn, questionsOf } from "../../../shared/questions/question.ts";
import { isSafetyPositive } from "../../../shared/questions/raise-for-answers.ts";
import type { Link } from "../../../shared/store/find-link.ts";
import { submissionKey } from "../../../shared/web/http/read-form.ts";
import { TextArea } from "../../../shared/web/parts/fields.tsx";
import { recordAnswer, sendRecorded } from "../../../workflows/run/record-answers.ts";
import { refusedForm } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { questionTexts } from "../texts/questions.ts";
import { sentValue } from "../ui/question.tsx";
import { clearTablet } from "./clinic-tablet.ts";
import { type LinkView, notOpenPage } from "./link-view.tsx";
import { openSession, type SessionOptions } from "./open-session.ts";
import {
  askedByPersonPage,
  checkPage,
  crisisPage,
  donePage,
  firstOpen,
  introPage,
  type PageSet,
  pathAfter,
  questionPage,
  stillOpenPage,
} from "./question-pages.tsx";
import { readAnswer } from "./read-answer.ts";
import { refusalPage } from "./refusal-page.ts";

const maxWords = 1000;
const unsafeInWords = /[^\P{Cc}\n\r\t]/u;

/** Whatever asks questions by link: where its pages are, and whether something may be written with it. */
export type AskedByLink = {
  readonly base: `/${string}`;
  readonly purpose: Extract<Link["purpose"], "forms" | "check-in">;
  readonly takesWords: boolean;
};

/**
 * Questions by link, those of forms and of check-ins: one a page, each answer saved by the page that gives
 * it. An answer that asks for it shows the crisis page in reply to its own POST, when the alert is already
 * on file.
 */
export function questionRoutes(
  deps: ParticipantSiteDeps,
  { base, purpose, takesWords }: AskedByLink,
) {
  const app = new Hono();
  const numbered = `${base}/:number{[1-9][0-9]?}` as const;

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
    return checkPage(context, set, deps.ids.next(), takesWords ? <Words set={set} /> : null);
  });

  app.post(`${base}/send`, async (context) => {
    const found = await open(context, { takesAnswered: true, takesLate: takesWords });
    if (found instanceof Response) return found;
    const { set, view, form } = found;
    const key = submissionKey(form);
    const words = (form.get("words") ?? "").trim();
    const isKnown = [...form.keys()].every(
      (name) => name === "key" || (takesWords && name === "words"),
    );
    if (key === undefined || !isKnown || unsafeInWords.test(words))
      return refusedForm(context, set.language, 400);
    if (words.length > maxWords) return refusedForm(context, set.language, 413);
    // Words are taken also when staff, or another device, have answered meanwhile, or the time is over.
    if (words === "" && view.state === "ended") return notOpenPage(context, view, set.language);
    if (view.state !== "answered" && view.state !== "ended" && firstOpen(set) >= 0)
      return stillOpenPage(context, set);
    const sent = await sendRecorded(deps, view.link, {
      submissionKey: key,
      ...(words === "" ? {} : { words }),
    });
    if (isRefusal(sent)) return refusalPage(context, set, sent);
    if (sent.isSafetyPositive) return crisisPage(context, set, `${base}/done`);
    if (view.state === "ended") return notOpenPage(context, view, set.language);
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

  app.get(numbered, async (context) => {
    const found = await open(context);
    if (found instanceof Response) return found;
    const number = Number(context.req.param("number"));
    return questionPage(context, found.set, { number, submissionKey: deps.ids.next() });
  });

  app.post(numbered, async (context) => {
    const found = await open(context, { takesAnswered: true, takesLate: true });
    if (found instanceof Response) return found;
    const { set, view } = found;
    const number = Number(context.req.param("number"));
    const read = await readAnswer(deps, context, found, number);
    if (read instanceof Response)
      return view.state === "ended" ? notOpenPage(context, view, set.language) : read;
    const saved = await recordAnswer(deps, view.link, {
      id: read.question.id,
      value: read.value,
      submissionKey: read.key,
    });
    if (isRefusal(saved)) {
      // What reached us once is told the same again, also after all of it was sent.
      if (saved.refused === "already-decided")
        return context.redirect(set.links.hrefOf(`${base}/done`), 303);
      return refusalPage(context, set, saved);
    }
    if (saved.isSafetyPositive) return crisisPage(context, set, `${base}/${number}/continue`);
    const answers = { ...set.answers, [read.question.id]: read.sent };
    return context.redirect(pathAfter({ ...set, answers }, number), 303);
  });

  app.post(`${numbered}/continue`, async (context) => {
    const found = await open(context, { takesAnswered: true });
    if (found instanceof Response) return found;
    const { set, view } = found;
    const path =
      view.state === "answered"
        ? set.links.hrefOf(`${base}/done`)
        : pathAfter(set, Number(context.req.param("number")));
    return context.redirect(path, 303);
  });

  async function done(context: Context) {
    const found = await open(context, { takesAnswered: true });
    if (found instanceof Response) return found;
    const { set, view } = found;
    if (view.state !== "answered") return context.redirect(pathAfter(set, 0), 303);
    if (set.isOnTablet) clearTablet(deps, context);
    return donePage(context, set, isCrisis(view));
  }

  async function open(context: Context, options: SessionOptions = {}) {
    const session = await openSession(deps, context, purpose, {
      ...options,
      takesOutOfHours: context.req.method === "POST",
    });
    if (session instanceof Response) return session;
    const { view, language, links, form } = session;
    const { item, ctx, site, episode } = view;
    const questions = questionsIn(language, questionsOf(item, ctx));
    // What lies there already, such as words on their way, is heard all the same.
    if (questions === undefined && context.req.path !== `${base}/send`)
      return askedByPersonPage(context, { language, site });
    const answers = item === undefined ? {} : answersOn(item);
    const set: PageSet = {
      base,
      links,
      language,
      site,
      episode,
      isOnTablet: view.link.isOnTablet === true,
      questions: questions ?? [],
      answers: Object.fromEntries(
        Object.entries(answers).map(([id, value]) => [id, sentValue(value)]),
      ),
    };
    return { view, set, form };
  }
  return app;
}

function isCrisis({ item, ctx }: LinkView): boolean {
  return item !== undefined && isSafetyPositive(ctx, item);
}

function Words({ set }: { readonly set: PageSet }) {
  const t = questionTexts[set.language].words;
  return (
    <TextArea
      language={set.language}
      name="words"
      label={t.label}
      hint={t.hint}
      errors={[]}
      maxlength={maxWords}
      isHeading={false}
    />
  );
}
