import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import {
  firstOpenQuestion,
  type Question,
  questionAfter,
} from "../../../shared/questions/question.ts";
import { ContinueButton, type FieldError } from "../../../shared/web/parts/fields.tsx";
import { Form } from "../../../shared/web/parts/form.tsx";
import { SummaryList } from "../../../shared/web/parts/summary-list.tsx";
import { inLanguage, type Language } from "../../../shared/web/texts/language.ts";
import { notePage, page } from "../http/view.tsx";
import { commonTexts } from "../texts/common.ts";
import { questionTexts } from "../texts/questions.ts";
import { tabletTexts } from "../texts/tablet.ts";
import { CrisisLines, Phone } from "../ui/crisis.tsx";
import type { PageLinks } from "../ui/page-links.ts";
import { answerLabel, QuestionForm } from "../ui/question.tsx";
import { tabletPath } from "./clinic-tablet.ts";
import { ComeBackLink } from "./come-back-routes.tsx";

/** A set of questions on pages of its own: intro, one page a question, check, done. */
export type PageSet = {
  /** Path of the first page, such as `/screen`. */
  readonly base: string;
  readonly links: PageLinks;
  readonly language: Language;
  readonly site: Site;
  readonly episode: Episode;
  /** On a clinic's tablet, where nothing leads to the person's other pages. */
  readonly isOnTablet: boolean;
  readonly questions: readonly Question[];
  /** Answers so far as the forms send them, by the question's id. */
  readonly answers: Readonly<Record<string, string>>;
};

const secondsPerQuestion = 15;

/** Index of the first question that must be answered and is not; -1 when none is left. */
export function firstOpen({ questions, answers }: PageSet): number {
  return firstOpenQuestion(questions, answers);
}

/** Where the reader goes after question `number` (from 1): the next without an answer, or the check. */
export function pathAfter(set: PageSet, number: number): string {
  const index = questionAfter(set.questions, set.answers, number);
  return set.links.hrefOf(index < 0 ? `${set.base}/check` : `${set.base}/${index + 1}`);
}

/**
 * The page before the first question: how many there are, how many minutes they take, what the answers are
 * for.
 */
export function introPage(context: Context, set: PageSet) {
  const t = questionTexts[set.language].intro;
  const count = set.questions.length;
  const minutes = Math.max(2, Math.round((count * secondsPerQuestion) / 60));
  const hasBegun = Object.keys(set.answers).length > 0;
  return page(context, {
    language: set.language,
    title: t.title,
    brand: set.site.senderName,
    content: (
      <>
        <h1 class="govuk-heading-l">{t.title}</h1>
        <p class="govuk-body">{t.count(count, minutes)}</p>
        <p class="govuk-body">{set.isOnTablet ? tabletTexts[set.language].saved : t.saved}</p>
        <p class="govuk-body">{t.who}</p>
        <p class="govuk-body">{t.notLive}</p>
        <Form {...set.links.formTo(set.base)}>
          <ContinueButton>{hasBegun ? t.goOn : t.button}</ContinueButton>
        </Form>
        {set.isOnTablet ? null : (
          <ComeBackLink episode={set.episode} language={set.language} links={set.links} />
        )}
      </>
    ),
  });
}

/** Where questions are not published in the reader's language a person asks them: nobody translates them on the way. */
export function askedByPersonPage(
  context: Context,
  { language, site }: Pick<PageSet, "language" | "site">,
) {
  const t = questionTexts[language].askedByPerson;
  return notePage(
    context,
    { language, brand: site.senderName, title: t.title, words: t.words, phone: site.phone },
    409,
  );
}

/**
 * One question with what was answered before, and what is wrong with it. `number` counts from 1; a number
 * that is no question's is not found.
 */
export function questionPage(
  context: Context,
  set: PageSet,
  input: {
    readonly number: number;
    readonly submissionKey: string;
    readonly errors?: readonly FieldError[];
  },
) {
  const { number, errors = [] } = input;
  const question = set.questions[number - 1];
  if (question === undefined) return context.notFound();
  return page(
    context,
    {
      language: set.language,
      title: `${questionTexts[set.language].progress(number, set.questions.length)}`,
      brand: set.site.senderName,
      hasError: errors.length > 0,
      backHref: set.links.hrefOf(number === 1 ? set.base : `${set.base}/${number - 1}`),
      content: (
        <QuestionForm
          language={set.language}
          question={question}
          number={number}
          count={set.questions.length}
          target={set.links.formTo(`${set.base}/${number}`)}
          submissionKey={input.submissionKey}
          value={ownValue(set.answers, question.id)}
          errors={errors}
        />
      ),
    },
    errors.length > 0 ? 400 : 200,
  );
}

/** All answers once more, each with a way to change it, before they are sent. */
export function checkPage(
  context: Context,
  set: PageSet,
  submissionKey: string,
  more: Child = null,
) {
  const t = questionTexts[set.language].check;
  return page(context, {
    language: set.language,
    title: t.title,
    brand: set.site.senderName,
    backHref: set.links.hrefOf(`${set.base}/${set.questions.length}`),
    content: (
      <>
        <h1 class="govuk-heading-l">{t.title}</h1>
        <SummaryList
          changeWord={commonTexts[set.language].change}
          rows={set.questions.map((question, index) => {
            const text = inLanguage(question.text, set.language);
            return {
              key: text.text,
              value: answerLabel(question, ownValue(set.answers, question.id), set.language),
              changeHref: set.links.hrefOf(`${set.base}/${index + 1}`),
              lang: text.language === set.language ? undefined : text.language,
            };
          })}
        />
        <Form {...set.links.formTo(`${set.base}/send`)} submissionKey={submissionKey}>
          {more}
          <ContinueButton>{t.button}</ContinueButton>
        </Form>
      </>
    ),
  });
}

/** The page after sending: that it was sent, and whom to call now where an answer spoke of danger. */
export function donePage(context: Context, set: PageSet, isCrisis: boolean) {
  const t = questionTexts[set.language];
  return page(context, {
    language: set.language,
    title: t.done.title,
    brand: set.site.senderName,
    content: (
      <>
        <h1 class="govuk-heading-l">{t.done.title}</h1>
        <p class="govuk-body">{t.done.sent}</p>
        {isCrisis ? (
          <div class="urgent">
            <p>{t.crisis.words}</p>
            <CrisisLines language={set.language} />
          </div>
        ) : null}
        <p class="govuk-body">
          {t.done.call} <Phone number={set.site.phone} />
        </p>
        {set.isOnTablet ? <HandBack set={set} /> : <OtherPages set={set} />}
      </>
    ),
  });
}

function OtherPages({ set }: { readonly set: PageSet }) {
  return (
    <>
      <ComeBackLink episode={set.episode} language={set.language} links={set.links} />
      <p class="govuk-body">
        <a class="govuk-link tall-link" href={set.links.hrefOf("/preferences")}>
          {questionTexts[set.language].done.preferences}
        </a>
      </p>
    </>
  );
}

function HandBack({ set: { language, site } }: { readonly set: PageSet }) {
  const t = tabletTexts[language];
  return (
    <>
      <p class="govuk-body">{t.handBack}</p>
      <p class="govuk-body">
        <a class="govuk-link tall-link" href={tabletPath(site.siteId)}>
          {t.next}
        </a>
      </p>
    </>
  );
}

/** Shown in answer to the very form that asked for it. The alert is on file by then. */
export function crisisPage(
  context: Context,
  set: Pick<PageSet, "language" | "site" | "links">,
  nextPath: string,
) {
  const t = questionTexts[set.language].crisis;
  return page(context, {
    language: set.language,
    title: t.title,
    brand: set.site.senderName,
    content: (
      <>
        <h1 class="govuk-heading-l">{t.title}</h1>
        <div class="urgent">
          <p>{t.words}</p>
          <CrisisLines language={set.language} />
          <p>
            {t.office} <Phone number={set.site.phone} />
          </p>
        </div>
        <p class="govuk-body">{t.read}</p>
        <Form {...set.links.formTo(nextPath)}>
          <ContinueButton>{t.button}</ContinueButton>
        </Form>
      </>
    ),
  });
}

/** For a set that is sent before all of it is answered. */
export function stillOpenPage(context: Context, set: PageSet) {
  const t = questionTexts[set.language].open;
  return notePage(
    context,
    {
      language: set.language,
      brand: set.site.senderName,
      title: t.title,
      words: t.words,
      link: { href: set.links.hrefOf(`${set.base}/${firstOpen(set) + 1}`), text: t.link },
    },
    409,
  );
}
