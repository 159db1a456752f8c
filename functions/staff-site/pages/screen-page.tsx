import { Hono } from "hono/tiny";
import type { StaffScreen } from "../../../shared/care/program/staff-screen.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { screenBodySchema } from "../../../shared/contracts/api-bodies.ts";
import { unpublishedIn } from "../../../shared/messages/template.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { languageWords } from "../../../shared/staff/words/work-words.ts";
import { loadProgram } from "../../../shared/store/load-program.ts";
import { type RecordedScreen, readScreens } from "../../../shared/store/read-screen.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import { readSafetyAnswer } from "../forms/safety-question.tsx";
import { type AskedOf, refusedAnswer, ScreenForm } from "../forms/screen-form.tsx";
import { type FieldNames, type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { Card, Facts } from "../ui/parts.tsx";
import { inZone } from "../ui/times.ts";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

const names: FieldNames = {
  mode: { field: "mode", label: "How it was asked" },
  note: { field: "note", label: "What else was said" },
};

/** Where staff enter what they asked in the room, and read what was answered last. */
export function screenPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  const path = "/staff/episodes/:episodeId/screens/:screenId" as const;

  app.get(path, (context) =>
    show(context, context.req.param("episodeId"), context.req.param("screenId")),
  );

  app.post(path, async (context) => {
    const episodeId = context.req.param("episodeId");
    const screenId = context.req.param("screenId");
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined) return notHere(context);
    const form = context.get("form");
    const note = (form.get("note") ?? "").trim();
    const refused = await sendForm(context, {
      names,
      zone: await zoneOf(deps, context),
      schema: screenBodySchema,
      body: {
        screenId,
        mode: form.get("mode") ?? "",
        ...readScreenFields(form),
        ...(note === "" ? {} : { note }),
        ...readSafetyAnswer(form.get("safetyConcern")),
      },
      carryOut: (call, body) => episodeCommands.screens(deps, call, episodeId, body),
    });
    if (refused !== undefined) return show(context, episodeId, screenId, refused);
    return context.redirect(`/staff/episodes/${episodeId}#screens`, 303);
  });

  async function show(
    context: PageContext,
    episodeId: string,
    screenId: string,
    refused?: RefusedForm,
  ) {
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined) return notHere(context);
    const [person, loaded, recorded] = await Promise.all([
      readPerson(deps.store, episodeId),
      loadProgram(deps.store, own.programId, own.programVersion),
      readScreens(deps.store, own),
    ]);
    const screen = loaded.program.screens?.find((one) => one.screenId === screenId);
    if (person === undefined || screen === undefined) return notHere(context);
    const asked: AskedOf = { screen, instruments: loaded.instruments, language: own.language };
    const last = recorded.find((one) => one.screenId === screenId);
    const who = await staffNames(deps.store, [last?.by]);
    const zone = await zoneOf(deps, context);
    const sent = sentFormOf(context, refused);
    return formPage(context, sent, refused, {
      title: `${screen.title} with ${person.name}`,
      place: "/staff/people",
      content: (
        <>
          <p>
            <a href={`/staff/episodes/${episodeId}`}>Back to {person.name}</a>
          </p>
          <InterpreterCard {...asked} />
          {last === undefined ? null : (
            <LastTime
              {...asked}
              last={last}
              when={`${inZone(last.at, zone)}, ${plain(last.mode)}, by ${nameOrId(who, last.by)}`}
            />
          )}
          <ScreenForm state={formsOf(deps, context, sent)("screen")} {...asked} />
        </>
      ),
    });
  }
  return app;
}

/** Answers by question and item, and the questions that the person would not answer. */
function readScreenFields(form: Form) {
  const given = [...form].flatMap(([name, value]): [string, string][] =>
    name.startsWith("answer.") && value !== "" ? [[name.slice("answer.".length), value]] : [],
  );
  return {
    answers: Object.fromEntries(
      given
        .filter(([, value]) => value !== refusedAnswer)
        .map(([id, value]) => [id, Number(value)]),
    ),
    refused: [
      ...given.filter(([, value]) => value === refusedAnswer).map(([id]) => id),
      ...[...form].flatMap(([name, value]) =>
        name.startsWith("refused.") && value === "yes" ? [name.slice("refused.".length)] : [],
      ),
    ],
  };
}

/** What has no published wording in the person's language is asked with an interpreter, and never translated. */
function InterpreterCard({ screen, instruments, language }: AskedOf) {
  const asked = screen.questions.flatMap(({ instrumentId }) => instrumentId ?? []);
  const unpublished = unpublishedIn(language, asked, instruments);
  if (unpublished.length === 0) return null;
  return (
    <Card tone="urgent">
      <p>
        <strong>
          {unpublished.map((id) => ownValue(instruments, id)?.title ?? id).join(", ")} has no
          published wording in {languageWords(language)}.
        </strong>{" "}
        Ask it with a qualified interpreter, question by question, as it stands here. Do not
        translate it on your own.
      </p>
    </Card>
  );
}

function LastTime({
  screen,
  instruments,
  last,
  when,
}: AskedOf & { readonly last: RecordedScreen; readonly when: string }) {
  return (
    <Card>
      <h2>Asked last</h2>
      <p class="quiet">{when}</p>
      <Facts pairs={answered({ screen, instruments }, last)} />
    </Card>
  );
}

function answered(
  { screen, instruments }: Omit<AskedOf, "language">,
  { answers, refused }: RecordedScreen,
): readonly (readonly [string, string | undefined])[] {
  const textOf = (
    options: StaffScreen["questions"][number]["options"],
    id: string,
  ): string | undefined => {
    const value = ownValue(answers, id);
    return value === undefined
      ? undefined
      : (options?.find((option) => option.value === value)?.text.en ?? String(value));
  };
  return screen.questions.flatMap((question) => {
    const label = question.text.en ?? question.id;
    if (refused.includes(question.id)) return [[label, "would not answer"] as const];
    const instrument = ownValue(instruments, question.instrumentId ?? "");
    if (instrument === undefined) return [[label, textOf(question.options, question.id)] as const];
    return instrument.items.map(
      (item) =>
        [
          item.text.en ?? item.itemId,
          textOf(item.options ?? instrument.options, item.itemId),
        ] as const,
    );
  });
}
