import { Hono } from "hono/tiny";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { checkInBodySchema } from "../../../shared/contracts/api-bodies.ts";
import { itemKeys, keys } from "../../../shared/keys/keys.ts";
import { primaryLanguage } from "../../../shared/messages/template.ts";
import { answersOn, checkInQuestions, questionsIn } from "../../../shared/questions/question.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { askedQuestion } from "../../../shared/staff/queue/asked-questions.ts";
import { languageWords } from "../../../shared/staff/words/work-words.ts";
import { readEpisodeItem } from "../../../shared/store/episode-forms.ts";
import { loadProgram } from "../../../shared/store/load-program.ts";
import { TextArea } from "../../../shared/web/parts/fields.tsx";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import { ModeField } from "../forms/mode-field.tsx";
import { readSafetyAnswer, SafetyQuestion } from "../forms/safety-question.tsx";
import { type FieldNames, type RefusedForm, sendForm } from "../forms/send-form.ts";
import { StaffForm } from "../forms/staff-form.tsx";
import { AnswerField, readAnswers } from "../forms/task-forms.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { paperPage } from "../ui/paper-form.tsx";
import { Card } from "../ui/parts.tsx";
import { inZone } from "../ui/times.ts";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

const names: FieldNames = {
  mode: { field: "mode", label: "How it was asked" },
  note: { field: "note", label: "What else was said" },
};

/** Where the answers to a check-in are entered that came on paper or in a talk, and where it is printed for a pen. */
export function checkInPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  const path = "/staff/episodes/:episodeId/check-ins/:number" as const;

  app.get(path, (context) =>
    show(context, context.req.param("episodeId"), context.req.param("number")),
  );

  app.post(path, async (context) => {
    const episodeId = context.req.param("episodeId");
    const number = context.req.param("number");
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined) return notHere(context);
    const form = context.get("form");
    const note = (form.get("note") ?? "").trim();
    const refused = await sendForm(context, {
      names,
      zone: await zoneOf(deps, context),
      schema: checkInBodySchema,
      body: {
        number: Number(number),
        mode: form.get("mode") ?? "",
        answers: readAnswers(form).answers ?? {},
        ...(note === "" ? {} : { note }),
        ...readSafetyAnswer(form.get("safetyConcern")),
      },
      carryOut: (call, body) => episodeCommands["check-ins"](deps, call, episodeId, body),
    });
    if (refused !== undefined) return show(context, episodeId, number, refused);
    return context.redirect(`/staff/episodes/${episodeId}#thread`, 303);
  });

  app.get(`${path}/print`, async (context) => {
    const episodeId = context.req.param("episodeId");
    const found = await find(context, episodeId, context.req.param("number"));
    if (found === undefined) return notHere(context);
    const { person, checkIn, questions } = found;
    return paperPage(context, {
      back: `/staff/episodes/${episodeId}/check-ins/${checkIn.number}`,
      title: { en: "How are you doing?", es: "¿Cómo está?" },
      person,
      questions,
      takesWords: true,
    });
  });

  async function find(context: PageContext, episodeId: string, number: string) {
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined || !/^[1-9]\d{0,2}$/.test(number)) return undefined;
    const key = keys.episodeItem(episodeId, itemKeys.checkIn(Number(number)));
    const [person, stored, rules] = await Promise.all([
      readPerson(deps.store, episodeId),
      deps.store.get("care", key.pk, key.sk),
      loadProgram(deps.store, own.programId, own.programVersion),
    ]);
    const checkIn = stored === undefined ? undefined : readEpisodeItem(stored);
    if (person === undefined || checkIn?.kind !== "check-in") return undefined;
    return { person, checkIn, questions: checkInQuestions(rules, checkIn) };
  }

  async function show(
    context: PageContext,
    episodeId: string,
    number: string,
    refused?: RefusedForm,
  ) {
    const found = await find(context, episodeId, number);
    if (found === undefined) return notHere(context);
    const { person, checkIn, questions } = found;
    const zone = await zoneOf(deps, context);
    const sent = sentFormOf(context, refused);
    const state = formsOf(deps, context, sent)("check-in");
    const language = primaryLanguage(person.episode.language);
    const isUnpublished = questionsIn(language, questions) === undefined;
    const onFile = answersOn(checkIn);
    const here = `/staff/episodes/${episodeId}/check-ins/${checkIn.number}`;
    return formPage(context, sent, refused, {
      title: `Check-in ${checkIn.number} with ${person.name}`,
      place: "/staff/people",
      content: (
        <>
          <p>
            <a href={`/staff/episodes/${episodeId}`}>Back to {person.name}</a>
          </p>
          {closedWords(checkIn, zone) === undefined ? (
            <>
              <p>
                {checkIn.status === "missed" ? "Missed; it was due" : "Due"}{" "}
                {inZone(checkIn.dueAt, zone)}.{" "}
                {isUnpublished ? null : <a href={`${here}/print`}>Print it for a pen</a>}
              </p>
              {isUnpublished ? (
                <Card tone="urgent">
                  <p>
                    <strong>
                      These questions are not all published in {languageWords(language)}.
                    </strong>{" "}
                    Ask them with a qualified interpreter, one by one, as they stand here. Do not
                    translate them on your own.
                  </p>
                </Card>
              ) : null}
              <StaffForm state={state}>
                <ModeField state={state} isInterpreted={isUnpublished} standard="paper" />
                <p class="quiet">Leave open what was not asked or not answered.</p>
                {questions.map((question) => {
                  const value = ownValue(onFile, question.id);
                  return (
                    <AnswerField
                      state={state}
                      question={askedQuestion(question)}
                      hint={language === "en" ? undefined : ownValue(question.text, language)}
                      value={value === undefined ? undefined : sentValue(value)}
                    />
                  );
                })}
                <TextArea
                  {...state.field("note")}
                  label="What else was said, or stands on the paper"
                  hint="Optional, in the person's words"
                  maxlength={2000}
                  isHeading={false}
                />
                <SafetyQuestion state={state} />
                <div class="buttons">
                  <button type="submit">Save the answers</button>
                </div>
                <p class="quiet">
                  What the answers ask for, such as a call today, is opened as soon as they are
                  saved.
                </p>
              </StaffForm>
            </>
          ) : (
            <p class="card">{closedWords(checkIn, zone)}</p>
          )}
        </>
      ),
    });
  }
  return app;
}

function sentValue(value: number | boolean): string {
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}

/** Why nothing is entered for it; `undefined` where answers are taken. */
function closedWords({ status, answeredAt, dueAt }: CheckIn, zone: string): string | undefined {
  switch (status) {
    case "open":
    case "missed":
      return undefined;
    case "planned":
      return `This check-in is not open yet: it is due ${inZone(dueAt, zone)}. What the person says until then is written down under "Write down a contact".`;
    case "answered":
      return `This check-in was answered${answeredAt === undefined ? "" : ` ${inZone(answeredAt, zone)}`}. The answers stand under "What was written and done".`;
    case "cancelled":
      return "This check-in is not asked any more.";
  }
}
