import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { screenWords, tierOfWords } from "../../../../shared/care/safety/find-crisis-phrase.ts";
import { sortInbound } from "../../../../shared/messages/sort-inbound.ts";
import { shippedPolicy } from "../../../builders/shipped-policy.ts";

const policy = shippedPolicy();
const labelled = parse(readFileSync("test/labelled/overheard.yaml", "utf8")) as Record<
  "overheard" | "plain" | "danger",
  Record<"en" | "es", readonly string[]>
>;

describe.each(["en", "es"] as const)("words of who is not alone, %s", (language) => {
  const said = (text: string) => screenWords(policy, text);

  it("are heard, are a clinician's to read within the hour, and get no answer that tells", () => {
    const { overheard, plain, danger } = labelled;
    const missed = overheard[language].filter((text) => !said(text).isOverheard);
    const taken = plain[language].filter((text) => said(text).isOverheard);
    const paged = danger[language].filter((text) => {
      const { rule, isForReading } = said(text);
      return rule !== undefined && !isForReading;
    });
    process.stdout.write(
      `Not alone, ${language}: ${overheard[language].length - missed.length} of ${overheard[language].length} are heard, ` +
        `${taken.length} of ${plain[language].length} everyday ones are taken for one; ` +
        `${paged.length} of ${danger[language].length} of danger page\n`,
    );
    expect(missed).toEqual([]);
    expect(taken).toEqual([]);
    expect(paged.length / danger[language].length).toBeGreaterThan(0.75);
    for (const text of danger[language]) expect(said(text).rule, text).toBeDefined();
    for (const text of overheard[language]) {
      const { rule = "" } = said(text);
      expect(tierOfWords(policy, rule), text).toBe("YELLOW");
      expect(sortInbound(text, policy), text).toMatchObject({
        isOverheard: true,
        isForStaff: true,
        crisisRule: rule,
      });
    }
  });
});

describe("who is not alone and in danger", () => {
  it.each([
    "he is listening, he said he will kill me tonight",
    "my boyfriend reads my texts. I took all my pills",
    "mi marido me revisa el teléfono y me quiere matar",
  ])("is paged about, and known not to be alone: %s", (text) => {
    const { isForReading, isOverheard, rule } = screenWords(policy, text);
    expect([isForReading, isOverheard]).toEqual([false, true]);
    expect(rule).not.toBe("crisis-words.overheard");
  });
});
