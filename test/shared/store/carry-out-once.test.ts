import { describe, expect, it } from "vitest";
import { answerTo, commandText } from "../../../shared/store/carry-out-once.ts";
import { fc } from "../../builders/properties.ts";

const command = fc.stringMatching(/^[0-9a-f]{22}$/);

describe("what an episode remembers of its last commands", () => {
  it("is the answer of the first time, whole, whatever is in it", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(command, fc.string()), { selector: ([id]) => id, minLength: 1 }),
        command,
        (known, other) => {
          const kept = known.map(([id, answer]) => commandText(id, answer));
          for (const [id, answer] of known) expect(answerTo(kept, id)).toBe(answer);
          fc.pre(known.every(([id]) => id !== other));
          expect(answerTo(kept, other)).toBeUndefined();
        },
      ),
    );
  });

  it("keeps an answer of several lines", () => {
    expect(answerTo([commandText("a1", "first\nsecond")], "a1")).toBe("first\nsecond");
  });
});
