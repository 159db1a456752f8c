import { Hono } from "hono/tiny";
import type { Instrument } from "../../../shared/care/program/instrument.ts";
import { screenThatAsks } from "../../../shared/care/program/staff-screen.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { measureBodySchema } from "../../../shared/contracts/api-bodies.ts";
import { primaryLanguage, unpublishedIn } from "../../../shared/messages/template.ts";
import { instrumentQuestions } from "../../../shared/questions/question.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { languageWords } from "../../../shared/staff/words/work-words.ts";
import { loadProgram } from "../../../shared/store/load-program.ts";
import { Radios } from "../../../shared/web/parts/choices.tsx";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import { ModeField } from "../forms/mode-field.tsx";
import { type FieldNames, type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { FormState } from "../forms/sent-form.ts";
import { StaffForm } from "../forms/staff-form.tsx";
import { readAnswers } from "../forms/task-forms.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { paperPage } from "../ui/paper-form.tsx";
import { Card } from "../ui/parts.tsx";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

const names: FieldNames = {
  mode: { field: "mode", label: "How it was asked" },
};

/** One instrument, asked by a member of staff: its published words, and the answers to enter. */
export function measurePage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  const path = "/staff/episodes/:episodeId/measures/:instrumentId" as const;

  app.get(path, (context) =>
    show(context, context.req.param("episodeId"), context.req.param("instrumentId")),
  );

  app.post(path, async (context) => {
    const episodeId = context.req.param("episodeId");
    const instrumentId = context.req.param("instrumentId");
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined) return notHere(context);
    const form = context.get("form");
    const refused = await sendForm(context, {
      names,
      zone: await zoneOf(deps, context),
      schema: measureBodySchema,
      body: {
        instrumentId,
        mode: form.get("mode") ?? "",
        answers: readAnswers(form).answers ?? {},
      },
      carryOut: (call, body) => episodeCommands.measures(deps, call, episodeId, body),
    });
    if (refused !== undefined) return show(context, episodeId, instrumentId, refused);
    return context.redirect(`/staff/episodes/${episodeId}#measures`, 303);
  });

  app.get(`${path}/print`, async (context) => {
    const { episodeId, instrumentId } = context.req.param();
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined) return notHere(context);
    const [person, { program, instruments }] = await Promise.all([
      readPerson(deps.store, episodeId),
      loadProgram(deps.store, own.programId, own.programVersion),
    ]);
    const instrument = ownValue(instruments, instrumentId);
    // What staff ask in the room is not handed out.
    const isAskedInTheRoom = screenThatAsks(program, instrumentId) !== undefined;
    if (person === undefined || instrument === undefined || isAskedInTheRoom)
      return notHere(context);
    return paperPage(context, {
      back: `/staff/episodes/${episodeId}/measures/${instrumentId}`,
      title: { en: instrument.title, es: instrument.title },
      person,
      questions: instrumentQuestions([instrumentId], instruments),
      takesWords: false,
      source: instrument.source,
    });
  });

  async function show(
    context: PageContext,
    episodeId: string,
    instrumentId: string,
    refused?: RefusedForm,
  ) {
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined) return notHere(context);
    const [person, { program, instruments }] = await Promise.all([
      readPerson(deps.store, episodeId),
      loadProgram(deps.store, own.programId, own.programVersion),
    ]);
    const instrument = ownValue(instruments, instrumentId);
    if (person === undefined || instrument === undefined) return notHere(context);
    const sent = sentFormOf(context, refused);
    const isUnpublished = unpublishedIn(own.language, [instrumentId], instruments).length > 0;
    return formPage(context, sent, refused, {
      title: `${instrument.title} with ${person.name}`,
      place: "/staff/people",
      content: (
        <>
          <p>
            <a href={`/staff/episodes/${episodeId}`}>Back to {person.name}</a>
            {isUnpublished || screenThatAsks(program, instrumentId) !== undefined ? null : (
              <>
                {" "}
                ·{" "}
                <a href={`/staff/episodes/${episodeId}/measures/${instrumentId}/print`}>
                  Print it for a pen
                </a>
              </>
            )}
          </p>
          {isUnpublished ? (
            <Card tone="urgent">
              <p>
                <strong>
                  {instrument.title} has no published wording in {languageWords(own.language)}.
                </strong>{" "}
                Ask it with a qualified interpreter, item by item, as it stands here. Do not
                translate it on your own.
              </p>
            </Card>
          ) : null}
          <MeasureForm
            state={formsOf(deps, context, sent)("measure")}
            instrument={instrument}
            language={primaryLanguage(own.language)}
            isInterpreted={isUnpublished}
          />
          <p class="quiet">{instrument.source}</p>
          {instrument.licenceReference === undefined ? null : (
            <p class="quiet">Used under licence: {instrument.licenceReference}</p>
          )}
        </>
      ),
    });
  }
  return app;
}

function MeasureForm({
  state,
  instrument,
  language,
  isInterpreted,
}: {
  readonly state: FormState;
  readonly instrument: Instrument;
  /** The person's; what is published in it stands below the English. */
  readonly language: string;
  readonly isInterpreted: boolean;
}) {
  const theirs = (texts: Readonly<Record<string, string>>) =>
    language === "en" ? undefined : ownValue(texts, language);
  const both = (texts: Readonly<Record<string, string>>) =>
    [texts.en, theirs(texts)].filter((text) => text !== undefined).join(" · ");
  return (
    <StaffForm state={state}>
      <ModeField state={state} isInterpreted={isInterpreted} standard="in-person" />
      <p>{both(instrument.stem)}</p>
      {instrument.items.map((item) => (
        <Radios
          {...state.field(`answer.${item.itemId}`)}
          label={`${item.text.en ?? item.itemId}${item.required ? "" : " (may be left out)"}`}
          hint={theirs(item.text)}
          isHeading={false}
          options={(item.options ?? instrument.options).map((option) => ({
            value: String(option.value),
            text: `${option.value} – ${both(option.text)}`,
          }))}
        />
      ))}
      <div class="buttons">
        <button type="submit">Save the answers</button>
      </div>
    </StaffForm>
  );
}
