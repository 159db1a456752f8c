import { Hono } from "hono/tiny";
import {
  type MedicineKind,
  medicineKinds,
  medicineRecords,
} from "../../../shared/care/program/medicine-kinds.ts";
import { medicineBodySchema } from "../../../shared/contracts/api-bodies.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { type RecordedMedicine, readMedicines } from "../../../shared/store/read-medicines.ts";
import { Radios } from "../../../shared/web/parts/choices.tsx";
import { TextArea, TextField } from "../../../shared/web/parts/fields.tsx";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import { readSafetyAnswer, SafetyQuestion } from "../forms/safety-question.tsx";
import { type FieldNames, type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { FormState } from "../forms/sent-form.ts";
import { StaffForm } from "../forms/staff-form.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { Card, Facts } from "../ui/parts.tsx";
import { inZone } from "../ui/times.ts";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

const names: FieldNames = {
  isTaken: { field: "isTaken", label: "How it stands" },
  prescriber: { field: "prescriber", label: "Who prescribes it" },
  pharmacy: { field: "pharmacy", label: "Pharmacy" },
  nextVisitOn: { field: "nextVisitOn", label: "Next visit" },
  supplyThrough: { field: "supplyThrough", label: "Lasts until" },
  note: { field: "note", label: "Note" },
};

const optionalFields = ["prescriber", "pharmacy", "nextVisitOn", "supplyThrough", "note"] as const;

/** Where staff record how it stands with one medicine: prescriber, next visit, and how long the supply lasts. */
export function medicinePage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  const path = "/staff/episodes/:episodeId/medicines/:medicine" as const;

  app.get(path, (context) =>
    show(context, context.req.param("episodeId"), context.req.param("medicine")),
  );

  app.post(path, async (context) => {
    const episodeId = context.req.param("episodeId");
    const medicine = medicineKinds.find((one) => one === context.req.param("medicine"));
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined || medicine === undefined) return notHere(context);
    const form = context.get("form");
    const given = optionalFields.flatMap((name): [string, string][] => {
      const value = (form.get(name) ?? "").trim();
      return value === "" ? [] : [[name, value]];
    });
    const refused = await sendForm(context, {
      names,
      zone: await zoneOf(deps, context),
      schema: medicineBodySchema,
      body: {
        medicine,
        isTaken: form.get("isTaken") === undefined ? undefined : form.get("isTaken") === "yes",
        ...(form.get("isTaken") === "mistake" ? { isMistake: true } : {}),
        ...Object.fromEntries(given),
        version: Number(form.get("version") ?? Number.NaN),
        ...readSafetyAnswer(form.get("safetyConcern")),
      },
      carryOut: (call, body) => episodeCommands.medicines(deps, call, episodeId, body),
    });
    if (refused !== undefined) return show(context, episodeId, medicine, refused);
    return context.redirect(`/staff/episodes/${episodeId}#medicines`, 303);
  });

  async function show(
    context: PageContext,
    episodeId: string,
    name: string,
    refused?: RefusedForm,
  ) {
    const medicine = medicineKinds.find((one) => one === name);
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined || medicine === undefined) return notHere(context);
    const [person, recorded] = await Promise.all([
      readPerson(deps.store, episodeId),
      readMedicines(deps.store, own),
    ]);
    if (person === undefined) return notHere(context);
    const last = recorded.find((one) => one.medicine === medicine);
    const who = await staffNames(deps.store, [last?.by]);
    const zone = await zoneOf(deps, context);
    const sent = sentFormOf(context, refused);
    return formPage(context, sent, refused, {
      title: `${medicineRecords[medicine].label} of ${person.name}`,
      place: "/staff/people",
      content: (
        <>
          <p>
            <a href={`/staff/episodes/${episodeId}`}>Back to {person.name}</a>
          </p>
          {last === undefined ? null : (
            <Card>
              <h2>As it was recorded last</h2>
              <p class="quiet">
                {inZone(last.at, zone)}, by {nameOrId(who, last.by)}
              </p>
              <Facts
                pairs={[
                  ["How it stands", howItStands(last)],
                  ["Who prescribes it", last.prescriber],
                  ["Pharmacy", last.pharmacy],
                  ["Next visit", last.nextVisitOn],
                  ["Lasts until", last.supplyThrough],
                ]}
              />
            </Card>
          )}
          <MedicineForm
            state={formsOf(deps, context, sent)("medicine")}
            medicine={medicine}
            last={last}
          />
        </>
      ),
    });
  }
  return app;
}

function howItStands({ isTaken, isMistake }: RecordedMedicine): string {
  if (isMistake === true) return "recorded by mistake: not taken";
  return isTaken ? "taken" : "stopped, or none is left";
}

function MedicineForm({
  state,
  medicine,
  last,
}: {
  readonly state: FormState;
  readonly medicine: MedicineKind;
  readonly last: RecordedMedicine | undefined;
}) {
  const { isForOpioidUse } = medicineRecords[medicine];
  const mayBeMistake = last !== undefined && last.isMistake !== true;
  return (
    <StaffForm state={state} version={last?.version ?? 0}>
      <Radios
        {...state.field("isTaken")}
        label="How it stands"
        isHeading={false}
        options={[
          { value: "yes", text: "The person takes it" },
          {
            value: "no",
            text: "Stopped, or none is left",
            hint: isForOpioidUse
              ? "Raises an alert: a clinician speaks with the person."
              : "Somebody looks at it.",
          },
          ...(!mayBeMistake
            ? []
            : [
                {
                  value: "mistake",
                  text: "Recorded by mistake: this person does not take it",
                  hint: "It leaves the list, and nobody is alerted. Say in the note how you know.",
                },
              ]),
        ]}
      />
      <TextField
        {...state.field("prescriber", last?.prescriber ?? "")}
        label="Who prescribes it (where it is taken)"
      />
      <TextField {...state.field("pharmacy", last?.pharmacy ?? "")} label="Pharmacy (optional)" />
      <TextField {...state.field("supplyThrough")} label="Lasts until" type="date" />
      <TextField {...state.field("nextVisitOn")} label="Next visit (optional)" type="date" />
      <TextArea
        {...state.field("note")}
        label={mayBeMistake ? "Note (asked for where it was a mistake)" : "Note (optional)"}
        maxlength={2000}
        isHeading={false}
      />
      <SafetyQuestion state={state} />
      <div class="buttons">
        <button type="submit">Record it</button>
      </div>
      <p class="quiet">Name and dose of the medicine stay in the medical record.</p>
    </StaffForm>
  );
}
