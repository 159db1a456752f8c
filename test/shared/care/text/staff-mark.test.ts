import { expect, it } from "vitest";
import { staffIn, staffMark, withStaffNames } from "../../../../shared/care/text/staff-mark.ts";

it("tells a member of staff by name, and whoever has gone as such", () => {
  const sentence = `${staffMark("avery-1")} leads “Skills”, ${staffMark("gone-2")} is away.`;
  expect(staffIn(sentence)).toEqual(["avery-1", "gone-2"]);
  expect(withStaffNames(sentence, new Map([["avery-1", "Avery Lindqvist"]]))).toBe(
    "Avery Lindqvist leads “Skills”, Somebody who is not on the staff any more is away.",
  );
});
