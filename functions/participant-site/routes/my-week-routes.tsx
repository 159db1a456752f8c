import { Hono } from "hono";
import type { Session } from "../../../shared/care/episode/session.ts";
import { topicOfSession } from "../../../shared/care/sessions/topic-of.ts";
import { localDate, localTime } from "../../../shared/care/time/zoned-time.ts";
import { listWeekSessions } from "../../../shared/store/list-week-sessions.ts";
import { dateLabel } from "../../../shared/web/texts/dates.ts";
import type { Language } from "../../../shared/web/texts/language.ts";
import { page } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { myWeekTexts } from "../texts/my-week.ts";
import { timeLabel } from "../texts/words.ts";
import { Phone } from "../ui/crisis.tsx";
import { PlansLink } from "./my-plans-routes.tsx";
import { openSession } from "./open-session.ts";

/** The participant's own week: when to come, what was moved, and how much of it is done. */
export function myWeekRoutes(deps: ParticipantSiteDeps) {
  const app = new Hono();
  app.get("/my-week", async (context) => {
    const session = await openSession(deps, context, "my-week");
    if (session instanceof Response) return session;
    const { view, language, links } = session;
    const { episode, site } = view;
    const t = myWeekTexts[language];
    const { week } = episode;
    const sessions =
      week === undefined ? [] : await listWeekSessions(deps.store, episode.episodeId, week);
    const hours = episode.weeks.find((one) => one.week === week);
    const days = Map.groupBy(sessions, (one) => localDate(one.scheduledStartAt, one.timeZone));
    return page(context, {
      language,
      title: t.title,
      brand: site.senderName,
      content: (
        <>
          <h1 class="govuk-heading-l">{t.title}</h1>
          {days.size === 0 ? (
            <p class="govuk-body">{t.nothing}</p>
          ) : (
            <dl class="facts">
              {[...days].map(([day, ofDay]) => (
                <>
                  <dt>{capital(dateLabel(day, language))}</dt>
                  {ofDay.map((one) => (
                    <dd>
                      <SessionLine
                        session={one}
                        topic={topicOfSession(view.ctx.program.services, one, language)}
                        language={language}
                        now={view.ctx.now}
                      />
                    </dd>
                  ))}
                </>
              ))}
            </dl>
          )}
          {hours === undefined ? null : (
            <p class="govuk-body">
              {t.hours(hoursOf(hours.attendedMinutes), hoursOf(hours.expectedMinutes))}
            </p>
          )}
          <p class="govuk-body">
            {t.call} <Phone number={site.phone} />
          </p>
          <PlansLink episode={episode} language={language} links={links} />
          <p class="govuk-body">
            <a class="govuk-link tall-link" href={links.hrefOf("/preferences")}>
              {t.preferences}
            </a>
          </p>
        </>
      ),
    });
  });
  return app;
}

function SessionLine({
  session,
  topic,
  language,
  now,
}: {
  readonly session: Session;
  readonly topic: string | undefined;
  readonly language: Language;
  readonly now: string;
}) {
  const t = myWeekTexts[language];
  const at = (instant: string) => timeLabel(localTime(instant, session.timeZone), language);
  const time = t.time(at(session.scheduledStartAt), at(session.scheduledEndAt));
  const { place } = session;
  const where = place !== undefined && "room" in place ? ` · ${place.room}` : "";
  const about = topic === undefined ? "" : `: ${topic}`;
  const words = `${time} · ${t.modality[session.modality]}${about}${where}`;
  if (session.status === "cancelled") {
    return (
      <>
        <s>{words}</s> {t.cancelled}
      </>
    );
  }
  if (session.scheduledEndAt <= now) return <>{`${words} · ${t.over}`}</>;
  if (place === undefined || !("onlineAddress" in place)) return <>{words}</>;
  return (
    <>
      {words} ·{" "}
      <a class="govuk-link" href={place.onlineAddress} rel="noreferrer">
        {t.join}
      </a>
    </>
  );
}

function hoursOf(minutes: number): string {
  return String(Math.round(minutes / 6) / 10);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
