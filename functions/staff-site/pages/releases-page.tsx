import { Hono } from "hono/tiny";
import { releaseWayLabels, releaseWays } from "../../../shared/care/services/releases.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import {
  releaseBodySchema,
  releaseRevocationBodySchema,
} from "../../../shared/contracts/api-bodies.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { standingLabels } from "../../../shared/staff/words/release-words.ts";
import { capitalised } from "../../../shared/staff/words/timeline-words.ts";
import { type RecordedRelease, readReleases } from "../../../shared/store/read-releases.ts";
import { Radios } from "../../../shared/web/parts/choices.tsx";
import { TextField } from "../../../shared/web/parts/fields.tsx";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import { type FieldNames, type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { FormState, Forms } from "../forms/sent-form.ts";
import { FoldedForm, StaffForm } from "../forms/staff-form.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { Card, Facts } from "../ui/parts.tsx";
import { dayLabel, inZone } from "../ui/times.ts";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

const names: FieldNames = {
  name: { field: "name", label: "Who may be told" },
  relation: { field: "relation", label: "What they are to the person" },
  about: { field: "about", label: "What they may be told" },
  purpose: { field: "purpose", label: "What for" },
  from: { field: "from", label: "First day" },
  until: { field: "until", label: "Last day" },
  how: { field: "how", label: "How it was given" },
  witness: { field: "witness", label: "Who was there" },
  reason: { field: "reason", label: "How you know" },
};

/** Who may be told what about a person: what is recorded, one more, and one that is taken back. */
export function releasesPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  const path = "/staff/episodes/:episodeId/releases" as const;

  app.get(path, (context) => show(context, context.req.param("episodeId")));

  app.post(path, async (context) => {
    const episodeId = context.req.param("episodeId");
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined) return notHere(context);
    const form = context.get("form");
    const field = (name: string) => (form.get(name) ?? "").trim();
    const [name, number] = field("form").split(".");
    const zone = await zoneOf(deps, context);
    const refused =
      name === "take-back"
        ? await sendForm(context, {
            names,
            zone,
            schema: releaseRevocationBodySchema,
            body: { release: Number(number), reason: field("reason") },
            carryOut: (call, body) =>
              episodeCommands["release-revocation"](deps, call, episodeId, body),
          })
        : await sendForm(context, {
            names,
            zone,
            schema: releaseBodySchema,
            body: {
              name: field("name"),
              relation: field("relation"),
              about: field("about"),
              purpose: field("purpose"),
              from: field("from"),
              until: field("until"),
              how: field("how"),
              ...(field("witness") === "" ? {} : { witness: field("witness") }),
              version: Number(form.get("version") ?? Number.NaN),
            },
            carryOut: (call, body) => episodeCommands.releases(deps, call, episodeId, body),
          });
    if (refused !== undefined) return show(context, episodeId, refused);
    return context.redirect(`/staff/episodes/${episodeId}/releases?saved`, 303);
  });

  async function show(context: PageContext, episodeId: string, refused?: RefusedForm) {
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    const person = own === undefined ? undefined : await readPerson(deps.store, episodeId);
    if (own === undefined || person === undefined) return notHere(context);
    const zone = await zoneOf(deps, context);
    const today = localDate(deps.clock.now(), zone);
    const releases = await readReleases(deps.store, own, today);
    const who = await staffNames(
      deps.store,
      releases.flatMap(({ by, revokedBy }) => [by, revokedBy]),
    );
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    const isSaved = refused === undefined && context.req.query("saved") !== undefined;
    return formPage(context, sent, refused, {
      title: `Who may be told what about ${person.name}`,
      place: "/staff/people",
      notice: isSaved ? <p>Saved.</p> : undefined,
      content: (
        <>
          <p>
            <a href={`/staff/episodes/${episodeId}`}>Back to {person.name}</a>
          </p>
          {releases.length === 0 ? (
            <p class="card">Nobody may be told anything: no release is recorded.</p>
          ) : (
            releases.map((release) => (
              <ReleaseCard release={release} forms={forms} zone={zone} who={who} />
            ))
          )}
          <ReleaseForm state={forms("release")} version={own.releases?.length ?? 0} today={today} />
        </>
      ),
    });
  }
  return app;
}

function ReleaseCard({
  release,
  forms,
  zone,
  who,
}: {
  readonly release: RecordedRelease;
  readonly forms: Forms;
  readonly zone: string;
  readonly who: ReadonlyMap<string, string>;
}) {
  const { number, name, relation, about, purpose, from, until, how, witness, standing } = release;
  const { revokedOn, revokedBy = "" } = release;
  return (
    <Card>
      <h2>
        {name}, {relation}
      </h2>
      <Facts
        pairs={[
          ["How it stands", capitalised(standingLabels[standing])],
          ["May be told", about],
          ["What for", purpose],
          ["Days", `${dayLabel(from)} – ${dayLabel(until)}`],
          ["Given", `${releaseWayLabels[how]}${witness === undefined ? "" : `: ${witness}`}`],
          ["Recorded", `${inZone(release.at, zone)}, by ${nameOrId(who, release.by)}`],
          [
            "Taken back",
            revokedOn === undefined
              ? undefined
              : `${dayLabel(revokedOn)}, recorded by ${nameOrId(who, revokedBy)}`,
          ],
        ]}
      />
      {standing === "valid" || standing === "not-yet" ? (
        <TakeBack state={forms(`take-back.${number}`)} name={name} />
      ) : null}
    </Card>
  );
}

function TakeBack({ state, name }: { readonly state: FormState; readonly name: string }) {
  return (
    <FoldedForm state={state} title={`${name} may not be told any more`} button="Take it back">
      <TextField {...state.field("reason")} label="How you know, for staff" isWide={true} />
    </FoldedForm>
  );
}

function ReleaseForm({
  state,
  version,
  today,
}: {
  readonly state: FormState;
  readonly version: number;
  readonly today: string;
}) {
  return (
    <StaffForm state={state} version={version}>
      <h2>Record a release</h2>
      <TextField {...state.field("name")} label="Who may be told: a person or an organization" />
      <TextField
        {...state.field("relation")}
        label="What they are to the person, such as “sister”"
      />
      <TextField {...state.field("about")} label="What they may be told" isWide={true} />
      <TextField {...state.field("purpose")} label="What for" isWide={true} />
      <TextField {...state.field("from", today)} label="First day" type="date" />
      <TextField {...state.field("until")} label="Last day" type="date" />
      <Radios
        {...state.field("how")}
        label="How it was given"
        isHeading={false}
        options={releaseWays.map((value) => ({
          value,
          text: capitalised(releaseWayLabels[value]),
        }))}
      />
      <TextField {...state.field("witness")} label="Who was there (where it was said)" />
      <div class="buttons">
        <button type="submit">Record it</button>
      </div>
      <p class="quiet">
        An emergency contact is not a release. What the paper itself must say is counsel’s to
        decide.
      </p>
    </StaffForm>
  );
}
