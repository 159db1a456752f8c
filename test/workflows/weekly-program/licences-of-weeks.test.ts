import { describe, expect, it } from "vitest";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { askAboutLicences } from "../../../shared/care/sessions/ask-about-licences.ts";
import { answerTransfer, askForTransfer } from "../../../workflows/run/people/transfer-site.ts";
import { endLeave } from "../../../workflows/weekly-program/resume-episode.ts";
import { startLeave } from "../../../workflows/weekly-program/start-leave.ts";
import { buildSession } from "../../builders/attendance.ts";
import { buildProgram, buildSite } from "../../builders/program.ts";
import { buildContext, buildEpisode, buildRun, buildState } from "../../builders/state.ts";
import { itemsOf, openTasks } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

/** The Monday of the week, before its first session. */
const mondayMorning = "2027-01-11T13:00:00.000Z";
const lakeside = "lakeside";

/** A site in New York, at which every group is online and led by somebody. */
function online(leaderId: string, more: Partial<Site> = {}): Site {
  const groupChanges = buildProgram().sessions.map(({ slot }) => ({
    changeId: slot,
    by: "taylor",
    at: mondayMorning,
    programId: "adult-iop",
    slot,
    from: "2027-01-04",
    andFollowing: true,
    words: "",
    leaderId,
    place: { onlineAddress: "https://meet.example.org/group" },
  }));
  const licences = [{ staffId: "avery", states: ["NY", "VT"] }];
  return buildSite({ state: "NY", licences, groupChanges, ...more });
}

function inWeek(week: number, site: Site, more: Partial<Episode> = {}): Story {
  const episode = buildEpisode({
    status: "active",
    admittedOn: "2027-01-04",
    week,
    facts: { under18: false, answeredInstruments: [], homeState: "VT" },
    ...more,
  });
  const run = buildRun("weekly-program", `${episode.episodeId}-w${week}`, {
    data: { week, startsOn: "2027-01-11" },
  });
  return new Story(buildState(episode, [run]), mondayMorning, { site });
}

const asked = ({ state }: Story): readonly CareTask[] =>
  openTasks(state).filter(({ taskKind }) => taskKind === "online-licence");

describe("a licence that does not reach where somebody is", () => {
  it("is asked about before the first session of a week that opens, and once", () => {
    const story = inWeek(2, online("casey"));
    const [first] = itemsOf(story.state, "session");
    const [task, ...more] = asked(story);
    expect(more).toEqual([]);
    expect(task?.words).toMatch(
      /^“.+” on 2027-01-11 is online, and no licence of its leader is on record for Vermont, where the person is at that time\./,
    );
    expect(task?.dueAt).toBe(first?.scheduledStartAt);
    expect(story.state.episode.outsideLicence).toEqual([{ leaderId: "casey", state: "VT" }]);
  });

  it("is not asked about again where it was asked or said before", () => {
    expect(
      asked(inWeek(2, online("casey"), { outsideLicence: [{ leaderId: "casey", state: "VT" }] })),
    ).toEqual([]);
  });

  it("was looked at with the admission: the first week asks nobody, nor do those after it", () => {
    const story = inWeek(1, online("casey"));
    expect(asked(story)).toEqual([]);
    expect(story.state.episode.outsideLicence).toEqual([{ leaderId: "casey", state: "VT" }]);
  });

  it("is not asked about where the leader is licensed there, the group is in a room, or nobody knows where the person is", () => {
    expect(asked(inWeek(2, online("avery")))).toEqual([]);
    expect(asked(inWeek(2, buildSite({ state: "NY" })))).toEqual([]);
    const facts = { under18: false, answeredInstruments: [] };
    expect(asked(inWeek(2, online("casey"), { facts }))).toEqual([]);
  });

  it("is asked about when somebody comes back from leave into a week that is open", () => {
    const hold = {
      kind: "family",
      contactKeptBy: "casey",
      expectedReturnOn: "2027-01-13",
      reason: "Travels",
    } as const;
    const story = inWeek(2, online("avery")).command((state, ctx) => startLeave(state, hold, ctx));
    // While they are away, the licence of the leader ends.
    const site = online("avery", { licences: [{ staffId: "avery", states: ["NY"] }] });
    const back = new Story(story.state, "2027-01-13T12:00:00.000Z", { site });
    back.command((state, ctx) => endLeave(state, { reason: "Back" }, ctx));
    const [task] = asked(back);
    expect(task?.words).toContain("on 2027-01-13 is online");
  });

  it("goes by where they are at a visit that is online, as they said when it was booked", () => {
    const times = { startAt: "2027-01-14T21:00:00.000Z", endAt: "2027-01-14T22:00:00.000Z" };
    const askedOf = (homeState: string, stateThen: string) => {
      const facts = { under18: false, answeredInstruments: [], homeState };
      const state = buildState(buildEpisode({ status: "active", facts }));
      const ctx = buildContext({ site: buildSite({ state: "NY" }) });
      const draft = new Draft(state, ctx);
      const visit = buildSession({
        on: "2027-01-14",
        scheduledStartAt: times.startAt,
        scheduledEndAt: times.endAt,
        leaderId: "casey",
        place: { onlineAddress: "https://meet.example.org/visit" },
        visit: { seriesId: "one", leaderId: "casey", stateThen, ...times },
      });
      askAboutLicences(draft, ctx, [visit], { wasSaid: false });
      return openTasks(draft.state, "online-licence").map(({ words }) => words);
    };
    expect(askedOf("VT", "NY")).toEqual([]);
    expect(askedOf("NY", "VT")).toEqual([expect.stringContaining("on record for Vermont")]);
  });

  it("is asked about by the site that takes somebody over, for its own groups and their leaders", () => {
    const to = online("casey", { siteId: lakeside, name: "Lakeside (fictional)" });
    const story = inWeek(2, online("avery")).command((state, ctx) =>
      askForTransfer(state, { reason: "Moves" }, to, ctx),
    );
    const [transfer] = openTasks(story.state).filter(
      ({ taskKind }) => taskKind === "site-transfer",
    );
    if (transfer === undefined) throw new Error("Nobody was asked to take them over");
    story.command((state, ctx) =>
      answerTransfer(state, { taskSk: transfer.sk, outcome: "accepted" }, to, ctx),
    );
    expect(asked(story).map(({ words }) => words)).toEqual([
      expect.stringContaining("no licence of its leader is on record for Vermont"),
    ]);
  });
});
