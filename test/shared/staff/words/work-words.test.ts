import { expect, it } from "vitest";
import { asSentence, evidenceWords } from "../../../../shared/staff/words/work-words.ts";

it("what work is called ends as a sentence, and a question keeps its own mark", () => {
  expect(asSentence("Mark the attendance")).toBe("Mark the attendance.");
  expect(asSentence("Take somebody over?")).toBe("Take somebody over?");
});

it("what is known about a task is told in words: no yes or no that answers nothing, no code, no id", () => {
  const known = (evidence: Parameters<typeof evidenceWords>[0]) =>
    Object.fromEntries(evidenceWords(evidence, new Map()));
  expect(known({ source: "self", reachedAsAgreed: false })).toEqual({
    "Came from": "the participant",
    "Way to reach them": "no wish of theirs is known",
  });
  expect(known({ reachedAsAgreed: true })).toEqual({
    "Way to reach them": "as they asked, see “Reach by”",
  });
  expect(known({ call: "first-contact-call", pregnant: true })).toEqual({
    Call: "First call",
    Pregnant: "yes",
  });
  expect(known({ attendedMinutes: 180, minimumMinutes: 540, unmarkedSessions: 0 })).toEqual({
    "Hours attended": "3 h",
    "At least": "9 h",
  });
  expect(known({ attendedHours: 61, kind: "family" })).toEqual({
    "Hours attended": "61 h",
    "Kind of leave": "family",
  });
  expect(known({ task: "01JHTEST0000000000000000T1", tries: 2 })).toEqual({ Tries: "2" });
});
