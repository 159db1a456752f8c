import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { screenWords } from "../../../../shared/care/safety/find-crisis-phrase.ts";
import { shippedPolicy } from "../../../builders/shipped-policy.ts";

const policy = shippedPolicy();
/** Written voice by voice; the weights are trained on every part but the one that is held out. */
const voices = parse(readFileSync("test/labelled/voices.yaml", "utf8")) as Record<
  string,
  {
    readonly part: "train" | "held-out";
    readonly danger: readonly string[];
    readonly harmless: readonly string[];
  }
>;

describe("the voices that neither rules nor weights have seen", () => {
  const heldOut = Object.values(voices).filter(({ part }) => part === "held-out");
  const danger = heldOut.flatMap((voice) => voice.danger);
  const harmless = heldOut.flatMap((voice) => voice.harmless);
  const share = (texts: readonly string[], is: (text: string) => boolean) =>
    texts.filter(is).length / texts.length;
  const isFound = (text: string) => screenWords(policy, text).rule !== undefined;
  const isPaged = (text: string) => isFound(text) && !screenWords(policy, text).isForReading;
  const isSeen = (text: string) => isFound(text) || screenWords(policy, text).isUnplaced;

  // In the aggregate only: who reads these sentences to mend what was missed has none left that tell anything.
  it("are told apart in the shares that the limits in the README name", () => {
    const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
    process.stdout.write(
      `Held-out voices: of ${danger.length} sentences of danger ${percent(share(danger, isPaged))} page, ${percent(share(danger, isFound))} page or are ` +
        `read within the hour, ${percent(share(danger, isSeen))} at least within a staffed hour; of ${harmless.length} harmless ones ` +
        `${percent(share(harmless, isPaged))} page, ${percent(share(harmless, isFound))} page or are read within the hour\n`,
    );
    expect(danger.length).toBeGreaterThan(140);
    expect(harmless.length).toBeGreaterThan(130);
    expect(share(danger, isFound)).toBeGreaterThan(0.8);
    expect(share(danger, isSeen)).toBeGreaterThan(0.95);
    expect(share(harmless, isPaged)).toBeLessThan(0.05);
    expect(share(harmless, isFound)).toBeLessThan(0.2);
  });
});

describe("the words that told", () => {
  it("are named beside what was found: those of the rule, or those that weigh most", () => {
    expect(screenWords(policy, "Thanks. I want to die. See you Monday").because).toEqual([
      "want to die",
    ]);
    const weighed = screenWords(policy, "every night i pray not to see the morning");
    expect(weighed.isForReading).toBe(true);
    expect(weighed.because.length).toBeGreaterThan(0);
    expect(weighed.because.length).toBeLessThanOrEqual(4);
    for (const words of weighed.because)
      expect("every night i pray not to see the morning").toContain(words);
    expect(screenWords(policy, "see you Monday at 9").because).toEqual([]);
  });
});
