import { Hono } from "hono/tiny";
import { phoneLabel } from "../../../shared/care/contact-points/contact-point.ts";
import { whereLabel } from "../../../shared/care/episode/where-label.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { programName } from "../../../shared/staff/people/program-name.ts";
import { type Person, readPerson } from "../../../shared/staff/people/read-person.ts";
import { actorNames } from "../../../shared/staff/words/actor-words.ts";
import { reasonsOf } from "../../../shared/staff/written/read-reasons.ts";
import { type AuditEntry, readAuditEntry } from "../../../shared/store/audit-entry.ts";
import { listSites } from "../../../shared/store/list-sites.ts";
import { loadPolicy } from "../../../shared/store/load-policy.ts";
import { type Profile, readProfile } from "../../../shared/store/person-items.ts";
import { programChoices } from "../../../shared/store/program-choices.ts";
import { type Referral, readReferral } from "../../../shared/store/read-referral.ts";
import type { ShownFacts } from "../forms/about-form-parts.tsx";
import { CorrectionForms } from "../forms/about-forms.tsx";
import { AgreementForms } from "../forms/agreement-forms.tsx";
import { DeathForm } from "../forms/death-form.tsx";
import { NotTheSameForms } from "../forms/not-the-same-forms.tsx";
import { ProgramForm } from "../forms/program-form.tsx";
import { sendAboutForm } from "../forms/send-about-form.ts";
import type { RefusedForm } from "../forms/send-form.ts";
import { TransferForm } from "../forms/transfer-form.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { CorrectionsCard, FactsCard, SavedNotice } from "../ui/about-cards.tsx";
import { OtherRecords } from "../ui/other-records.tsx";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

/** What is told on this page of what was put right: the last so many entries of the trail are looked through. */
const entriesRead = 200;
const correctionsShown = 10;
/** Audit entries of what is recorded on this page. */
const ownActions = [
  "person-corrected",
  "consent-recorded",
  "reach-closed",
  "reach-confirmed",
  "death-corrected",
  "same-person-taken-back",
  "site-transfer-asked",
  "program-chosen",
];

/** Every fact about one person, where each is corrected, and what followed from that. */
export function aboutPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  const path = "/staff/episodes/:episodeId/about";

  app.get(path, (context) => show(context, context.req.param("episodeId")));

  app.post(path, async (context) => {
    const episodeId = context.req.param("episodeId");
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined) return notHere(context);
    const zone = await zoneOf(deps, context);
    const refused = await sendAboutForm(context, deps, episodeId, zone);
    if (refused !== undefined) return show(context, episodeId, refused);
    return context.redirect(`/staff/episodes/${episodeId}/about?saved`, 303);
  });

  async function show(context: PageContext, episodeId: string, refused?: RefusedForm) {
    const staff = context.get("staff");
    const own = await findEpisode(deps.store, staff, episodeId);
    const person = own === undefined ? undefined : await readPerson(deps.store, episodeId);
    if (person === undefined) return notHere(context);
    const { participantId } = person.episode;
    const { pk } = keys.episode(episodeId);
    const [program, policy, profile, referral, audit, zone, sites] = await Promise.all([
      programName(deps.store, person.episode),
      loadPolicy(deps),
      readProfile(deps.store, participantId),
      readReferral(deps.store, participantId, episodeId),
      deps.store.query("audit", pk, { limit: entriesRead, descending: true }),
      zoneOf(deps, context),
      listSites(deps.store),
    ]);
    const entries = audit.items
      .map(readAuditEntry)
      .filter(({ action }) => ownActions.includes(action))
      .slice(0, correctionsShown);
    const [reasons, names] = await Promise.all([
      reasonsOf(deps.store, pk, entries),
      actorNames(deps.store, entries),
    ]);
    const site = sites.find(({ siteId }) => siteId === person.episode.siteId);
    const offered = site === undefined ? [] : await programChoices(deps.store, site);
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    const [newest] = entries;
    const isJustSaved =
      refused === undefined && context.req.query("saved") !== undefined && isBy(newest, staff);
    return formPage(context, sent, refused, {
      title: `About ${person.name}`,
      place: "/staff/people",
      notice:
        isJustSaved && newest !== undefined ? (
          <SavedNotice entry={newest} person={person} />
        ) : undefined,
      content: (
        <>
          <p class="quiet">
            <a href={`/staff/episodes/${episodeId}`}>Everything about {person.name}</a> ·{" "}
            {whereLabel(person.episode)} · {person.episode.reference}
          </p>
          <OtherRecords episode={person.episode} />
          <NotTheSameForms forms={forms} episode={person.episode} />
          <div class="columns">
            <div>
              <FactsCard person={person} profile={profile} referral={referral} program={program} />
              <CorrectionsCard
                entries={entries}
                reasons={reasons}
                names={names}
                person={person}
                zone={zone}
              />
            </div>
            <div>
              <h2>Put it right</h2>
              <p class="quiet">
                What was planned follows at once: where it goes, when, and in which language.
              </p>
              {profile === undefined ? (
                <p class="card">Who this person is has been erased.</p>
              ) : (
                <>
                  <DeathForm forms={forms} episode={person.episode} functions={staff.functions} />
                  <AgreementForms forms={forms} person={person} policy={policy} />
                  <ProgramForm forms={forms} episode={person.episode} offered={offered} />
                  <TransferForm forms={forms} episode={person.episode} sites={sites} />
                  <CorrectionForms forms={forms} facts={shownFacts(person, profile, referral)} />
                </>
              )}
            </div>
          </div>
        </>
      ),
    });
  }
  return app;
}

function isBy(entry: AuditEntry | undefined, staff: { readonly staffId: string }): boolean {
  return entry?.actor.kind === "staff" && entry.actor.staffId === staff.staffId;
}

function asAnswer(value: boolean | undefined): string {
  if (value === undefined) return "";
  return value ? "yes" : "no";
}

function shownFacts(person: Person, profile: Profile, referral: Referral | undefined): ShownFacts {
  const { episode, phone, email } = person;
  return {
    given: profile.given,
    family: profile.family,
    preferredName: profile.preferredName ?? "",
    pronouns: profile.pronouns ?? "",
    birthDate: profile.birthDate ?? "",
    recordNumber: profile.recordNumber ?? "",
    phone: phoneLabel(phone?.address ?? ""),
    phoneKind: phone?.kind ?? "",
    email: email?.address ?? "",
    reachBy: profile.reachBy ?? "",
    safeTimes: profile.safeTimes ?? "",
    accessNeeds: profile.accessNeeds ?? referral?.accessNeeds ?? "",
    homeAddress: profile.homeAddress ?? "",
    homeState: episode.facts.homeState ?? "",
    language: episode.language,
    interpreter: episode.facts.interpreter === true ? "yes" : "no",
    timeZone: episode.timeZone,
    contactName: profile.emergencyContact?.name ?? "",
    contactRelationship: profile.emergencyContact?.relationship ?? "",
    contactPhone: phoneLabel(profile.emergencyContact?.phone ?? ""),
    pregnant: asAnswer(episode.facts.pregnant),
    injects: asAnswer(episode.facts.injects),
    recentHigherCareOn: episode.facts.recentHigherCareOn ?? "",
  };
}
