// Long because each way in which a site's schedule changes stands here with what everybody's sessions do.
import { describe, expect, it } from "vitest";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { GroupChange } from "../../../shared/care/program/group-change.ts";
import { addMinutes } from "../../../shared/care/time/instants.ts";
import { followSiteDay } from "../../../workflows/weekly-program/follow-schedule.ts";
import { recordAttendance } from "../../../workflows/weekly-program/record-attendance.ts";
import { startLeave } from "../../../workflows/weekly-program/start-leave.ts";
import { buildSite } from "../../builders/program.ts";
import { fc } from "../../builders/properties.ts";
import {
  applyChange,
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  caseManager,
} from "../../builders/state.ts";
import { itemsOf, openTasks } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

/** The Monday of week one, before its first session. */
const mondayMorning = "2027-01-11T13:00:00.000Z";
/** Wednesday 06:10 in New York: snow. */
const snow = "2027-01-13T11:10:00.000Z";
const wednesday = "2027-01-13";
const days = ["2027-01-11", wednesday, "2027-01-14"];

function opened(site = buildSite(), more: Partial<Episode> = {}): Story {
  const episode = buildEpisode({
    status: "active",
    admittedOn: "2027-01-08",
    week: 1,
    facts: { under18: false, answeredInstruments: ["phq-9", "gad-7"] },
    ...more,
  });
  const run = buildRun("weekly-program", `${episode.episodeId}-w1`, {
    data: { week: 1, startsOn: "2027-01-11" },
  });
  return new Story(buildState(episode, [run]), mondayMorning, { site });
}

const closedOn = (...on: readonly string[]) =>
  buildSite({ closures: on.map((day) => ({ on: day, words: "Snow" })) });

/** One day of the site changed: what everybody's sessions do. */
function follow(story: Story, on: string, site: ReturnType<typeof buildSite>): boolean {
  const sessionSks = itemsOf(story.state, "session")
    .filter((session) => session.on === on)
    .map(({ sk }) => sk);
  const change = followSiteDay(
    story.state,
    { type: "site-day-changed", on, sessionSks },
    { ...story.ctx(), site },
  );
  if (change !== undefined) story.state = applyChange(story.state, change, { keepClosed: true });
  return change !== undefined;
}

const sessionOf = (story: Story, on: string) =>
  itemsOf(story.state, "session").find((session) => session.on === on);
const notices = (story: Story) =>
  itemsOf(story.state, "message").filter(({ class: kind }) => kind === "schedule-notice");
const reminders = (story: Story) =>
  itemsOf(story.state, "message").filter(({ step }) => step === "session-reminder");

describe("a snow day", () => {
  it("cancels that day's sessions with their hours, and tells the person before the session", () => {
    const story = opened().passTo(snow);
    follow(story, wednesday, closedOn(wednesday));
    expect(sessionOf(story, wednesday)).toMatchObject({
      status: "cancelled",
      cancelledFor: "site-closed",
    });
    expect(story.state.episode.weeks[0]).toMatchObject({
      expectedMinutes: 360,
      isFullWeek: false,
      closed: { minutes: 180, isFullOtherwise: true },
    });
    expect(notices(story)).toMatchObject([
      {
        step: "session-cancelled",
        status: "PLANNED",
        sendAt: snow,
        aboutAt: sessionOf(story, wednesday)?.scheduledStartAt,
        expiresAt: sessionOf(story, wednesday)?.scheduledStartAt,
      },
    ]);
  });

  it("takes back the reminder of that day's visit, and no other", () => {
    const story = opened();
    follow(story, wednesday, closedOn(wednesday));
    const reminderOf = (on: string) =>
      reminders(story).find(({ occurrence }) => occurrence === sessionOf(story, on)?.sessionId);
    // Why, as the page of the person tells it.
    expect(reminderOf(wednesday)).toMatchObject({
      status: "CANCELLED",
      reason: "session-cancelled",
    });
    expect(reminderOf("2027-01-14")?.status).toBe("PLANNED");
  });

  it("that moves a session takes its reminder back for that, reminds of the new time, and puts it among those of its new day", () => {
    const story = opened();
    const session = sessionOf(story, wednesday);
    const site = buildSite({
      groupChanges: [
        {
          changeId: "one",
          programId: "adult-iop",
          slot: session?.slot ?? "",
          from: wednesday,
          andFollowing: false,
          moved: { days: 2, startTime: "09:00" },
          words: "Snow",
          by: "casey",
          at: mondayMorning,
        },
      ],
    });
    const change = followSiteDay(
      story.state,
      { type: "site-day-changed", on: wednesday, sessionSks: [session?.sk ?? ""] },
      { ...story.ctx(), site },
    );
    if (change === undefined) throw new Error("Nothing follows");
    story.state = applyChange(story.state, change, { keepClosed: true });
    const own = reminders(story).filter(({ occurrence }) =>
      occurrence.startsWith(session?.sessionId ?? "none"),
    );
    expect(own.map(({ status, reason }) => [status, reason])).toEqual([
      ["CANCELLED", "session-moved"],
      ["PLANNED", undefined],
    ]);
    expect(change.projections).toContainEqual(
      expect.objectContaining({ kind: "seat", sessionSk: session?.sk, on: "2027-01-15" }),
    );
  });

  it("opens a call where no message may go, due an hour before the visit", () => {
    const story = opened(buildSite(), {
      consents: { sms: {}, email: {}, voicemail: false },
    }).passTo(snow);
    follow(story, wednesday, closedOn(wednesday));
    expect(notices(story)).toEqual([]);
    const [call, ...others] = openTasks(story.state, "message-gap");
    expect(others).toEqual([]);
    expect(call).toMatchObject({ assignedFunction: "front-desk", priority: "urgent" });
    expect(call?.dueAt).toBe(
      new Date(
        Date.parse(sessionOf(story, wednesday)?.scheduledStartAt ?? "") - 3_600_000,
      ).toISOString(),
    );
  });

  it("lets nobody be marked, and nobody be asked to mark", () => {
    const story = opened().passTo(snow);
    const site = closedOn(wednesday);
    follow(story, wednesday, site);
    const session = sessionOf(story, wednesday);
    if (session === undefined) throw new Error("There is no such session");
    story.passTo("2027-01-13T17:00:00.000Z");
    expect(
      openTasks(story.state, "mark-attendance").filter(
        ({ about }) => about?.id === session.sessionId,
      ),
    ).toEqual([]);
    const ctx = buildContext({ now: story.now, actor: caseManager, site });
    expect(recordAttendance(story.state, session, { status: "no-show" }, ctx)).toMatchObject({
      refused: "not-now",
      sentence: "The site is closed on 2027-01-13: nobody was expected.",
    });
  });

  it("leaves a session that has begun as it is", () => {
    const story = opened().passTo("2027-01-13T15:30:00.000Z");
    const before = sessionOf(story, wednesday);
    expect((before?.scheduledStartAt ?? "") < story.now).toBe(true);
    expect(follow(story, wednesday, closedOn(wednesday))).toBe(false);
    expect(sessionOf(story, wednesday)?.status).toBe("planned");
  });

  it("taken back before anybody was told says nothing", () => {
    const story = opened();
    follow(story, wednesday, closedOn(wednesday));
    follow(story, wednesday, closedOn());
    expect(notices(story).map(({ status }) => status)).toEqual(["CANCELLED"]);
  });

  it("taken back within the day before the visit, and before anybody was told, reminds of it as before", () => {
    const story = opened();
    story.now = "2027-01-12T16:00:00.000Z";
    follow(story, wednesday, closedOn(wednesday));
    follow(story, wednesday, closedOn());
    const id = sessionOf(story, wednesday)?.sessionId ?? "";
    const own = reminders(story).filter(({ occurrence }) => occurrence.startsWith(id));
    expect(own.map(({ status }) => status).sort()).toEqual(["CANCELLED", "PLANNED"]);
  });

  it("leaves whoever is on the way to a session expected in it", () => {
    const story = opened();
    const session = sessionOf(story, wednesday);
    if (session === undefined) throw new Error("There is no such session");
    story.passTo(addMinutes(session.scheduledStartAt, -15));
    story.command((state, ctx) => recordAttendance(state, session, { status: "on-the-way" }, ctx));
    expect(follow(story, wednesday, closedOn(wednesday))).toBe(false);
    expect(sessionOf(story, wednesday)?.status).toBe("planned");
  });

  it("taken back after it was told says that the visit is held, and reminds of it again", () => {
    const story = opened();
    follow(story, wednesday, closedOn(wednesday));
    story.passMinutes(5);
    expect(notices(story)).toMatchObject([{ status: "ACCEPTED" }]);
    follow(story, wednesday, closedOn());
    expect(notices(story)).toMatchObject([{ status: "ACCEPTED" }, { step: "session-held" }]);
    const id = sessionOf(story, wednesday)?.sessionId ?? "";
    const own = reminders(story).filter(({ occurrence }) => occurrence.startsWith(id));
    expect(own.map(({ status }) => status).sort()).toEqual(["CANCELLED", "PLANNED"]);
  });
});

describe("somebody on leave until the next day", () => {
  it("stands on the new day's list of a session that was moved meanwhile: they may come back to it", () => {
    const story = opened().command((state, ctx) =>
      startLeave(
        state,
        { kind: "family", expectedReturnOn: "2027-01-14", contactKeptBy: "casey", reason: "Ill" },
        ctx,
      ),
    );
    const away = sessionOf(story, wednesday);
    const expected = sessionOf(story, "2027-01-14");
    const changeOf = (session: typeof away, changed: Partial<GroupChange>): GroupChange => ({
      changeId: session?.slot ?? "",
      programId: "adult-iop",
      slot: session?.slot ?? "",
      from: session?.on ?? "",
      andFollowing: false,
      words: "Agreed",
      by: "casey",
      at: mondayMorning,
      ...changed,
    });
    const groupChanges = [
      changeOf(away, { moved: { days: -1, startTime: "09:00" } }),
      changeOf(expected, { place: { room: "Room 2" } }),
    ];
    const change = followSiteDay(
      story.state,
      {
        type: "site-day-changed",
        on: wednesday,
        sessionSks: [away?.sk ?? "", expected?.sk ?? ""],
      },
      { ...story.ctx(), site: buildSite({ groupChanges }) },
    );
    expect(change?.puts.find(({ item }) => item.sk === away?.sk)?.item).toMatchObject({
      status: "cancelled",
      on: "2027-01-12",
    });
    expect(change?.projections).toContainEqual(
      expect.objectContaining({ kind: "seat", sessionSk: away?.sk, on: "2027-01-12" }),
    );
  });
});

describe("a session of which something else was changed", () => {
  it.each<Partial<GroupChange>>([
    { leaderId: "avery" },
    { coLeaderId: "avery" },
    { place: { room: "Room 2" } },
    { place: { onlineAddress: "https://meet.example.org/x" } },
  ])("stands with it on everybody's list: %o", (changed) => {
    const story = opened();
    const site = buildSite({
      groupChanges: [
        {
          changeId: "one",
          programId: "adult-iop",
          slot: sessionOf(story, wednesday)?.slot ?? "",
          from: wednesday,
          andFollowing: false,
          words: "Agreed",
          by: "casey",
          at: mondayMorning,
          ...changed,
        },
      ],
    });
    follow(story, wednesday, site);
    expect(sessionOf(story, wednesday)).toMatchObject({ ...changed, status: "planned" });
    follow(story, wednesday, buildSite());
    for (const field of Object.keys(changed))
      expect(sessionOf(story, wednesday)).not.toHaveProperty(field);
  });
});

describe("a closed day of a week that is not open yet", () => {
  it("opens with its sessions cancelled and told, and brings them back when the site opens after all", () => {
    const story = opened(closedOn(wednesday));
    expect(sessionOf(story, wednesday)?.status).toBe("cancelled");
    expect(notices(story)).toMatchObject([{ step: "session-cancelled" }]);
    expect(
      reminders(story).filter(
        ({ occurrence }) => occurrence === sessionOf(story, wednesday)?.sessionId,
      ),
    ).toEqual([]);
    follow(story, wednesday, closedOn());
    expect(sessionOf(story, wednesday)?.status).toBe("planned");
    expect(story.state.episode.weeks[0]).toMatchObject({ expectedMinutes: 540, isFullWeek: true });
  });
});

describe("after any sequence of closures and openings", () => {
  it("what is planned is what would be planned from the facts, nobody is told twice in a row, and nothing is said about a session that does not stand", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ on: fc.constantFrom(...days), pause: fc.integer({ min: 0, max: 400 }) }),
          { maxLength: 8 },
        ),
        (changes) => {
          const story = opened();
          story.now = "2027-01-11T13:30:00.000Z";
          const closed = new Set<string>();
          const told: string[] = [];
          for (const { on, pause } of changes) {
            // Nothing that has begun: what was planned from the facts then is the same now.
            if (story.now < "2027-01-11T13:50:00.000Z" && pause < 5) story.passMinutes(pause);
            if (closed.has(on)) closed.delete(on);
            else closed.add(on);
            follow(story, on, closedOn(...closed));
            // Carried out twice changes nothing.
            expect(follow(story, on, closedOn(...closed))).toBe(false);
          }
          const fresh = opened(closedOn(...[...closed].sort()));
          const view = (one: Story) => ({
            sessions: itemsOf(one.state, "session")
              .map(({ on, slot, status, cancelledFor }) => ({ on, slot, status, cancelledFor }))
              .sort((left, right) => left.on.localeCompare(right.on)),
            weeks: one.state.episode.weeks,
          });
          expect(view(story)).toEqual(view(fresh));
          for (const day of days) {
            const own = notices(story).filter(({ occurrence }) => occurrence.startsWith(day));
            const gone = own.filter(({ status }) => status !== "CANCELLED").map(({ step }) => step);
            for (const [index, step] of gone.entries()) expect(step).not.toBe(gone[index - 1]);
            const last = gone.at(-1);
            told.push(last ?? "");
            if (last !== undefined)
              expect(last).toBe(closed.has(day) ? "session-cancelled" : "session-held");
            else expect(closed.has(day)).toBe(false);
            const id = sessionOf(story, day)?.sessionId ?? "";
            const standing = reminders(story).filter(
              ({ occurrence, status }) => occurrence.startsWith(id) && status === "PLANNED",
            );
            expect(standing.length).toBeLessThanOrEqual(closed.has(day) ? 0 : 1);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
