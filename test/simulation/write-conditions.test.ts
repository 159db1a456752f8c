import { beforeAll, describe, expect, it } from "vitest";
import { liveFully } from "./stored-fields/full-life.ts";
import { OtherWriters } from "./write-conditions/other-writers.ts";

/** What may be written whatever stands there, and why nothing is lost by it. */
const writtenAnyway: Readonly<Record<string, string>> = {
  "CHUNK that is new": "a roster's entry goes with the decision whose episode it repeats",
  "CHUNK that was there": "a roster's entry goes with the decision whose episode it repeats",
  "EFFECT that is new": "its id is new with every commit",
  "LINK that is new": "its id is new with every message",
  "REQUEST that was there":
    "the mark of a text says started and then done: whoever writes it last says the same",
  "identity NOTE that is new": "its id is new with every note",
  "identity PROFILE that is new": "it goes with a new participant's own record",
  "identity SENT that is new": "its id is that of its message, which is handed over once",
  "identity SCREEN that is new": "its id is new with every screen",
  "identity REASON that is new": "its number is that of the audit entry it goes with",
};

/** What is no decision about the episode: it has a version of its own, and a decision does not hold it up. */
const withoutTheEpisode: Readonly<Record<string, string>> = {
  DRIVER: "where a workflow is, by the driver's own version",
  "DRIVER, EFFECT": "an execution that hands over",
  EFFECT: "what is owed, once more",
  "no EFFECT": "what was owed and is done",
  "MSG ACCEPTED": "what the provider said, after a claim that looked at the episode",
  "MSG ACCEPTED, identity SENT": "what the provider said, with the words that it was given",
  "MSG DELIVERED": "what the provider reported",
  "MSG PLANNED": "a message that is held until later",
  "MSG SUPPRESSED": "a message that is not sent",
};

const others = new OtherWriters();
beforeAll(async () => {
  const { problems } = await liveFully({ store: (store) => others.watch(store) });
  expect(problems).toEqual([]);
}, 240_000);

describe("whoever was slower writes over nobody", () => {
  it("whatever kind of item it is, new or changed, in a life in which everything happens", () => {
    const overwritten = [...others.overwritten].filter(([, isOverwritten]) => isOverwritten);
    expect(
      overwritten.map(([what]) => what).filter((what) => writtenAnyway[what] === undefined),
    ).toEqual([]);
  });

  it("and every kind was put to the test", () => {
    const kinds = ["CHECKIN", "CONTACT", "DRIVER", "EPISODE", "ESC", "FORM", "HOLD", "MSG", "TASK"];
    const tried = [...others.overwritten.keys()];
    for (const kind of kinds) {
      expect(tried, kind).toContain(`${kind} that is new`);
      expect(tried, kind).toContain(`${kind} that was there`);
    }
    for (const kind of ["OUTREACH", "SESSION"]) expect(tried).toContain(`${kind} that was there`);
  });
});

describe("what was decided on an episode that has changed since does not happen", () => {
  it("a decision, a claim and a wait: each looks at the episode as it is", () => {
    const heeding = [...others.heedsTheEpisode].filter(([, heeds]) => heeds).map(([what]) => what);
    expect(heeding).toEqual(
      expect.arrayContaining(["a decision", "DAY, MSG CLAIMED, WEEK", "DRIVER, HOLD"]),
    );
  });

  it("and nothing else is written for an episode but what has a version of its own", () => {
    const heedless = [...others.heedsTheEpisode]
      .filter(([, heeds]) => !heeds)
      .map(([what]) => what);
    expect(heedless.filter((what) => withoutTheEpisode[what] === undefined)).toEqual([]);
  });
});
