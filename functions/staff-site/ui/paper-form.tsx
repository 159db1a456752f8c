import type { Context } from "hono";
import type { Child } from "hono/jsx";
import { primaryLanguage } from "../../../shared/messages/template.ts";
import { type Question, questionsIn } from "../../../shared/questions/question.ts";
import type { Person } from "../../../shared/staff/people/read-person.ts";
import { languageWords } from "../../../shared/staff/words/work-words.ts";
import { inLanguage, isLanguage, type Language } from "../../../shared/web/texts/language.ts";
import { printedPage } from "./layout.tsx";

const texts = {
  en: {
    name: "Name",
    date: "Date",
    yes: "Yes",
    no: "No",
    mayLeaveOut: "You can leave this one out.",
    words: "Is there anything you want to tell us? (optional)",
    crisis:
      "If you might act on thoughts of harming yourself: call or text 988, day and night. In an emergency: 911.",
  },
  es: {
    name: "Nombre",
    date: "Fecha",
    yes: "Sí",
    no: "No",
    mayLeaveOut: "Puede dejar esta sin responder.",
    words: "¿Hay algo que quiera contarnos? (opcional)",
    crisis:
      "Si piensa hacerse daño: llame al 988 (oprima 2) o mande AYUDA al 988, de día y de noche. En una emergencia: 911.",
  },
} as const;

/** More numbers than these are written down, and not ticked. */
const maxTicked = 11;

/**
 * Answers with questions to print and to answer with a pen; where they are not published in the person's language,
 * with the words that nobody hands them out in another.
 *
 * @param page.takesWords - true where something may be written with the answers
 * @param page.source - whose questions they are
 */
export function paperPage(
  context: Context,
  page: {
    readonly back: string;
    readonly title: Readonly<Record<Language, string>>;
    readonly person: Person;
    readonly questions: readonly Question[];
    readonly takesWords: boolean;
    readonly source?: string;
  },
) {
  const { episode, name } = page.person;
  const language = primaryLanguage(episode.language);
  const questions = isLanguage(language) ? questionsIn(language, page.questions) : undefined;
  const way = (words: Child) => (
    <p class="screen-only">
      <a href={page.back}>Back</a> · {words}
    </p>
  );
  if (!isLanguage(language) || questions === undefined)
    return printedPage(context, {
      language: "en",
      title: page.title.en,
      content: (
        <>
          {way("Nothing to print.")}
          <p>
            These questions are not published in {languageWords(language)}, so there is no sheet to
            hand out. Ask them with a qualified interpreter, and enter the answers.
          </p>
        </>
      ),
    });
  const isSafety = questions.some((question) => question.isSafety);
  return printedPage(context, {
    language,
    title: page.title[language],
    content: (
      <>
        {way(
          <span lang="en">
            Print this page with your browser.{" "}
            {isSafety ? (
              <strong>
                It asks about suicide or danger: hand it out only while you are there, read the
                answers before the person leaves, and enter them at once.
              </strong>
            ) : (
              "Enter the answers when it comes back."
            )}
          </span>,
        )}
        <PaperForm
          language={language}
          title={page.title[language]}
          name={name}
          questions={questions}
          takesWords={page.takesWords}
          source={page.source}
        />
      </>
    ),
  });
}

/**
 * Questions as they are answered with a pen: every one with its answers to tick, in the person's language alone, and
 * where help is at any hour.
 *
 * @param input.questions - all of them said in that language
 * @param input.takesWords - true where something may be written with the answers
 */
function PaperForm({
  language,
  title,
  name,
  questions,
  takesWords,
  source,
}: {
  readonly language: Language;
  readonly title: string;
  readonly name: string;
  readonly questions: readonly Question[];
  readonly takesWords: boolean;
  readonly source: string | undefined;
}) {
  const t = texts[language];
  const said = (words: Readonly<Record<string, string>> | undefined) =>
    words === undefined ? undefined : inLanguage(words, language).text;
  return (
    <article class="paper">
      <h1>{title}</h1>
      <p>
        {t.name}: {name} · {t.date}: ________________
      </p>
      <ol>
        {questions.map((question, index) => {
          const lead = leadOf(questions, index, said);
          return (
            <>
              {lead === undefined ? null : <li class="paper-lead">{lead}</li>}
              <li class="paper-question" value={index + 1}>
                {said(question.text)}
                {question.isRequired || question.onlyIf !== undefined ? null : (
                  <span class="quiet"> {t.mayLeaveOut}</span>
                )}
                <p class="paper-answers">
                  {choicesOf(question, language).map((choice) => (
                    <span>☐ {choice}</span>
                  ))}
                </p>
              </li>
            </>
          );
        })}
      </ol>
      {takesWords ? (
        <section class="paper-words">
          <p>{t.words}</p>
        </section>
      ) : null}
      <p class="plan-crisis">{t.crisis}</p>
      {source === undefined ? null : (
        <p class="paper-source" lang="en">
          {source}
        </p>
      )}
    </article>
  );
}

/** What is read before a question, where it was not read before the one above already. */
function leadOf(
  questions: readonly Question[],
  index: number,
  said: (words: Question["lead"]) => string | undefined,
): string | undefined {
  const before = (at: number) => said(questions[at]?.stem) ?? said(questions[at]?.lead);
  const own = before(index);
  return own === before(index - 1) ? undefined : own;
}

function choicesOf({ answer }: Question, language: Language): readonly string[] {
  const t = texts[language];
  switch (answer.type) {
    case "yes-no":
      return [t.yes, t.no];
    case "choice":
      return answer.options.map(({ text }) => inLanguage(text, language).text);
    case "number": {
      const { minimum, maximum } = answer;
      if (maximum - minimum >= maxTicked) return [`______ (${minimum}–${maximum})`];
      return Array.from({ length: maximum - minimum + 1 }, (_, step) => String(minimum + step));
    }
  }
}
