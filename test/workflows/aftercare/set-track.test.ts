import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { setTrack } from "../../../workflows/aftercare/set-track.ts";
import { find, inAftercare, opened, take } from "../../builders/aftercare.ts";
import { shippedProgram } from "../../builders/program-files.ts";
import { applyChange, buildContext } from "../../builders/state.ts";

const { program: content, instruments } = shippedProgram();
const offering = {
  ...content,
  version: 1,
  contentHash: "shipped",
  aftercare: {
    ...content.aftercare,
    ...(content.aftercare.weeklyCalls === undefined
      ? {}
      : { weeklyCalls: { ...content.aftercare.weeklyCalls, isOffered: true } }),
  },
};
const staff = {
  kind: "staff",
  staffId: "casey-riverside",
  functions: ["case-manager"],
} as const;
const now = "2027-01-19T16:00:00.000Z";
const ctx = buildContext({ now, program: offering, instruments, actor: staff });

function set(
  state: OpenState,
  track: "weekly-calls" | "stretched" | "program-days",
  context = ctx,
): { readonly state: OpenState; readonly refused?: string } {
  const result = setTrack(state, { track, reason: "Agreed in the team" }, context);
  return isRefusal(result)
    ? { state, refused: result.sentence }
    : { state: applyChange(state, result) };
}

/** The check-in of day 7 is over and the one of day 14 is planned. */
function waiting(episode: Partial<Episode> = {}): OpenState {
  const over = opened(2, { aftercare: { steady: 3 }, ...episode });
  return take(over, "plan-next", 2, ctx).state;
}

const planned = (state: OpenState) => find(state, "check-in", ({ status }) => status === "planned");

describe("how often somebody is followed up", () => {
  it("is a call each week for whom the team puts on that track, from the next contact on", () => {
    const before = waiting();
    expect(planned(before)).toMatchObject({ day: 14, checkInKind: "check-in" });
    const { state } = set(before, "weekly-calls");
    expect(planned(state)).toMatchObject({
      number: 3,
      day: 14,
      checkInKind: "staff-call",
      why: "weekly-calls",
    });
    const after = take(state, "plan-next", 3, { ...ctx, now: "2027-01-26T16:00:00.000Z" }).state;
    expect(find(after, "check-in", ({ number }) => number === 4)).toMatchObject({ day: 21 });
  });

  it("goes back to the program's days, and says since when it is otherwise", () => {
    const { state } = set(waiting(), "weekly-calls");
    expect(state.episode.aftercare?.track).toEqual({ name: "weekly-calls", since: now });
    const back = set(state, "program-days").state;
    expect(back.episode.aftercare?.track).toBeUndefined();
    expect(planned(back)).toMatchObject({ day: 14, checkInKind: "check-in" });
    expect(planned(back)?.why).toBeUndefined();
  });

  it("takes contacts back that were brought closer by mistake", () => {
    const closer = waiting({ aftercare: { steady: 0, closerUntil: "2027-02-16" } });
    const { state, refused } = set(closer, "program-days");
    expect(refused).toBeUndefined();
    expect(state.episode.aftercare?.closerUntil).toBeUndefined();
    expect(planned(state)).toMatchObject({ day: 14, checkInKind: "check-in" });
  });

  it("starts again with one contact, however often it moves", () => {
    const moved = set(set(set(waiting(), "weekly-calls").state, "program-days").state, "stretched");
    const contacts = [...moved.state.items.values()].filter(
      (item) => item.kind === "check-in" && item.status === "planned",
    );
    expect(contacts).toHaveLength(1);
  });

  it.each<[string, Partial<Episode>, "weekly-calls" | "stretched" | "program-days", string]>([
    ["too early", { status: "assessed" }, "stretched", "from the admission on (now: "],
    ["so already", {}, "program-days", "It is so already."],
    ["not steady yet", { aftercare: { steady: 1 } }, "stretched", "so far it is 1."],
    ["one answer short", { aftercare: { steady: 2 } }, "stretched", "so far it is 2."],
  ])("says why not, and writes nothing: %s", (_why, episode, track, sentence) => {
    const state = inAftercare([], { aftercare: { steady: 3 }, ...episode });
    expect(set(state, track).refused).toContain(sentence);
  });

  it("offers no calls where the program has nobody to make them", () => {
    const { refused } = set(inAftercare([]), "weekly-calls", {
      ...ctx,
      program: { ...content, version: 1, contentHash: "shipped" },
    });
    expect(refused).toContain("offers no weekly calls");
  });
});
