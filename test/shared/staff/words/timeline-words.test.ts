import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  hasSentence,
  messageLabel,
  timelineWords,
} from "../../../../shared/staff/words/timeline-words.ts";

/** The actions that decisions write into the audit trail, as their code names them. */
function actionsInCode(): readonly string[] {
  const root = join(import.meta.dirname, "../../../..");
  const folders = ["workflows", "shared/care", "shared/questions", "shared/messages"];
  const named =
    /finish(?:WithReason)?\(\s*(?:draft, ctx,|draft,\s*ctx,)?\s*"([a-z]+(?:-[a-z]+)+)"/g;
  const found = folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) =>
        join(root, folder, path),
      ),
    )
    .filter((path) => path.endsWith(".ts"))
    .flatMap((path) => [...readFileSync(path, "utf8").matchAll(named)])
    .map(([, action = ""]) => action);
  return [...new Set([...found, "step-taken"])].sort();
}

describe("what happened, as staff read it", () => {
  const actions = actionsInCode();

  it("has many kinds of entry", () => {
    expect(actions.length).toBeGreaterThan(40);
  });

  it.each(actions)("has a sentence of its own for %s", (action) => {
    expect(hasSentence(action)).toBe(true);
  });
});

describe("a message that was sent or waits", () => {
  it("is called by what it is about, not by its code", () => {
    expect(messageLabel("ask-forms")).toBe("asks for the forms");
    expect(messageLabel("session-off")).toBe("session cancelled");
  });

  it("goes by its id where a program made it up", () => {
    expect(messageLabel("yoga-invitation")).toBe("yoga invitation");
  });
});

describe("what was said of somebody who comes online", () => {
  it("names the state, and that no licence is on record for it", () => {
    const facts = { status: "present", on: "2027-01-13", onlineState: "NJ" };
    expect(timelineWords("attendance-recorded", facts)).toBe(
      "Attendance entered: present, 2027-01-13; online, in New Jersey",
    );
    expect(timelineWords("attendance-recorded", { ...facts, outsideLicence: true })).toBe(
      "Attendance entered: present, 2027-01-13; online, in New Jersey; no licence on record for where the person is",
    );
    expect(timelineWords("visit-changed", { outsideLicence: true })).toBe(
      "Visit changed: no licence on record for where the person is",
    );
    expect(timelineWords("visit-changed", {})).toBe("Visit changed");
  });
});
