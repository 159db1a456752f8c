// Long because each way in which a service comes to be due, and is due no more, stands here.

import { describe, expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import type { CareTask } from "../../../../shared/care/episode/care-task.ts";
import type { Episode } from "../../../../shared/care/episode/episode.ts";
import type { Session } from "../../../../shared/care/episode/session.ts";
import { askForScreensOfWeek } from "../../../../shared/care/pathway/ask-for-screens.ts";
import type { Program } from "../../../../shared/care/program/program.ts";
import {
  askForServicesAfterLeave,
  askForServicesOfWeek,
  followService,
  followSessionAttended,
  followSessionMissed,
  pauseServices,
} from "../../../../shared/care/services/follow-services.ts";
import { recordService } from "../../../../shared/care/services/record-service.ts";
import { addDays, dayOfWeek } from "../../../../shared/care/time/zoned-time.ts";
import { buildSession } from "../../../builders/attendance.ts";
import { shippedProgram } from "../../../builders/program-files.ts";
import { fc } from "../../../builders/properties.ts";
import { buildContext, buildEpisode, buildState, staff } from "../../../builders/state.ts";
import { changeOf } from "../../../builders/steps.ts";

const content = shippedProgram("sud-iop");
const program: Program = { ...content.program, version: 1, contentHash: "0".repeat(64) };
const admittedOn = "2027-01-04";

/** What is open after the week of this Monday was opened on it, at 08:00 in New York. */
function opened(
  startsOn: string,
  more: Partial<Episode> = {},
  by: Program = program,
  sessions: readonly Session[] = [],
) {
  const state = buildState(
    buildEpisode({ status: "active", admittedOn, programId: "sud-iop", ...more }),
    sessions,
  );
  const ctx = {
    ...buildContext({ now: `${startsOn}T13:00:00.000Z` }),
    program: by,
    instruments: content.instruments,
  };
  const draft = new Draft(state, ctx);
  askForServicesOfWeek(draft, ctx, startsOn);
  return { draft, ctx, tasks: () => openTasks(draft, "service-due") };
}

function openTasks(draft: Draft, kind: CareTask["taskKind"]): readonly CareTask[] {
  return draft
    .items()
    .filter((item): item is CareTask => item.kind === "task" && item.status === "open")
    .filter(({ taskKind }) => taskKind === kind);
}

const kindsOf = (tasks: readonly CareTask[]) => tasks.map(({ about }) => about?.id);
const onlyOf = (tasks: readonly CareTask[], service: string) =>
  tasks.filter(({ about }) => about?.id === service);

describe("a service that nobody spoke of, or that was not held in time", () => {
  it("stays done where it is offered once more, and is declined only by a word", () => {
    const { draft } = opened("2027-01-04");
    const say = (state: "offered" | "done" | "declined") => {
      followService(draft, {
        service: "family",
        state,
        ...(state === "done" ? { on: "2027-01-04" } : {}),
      });
      return draft.episode.serviceStates?.family;
    };
    expect(say("offered")).toEqual({ state: "offered" });
    expect(say("done")).toEqual({ state: "done", doneOn: "2027-01-04" });
    expect(say("offered")).toEqual({ state: "done", doneOn: "2027-01-04" });
    expect(say("declined")).toEqual({ state: "declined", doneOn: "2027-01-04" });
    expect(say("offered")).toEqual({ state: "offered", doneOn: "2027-01-04" });
  });

  it("comes on the list on its day of the week that opens, and in no week before", () => {
    expect(opened("2027-01-04").tasks()).toEqual([]);
    const second = opened("2027-01-11").tasks();
    expect(kindsOf(second)).toEqual(["individual", "family"]);
    const [individual, family] = second;
    // Ten days after the admission of the 4th; shown from then on, in New York.
    expect(individual).toMatchObject({
      assignedFunction: "clinician",
      snoozedUntil: "2027-01-14T05:00:00.000Z",
      words: expect.stringContaining("none has taken place"),
    });
    expect(family?.words).toBe(
      "Family sessions: nobody has spoken of it by 2027-01-11. Offer it, and record what the person says.",
    );
    expect(family).not.toHaveProperty("snoozedUntil");
    // Not held by week 3.
    const fourth = onlyOf(opened("2027-01-25").tasks(), "family");
    expect(fourth.map(({ words }) => words)).toEqual([
      "Family sessions: the first one was to be held by 2027-01-25, and none is recorded. Book one, or record that it was declined.",
    ]);
  });

  it("does not come where it was recorded, and is asked once where it is due once", () => {
    const spoken = { serviceStates: { family: { state: "offered" as const } } };
    expect(onlyOf(opened("2027-01-11", spoken).tasks(), "family")).toEqual([]);
    const declined = { serviceStates: { family: { state: "declined" as const } } };
    expect(onlyOf(opened("2027-01-25", declined).tasks(), "family")).toEqual([]);
    expect(onlyOf(opened("2027-02-01").tasks(), "family")).toEqual([]);
  });

  it("is asked again and again where it is due again and again, counted from the last one", () => {
    const held = (doneOn: string) => ({
      serviceStates: { individual: { state: "done" as const, doneOn } },
    });
    expect(onlyOf(opened("2027-01-18", held("2027-01-15")).tasks(), "individual")).toEqual([]);
    expect(onlyOf(opened("2027-01-25", held("2027-01-15")).tasks(), "individual")).toMatchObject([
      { words: expect.stringContaining("the last one was on 2027-01-15") },
    ]);
    expect(onlyOf(opened("2027-02-08", held("2027-01-15")).tasks(), "individual")).toHaveLength(1);
  });

  it("names the visit that is planned, so that nobody books a second one beside it", () => {
    const visit = (on: string, status: Session["status"] = "planned") =>
      buildSession({
        sk: `SESSION#${on}`,
        modality: "individual",
        status,
        scheduledStartAt: `${on}T18:00:00.000Z`,
        scheduledEndAt: `${on}T18:50:00.000Z`,
      });
    const wordsWith = (sessions: readonly Session[]) =>
      onlyOf(opened("2027-01-25", {}, program, sessions).tasks(), "individual").map(
        ({ words }) => words,
      );
    expect(wordsWith([visit("2027-01-29"), visit("2027-01-27"), visit("2027-01-21")])).toEqual([
      expect.stringContaining(
        "One is planned for 2027-01-27: see that it is held, or book one before, and record it.",
      ),
    ]);
    expect(wordsWith([visit("2027-01-27", "cancelled")])).toEqual([
      expect.stringContaining("Book one, and record it."),
    ]);
  });

  it("says anew which visit is planned when one has passed: in the next week, and as soon as it was missed", () => {
    const visit = (on: string) =>
      buildSession({
        sk: `SESSION#${on}`,
        modality: "individual",
        scheduledStartAt: `${on}T18:00:00.000Z`,
        scheduledEndAt: `${on}T18:50:00.000Z`,
      });
    const { draft, ctx, tasks } = opened("2027-01-25", {}, program, [
      visit("2027-01-27"),
      visit("2027-02-03"),
    ]);
    const words = () => onlyOf(tasks(), "individual").map((task) => task.words);
    expect(words()).toEqual([expect.stringContaining("One is planned for 2027-01-27:")]);
    const missed = { modality: "individual", on: "2027-01-27", sessionId: "s1" } as const;
    followSessionMissed(draft, { ...ctx, now: "2027-01-27T19:00:00.000Z" }, missed);
    expect(words()).toEqual([expect.stringContaining("One is planned for 2027-02-03:")]);
    askForServicesOfWeek(draft, { ...ctx, now: "2027-02-08T13:00:00.000Z" }, "2027-02-08");
    expect(words()).toEqual([expect.stringContaining("Book one, and record it.")]);
  });

  it("is asked for once while it is still open", () => {
    const { draft, ctx, tasks } = opened("2027-01-11");
    askForServicesOfWeek(draft, ctx, "2027-01-18");
    expect(onlyOf(tasks(), "individual")).toHaveLength(1);
  });

  it("is off the list when it is recorded or the person comes to it; a family session without them is not counted", () => {
    const { draft, tasks } = opened("2027-01-25");
    const family = () => onlyOf(tasks(), "family").length;
    followService(draft, { service: "family", state: "offered" });
    followService(draft, { service: "family", state: "done", on: "2027-01-25", isCounted: false });
    expect(family()).toBe(1);
    followSessionAttended(draft, { modality: "family", on: "2027-01-25", sessionId: "one" });
    expect(family()).toBe(0);
    expect(draft.episode.serviceStates?.family).toMatchObject({
      state: "done",
      doneOn: "2027-01-25",
    });
    // An earlier one that is recorded late moves nothing back.
    followService(draft, { service: "family", state: "done", on: "2027-01-20" });
    expect(draft.episode.serviceStates?.family?.doneOn).toBe("2027-01-25");
    followSessionAttended(draft, { modality: "group", on: "2027-01-26", sessionId: "two" });
    expect(draft.episode.serviceStates).not.toHaveProperty("group");
  });

  it("is asked of nobody where the program says nothing, or who is not admitted", () => {
    const { services: _services, ...silent } = program;
    expect(opened("2027-01-25", {}, silent).tasks()).toEqual([]);
    const { admittedOn: _admittedOn, ...episode } = buildEpisode({ status: "active" });
    const ctx = { ...buildContext({ now: "2027-01-25T13:00:00.000Z" }), program };
    const draft = new Draft(buildState(episode, []), ctx);
    askForServicesOfWeek(draft, ctx, "2027-01-25");
    expect(draft.items()).toEqual([]);
  });
});

describe("a session to which somebody did not come after all", () => {
  const came = (on: string) => ({ modality: "individual" as const, on, sessionId: `on-${on}` });
  const standing = (draft: Draft) => draft.episode.serviceStates?.individual;

  it("brings its service back, counted from the one before it, and it is asked for", () => {
    const { draft, ctx, tasks } = opened("2027-01-25", {
      serviceStates: { individual: { state: "done", doneOn: "2027-01-08" } },
    });
    const asked = () => onlyOf(tasks(), "individual").map(({ words }) => words);
    followSessionAttended(draft, came("2027-01-25"));
    expect(asked()).toEqual([]);
    expect(standing(draft)).toMatchObject({ state: "done", doneOn: "2027-01-25" });
    followSessionMissed(draft, ctx, came("2027-01-25"));
    expect(standing(draft)).toMatchObject({ state: "done", doneOn: "2027-01-08" });
    expect(asked()).toEqual([expect.stringContaining("the last one was on 2027-01-08")]);
    // Entered once more as it was: nobody books a second one.
    followSessionAttended(draft, came("2027-01-25"));
    expect(asked()).toEqual([]);
  });

  it("leaves what other sessions and records say of it, in whatever order they are corrected", () => {
    const { draft, ctx } = opened("2027-01-25");
    for (const on of ["2027-01-12", "2027-01-19"]) followSessionAttended(draft, came(on));
    followService(draft, { service: "individual", state: "offered" });
    followSessionMissed(draft, ctx, came("2027-01-12"));
    expect(standing(draft)?.doneOn).toBe("2027-01-19");
    followSessionMissed(draft, ctx, came("2027-01-26"));
    expect(standing(draft)?.doneOn).toBe("2027-01-19");
    followSessionMissed(draft, ctx, came("2027-01-19"));
    expect(standing(draft)).toEqual({ state: "offered", said: { state: "offered" }, came: [] });
  });

  it("brings its service back, too, where it was attended before sessions were kept by their names", () => {
    const { draft, ctx, tasks } = opened("2027-01-25", {
      serviceStates: { individual: { state: "done", doneOn: "2027-01-19" } },
    });
    const asked = () => onlyOf(tasks(), "individual").map(({ words }) => words);
    // What is no correction changes nothing: another session of that day may have been missed.
    followSessionMissed(draft, ctx, came("2027-01-19"));
    expect(standing(draft)?.doneOn).toBe("2027-01-19");
    followSessionMissed(draft, ctx, came("2027-01-19"), [came("2027-01-12")]);
    expect(standing(draft)).toEqual({
      state: "done",
      doneOn: "2027-01-12",
      came: [{ sessionId: "on-2027-01-12", on: "2027-01-12" }],
    });
    expect(asked()).toEqual([expect.stringContaining("the last one was on 2027-01-12")]);
    followSessionMissed(draft, ctx, came("2027-01-12"), []);
    expect(draft.episode.serviceStates?.individual).toBeUndefined();
    expect(asked()).toEqual([expect.stringContaining("none has taken place")]);
  });

  it("leaves a later day and a word of staff that stand apart from it", () => {
    const later = opened("2027-01-25", {
      serviceStates: { individual: { state: "done", doneOn: "2027-01-20" } },
    });
    followSessionMissed(later.draft, later.ctx, came("2027-01-13"), []);
    expect(standing(later.draft)).toEqual({ state: "done", doneOn: "2027-01-20" });
    const declined = opened("2027-01-25", {
      serviceStates: { individual: { state: "declined", doneOn: "2027-01-13" } },
    });
    followSessionMissed(declined.draft, declined.ctx, came("2027-01-13"), []);
    expect(standing(declined.draft)).toEqual({
      state: "declined",
      said: { state: "declined" },
      came: [],
    });
    // Attended before, and another one since.
    const mixed = opened("2027-01-25", {
      serviceStates: { individual: { state: "done", doneOn: "2027-01-13" } },
    });
    followSessionAttended(mixed.draft, came("2027-01-20"));
    followSessionMissed(mixed.draft, mixed.ctx, came("2027-01-13"), []);
    expect(standing(mixed.draft)).toMatchObject({ state: "done", doneOn: "2027-01-20" });
    followSessionMissed(mixed.draft, mixed.ctx, came("2027-01-20"), []);
    expect(standing(mixed.draft)).toBeUndefined();
  });

  it("leaves nothing behind where nothing else was ever recorded, and what is no service alone", () => {
    const { draft, ctx } = opened("2027-01-25");
    followSessionAttended(draft, came("2027-01-25"));
    followSessionMissed(draft, ctx, came("2027-01-25"));
    followSessionMissed(draft, ctx, { ...came("2027-01-25"), modality: "group" });
    expect(draft.episode.serviceStates).toEqual({});
  });
});

describe("services of somebody on leave", () => {
  const hold = { kind: "family", since: "2027-01-12T15:00:00.000Z", contactKeptBy: "casey" };

  it("are asked for by no week that opens meanwhile", () => {
    expect(opened("2027-01-11", { status: "onhold", hold }).tasks()).toEqual([]);
  });

  it("leave the list with the leave, and come back with the person: those, and what came to be due meanwhile", () => {
    const { draft, tasks } = opened("2027-01-11");
    expect(pauseServices(draft)).toEqual(["individual", "family"]);
    expect(tasks()).toEqual([]);
    const back = { ...buildContext({ now: "2027-01-27T15:00:00.000Z" }), program };
    const words = (paused: readonly ("individual" | "family")[]) => {
      const away = opened("2027-01-04");
      askForServicesAfterLeave(away.draft, back, { ...hold, paused: [...paused] });
      const of = (service: string) => onlyOf(away.tasks(), service);
      return [...of("individual"), ...of("family")].map(
        (task) => `${task.about?.id}: ${task.sk.split("#").at(-1)}`,
      );
    };
    expect(words(["family"])).toEqual([
      "individual: individual-done-2027-01-27-v1",
      "family: family-offered-2027-01-27-v1",
      // To be held by the 25th, while they were away.
      "family: family-done-2027-01-27-v1",
    ]);
    expect(words([])).toEqual([
      "individual: individual-done-2027-01-27-v1",
      "family: family-done-2027-01-27-v1",
    ]);
  });
});

describe("a drug screen's day", () => {
  const week = (episodeId: string, startsOn: string, onDay?: "random" | number) => {
    const screens = (program.screens ?? []).map((screen) => {
      const { onDay: _onDay, ...other } = screen;
      return screen.screenId === "drug-screen" && onDay !== undefined ? { ...other, onDay } : other;
    });
    const ctx = {
      ...buildContext({ now: `${startsOn}T13:00:00.000Z` }),
      program: { ...program, screens },
    };
    const draft = new Draft(buildState(buildEpisode({ episodeId, status: "active" }), []), ctx);
    askForScreensOfWeek(draft, ctx, 2, startsOn);
    const [task] = openTasks(draft, "screen-due").filter(
      ({ about }) => about?.id === "drug-screen",
    );
    return { draft, ctx, task };
  };
  const dayOf = (words = "") => /due on (\d{4}-\d{2}-\d{2})/.exec(words)?.[1] ?? "";

  it("is fixed where the program says which, and is work from then on", () => {
    const { task } = week("01JHTEST0000000000000000E1", "2027-01-11", 4);
    expect(task).toMatchObject({
      words: "Drug screen: it is due on 2027-01-14.",
      snoozedUntil: "2027-01-14T05:00:00.000Z",
      assignedFunction: "nurse",
    });
    expect((task?.dueAt ?? "") > "2027-01-14T05:00:00.000Z").toBe(true);
    expect(week("01JHTEST0000000000000000E1", "2027-01-11").task?.words).toBe(
      "Drug screen: ask it in week 2.",
    );
  });

  it("is another staffed day of each week where it is random, the same however often it is looked at", () => {
    const days = new Set<number>();
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 9999 }),
        (weeks, who) => {
          const startsOn = addDays("2027-01-04", weeks * 7);
          const episodeId = `01JHTEST0000000000000${String(who).padStart(5, "0")}`;
          const on = dayOf(week(episodeId, startsOn, "random").task?.words);
          expect(on >= startsOn && on < addDays(startsOn, 7)).toBe(true);
          expect(dayOf(week(episodeId, startsOn, "random").task?.words)).toBe(on);
          days.add(dayOfWeek(on));
        },
      ),
    );
    expect(days.size).toBeGreaterThan(3);
    // Nobody is there at the weekend.
    expect(days.has(6) || days.has(7)).toBe(false);
  });

  it("is over when the sample is collected or declined, and not when it is only planned", () => {
    for (const [state, open] of [
      ["offered", 1],
      ["accepted", 0],
      ["declined", 0],
    ] as const) {
      const { draft, ctx } = week("01JHTEST0000000000000000E1", "2027-01-11", 1);
      const change = changeOf(
        recordService(
          draft.state,
          { service: "drug-screen", state, version: 0, on: "2027-01-11" },
          { ...ctx, actor: staff("noel", "nurse") },
        ),
      );
      const after = change.puts.find(({ item }) => item.kind === "task")?.item.status;
      expect([state, after ?? "open"]).toEqual([state, open === 1 ? "open" : "cancelled"]);
    }
  });
});

describe("a holistic offering", () => {
  const offer = (topic: string, isCleared?: boolean) => {
    const ctx = {
      ...buildContext({ now: "2027-01-11T13:00:00.000Z" }),
      program,
      actor: staff("casey", "case-manager"),
    };
    const result = recordService(
      buildState(buildEpisode({ status: "active" }), []),
      { service: "holistic", state: "done", topic, version: 0, isCleared },
      ctx,
    );
    return "refused" in result ? result.sentence : "recorded";
  };

  it("is one of the program's own, and needs clearance where the program says so", () => {
    expect(offer("mindfulness")).toBe("recorded");
    expect(offer("yoga")).toBe("It needs medical clearance first.");
    expect(offer("yoga", true)).toBe("recorded");
    expect(offer("sauna")).toBe(
      "Offering: choose one of mindfulness, yoga, nutrition, expressive arts.",
    );
  });
});
