import { Hono } from "hono/tiny";
import { partsFor } from "../../../shared/care/plans/plan-parts.ts";
import {
  maxPlanCharacters,
  type PlanKind,
  type PlanSection,
  planKindRecords,
  planKinds,
} from "../../../shared/care/program/plan-kinds.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { planBodySchema } from "../../../shared/contracts/api-bodies.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { languageWords } from "../../../shared/staff/words/work-words.ts";
import { loadProgram } from "../../../shared/store/load-program.ts";
import { readPlan, type WrittenPlan } from "../../../shared/store/read-plan.ts";
import { readServices } from "../../../shared/store/read-services.ts";
import { Checkbox } from "../../../shared/web/parts/choices.tsx";
import { TextArea } from "../../../shared/web/parts/fields.tsx";
import { PrintedPlan } from "../../../shared/web/parts/printed-plan.tsx";
import { isLanguage, pageLanguage } from "../../../shared/web/texts/language.ts";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import { readSafetyAnswer, SafetyQuestion } from "../forms/safety-question.tsx";
import { type FieldNames, type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { FormState } from "../forms/sent-form.ts";
import { StaffForm } from "../forms/staff-form.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { printedPage } from "../ui/layout.tsx";
import { Card } from "../ui/parts.tsx";
import { ServicesCard } from "../ui/services-card.tsx";
import { inZone } from "../ui/times.ts";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

/** Where a plan is written down with the person, version by version, and printed on one page in their language. */
export function planPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  const path = "/staff/episodes/:episodeId/plans/:planKind" as const;

  app.get(path, (context) =>
    show(context, context.req.param("episodeId"), context.req.param("planKind")),
  );

  app.post(path, async (context) => {
    const episodeId = context.req.param("episodeId");
    const planKind = planKinds.find((one) => one === context.req.param("planKind"));
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined || planKind === undefined) return notHere(context);
    const form = context.get("form");
    const { sections } = planKindRecords[planKind];
    const refused = await sendForm(context, {
      names: namesOf(planKind),
      zone: await zoneOf(deps, context),
      schema: planBodySchema,
      body: {
        planKind,
        sections: Object.fromEntries(sections.map(({ id }) => [id, form.get(id) ?? ""])),
        isShown: form.get("isShown") === "yes",
        version: Number(form.get("version") ?? Number.NaN),
        ...readSafetyAnswer(form.get("safetyConcern")),
      },
      carryOut: (call, body) => episodeCommands.plans(deps, call, episodeId, body),
    });
    if (refused !== undefined) return show(context, episodeId, planKind, refused);
    return context.redirect(`/staff/episodes/${episodeId}#plans`, 303);
  });

  app.get(`${path}/print`, async (context) => {
    const episodeId = context.req.param("episodeId");
    const planKind = planKinds.find((one) => one === context.req.param("planKind"));
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    const asked = Number(
      context.req.query("version") ?? own?.plans?.[planKind ?? "crisis"]?.version,
    );
    if (own === undefined || planKind === undefined || !Number.isInteger(asked))
      return notHere(context);
    const [person, plan] = await Promise.all([
      readPerson(deps.store, episodeId),
      readPlan(deps.store, episodeId, planKind, asked),
    ]);
    if (person === undefined || plan === undefined) return notHere(context);
    const wanted = context.req.query("lang");
    const language = isLanguage(wanted) ? wanted : pageLanguage(own.language);
    return printedPage(context, {
      language,
      title: planKindRecords[planKind].label[language],
      content: (
        <>
          <p class="screen-only">
            <a href={`/staff/episodes/${episodeId}/plans/${planKind}`}>Back</a> · Print this page
            with your browser; it fits on one sheet.{" "}
            <a href={`?lang=en&version=${asked}`}>English headings</a> ·{" "}
            <a href={`?lang=es&version=${asked}`}>Spanish headings</a>
          </p>
          <PrintedPlan
            language={language}
            plan={{ ...plan, writtenOn: localDate(plan.at, await zoneOf(deps, context)) }}
            name={person.name}
          />
        </>
      ),
    });
  });

  async function show(
    context: PageContext,
    episodeId: string,
    kindName: string,
    refused?: RefusedForm,
  ) {
    const planKind = planKinds.find((one) => one === kindName);
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined || planKind === undefined) return notHere(context);
    const [person, { program }] = await Promise.all([
      readPerson(deps.store, episodeId),
      loadProgram(deps.store, own.programId, own.programVersion),
    ]);
    if (person === undefined) return notHere(context);
    const state = own.plans?.[planKind];
    const plan =
      state === undefined
        ? undefined
        : await readPlan(deps.store, episodeId, planKind, state.version);
    const zone = await zoneOf(deps, context);
    const names = await staffNames(deps.store, [plan?.by]);
    const sent = sentFormOf(context, refused);
    const base = `/staff/episodes/${episodeId}`;
    const services = planKind === "treatment" ? await readServices(deps.store, own) : undefined;
    return formPage(context, sent, refused, {
      title: `${planKindRecords[planKind].label.en} with ${person.name}`,
      place: "/staff/people",
      content: (
        <>
          <p>
            <a href={base}>Back to {person.name}</a>
          </p>
          {plan === undefined ? (
            <p class="card">
              Nothing is written yet. Write it with the person, in their words
              {pageLanguage(own.language) === own.language.slice(0, 2)
                ? ` and in their language (${languageWords(own.language)})`
                : `; headings are printed in English, so read it to them in ${languageWords(own.language)}`}
              .
            </p>
          ) : (
            <Card>
              <p>
                Version {plan.version}, written down by {nameOrId(names, plan.by)},{" "}
                {inZone(plan.at, zone)}. <a href={`${base}/plans/${planKind}/print`}>Print it</a>
              </p>
              <Earlier base={`${base}/plans/${planKind}/print`} count={plan.version - 1} />
            </Card>
          )}
          {services === undefined ? null : (
            <ServicesCard episode={own} services={services} zone={zone} />
          )}
          <PlanForm
            state={formsOf(deps, context, sent)("plan")}
            // What is written stays in sight, whatever became of why it was asked.
            parts={planKindRecords[planKind].sections.filter(
              (part) =>
                partsFor(planKind, own, program).includes(part) ||
                ownValue(plan?.sections ?? {}, part.id) !== undefined,
            )}
            plan={plan}
            isShown={state?.isShown ?? false}
          />
        </>
      ),
    });
  }
  return app;
}

function namesOf(planKind: PlanKind): FieldNames {
  return Object.fromEntries(
    planKindRecords[planKind].sections.map(({ id, label }) => [
      `sections.${id}`,
      { field: id, label: label.en },
    ]),
  );
}

/** What was written before stays as it was. */
function Earlier({ base, count }: { readonly base: string; readonly count: number }) {
  if (count < 1) return null;
  return (
    <p class="quiet">
      Earlier:{" "}
      {Array.from({ length: count }, (_, index) => (
        <>
          <a href={`${base}?version=${count - index}`}>version {count - index}</a>{" "}
        </>
      ))}
    </p>
  );
}

function PlanForm({
  state,
  parts,
  plan,
  isShown,
}: {
  readonly state: FormState;
  readonly parts: readonly PlanSection[];
  readonly plan: WrittenPlan | undefined;
  readonly isShown: boolean;
}) {
  // A box that was unticked sends nothing: what was sent counts, where something was.
  const shown = state.field("isShown", !state.isSent && isShown ? "yes" : "");
  return (
    <StaffForm state={state} version={plan?.version ?? 0}>
      {parts.map(({ id, label, hint }) => (
        <TextArea
          {...state.field(id, ownValue(plan?.sections ?? {}, id) ?? "")}
          label={label.en}
          hint={hint}
          maxlength={maxPlanCharacters}
          isHeading={false}
        />
      ))}
      <Checkbox
        name={shown.name}
        id={shown.id}
        value={shown.value}
        label="The person wants to find it on their own page, behind the link in our messages"
      />
      <SafetyQuestion state={state} />
      <div class="buttons">
        <button type="submit">Save as version {(plan?.version ?? 0) + 1}</button>
      </div>
      <p class="quiet">
        Gone through and nothing changed? Save it again: that it was gone through is on file then.
      </p>
    </StaffForm>
  );
}
