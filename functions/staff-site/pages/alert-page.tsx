import { Hono } from "hono/tiny";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import { isClinician } from "../../../shared/care/safety/clinicians.ts";
import {
  acknowledgementBodySchema,
  closureBodySchema,
  contactBodySchema,
  readingBodySchema,
} from "../../../shared/contracts/api-bodies.ts";
import { findOwn } from "../../../shared/staff/find-by-id.ts";
import { programName } from "../../../shared/staff/people/program-name.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { outcomeWords } from "../../../shared/staff/words/work-words.ts";
import { readAlertWords, wordsThatTold } from "../../../shared/staff/written/alert-words.ts";
import { listNotes } from "../../../shared/staff/written/read-notes.ts";
import { alertCommands } from "../../../workflows/run/commands/alert-commands.ts";
import {
  ClosureForm,
  ContactForm,
  closings,
  ReadingForm,
  TakeForm,
} from "../forms/alert-forms.tsx";
import { sendContact } from "../forms/send-episode-form.ts";
import { type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { Forms } from "../forms/sent-form.ts";
import { UnsavedContact, unsavedContact } from "../forms/unsaved-contact.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { AlertCard, AlertHistory, QuotesAt } from "../ui/alert-cards.tsx";
import { Card } from "../ui/parts.tsx";
import { PersonCard, StandingCard } from "../ui/person-card.tsx";
import { queueAddress, readPlace, withBack } from "../ui/place.ts";
import { inZone } from "../ui/times.ts";
import { NotesCard, ReferralCard } from "../ui/written-cards.tsx";
import { formPage, formsOf, listBeside, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

/** Notes beside an alert; the rest stands on the page of the person. */
const shownNotes = 5;

/** A safety alert: take it, record contact with the person, close it. It never ends by itself. */
export function alertPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();

  app.get("/staff/alerts/:escalationId", (context) =>
    show(context, context.req.param("escalationId")),
  );

  app.post("/staff/alerts/:escalationId", async (context) => {
    const escalationId = context.req.param("escalationId");
    const refused = await send(context, escalationId);
    if (refused === "not-here") return notHere(context);
    if (refused !== undefined) return show(context, escalationId, refused);
    const back = context.req.query("back");
    const isDone = context.get("form").get("form") === "closure" && readPlace(back) !== undefined;
    return context.redirect(isDone ? queueAddress(back) : `/staff/alerts/${escalationId}`, 303);
  });

  async function send(context: PageContext, escalationId: string) {
    const found = await findOwn(deps.store, context.get("staff"), escalationId, "escalation");
    if (found === undefined) return "not-here";
    const form = context.get("form");
    const note = (form.get("note") ?? "").trim();
    const zone = await zoneOf(deps, context);
    switch (form.get("form")) {
      case unsavedContact:
        return sendContact(context, deps, found.episodeId, zone);
      case "reading":
        return sendForm(context, {
          schema: readingBodySchema,
          body: { answer: form.get("answer") ?? "" },
          names: { answer: { field: "answer", label: "When the person is called" } },
          zone,
          carryOut: (call, body) => alertCommands.reading(deps, call, found, body),
        });
      case "contact":
        return sendForm(context, {
          schema: contactBodySchema,
          body: {
            outcome: form.get("outcome"),
            ...(note === "" ? {} : { note }),
            ...(form.get("confirmed") === "yes" ? { confirmed: true } : {}),
          },
          names: {
            outcome: { field: "outcome", label: "Contact with the person" },
            note: { field: "note", label: "Note" },
          },
          zone,
          carryOut: (call, body) => alertCommands.contact(deps, call, found, body),
        });
      case "closure": {
        const assessed = form.get("assessed") ?? "";
        return sendForm(context, {
          schema: closureBodySchema,
          body: {
            outcome: form.get("outcome") ?? "",
            reason: note,
            ...(assessed === "" ? {} : { assessedItemValue: Number(assessed) }),
          },
          names: {
            outcome: { field: "outcome", label: "Close the alert" },
            reason: { field: "note", label: "What was done" },
            assessedItemValue: { field: "assessed", label: "What you assessed" },
          },
          zone,
          carryOut: (call, body) => alertCommands.closure(deps, call, found, body),
        });
      }
      default:
        return sendForm(context, {
          schema: acknowledgementBodySchema,
          body: {},
          names: {},
          zone,
          carryOut: (call, body) => alertCommands.acknowledgement(deps, call, found, body),
        });
    }
  }

  async function show(context: PageContext, escalationId: string, refused?: RefusedForm) {
    const staff = context.get("staff");
    const found = await findOwn(deps.store, staff, escalationId, "escalation");
    const person = found === undefined ? undefined : await readPerson(deps.store, found.episodeId);
    if (found === undefined || person === undefined) return notHere(context);
    const alert = found.item;
    const zone = await zoneOf(deps, context);
    const [program, words, notes] = await Promise.all([
      programName(deps.store, person.episode),
      readAlertWords(deps.store, person, alert),
      listNotes(deps.store, found.episodeId, { limit: shownNotes }),
    ]);
    const names = await staffNames(deps.store, [
      alert.closure?.by,
      person.episode.hold?.contactKeptBy,
      person.episode.aftercare?.keptBy?.staffId,
      words.note?.by,
      ...notes.items.map(({ by }) => by),
      ...(alert.answers ?? []).map(({ by }) => by),
      ...(alert.pages ?? []).flatMap(({ to }) => to),
      ...[...alert.acknowledgements, ...alert.contacts, ...(alert.readings ?? [])].map(
        ({ by }) => by,
      ),
    ]);
    const told = await wordsThatTold(deps, alert, words, person.reachBy);
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    const back = context.req.query("back");
    return formPage(context, sent, refused, {
      title: `Safety alert: ${person.name}`,
      place: "/staff",
      list: await listBeside(deps, context, zone),
      content: (
        <div class="columns">
          <div>
            <AlertCard alert={alert} zone={zone} now={deps.clock.now()} words={words} told={told} />
            {words.isAboutReferral ? (
              <ReferralCard person={person} referral={words.referral} isWhatToRead />
            ) : null}
            {alert.status !== "closed" || refused === undefined ? null : (
              <UnsavedContact
                refused={refused}
                base={forms("unsaved")}
                episodeId={found.episodeId}
              />
            )}
            {alert.status === "closed" ? (
              <Card>
                <p>
                  Closed: <strong>{outcomeWords(alert.closure?.outcome ?? "", closings)}</strong>,
                  by {nameOrId(names, alert.closure?.by)}, {inZone(alert.closure?.at, zone)}.
                </p>
                <QuotesAt written={words.written} at={alert.closure?.at} />
              </Card>
            ) : (
              <>
                <FirstStep alert={alert} forms={forms} />
                <ContactForm state={forms("contact")} alert={alert} />
                <ClosureForm state={forms("closure")} alert={alert} isTheirs={isClinician(staff)} />
              </>
            )}
          </div>
          <div>
            <PersonCard person={person} back={back} />
            <AlertHistory alert={alert} written={words.written} zone={zone} names={names} />
            {words.isAboutReferral ? null : (
              <ReferralCard person={person} referral={words.referral} />
            )}
            <NotesCard
              notes={notes.items}
              zone={zone}
              names={names}
              more={withBack(`/staff/episodes/${found.episodeId}#thread`, back)}
            />
            <StandingCard episode={person.episode} names={names} program={program} />
          </div>
        </div>
      ),
    });
  }
  return app;
}

/** What is done first with an alert: it is read and answered, or taken, as its tier asks. */
function FirstStep({ alert, forms }: { readonly alert: Escalation; readonly forms: Forms }) {
  if (alert.status === "contacted") return null;
  if (alert.readBy !== undefined) return <ReadingForm state={forms("reading")} />;
  return alert.status === "open" ? <TakeForm state={forms("take")} /> : null;
}
