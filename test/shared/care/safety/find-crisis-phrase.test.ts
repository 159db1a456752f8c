import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { screenWords } from "../../../../shared/care/safety/find-crisis-phrase.ts";
import { shippedPolicy } from "../../../builders/shipped-policy.ts";

const policy = shippedPolicy();
type Voice = {
  readonly part: "train" | "held-out";
  readonly danger: readonly string[];
  readonly harmless: readonly string[];
};
/** Written voice by voice; the weights are trained on every part but those that are held out. */
const heldOut = (file: string) =>
  Object.entries(
    parse(readFileSync(`test/labelled/${file}.yaml`, "utf8")) as Record<string, Voice>,
  ).filter(([, { part }]) => part === "held-out");
/** Texts of a plain day, none of them made to sound like danger. */
const plainDays: ReadonlySet<string> = new Set(["plain-days", "dias-normales"]);

const share = (texts: readonly string[], is: (text: string) => boolean) =>
  texts.filter(is).length / texts.length;
const isFound = (text: string) => screenWords(policy, text).rule !== undefined;
const isPaged = (text: string) => isFound(text) && !screenWords(policy, text).isForReading;
const isSeen = (text: string) => isFound(text) || screenWords(policy, text).isUnplaced;
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;

// In the aggregate only: who reads these sentences to mend what was missed has none left that tell anything.
describe("the voices that neither rules nor weights have seen", () => {
  it.each([
    ["voices", 0.85],
    ["unseen", 0.93],
  ] as const)("are told apart in the shares that the README names: %s", (file, leastFound) => {
    const voices = heldOut(file).filter(([name]) => !plainDays.has(name));
    const danger = voices.flatMap(([, voice]) => voice.danger);
    const harmless = voices.flatMap(([, voice]) => voice.harmless);
    process.stdout.write(
      `Held-out sentences of ${file}: of ${danger.length} of danger ${percent(share(danger, isPaged))} page, ${percent(share(danger, isFound))} page or are ` +
        `read within the hour, ${percent(share(danger, isSeen))} at least within a staffed hour; of ${harmless.length} made to sound like danger ` +
        `${percent(share(harmless, isPaged))} page, ${percent(share(harmless, isFound))} page or are read within the hour\n`,
    );
    expect(danger.length).toBeGreaterThan(140);
    expect(harmless.length).toBeGreaterThan(130);
    expect(share(danger, isFound)).toBeGreaterThan(leastFound);
    expect(share(danger, isSeen)).toBeGreaterThan(0.95);
    expect(share(harmless, isPaged)).toBeLessThan(0.05);
    expect(share(harmless, isFound)).toBeLessThan(0.25);
  });

  it("are left alone where they are of a plain day", () => {
    const texts = heldOut("unseen")
      .filter(([name]) => plainDays.has(name))
      .flatMap(([, { harmless }]) => harmless);
    process.stdout.write(
      `Held-out texts of plain days: of ${texts.length} ${percent(share(texts, isPaged))} page, ` +
        `${percent(share(texts, isFound))} page or are read within the hour\n`,
    );
    expect(texts.length).toBeGreaterThan(100);
    expect(share(texts, isPaged)).toBeLessThan(0.03);
    expect(share(texts, isFound)).toBeLessThan(0.12);
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
