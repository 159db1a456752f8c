import { Hono } from "hono/tiny";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import { whereLabel } from "../../../shared/care/episode/where-label.ts";
import type { Program } from "../../../shared/care/program/program.ts";
import { payerOn } from "../../../shared/care/sessions/payer-days.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { itemPrefixes, keys } from "../../../shared/keys/keys.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { listApart } from "../../../shared/staff/sessions/apart.ts";
import { listGroupWaits } from "../../../shared/staff/sessions/group-waits.ts";
import { loadThread } from "../../../shared/staff/thread/load-thread.ts";
import { threadKinds } from "../../../shared/staff/thread/thread.ts";
import { staffNames } from "../../../shared/staff/words/actor-words.ts";
import { readEpisodeItem } from "../../../shared/store/episode-forms.ts";
import { loadProgram } from "../../../shared/store/load-program.ts";
import { readReferral } from "../../../shared/store/read-referral.ts";
import { readServices } from "../../../shared/store/read-services.ts";
import { readOr } from "../../../shared/store/read-stored.ts";
import { listStaff } from "../../../shared/store/site-staff.ts";
import { EpisodeForms } from "../forms/episode-forms.tsx";
import { payerLabel } from "../forms/payer-form.tsx";
import { sendEpisodeForm } from "../forms/send-episode-form.ts";
import type { RefusedForm } from "../forms/send-form.ts";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { OwnApart } from "../ui/apart-rows.tsx";
import { AlertCards, AttendanceTable, NextUp, OpenWork } from "../ui/episode-cards.tsx";
import { MeasuresCard } from "../ui/measures-card.tsx";
import { MedicinesCard } from "../ui/medicines-card.tsx";
import { OpenFormsCard } from "../ui/open-forms-card.tsx";
import { pageAsked, rowsPerPage } from "../ui/pages.tsx";
import { PersonCard, StandingCard } from "../ui/person-card.tsx";
import { withBack } from "../ui/place.ts";
import { PlansCard } from "../ui/plans-card.tsx";
import { referralNotice } from "../ui/referral-notice.tsx";
import { ScreensCard } from "../ui/screens-card.tsx";
import { dueServices, ServicesCard } from "../ui/services-card.tsx";
import { Thread } from "../ui/thread-card.tsx";
import { OwnWaits } from "../ui/waiting-lists.tsx";
import { ReferralCard } from "../ui/written-cards.tsx";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

const { message, task, session, checkIn, escalation, form } = itemPrefixes;
/** The kinds of items that the page tells of. */
const shownPrefixes = [message, task, session, checkIn, escalation, form];

/** Everything about one participant: what is open, what comes, what was sent, what happened. */
export function episodePage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();

  app.get("/staff/episodes/:episodeId", (context) => show(context, context.req.param("episodeId")));

  app.post("/staff/episodes/:episodeId", async (context) => {
    const episodeId = context.req.param("episodeId");
    const own = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (own === undefined) return notHere(context);
    const zone = await zoneOf(deps, context);
    const refused = await sendEpisodeForm(context, deps, episodeId, zone);
    if (refused !== undefined) return show(context, episodeId, refused);
    return context.redirect(`/staff/episodes/${episodeId}`, 303);
  });

  async function show(context: PageContext, episodeId: string, refused?: RefusedForm) {
    const staff = context.get("staff");
    const own = await findEpisode(deps.store, staff, episodeId);
    const person = own === undefined ? undefined : await readPerson(deps.store, episodeId);
    if (person === undefined) return notHere(context);
    const zone = await zoneOf(deps, context);
    const now = deps.clock.now();
    const { pk } = keys.episode(episodeId);
    const [{ items, unreadable }, referral, program] = await Promise.all([
      loadItems(pk),
      readReferral(deps.store, person.episode.participantId, episodeId),
      loadProgram(deps.store, person.episode.programId, person.episode.programVersion),
    ]);
    const kind = threadKinds.find((one) => one === context.req.query("kind"));
    const pageOf = (total: number) => pageAsked(context.req.query("page"), total);
    const thread = await loadThread(
      deps.store,
      { episodeId, items, program },
      {
        kind,
        part: (total) => ({ from: (pageOf(total) - 1) * rowsPerPage, size: rowsPerPage }),
      },
    );
    const notRead = unreadable + thread.unreadable;
    const [names, colleagues, waits, apart, services] = await Promise.all([
      staffNames(deps.store, namedIn(person.episode, items)),
      listStaff(deps.store, [person.episode.siteId]),
      listGroupWaits(deps.store, [person.episode.siteId]),
      listApart(deps, staff, person.episode),
      readServices(deps.store, person.episode),
    ]);
    const sent = sentFormOf(context, refused);
    const back = context.req.query("back");
    return formPage(context, sent, refused, {
      title: person.name,
      place: "/staff/people",
      notice: referralNotice(context.req.query("referral"), person),
      content: (
        <>
          <p class="quiet">
            {whereLabel(person.episode)} · {person.episode.reference}
          </p>
          <nav aria-label="What can be done here">
            <ul class="tabs small">
              {[
                ["#contact", "Write down a contact"],
                [
                  withBack(`/staff/episodes/${episodeId}/about`, back),
                  "Look at the facts and correct them",
                ],
                ["#screens", "Asked in the room"],
                ["#medicines", "Medicines"],
                ["#services", "Services"],
                [`/staff/episodes/${episodeId}/releases`, "Who may be told what"],
                ["#plans", "Plans"],
                ["#measures", "Measures"],
                ["#thread", "What was written and done"],
              ].map(([href, words]) => (
                <li>
                  <a href={href}>{words}</a>
                </li>
              ))}
            </ul>
          </nav>
          {notRead === 0 ? null : (
            <p class="card urgent">
              <strong>
                {notRead === 1 ? "One entry of this record" : `${notRead} entries of this record`}{" "}
                cannot be read
              </strong>{" "}
              and what is below is not everything. Look after the person by hand, and tell whoever
              looks after Throughcare.
            </p>
          )}
          <div class="columns">
            <div>
              <AlertCards items={items} />
              <h2>Open work</h2>
              <OpenWork items={items} zone={zone} names={names} now={now} siteIds={staff.siteIds} />
              <h2>Next</h2>
              <NextUp items={items} zone={zone} now={now} />
              <OwnWaits waits={waits.filter((one) => one.episodeId === episodeId)} zone={zone} />
              <OwnApart rows={apart} />
              <p>
                <a href={`/staff/episodes/${episodeId}/schedule`}>Schedule, hours and visits</a>
              </p>
              <p>
                <a href={`/staff/episodes/${episodeId}/apart`}>
                  Who is not to be in one group with this person
                </a>
              </p>
              <Thread
                thread={thread}
                kind={kind}
                page={pageOf(thread.total)}
                path={`/staff/episodes/${episodeId}`}
                back={back}
                zone={zone}
              />
            </div>
            <div>
              <PersonCard person={person} isOwnPage back={back} />
              <ReferralCard person={person} referral={referral} />
              <StandingCard
                episode={person.episode}
                names={names}
                program={program.program.name}
                payer={payerNow(program.program, person.episode, localDate(now, zone))}
              />
              <ScreensCard
                episode={person.episode}
                program={program.program}
                zone={zone}
                names={names}
              />
              <MedicinesCard episode={person.episode} now={now} zone={zone} />
              <ServicesCard
                episode={person.episode}
                services={services}
                due={dueServices(items)}
                now={now}
                zone={zone}
              />
              <PlansCard episode={person.episode} back={back} />
              <OpenFormsCard
                episode={person.episode}
                items={items}
                now={now}
                zone={zone}
                back={back}
              />
              <MeasuresCard episode={person.episode} program={program} zone={zone} back={back} />
              <EpisodeForms
                episode={person.episode}
                forms={formsOf(deps, context, sent)}
                staffId={staff.staffId}
                staff={colleagues}
                offersWeeklyCalls={program.program.aftercare.weeklyCalls?.isOffered === true}
                isPhoneUnconfirmed={person.phone?.isConfirmed === false}
              />
            </div>
          </div>
          <details>
            <summary>Attendance, session by session</summary>
            <AttendanceTable items={items} />
          </details>
        </>
      ),
    });
  }

  /** What is shown of an episode, and how much of it cannot be read: one bad item never hides the others. */
  async function loadItems(
    pk: string,
  ): Promise<{ readonly items: readonly EpisodeItem[]; readonly unreadable: number }> {
    const found: EpisodeItem[] = [];
    let count = 0;
    for (const skPrefix of shownPrefixes) {
      let after: string | undefined;
      do {
        const page = await deps.store.query("care", pk, {
          skPrefix,
          limit: 200,
          ...(after === undefined ? {} : { after }),
        });
        count += page.items.length;
        found.push(...page.items.flatMap((item) => readOr(item, readEpisodeItem, () => [])));
        after = page.next;
      } while (after !== undefined);
    }
    return { items: found, unreadable: count - found.length };
  }
  return app;
}

/** Who pays for somebody now, where it is said. */
function payerNow({ weeklyHours }: Program, episode: Episode, today: string): string | undefined {
  return payerOn(weeklyHours, episode, today) === undefined
    ? undefined
    : payerLabel(weeklyHours, episode, today);
}

/** The members of staff whose names the page needs, beside those of the thread. */
function namedIn(
  { hold, aftercare, screens = {} }: Episode,
  items: readonly EpisodeItem[],
): readonly (string | undefined)[] {
  return [
    hold?.contactKeptBy,
    aftercare?.keptBy?.staffId,
    ...Object.values(screens).map(({ by }) => by),
    ...items.map((item) =>
      item.kind === "task" && item.status === "open" ? item.assignedTo : undefined,
    ),
  ];
}
