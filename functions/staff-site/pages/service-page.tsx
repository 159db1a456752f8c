// Long because it is one page: the form of each kind of service, and what was recorded before.
import { Hono } from "hono/tiny";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import type { Program } from "../../../shared/care/program/program.ts";
import {
  type ServiceDetail,
  type ServiceKind,
  serviceDetails,
  serviceKinds,
  serviceRecords,
  serviceStates,
} from "../../../shared/care/program/service-kinds.ts";
import { choicesOf, readsScreens } from "../../../shared/care/services/record-service.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { serviceBodySchema } from "../../../shared/contracts/api-bodies.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { releaseWordsOf } from "../../../shared/staff/words/release-words.ts";
import { serviceWords } from "../../../shared/staff/words/service-words.ts";
import { capitalised } from "../../../shared/staff/words/timeline-words.ts";
import { loadProgram } from "../../../shared/store/load-program.ts";
import { type RecordedRelease, readReleases } from "../../../shared/store/read-releases.ts";
import { type RecordedService, readServiceHistory } from "../../../shared/store/read-services.ts";
import { Checkbox, Radios } from "../../../shared/web/parts/choices.tsx";
import { TextArea, TextField } from "../../../shared/web/parts/fields.tsx";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import { PickedReleases, readPickedReleases } from "../forms/release-fields.tsx";
import { readSafetyAnswer, SafetyQuestion } from "../forms/safety-question.tsx";
import { type FieldNames, type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { FormState } from "../forms/sent-form.ts";
import { StaffForm } from "../forms/staff-form.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { Table } from "../ui/parts.tsx";
import { inWords, inZone } from "../ui/times.ts";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

/** How each part of a record is asked for: one that is missing here does not compile. */
const asks: Readonly<Record<ServiceDetail, "line" | "day" | "choice" | "box" | "text">> = {
  topic: "line",
  with: "line",
  on: "day",
  nextOn: "day",
  result: "choice",
  isConfirmed: "box",
  isCleared: "box",
  wasThere: "box",
  isRead: "box",
  toldBy: "line",
  note: "text",
};

/** Where staff record how far somebody is with a service, and see what was recorded before. */
export function servicePage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  const path = "/staff/episodes/:episodeId/services/:service" as const;

  app.get(path, (context) =>
    show(context, context.req.param("episodeId"), context.req.param("service")),
  );

  app.post(path, async (context) => {
    const episodeId = context.req.param("episodeId");
    const service = serviceKinds.find((one) => one === context.req.param("service"));
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined || service === undefined) return notHere(context);
    const form = context.get("form");
    const { details } = serviceRecords[service];
    const said = serviceDetails.flatMap((detail): [string, string | boolean][] => {
      const value = (form.get(detail) ?? "").trim();
      if (details[detail] === undefined || value === "") return [];
      return [[detail, asks[detail] === "box" ? value === "yes" : value]];
    });
    const refused = await sendForm(context, {
      names: namesOf(service),
      zone: await zoneOf(deps, context),
      schema: serviceBodySchema,
      body: {
        service,
        state: form.get("state") ?? "",
        ...Object.fromEntries(said),
        ...(service === "family" ? readPickedReleases(form) : {}),
        version: Number(form.get("version") ?? Number.NaN),
        ...readSafetyAnswer(form.get("safetyConcern")),
      },
      carryOut: (call, body) => episodeCommands.services(deps, call, episodeId, body),
    });
    if (refused !== undefined) return show(context, episodeId, service, refused);
    return context.redirect(`/staff/episodes/${episodeId}#services`, 303);
  });

  async function show(
    context: PageContext,
    episodeId: string,
    name: string,
    refused?: RefusedForm,
  ) {
    const service = serviceKinds.find((one) => one === name);
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined || service === undefined) return notHere(context);
    const [{ program }, person, history] = await Promise.all([
      loadProgram(deps.store, own.programId, own.programVersion),
      readPerson(deps.store, episodeId),
      readServiceHistory(deps.store, own, service),
    ]);
    if (person === undefined) return notHere(context);
    const who = await staffNames(
      deps.store,
      history.map(({ by }) => by),
    );
    const zone = await zoneOf(deps, context);
    const today = localDate(deps.clock.now(), zone);
    const releases = service === "family" ? await readReleases(deps.store, own, today) : undefined;
    const sent = sentFormOf(context, refused);
    return formPage(context, sent, refused, {
      title: `${serviceRecords[service].label}: ${person.name}`,
      place: "/staff/people",
      content: (
        <>
          <p>
            <a href={`/staff/episodes/${episodeId}`}>Back to {person.name}</a>
          </p>
          {isTerminal(own.status) ? (
            <p class="card">This episode has ended: nothing more is recorded.</p>
          ) : (
            <ServiceForm
              state={formsOf(deps, context, sent)("service")}
              service={service}
              program={program}
              version={own.services?.[service] ?? 0}
              given={unreadResult(history[0])}
              mayRead={readsScreens(context.get("staff").functions)}
              releases={
                releases === undefined
                  ? undefined
                  : { all: releases, page: `/staff/episodes/${episodeId}/releases` }
              }
            />
          )}
          {history.length === 0 ? null : (
            <History history={history} zone={zone} who={who} releases={releases} />
          )}
        </>
      ),
    });
  }
  return app;
}

type Given = Readonly<Partial<Record<ServiceDetail | "state", string>>>;

/** A result that nobody has read stands in the form again: whoever reads it adds that they have, and types nothing twice. */
function unreadResult(latest: RecordedService | undefined): Given {
  if (latest?.service !== "drug-screen" || latest.state !== "done" || latest.isRead === true)
    return {};
  const { state, on, nextOn, result, isConfirmed, toldBy } = latest;
  const said = {
    on,
    nextOn,
    result,
    toldBy,
    isConfirmed: isConfirmed === true ? "yes" : undefined,
  };
  return {
    state,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  };
}

function namesOf(service: ServiceKind): FieldNames {
  const { details } = serviceRecords[service];
  return {
    state: { field: "state", label: "How it stands" },
    ...Object.fromEntries(
      serviceDetails.map((detail) => [
        detail,
        { field: detail, label: details[detail]?.label ?? detail },
      ]),
    ),
  };
}

function ServiceForm({
  state,
  service,
  program,
  version,
  given,
  mayRead,
  releases,
}: {
  readonly state: FormState;
  readonly service: ServiceKind;
  readonly program: Program;
  readonly version: number;
  /** What stands in the form before anybody types. */
  readonly given: Given;
  readonly mayRead: boolean;
  readonly releases:
    | { readonly all: readonly RecordedRelease[]; readonly page: string }
    | undefined;
}) {
  const { states, details } = serviceRecords[service];
  return (
    <StaffForm state={state} version={version}>
      <Radios
        {...state.field("state", given.state)}
        label="How it stands"
        isHeading={false}
        options={serviceStates.map((value) => ({ value, text: states[value] }))}
      />
      {serviceDetails.map((detail) =>
        detail === "isRead" && details.isRead !== undefined && !mayRead ? (
          <p>
            A clinician records that the result has been read: it is a task of theirs until then.
          </p>
        ) : (
          <Detail
            state={state}
            detail={detail}
            asked={details[detail]}
            program={program}
            given={given[detail]}
          />
        ),
      )}
      {releases === undefined ? null : <PickedReleases state={state} {...releases} />}
      <SafetyQuestion state={state} />
      <div class="buttons">
        <button type="submit">Record it</button>
      </div>
    </StaffForm>
  );
}

function Detail({
  state,
  detail,
  asked,
  program,
  given,
}: {
  readonly state: FormState;
  readonly detail: ServiceDetail;
  readonly program: Program;
  readonly given: string | undefined;
  readonly asked: (typeof serviceRecords)[ServiceKind]["details"][ServiceDetail];
}) {
  if (asked === undefined) return null;
  const field = state.field(detail, given);
  const { label } = asked;
  const choices = choicesOf(asked, program);
  if (choices !== undefined)
    return (
      <Radios
        {...field}
        label={label}
        isHeading={false}
        options={choices.map((value) => ({ value, text: capitalised(value) }))}
      />
    );
  switch (asks[detail]) {
    case "box":
      return <Checkbox name={field.name} id={field.id} value={field.value} label={label} />;
    case "day":
      return <TextField {...field} label={label} type="date" />;
    case "text":
      return <TextArea {...field} label={label} maxlength={2000} isHeading={false} />;
    default:
      return <TextField {...field} label={label} />;
  }
}

function History({
  history,
  zone,
  who,
  releases,
}: {
  readonly releases: readonly RecordedRelease[] | undefined;
  readonly history: readonly RecordedService[];
  readonly zone: string;
  readonly who: ReadonlyMap<string, string>;
}) {
  return (
    <>
      <h2>What was recorded</h2>
      <Table label="What was recorded" head={["When", "How it stood", "By"]}>
        {history.map((record) => (
          <tr>
            <td>{inZone(record.at, zone)}</td>
            <th scope="row">
              {inWords(serviceWords(record), zone)}
              {releases === undefined
                ? null
                : releaseWordsOf(record, releases).map((sentence) => (
                    <p class="quiet">{inWords(sentence, zone)}</p>
                  ))}
            </th>
            <td>{nameOrId(who, record.by)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}
