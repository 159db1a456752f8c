import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import {
  askReceiver,
  handOffDeclined,
  handOffLater,
  keeperCannot,
  planHandOff,
} from "../../../shared/care/pathway/aftercare-hand-off.ts";
import { setKeeper } from "../../../workflows/aftercare/set-keeper.ts";
import { buildProgram } from "../../builders/program.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  caseManager,
  tuesdayMorning,
} from "../../builders/state.ts";
import { carriedOut, openTasks } from "../../builders/steps.ts";

const dana = { staffId: "dana", siteIds: ["riverside"], functions: ["peer"] };
const inAftercare = buildEpisode({
  status: "aftercare",
  siteId: "riverside",
  dischargedAt: "2027-01-11T20:00:00.000Z",
  aftercare: { steady: 0, keptBy: { staffId: "kim", since: "2027-01-11T20:00:00.000Z" } },
});
const asCaseManager = buildContext({ actor: caseManager });

function name(
  named: typeof dana | undefined,
  episode = inAftercare,
  items: readonly EpisodeItem[] = [],
) {
  const state = buildState(episode, items);
  return { state, result: setKeeper(state, { named, reason: "Kim has left" }, asCaseManager) };
}

function sentenceOf({ result }: ReturnType<typeof name>): string {
  return isRefusal(result) ? result.sentence : "no refusal";
}

/** Does something to an episode in aftercare with these items; the open tasks afterwards. */
function tasksAfter(
  items: readonly EpisodeItem[],
  change: (draft: Draft, ctx: DecisionContext) => void,
  ctx = asCaseManager,
): readonly CareTask[] {
  const state = buildState(inAftercare, items);
  const draft = new Draft(state, ctx);
  change(draft, ctx);
  return openTasks(carriedOut(state, draft.finish("aftercare-hand-off-test")));
}

describe("who keeps contact after the program", () => {
  it("is named anew at once: open calls are theirs, and both hear of it", () => {
    const call = buildTask({ taskKind: "check-in-call", sk: "TASK#check-in-call#1" });
    const late = buildTask({
      taskKind: "next-step",
      sk: "TASK#next-step#1",
      handedUp: [{ from: "case-manager", to: "supervisor", at: tuesdayMorning }],
    });
    const asked = buildTask({ taskKind: "aftercare-hand-off", sk: "TASK#aftercare-hand-off#1" });
    const { state, result } = name(dana, inAftercare, [call, late, asked]);
    const after = carriedOut(state, result);
    expect(after.episode.aftercare?.keptBy).toEqual({ staffId: "dana", since: tuesdayMorning });
    expect(after.items.get(call.sk)).toMatchObject({ assignedTo: "dana" });
    // What climbed because it is late stays with whoever has it now.
    expect(after.items.get(late.sk)).not.toHaveProperty("assignedTo");
    expect(after.items.get(asked.sk)).toMatchObject({ status: "cancelled" });
    expect(
      openTasks(after)
        .filter(({ taskKind }) => taskKind.startsWith("aftercare-"))
        .map(({ taskKind, assignedTo }) => [taskKind, assignedTo])
        .sort(),
    ).toEqual([
      ["aftercare-keeper", "dana"],
      ["aftercare-passed-on", "kim"],
    ]);
  });

  it("is in the audit trail with who kept contact before, and nobody where nobody did", () => {
    const factsFor = (episode: Episode) => {
      const { result } = name(dana, episode);
      return isRefusal(result) ? undefined : result.audit;
    };
    expect(factsFor(inAftercare)).toMatchObject({
      action: "aftercare-keeper-set",
      facts: { to: "dana", from: "kim" },
    });
    const { aftercare: _nobody, ...kept } = inAftercare;
    expect(factsFor(kept)?.facts).not.toHaveProperty("from");
  });

  it("ends what was asked of others by now; what is asked on a later day is asked all the same", () => {
    const asked = (taskKind: CareTask["taskKind"], more: Partial<CareTask> = {}) =>
      buildTask({
        taskKind,
        sk: `TASK#${taskKind}#${more.snoozedUntil ?? more.assignedTo}`,
        ...more,
      });
    const tomorrow = "2027-01-13T14:00:00.000Z";
    const now = [
      asked("aftercare-take-over"),
      asked("aftercare-keeper", { assignedTo: "kim" }),
      asked("aftercare-hand-off", { snoozedUntil: tuesdayMorning }),
      asked("aftercare-passed-on", { assignedTo: "dana" }),
    ];
    const others = [
      asked("aftercare-hand-off", { snoozedUntil: tomorrow }),
      asked("aftercare-passed-on", { assignedTo: "lee" }),
      asked("clinician-review"),
    ];
    const { state, result } = name(dana, inAftercare, [...now, ...others]);
    const after = carriedOut(state, result);
    for (const { sk } of now)
      expect(after.items.get(sk), sk).toMatchObject({ status: "cancelled" });
    for (const { sk } of others) expect(after.items.get(sk), sk).toMatchObject({ status: "open" });
  });

  it.each([
    ["nobody of the staff", undefined, inAftercare, "Say who keeps contact"],
    ["somebody of another site", { ...dana, siteIds: ["hillside"] }, inAftercare, "at this site"],
    ["a front desk", { ...dana, functions: ["front-desk"] }, inAftercare, "they ring the person"],
    ["whoever does already", { ...dana, staffId: "kim" }, inAftercare, "keep contact already"],
    ["somebody before the aftercare", dana, buildEpisode({ status: "active" }), "in the program"],
  ])("is not %s", (_who, named, episode, sentence) => {
    expect(sentenceOf(name(named, episode))).toContain(sentence);
  });
});

describe("a warm hand-off", () => {
  const program = buildProgram();
  const offered = buildContext({
    program: {
      ...program,
      aftercare: { ...program.aftercare, handOff: { isOffered: true, onDay: 30 } },
    },
  });
  const question = buildTask({
    taskKind: "aftercare-hand-off",
    sk: "TASK#aftercare-hand-off#day-30",
    words: "Introduce the person",
    evidence: { namedBy: "casey" },
    status: "done",
  });

  it("is asked for on its day, of whoever keeps contact, and hidden until then", () => {
    const [task] = tasksAfter([], planHandOff, offered);
    expect(task).toMatchObject({ taskKind: "aftercare-hand-off", assignedTo: "kim" });
    expect(task?.snoozedUntil?.slice(0, 10)).toBe("2027-02-10");
    expect(tasksAfter([], planHandOff)).toEqual([]);
  });

  it("that is not made yet is asked for again in a week, in the same words", () => {
    const [again] = tasksAfter([question], (draft, ctx) => handOffLater(draft, ctx, question));
    expect(again).toMatchObject({ words: question.words });
    expect(again?.snoozedUntil?.slice(0, 10)).toBe("2027-01-19");
  });

  it("is confirmed by whoever was introduced, and by nobody where nobody was", () => {
    const ask = (receiverId: string | undefined) =>
      tasksAfter([question], (draft, ctx) => askReceiver(draft, ctx, question, receiverId));
    expect(ask("dana")).toMatchObject([{ taskKind: "aftercare-take-over", assignedTo: "dana" }]);
    expect(ask(undefined)).toEqual([]);
  });

  it("that is declined comes back to whoever keeps contact, today", () => {
    const [back] = tasksAfter([question], (draft, ctx) => handOffDeclined(draft, ctx, question));
    expect(back).toMatchObject({ assignedTo: "kim" });
    expect(back?.snoozedUntil).toBeUndefined();
  });

  it("of whoever was named and cannot goes back to whoever named them", () => {
    const [back] = tasksAfter([question], (draft, ctx) => keeperCannot(draft, ctx, question));
    expect(back).toMatchObject({ taskKind: "aftercare-hand-off", assignedTo: "casey" });
  });
});
