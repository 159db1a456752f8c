import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { sortInbound } from "../../../shared/messages/sort-inbound.ts";
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

describe("an end of texts asked for in one's own words", () => {
  it.each(batches)("is heard: the %s batch", (name, { firstRunPercent, stop, other }) => {
    const missed = stop.filter((text) => sortInbound(text, policy).kind !== "stop");
    const taken = other.filter((text) => sortInbound(text, policy).kind === "stop");
    process.stdout.write(
      `Opt-out, ${name} batch: ${stop.length - missed.length} of ${stop.length} heard (first run ${firstRunPercent} %), ` +
        `${taken.length} of ${other.length} others taken for one\n`,
    );
    // What the weights were not trained on is looked at in the aggregate only.
    const isSeen = name !== "heldOut";
    expect(
      missed.length / stop.length,
      isSeen ? `missed: ${missed.join(" | ")}` : "",
    ).toBeLessThanOrEqual(isSeen ? 0.02 : 0.1);
    expect(taken.length / other.length, `taken: ${taken.join(" | ")}`).toBeLessThanOrEqual(0.07);
  });

  it("is doubted where a pattern matches and the words speak against it, and not heard in danger or in a wrong number", () => {
    for (const text of [
      "I don't want to stop getting the texts",
      "take my mom off the contact list",
      "make the voices stop, I can't stand them",
      "Sorry, wrong number",
      "unstop please",
    ])
      expect(sortInbound(text, policy).kind, text).not.toBe("stop");
  });

  it("is never read into a sentence that a person has to read with its words", () => {
    for (const { other } of Object.values(Object.fromEntries(batches)))
      for (const text of other.filter((one) => sortInbound(one, policy).kind !== "stop"))
        expect(sortInbound(text, policy).isForStaff, text).toBe(true);
  });
});
