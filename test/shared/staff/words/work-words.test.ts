import { expect, it } from "vitest";
import { asSentence } from "../../../../shared/staff/words/work-words.ts";

it("what work is called ends as a sentence, and a question keeps its own mark", () => {
  expect(asSentence("Mark the attendance")).toBe("Mark the attendance.");
  expect(asSentence("Take somebody over?")).toBe("Take somebody over?");
});
