import { Hono } from "hono/tiny";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import { apartBodySchema } from "../../../shared/contracts/schedule-bodies.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import {
  type ApartRow,
  apartChoices,
  listApart,
  mayReadApart,
} from "../../../shared/staff/sessions/apart.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { SelectField, TextArea } from "../../../shared/web/parts/fields.tsx";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import { type FieldNames, type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { Forms } from "../forms/sent-form.ts";
import { StaffForm } from "../forms/staff-form.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { ApartName, togetherWords } from "../ui/apart-rows.tsx";
import { Facts } from "../ui/parts.tsx";
import { dateInZone } from "../ui/times.ts";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

const names: FieldNames = {
  otherEpisodeId: { field: "other", label: "The other person" },
  reason: { field: "why", label: "Why" },
};

/** With whom somebody is not to be in one group: for all of the care team; recorded and taken back by those who read why. */
export function apartPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  const path = "/staff/episodes/:episodeId/apart" as const;

  app.get(path, (context) => show(context, context.req.param("episodeId")));

  app.post(path, async (context) => {
    const episodeId = context.req.param("episodeId");
    const staff = context.get("staff");
    const own = await findEpisode(deps.store, staff, episodeId);
    if (own === undefined || !mayReadApart(staff)) return notHere(context);
    const form = context.get("form");
    const [name, recordId = episodeId, taken] = (form.get("form") ?? "").split(".");
    const record = await findEpisode(deps.store, staff, recordId);
    if (record === undefined) return notHere(context);
    const refused = await sendForm(context, {
      schema: apartBodySchema,
      body:
        name === "together"
          ? { otherEpisodeId: taken ?? "", isTakenBack: true }
          : { otherEpisodeId: form.get("other") ?? "", reason: (form.get("why") ?? "").trim() },
      names,
      zone: await zoneOf(deps, context),
      carryOut: (call, body) => episodeCommands.apart(deps, call, recordId, body),
    });
    if (refused !== undefined) return show(context, episodeId, refused);
    return context.redirect(`${path.replace(":episodeId", episodeId)}?saved=${name ?? ""}`, 303);
  });

  async function show(context: PageContext, episodeId: string, refused?: RefusedForm) {
    const staff = context.get("staff");
    const episode = await findEpisode(deps.store, staff, episodeId);
    const person = episode === undefined ? undefined : await readPerson(deps.store, episodeId);
    if (episode === undefined || person === undefined) return notHere(context);
    const mayRecord = mayReadApart(staff);
    const [rows, choices, zone] = await Promise.all([
      listApart(deps, staff, episode),
      mayRecord && !isTerminal(episode.status) ? apartChoices(deps.store, episode) : [],
      zoneOf(deps, context),
    ]);
    const who = await staffNames(
      deps.store,
      rows.map(({ by }) => by),
    );
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    const saved = refused === undefined ? context.req.query("saved") : undefined;
    const known = new Set(rows.map(({ otherEpisodeId }) => otherEpisodeId));
    return formPage(context, sent, refused, {
      title: `Not in one group with ${person.name}`,
      place: "/staff/people",
      notice:
        saved === undefined ? undefined : (
          <p>
            {saved === "together"
              ? "Taken back: both may be in one group again."
              : "Recorded. Neither is put into a group of the other from now on."}
          </p>
        ),
      content: (
        <>
          <p>
            <a href={`/staff/episodes/${episodeId}`}>The person’s page</a> ·{" "}
            <a href={`/staff/episodes/${episodeId}/schedule`}>Schedule, hours and visits</a>
          </p>
          {rows.length === 0 ? <p class="card">Nobody is recorded here.</p> : null}
          {rows.map((row) => (
            <ApartCard
              row={row}
              said={`${dateInZone(row.since, zone)}, by ${nameOrId(who, row.by)}`}
              forms={mayRecord ? forms : undefined}
            />
          ))}
          {mayRecord && !isTerminal(episode.status) ? (
            <RecordForm
              forms={forms}
              choices={choices.filter((one) => !known.has(one.episodeId))}
            />
          ) : null}
          {mayRecord ? null : (
            <p class="quiet">
              Case managers, clinicians and supervisors record this, and read why.
            </p>
          )}
        </>
      ),
    });
  }
  return app;
}

function ApartCard({
  row,
  said,
  forms,
}: {
  readonly row: ApartRow;
  /** When it was recorded, and by whom. */
  readonly said: string;
  /** Where they may take it back. */
  readonly forms: Forms | undefined;
}) {
  const together = togetherWords(row);
  return (
    <div class="card">
      <h2>
        <ApartName row={row} />
      </h2>
      {together === "" ? null : <p class="late">{together}</p>}
      <Facts
        pairs={[
          ["Recorded", said],
          ["Why", row.reason],
        ]}
      />
      {forms === undefined ? null : (
        <StaffForm state={forms(`together.${row.recordId}.${row.otherEpisodeId}`)} isCard={false}>
          <div class="buttons">
            <button type="submit" class="second">
              They may be in one group again
            </button>
          </div>
        </StaffForm>
      )}
    </div>
  );
}

function RecordForm({
  forms,
  choices,
}: {
  readonly forms: Forms;
  readonly choices: Awaited<ReturnType<typeof apartChoices>>;
}) {
  const state = forms("apart");
  return (
    <StaffForm state={state}>
      <h2>Record somebody</h2>
      <p>
        Neither is put into a group of the other from then on: not by an admission, a move, a
        make-up place, a waiting list or a return. Groups that both come to already stay until you
        move one of them.
      </p>
      <SelectField
        {...state.field("other")}
        label="The other person"
        options={[
          { value: "", text: "Choose" },
          ...choices.map(({ episodeId, name }) => ({ value: episodeId, text: name })),
        ]}
      />
      <TextArea
        {...state.field("why")}
        label="Why"
        hint="Only case managers, clinicians and supervisors read it."
        maxlength={500}
        isHeading={false}
      />
      <div class="buttons">
        <button type="submit">Record it</button>
      </div>
    </StaffForm>
  );
}
