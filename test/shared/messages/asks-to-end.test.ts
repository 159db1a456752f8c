import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type SortedInbound, sortInbound } from "../../../shared/messages/sort-inbound.ts";
import { shippedPolicy } from "../../builders/shipped-policy.ts";

type Batch = {
  readonly firstRunPercent: number;
  readonly stop: readonly string[];
  readonly other: readonly string[];
};
const batches = Object.entries(
  parse(readFileSync("test/labelled/opt-out.yaml", "utf8")) as Record<string, Batch>,
);
const policy = shippedPolicy();
/** How a text of the batches is sorted, read once: each is asked of several times. */
const known = new Map<string, SortedInbound>();
function sorted(text: string): SortedInbound {
  const found = known.get(text) ?? sortInbound(text, policy);
  known.set(text, found);
  return found;
}

describe("an end of texts asked for in one's own words", () => {
  it.each(batches)("is heard: the %s batch", (name, { firstRunPercent, stop, other }) => {
    const missed = stop.filter((text) => sorted(text).kind !== "stop");
    const taken = other.filter((text) => sorted(text).kind === "stop");
    process.stdout.write(
      `Opt-out, ${name} batch: ${stop.length - missed.length} of ${stop.length} heard (first run ${firstRunPercent} %), ` +
        `${taken.length} of ${other.length} others taken for one\n`,
    );
    // What the weights were not trained on is looked at in the aggregate only.
    const isSeen = !["heldOut", "unseen", "unseenAgain"].includes(name);
    expect(
      missed.length / stop.length,
      isSeen ? `missed: ${missed.join(" | ")}` : "",
    ).toBeLessThanOrEqual(isSeen ? 0.02 : 0.16);
    const whatTaken = isSeen ? `taken: ${taken.join(" | ")}` : "";
    expect(taken.length / other.length, whatTaken).toBeLessThanOrEqual(0.08);
    // What was misread is obeyed and read by a person, who writes again; next to nothing is misread in silence.
    const silent = taken.filter((text) => !sorted(text).isForStaff);
    expect(silent.length / other.length, isSeen ? silent.join(" | ") : "").toBeLessThanOrEqual(
      0.03,
    );
  });

  it("is obeyed and read by a person where pattern and words do not agree", () => {
    const silent = batches.flatMap(([, { stop }]) =>
      stop.filter((text) => sorted(text).kind === "stop" && !sorted(text).isForStaff),
    );
    const heard = batches.flatMap(([, { stop }]) =>
      stop.filter((text) => sorted(text).kind === "stop"),
    );
    // Most of them are sure: nobody has to read every wish for no more texts.
    expect(silent.length / heard.length).toBeGreaterThan(0.5);
    expect(silent.length).toBeLessThan(heard.length);
  });

  it("is doubted where a pattern matches and the words speak against it, and not heard in danger or in a wrong number", () => {
    for (const text of [
      "I don't want to stop getting the texts",
      "take my mom off the contact list",
      "make the voices stop, I can't stand them",
      "Sorry, wrong number",
      "unstop please",
    ])
      expect(sorted(text).kind, text).not.toBe("stop");
  });

  it("is never read into a sentence that a person has to read with its words", () => {
    for (const { other } of Object.values(Object.fromEntries(batches)))
      for (const text of other.filter((one) => sorted(one).kind !== "stop"))
        expect(sorted(text).isForStaff, text).toBe(true);
  });
});
