import { describe, expect, it } from "vitest";
import { recordConsent } from "../../../workflows/run/people/record-consent.ts";
import { buildCheckIn, daySeven, dischargedAt, inAftercare } from "../../builders/aftercare.ts";
import { buildProgram } from "../../builders/program.ts";
import { buildRun, episodeId } from "../../builders/state.ts";
import { itemsOf, openTasks } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

const run = (number: number) =>
  buildRun("aftercare", `${episodeId}-c${number}`, { data: { number }, step: "open-check-in" });

const plain = buildProgram();
const days = [2, 7, 14, 30, 60, 90, 180];
const program = {
  ...plain,
  aftercare: {
    ...plain.aftercare,
    checkIns: days.map((day, index) => ({
      number: index + 1,
      day,
      kind: index === 0 ? ("staff-call" as const) : ("check-in" as const),
      windowDays: 1,
    })),
  },
};

/** Somebody whose check-in of this number opens now. */
const opening = (number: number) =>
  new Story(inAftercare([buildCheckIn({ number }), run(number)]), daySeven, { program });

const say = (story: Story, said: { given?: ["aftercare"]; takenBack?: ["aftercare"] }) =>
  story.command((state, ctx) => recordConsent(state, { ...said, how: "phone" }, ctx));

const stops = (story: Story) => say(story, { takenBack: ["aftercare"] });
const wants = (story: Story) => say(story, { given: ["aftercare"] });
const kinds = (story: Story) => openTasks(story.state).map(({ taskKind }) => taskKind);
const planned = (story: Story) =>
  itemsOf(story.state, "message").filter(({ status }) => status === "PLANNED");
const checkIns = (story: Story) =>
  itemsOf(story.state, "check-in").map(({ number, status }) => [number, status]);

describe("whoever takes back the consent to follow-up", () => {
  it("while its link and reminder are planned is sent nothing and rung by nobody: a person is asked to close", () => {
    const story = opening(2);
    expect(planned(story).length).toBeGreaterThan(0);
    stops(story);
    expect(planned(story)).toEqual([]);
    expect(kinds(story)).toEqual(["closing-approval"]);
    expect(checkIns(story)).toEqual([[2, "missed"]]);
    expect(story.state.episode.unreachedContacts).toBe(0);
  });

  it("on the first call is rung no more", () => {
    const story = opening(1);
    expect(kinds(story)).toEqual(["aftercare-call"]);
    expect(kinds(stops(story))).toEqual(["closing-approval"]);
  });

  it("while a ladder climbs to them is climbed to no further", () => {
    const story = opening(2).passHours(7 * 24 + 4);
    expect(itemsOf(story.state, "outreach")).toMatchObject([{ status: "climbing" }]);
    stops(story);
    expect(itemsOf(story.state, "outreach")).toMatchObject([
      { status: "withdrawn", outcome: "no-follow-up" },
    ]);
    expect(kinds(story)).not.toContain("outreach-call");
  });
});

describe("whoever agrees to the follow-up again", () => {
  it("goes on with the next contact, and nobody is asked to close any more", () => {
    const story = stops(opening(2)).passHours(24);
    wants(story);
    expect(kinds(story)).toEqual([]);
    expect(checkIns(story)).toContainEqual([3, "planned"]);
    story.passHours(60 * 24);
    expect(kinds(story)).not.toContain("closing-approval");
    expect(checkIns(story).map(([number]) => number)).toContain(4);
  });

  it("is not asked at once about all that has passed meanwhile", () => {
    const story = stops(opening(2)).passHours(100 * 24);
    wants(story);
    const next = itemsOf(story.state, "check-in").filter(({ status }) => status === "planned");
    expect(next).toMatchObject([{ number: 3, row: 7, day: 180 }]);
  });

  it("changes nothing where it never rested, or before there is a follow-up", () => {
    expect(checkIns(wants(opening(2)))).toEqual([[2, "open"]]);
    const before = inAftercare([], { status: "active", dischargedAt });
    expect(checkIns(wants(new Story(before, daySeven, { program })))).toEqual([]);
  });
});
