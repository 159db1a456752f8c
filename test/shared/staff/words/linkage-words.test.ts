import { describe, expect, it } from "vitest";
import { linkageQuestions } from "../../../../shared/staff/words/linkage-words.ts";
import type { RecordedService } from "../../../../shared/store/read-services.ts";

const today = "2027-03-10";
const record = (
  service: RecordedService["service"],
  state: RecordedService["state"],
  more: Partial<RecordedService> = {},
): RecordedService => ({
  service,
  state,
  version: 1,
  at: "2027-02-01T15:00:00.000Z",
  by: "casey-riverside",
  ...more,
});
const asked = (...services: readonly RecordedService[]) => linkageQuestions({}, services, today);

describe("what is asked after the program", () => {
  it("is the first visit, before its day and after it", () => {
    const of = (firstVisitOn: string) =>
      linkageQuestions({ aftercare: { steady: 0, firstVisitOn } }, [], today);
    expect(of("2027-03-10")).toEqual([
      "The first visit after the program is on 2027-03-10: do they know where and when, and how they get there?",
    ]);
    expect(of("2027-03-09")).toEqual([
      "The first visit after the program was on 2027-03-09: was it kept, and when is the next one?",
    ]);
  });

  it.each([
    ["mutual-support", "offered", { with: "Recovery Dharma" }, "Recovery Dharma was offered"],
    [
      "mutual-support",
      "accepted",
      { with: "Recovery Dharma", on: "2027-03-02" },
      "Recovery Dharma, first meeting on 2027-03-02: did they go",
    ],
    ["peer", "offered", {}, "Peer support was offered: have they met?"],
    [
      "peer",
      "accepted",
      { with: "Sam", on: "2027-03-05" },
      "Peer Sam was agreed: have they met, as was agreed for 2027-03-05?",
    ],
    ["peer", "done", { with: "Sam", on: "2027-03-05" }, "Met Sam on 2027-03-05: are they still"],
    ["alumni", "offered", {}, "The alumni group was offered"],
    ["alumni", "done", { on: "2027-03-01" }, "Alumni group, first meeting on 2027-03-01: did"],
    ["education-work", "offered", {}, "no goal is set: is there one now?"],
    [
      "education-work",
      "accepted",
      { topic: "Back at the bakery", nextOn: "2027-03-08", with: "Job center" },
      "Goal “Back at the bakery”, referred to Job center: the return was to be on 2027-03-08. Are they back?",
    ],
    ["education-work", "accepted", { topic: "A GED" }, "Goal “A GED”: what is the next step?"],
    ["education-work", "done", { topic: "A GED" }, "Back at work or school (A GED)"],
    ["family", "accepted", { with: "Her sister" }, "Family sessions with Her sister were agreed"],
  ] as const)("is what stands of %s, %s", (service, state, more, words) => {
    expect(asked(record(service, state, more))).toEqual([expect.stringContaining(words)]);
  });

  it("is nothing that was declined, that is settled, or that nobody spoke of", () => {
    expect(asked()).toEqual([]);
    expect(asked(record("peer", "declined"), record("family", "done"))).toEqual([]);
    expect(asked(record("drug-screen", "done", { result: "negative" }))).toEqual([]);
  });

  it("comes in one order, whichever was recorded first", () => {
    const [first, second] = asked(record("peer", "offered"), record("mutual-support", "offered"));
    expect([first, second]).toEqual([
      expect.stringContaining("A group was offered"),
      expect.stringContaining("Peer support"),
    ]);
  });
});
