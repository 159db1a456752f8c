// Long because every grade of danger is shown with what it is told from.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  findWorstPhrase,
  screenWords,
  speaksOfActUnderWay,
  tierOfWords,
} from "../../../../shared/care/safety/find-crisis-phrase.ts";
import { policyFileSchema } from "../../../../shared/contracts/program-seed-files.ts";
import { sortInbound } from "../../../../shared/messages/sort-inbound.ts";
import { threadMilliseconds } from "../../../builders/processor-time.ts";
import { fc } from "../../../builders/properties.ts";

/** The policy that ships, and sentences with what they are: by kind, then by language. */
const policy = policyFileSchema.parse(parse(readFileSync("programs/policy.yaml", "utf8")));
type Kind = "danger" | "harmless" | "refill" | "lateness" | "opt-out";
const labelled = parse(readFileSync("test/labelled/sentences.yaml", "utf8")) as Record<
  Kind,
  Record<string, string[]>
>;
const all = (kind: Kind): string[] => Object.values(labelled[kind]).flat();
const find = (text: string) => screened(text).rule;
/** What the screen makes of a text, read once: most are asked of several times. */
const known = new Map<string, ReturnType<typeof screenWords>>();
function screened(text: string): ReturnType<typeof screenWords> {
  const found = known.get(text) ?? screenWords(policy, text);
  known.set(text, found);
  return found;
}

type Batch = {
  readonly firstRun: {
    readonly recallPercent: number;
    readonly pagedPercent: number;
    readonly readSoonPercent?: number;
  };
  readonly danger: readonly string[];
  readonly harmless: readonly string[];
};
const batches = Object.entries(
  parse(readFileSync("test/labelled/held-out.yaml", "utf8")) as Record<string, Batch>,
);
const isPaged = (text: string) => {
  const { rule, isForReading } = screened(text);
  return rule !== undefined && !isForReading;
};

/** Share of danger that must be found, and of harmless sentences that may ring somebody. */
const leastRecall = 0.98;
const maxFalsePositives = 0.05;

describe("the labelled sentences", () => {
  it.each(["en", "es"])("are told apart in %s, in the shares that are allowed", (language) => {
    const danger = labelled.danger[language] ?? [];
    const missed = danger.filter((text) => find(text) === undefined);
    const harmless = (["harmless", "refill", "lateness", "opt-out"] as const).flatMap(
      (kind) => labelled[kind][language] ?? [],
    );
    const rung = harmless.filter(isPaged);
    const read = harmless.filter((text) => find(text) !== undefined && !isPaged(text));
    const percent = (part: number, whole: number) => ((100 * part) / whole).toFixed(1);
    process.stdout.write(
      `Words of danger, ${language}: ${danger.length - missed.length} of ${danger.length} found ` +
        `(recall ${percent(danger.length - missed.length, danger.length)} %), ` +
        `${rung.length} of ${harmless.length} harmless ones ring (${percent(rung.length, harmless.length)} %), ` +
        `${read.length} are read within the hour (${percent(read.length, harmless.length)} %)\n`,
    );
    expect(danger.length).toBeGreaterThan(80);
    expect(harmless.length).toBeGreaterThan(80);
    expect(missed.length / danger.length, `missed: ${missed.join(" | ")}`).toBeLessThanOrEqual(
      1 - leastRecall,
    );
    expect(rung.length / harmless.length, `rung for: ${rung.join(" | ")}`).toBeLessThanOrEqual(
      maxFalsePositives,
    );
    expect(read.length / harmless.length, `read: ${read.join(" | ")}`).toBeLessThan(0.08);
  });

  it("that ask for a refill, a time or an end are sorted as that", () => {
    const kindsOf = (kind: Kind) =>
      new Set(all(kind).map((text) => sortInbound(text, policy).kind));
    expect(kindsOf("refill")).toEqual(new Set(["refill"]));
    expect(kindsOf("lateness")).toEqual(new Set(["schedule"]));
    expect(kindsOf("opt-out")).toEqual(new Set(["stop"]));
  });

  it("of danger beat refill and lateness, whatever is written beside them", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...all("danger")),
        fc.constantFrom(...all("refill"), ...all("lateness")),
        (danger, other) => {
          const sorted = sortInbound(`${other}. ${danger}`, policy);
          expect(sorted.crisisRule).toBeDefined();
          expect(sorted.isForStaff || sorted.kind === "stop").toBe(true);
          expect(["refill", "schedule"]).not.toContain(sorted.kind);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("sentences that were written before the rules saw them", () => {
  it.each(batches)("are told apart today: the %s batch", (name, { firstRun, danger, harmless }) => {
    const missed = danger.filter((text) => find(text) === undefined);
    const soon = missed.filter((text) => screened(text).isUnplaced);
    const paged = harmless.filter(isPaged);
    const percent = (part: number, whole: number) => ((100 * part) / whole).toFixed(1);
    process.stdout.write(
      `Held-out danger, ${name} batch: ${percent(danger.length - missed.length, danger.length)} % page or are read within ` +
        `the hour (first run ${firstRun.recallPercent} %), ${soon.length} of the ${missed.length} others are read within a staffed hour; ` +
        `${percent(paged.length, harmless.length)} % of the harmless page (first run ${firstRun.pagedPercent} %)\n`,
    );
    const passed = missed.filter((text) => !soon.includes(text));
    expect(missed.length / danger.length, `missed: ${missed.join(" | ")}`).toBeLessThan(0.16);
    expect(passed.length / danger.length, `passed: ${passed.join(" | ")}`).toBeLessThan(0.03);
    expect(paged.length / harmless.length, `paged: ${paged.join(" | ")}`).toBeLessThan(0.05);
  });

  it("are told apart together, in the shares that are aimed at", () => {
    const danger = batches.flatMap(([, batch]) => batch.danger);
    const harmless = batches.flatMap(([, batch]) => batch.harmless);
    const share = (texts: readonly string[], is: (text: string) => boolean) =>
      texts.filter(is).length / texts.length;
    expect(share(danger, (text) => find(text) !== undefined)).toBeGreaterThan(0.94);
    expect(share(harmless, isPaged)).toBeLessThan(0.01);
    expect(share(harmless, (text) => find(text) !== undefined)).toBeLessThan(0.08);
  });

  it("take less than five milliseconds each to screen", () => {
    // One in five of them tells as much as all, also where the processor is shared.
    const texts = batches
      .flatMap(([, { danger, harmless }]) => [...danger, ...harmless])
      .filter((_, index) => index % 5 === 0);
    const perText = () => {
      const began = threadMilliseconds();
      for (const text of texts) screenWords(policy, text);
      return (threadMilliseconds() - began) / texts.length;
    };
    // The fastest of some runs: others may share the processor.
    const milliseconds = Math.min(...Array.from({ length: 3 }, perText));
    process.stdout.write(`Screening one text takes ${milliseconds.toFixed(2)} ms\n`);
    expect(milliseconds).toBeLessThan(5);
  });
});

describe("what is written beside danger", () => {
  const everyday = [
    "Thanks so much.",
    "See you Tuesday at 3.",
    "Can I get a refill?",
    "Running late.",
    "Gracias.",
  ];
  const grade = ({ rule, isForReading, isUnplaced }: ReturnType<typeof screenWords>) => {
    if (rule !== undefined) return isForReading ? 2 : 3;
    return isUnplaced ? 1 : 0;
  };
  const danger = [...all("danger"), ...batches.flatMap(([, batch]) => batch.danger)];

  // All of them, in every way: a sample finds some of what it breaks, and only now and then.
  const lowered = (change: (text: string) => string) =>
    danger.filter((text) => grade(screenWords(policy, change(text))) < grade(screened(text)));

  it.each(everyday)("lowers no grade before or after it: %s", (other) => {
    expect(lowered((text) => `${other} ${text}`)).toEqual([]);
    expect(lowered((text) => `${text}. ${other}`)).toEqual([]);
  });

  it.each<[string, (text: string) => string]>([
    ["capitals", (text) => text.toUpperCase()],
    ["accents put in", (text) => text.replaceAll(/[aeiou]/g, (vowel) => `${vowel}\u0301`)],
    ["accents left out", (text) => text.normalize("NFD").replaceAll(/\p{M}/gu, "")],
    ["blanks", (text) => text.replaceAll(" ", "   ")],
    ["pictures", (text) => ` ${text} \u{1F62D}\u{1F494}`],
    ["exclamation marks", (text) => `${text}!!!`],
    ["dots", (text) => `${text}...`],
    ["a hesitation", (text) => `um, ${text}`],
    ["a please", (text) => `${text} please`],
  ])("lowers no grade: %s", (_what, change) => {
    expect(lowered(change)).toEqual([]);
  });
});

describe("what is written every day", () => {
  it.each(["refill", "lateness"] as const)(
    "is not read by a clinician as something that nobody can place: %s",
    (kind) => {
      const texts = all(kind);
      const unplaced = texts.filter((text) => screenWords(policy, text).isUnplaced);
      expect(unplaced.length / texts.length, unplaced.join(" | ")).toBeLessThan(0.3);
    },
  );
});

describe("words of danger", () => {
  it.each([
    ["I took a bunch of pills"],
    ["swallowed all my pills"],
    ["I took too many of my meds"],
    ["me tomé un frasco de pastillas"],
    ["i took all my pills"],
    ["I overdosed"],
    ["standing on the ledge, about to jump"],
    ["me corté las venas"],
  ])("that speak of an act under way are known as such: %s", (text) => {
    const rule = find(text);
    expect(rule).toBeDefined();
    expect(speaksOfActUnderWay(policy, rule ?? "")).toBe(true);
  });

  it.each(["I want to die", "Patient endorses SI", "quiero morir"])(
    "that speak of a wish are not taken for an act: %s",
    (text) => {
      expect(speaksOfActUnderWay(policy, find(text) ?? "")).toBe(false);
    },
  );

  it("name the act first where several texts or rules match", () => {
    expect(find("I want to die and I swallowed all my pills")).toBe("crisis-words.en.overdose");
    const worst = findWorstPhrase(policy, ["I want to die", undefined, "took all my pills"]);
    expect(worst).toEqual({ rule: "crisis-words.en.overdose", isOverheard: false });
    expect(speaksOfActUnderWay(policy, "crisis-words.__proto__.rules")).toBe(false);
    expect(speaksOfActUnderWay(policy, "phq-9.phq9-9.RED")).toBe(false);
  });

  it.each([
    "denies suicidal ideation",
    "Client is not suicidal",
    "I am not going to kill myself",
    "niega ideas suicidas",
  ])("that are denied ring nobody and are known to be there: %s", (text) => {
    expect(screenWords(policy, text)).toMatchObject({ isDenied: true });
    expect(find(text)).toBeUndefined();
  });

  it("are not denied by a no that belongs to something else", () => {
    for (const text of [
      "Denies SI but wants to die",
      "No. I want to die",
      "not sleeping, want to die",
      "I can't stop thinking about killing myself",
      "denies drinking but took too many pills",
      "Passive SI, no intent",
    ])
      expect(find(text), text).toBeDefined();
  });

  it("are found however they are spelt, hidden, drawn out or run together", () => {
    for (const text of [
      "iwanttodie",
      "k m s",
      "s.u.i.c.i.d.e",
      "su1cide",
      "ki11 myself",
      "k*ll myself",
      "suicdal",
      "want to dieeeee",
      "kiero kitarme la bida",
      "w\u200Bant to d\u200Bie",
      "WANT   TO\nDIE!!!",
      "KI\uFB03LL myself".replace("\uFB03", ""),
    ])
      expect(find(text), text).toBeDefined();
  });

  it("are looked for in any text without failing, in a time that grows with its length only", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(screenWords(policy, text).isDenied).toBeTypeOf("boolean");
      }),
    );
    const long = ["want to ".repeat(3000), "i ".repeat(12_000), "a".repeat(24_000)];
    for (const text of [...long, "so. ".repeat(6000)])
      expect(screenWords(policy, text).isDenied).toBe(false);
  });
});

describe("everyday words about somebody else", () => {
  it.each([
    "He says work is killing him and he wants mornings",
    "her knee is killing her, can she sit at the back",
  ])("ring nobody: %s", (text) => {
    const rule = find(text);
    expect(rule === undefined ? "none" : tierOfWords(policy, rule)).not.toBe("RED");
  });

  it.each(["he says his boyfriend is killing him", "she is killing him with that gun"])(
    "hide nobody who hurts: %s",
    (text) => expect(find(text)).toBeDefined(),
  );
});

describe("an end asked for beside danger", () => {
  it.each([
    "STOP I want to die",
    "STOP texting me, I want to die",
    "ALTO me quiero morir",
    "STOP. I'm done. I'm going to kill myself",
  ])("is heard, and so is the danger: %s", (text) => {
    const sorted = sortInbound(text, policy);
    expect(sorted.kind).toBe("stop");
    expect(sorted.crisisRule).toBeDefined();
  });

  it.each([
    "end my life",
    "I want to end it all",
    "please stop me I want to kill myself",
    "stop sending people to my house",
    "I can't stop texting my ex, can we talk at group?",
    "please stop me",
    "end me",
    "cancel me",
    "Stop. I am not suicidal",
  ])("is not read into other words, and a person reads them: %s", (text) => {
    const sorted = sortInbound(text, policy);
    expect(sorted.kind).not.toBe("stop");
    expect(sorted.isForStaff).toBe(true);
  });
});
