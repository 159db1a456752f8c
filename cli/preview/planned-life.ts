import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import type { EpisodeItem, OpenState } from "../../shared/care/episode/episode-item.ts";
import { firstContact, nextContact } from "../../shared/care/pathway/next-contact.ts";
import { standingOf } from "../../shared/care/pathway/propose-cadence.ts";
import { firstWeekStartsOn } from "../../shared/care/program/first-week.ts";
import type { MessageAnchor } from "../../shared/care/program/program.ts";
import { nextWeekOpensAt } from "../../shared/care/sessions/plan-week.ts";
import { addHours, addMinutes } from "../../shared/care/time/instants.ts";
import { addDays, instantAt, localDate } from "../../shared/care/time/zoned-time.ts";
import { planCheckIn } from "../../shared/messages/plan-check-in.ts";
import { planMessages } from "../../shared/messages/plan-messages.ts";
import { openWeek } from "../../workflows/weekly-program/open-week.ts";

/** Hours of the site's day at which staff decide in a preview: after the morning meeting. */
const decidedAt = "10:00";
const maxContacts = 200;

/**
 * Everything that the program plans for one person who answers at once, comes to every session and is discharged
 * after the planned weeks: sessions, messages and contacts, by the very rules that plan them for people. Nothing is
 * sent and nobody is asked; what depends on what people do (a missed session, a closed day) is not in it.
 *
 * @param ctx - with the instant of the referral as its `now`
 * @param episode - the person as referred, with the ways to be reached
 */
export function planLife(ctx: DecisionContext, episode: Episode): readonly EpisodeItem[] {
  const { site, program } = ctx;
  const planned: EpisodeItem[] = [];
  const at = (date: string, time: string) => instantAt(date, time, site.timeZone);
  const anchored = (
    anchor: MessageAnchor,
    now: string,
    status: Episode["status"],
    circumstances: readonly "reminder"[] = [],
  ) => {
    const stage = { ...ctx, now };
    const draft = new Draft({ episode: { ...episode, status }, items: new Map() }, stage);
    planMessages(draft, stage, { anchor, anchorAt: now, occurrence: anchor, circumstances });
    planned.push(...draft.items());
  };
  anchored("intake-received", ctx.now, "referred");
  anchored("forms-asked", addMinutes(ctx.now, 1), "screening");
  const admittedOn = addDays(localDate(ctx.now, site.timeZone), 1);
  const admittedAt = at(admittedOn, decidedAt);
  anchored("admitted", admittedAt, "active");

  let state: OpenState = {
    episode: { ...episode, status: "active", admittedOn },
    items: new Map(),
  };
  const firstMonday = firstWeekStartsOn(program, site, admittedAt);
  for (let week = 1; week <= program.weeks.planned; week += 1) {
    const startsOn = addDays(firstMonday, (week - 1) * 7);
    // The first week begins with its Monday; each later one opens where the one before gives way.
    const opensAt =
      week === 1
        ? at(startsOn, "00:00")
        : nextWeekOpensAt(addDays(startsOn, -7), site, sessionsOf(planned));
    const now = week === 1 && admittedAt > opensAt ? admittedAt : opensAt;
    const opened = openWeek(state, weekRun(week, startsOn), { ...ctx, now });
    if (opened.change === undefined) break;
    planned.push(...opened.change.puts.map(({ item }) => item));
    state = { episode: opened.change.episode, items: new Map() };
  }

  const dischargedAt = at(addDays(firstMonday, program.weeks.planned * 7), decidedAt);
  anchored("discharge-approved", dischargedAt, "discharged");
  const lastAt = planContacts(ctx, { ...episode, status: "aftercare", dischargedAt }, planned);
  anchored("aftercare-closed", addHours(lastAt, 8 * 24), "closed");
  return planned;
}

/** @returns when the last contact is due */
function planContacts(ctx: DecisionContext, episode: Episode, planned: EpisodeItem[]): string {
  let last = episode.dischargedAt ?? ctx.now;
  let contact = firstContact(ctx.program);
  for (let count = 0; contact !== undefined && count < maxContacts; count += 1) {
    const now = last;
    const draft = new Draft({ episode, items: new Map() }, { ...ctx, now });
    planCheckIn(draft, { ...ctx, now }, contact);
    const [checkIn] = draft.items();
    const dueAt = checkIn?.kind === "check-in" ? checkIn.dueAt : now;
    if (contact.kind === "check-in")
      planMessages(
        draft,
        { ...ctx, now: dueAt },
        {
          anchor: "check-in-opened",
          anchorAt: dueAt,
          occurrence: `c${contact.number}`,
        },
      );
    planned.push(...draft.items());
    const standing = standingOf({ episode }, { ...ctx, now: dueAt });
    last = dueAt;
    contact = standing === undefined ? undefined : nextContact(standing, contact);
  }
  return last;
}

function sessionsOf(items: readonly EpisodeItem[]) {
  return items.filter((item) => item.kind === "session");
}

function weekRun(week: number, startsOn: string) {
  return {
    kind: "driver",
    sk: `preview-week-${week}`,
    version: 1,
    driverId: `preview-week-${week}`,
    workflow: "weekly-program",
    subject: `preview-w${week}`,
    generation: 1,
    step: "open-week",
    status: "running",
    data: { week, startsOn },
  } as const;
}
