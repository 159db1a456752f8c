// Long because it holds the published words of every instrument beside what is shipped.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readResponses } from "../../shared/questions/read-responses.ts";
import { scoreInstrument } from "../../shared/questions/score-instrument.ts";
import { shippedProgram } from "../builders/program-files.ts";
import { fc } from "../builders/properties.ts";

const { instruments, program } = shippedProgram();

function shipped(instrumentId: string) {
  const instrument = instruments[instrumentId];
  if (instrument === undefined) throw new Error(`The program does not use ${instrumentId}`);
  return instrument;
}

/** A file of test/fixtures that others published. */
function readJson<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8"));
}

describe("the BAM for intensive outpatient programs", () => {
  const bam = shippedProgram("sud-iop").instruments["bam-iop"];
  if (bam === undefined) throw new Error("sud-iop does not use the BAM");
  const said = (answers: Readonly<Record<string, number>>) =>
    scoreInstrument(bam, {
      ...Object.fromEntries(bam.items.filter((one) => one.required).map((one) => [one.itemId, 0])),
      ...answers,
    });

  test("asks 17 items, the seventh in seven parts, about the last 7 days", () => {
    expect(bam.items).toHaveLength(23);
    expect(bam.items.filter(({ text }) => text.en?.includes("30 days"))).toEqual([]);
    expect(bam.licensingStatus).toBe("attribution");
  });

  test("scores use alone: days of drinking, of heavy drinking, and of drugs (items 4, 5 and 6)", () => {
    expect(said({})).toMatchObject({ total: 0, band: "no use", positive: false });
    expect(said({ "bam-4": 3, "bam-5": 1 })).toMatchObject({ total: 4, positive: true });
    expect(said({ "bam-1": 4, "bam-8": 4, "bam-11": 7 })).toMatchObject({ total: 0 });
    const every = { "bam-4": 7, "bam-5": 7, "bam-6": 7 };
    const kinds = Object.fromEntries([..."abcdefg"].map((kind) => [`bam-7${kind}`, 1]));
    expect(said({ ...every, ...kinds })).toMatchObject({ total: 21, band: "use" });
  });

  test("its words are the published ones of the 30-day form, about 7 days; but for marks", () => {
    const plain = (text: string) =>
      text
        .replace(/ \(risky people, places, or things\)/, "")
        .replaceAll("30 days", "7 days")
        .replaceAll(/[^A-Za-z0-9]+/g, " ")
        .trim();
    const { items }: { readonly items: Readonly<Record<string, string>> } = readJson(
      "instruments-en/bam-30-days.json",
    );
    const own = bam.items.filter(({ itemId }) => !itemId.startsWith("bam-7"));
    expect(own.map(({ itemId, text }) => [itemId, plain(text.en ?? "")])).toEqual(
      Object.entries(items).map(([itemId, text]) => [itemId, plain(text)]),
    );
  });

  test("asks which drugs only where a day with drugs is said, and how much only where somebody drank", () => {
    expect(said({ "bam-6": 1 })).toEqual({
      complete: false,
      missing: [..."abcdefg"].map((kind) => `bam-7${kind}`),
    });
    expect(said({ "bam-4": 1 })).toEqual({ complete: false, missing: ["bam-5"] });
  });
});

describe("the wording is the published one, to the letter", () => {
  type Source = {
    readonly stem?: string;
    readonly items: readonly string[];
    readonly options: readonly string[];
    readonly difficulty?: string;
    readonly difficultyOptions?: readonly string[];
  };
  const source = (name: string): Source => readJson(`instruments-en/${name}.json`);
  const english = (instrumentId: string) => {
    const { items, options, stem } = shipped(instrumentId);
    return {
      items: items.map(({ text }) => text.en),
      options: options.map(({ text }) => text.en),
      stem: stem.en,
    };
  };

  test.each([
    ["phq-9", "phq-9", 9],
    ["phq-8", "phq-9", 8],
    ["phq-2", "phq-9", 2],
    ["gad-7", "gad-7", 7],
    ["gad-2", "gad-7", 2],
  ])("%s", (instrumentId, name, count) => {
    const published = source(name);
    const own = english(instrumentId);
    expect(own.items.slice(0, count)).toEqual(published.items.slice(0, count));
    // PHQ-9 alone asks how difficult the problems have made things.
    expect(own.items.slice(count)).toEqual(instrumentId === "phq-9" ? [published.difficulty] : []);
    expect(own.options).toEqual(published.options);
    expect(own.stem).toBe(published.stem);
    expect(shipped(instrumentId).licensingStatus).toBe("public-domain");
  });

  test("the difficulty that PHQ-9 asks about at its end", () => {
    const last = shipped("phq-9").items.at(-1);
    expect(last?.options?.map(({ text }) => text.en)).toEqual(source("phq-9").difficultyOptions);
  });

  test("asq", () => {
    expect(english("asq").items).toEqual(source("asq").items);
  });

  test("audit-c", () => {
    const published: { readonly items: readonly string[]; readonly options: readonly string[][] } =
      readJson("instruments-en/audit-c.json");
    expect(english("audit-c").items).toEqual(published.items);
    expect(
      shipped("audit-c").items.map((item) => item.options?.map(({ text }) => text.en)),
    ).toEqual(
      // The one answer that LOINC writes differently.
      published.options.map((options) =>
        options.map((words) => (words === "7, 8, or 9" ? "7 to 9" : words)),
      ),
    );
  });

  test("item 10 of PHQ-9 has answers of its own, whose codes are not in order", () => {
    const item = shipped("phq-9").items.at(-1);
    expect(item?.options?.map(({ value, code, text }) => [value, code, text.en])).toEqual([
      [0, "LA6572-7", "Not difficult at all"],
      [1, "LA6573-5", "Somewhat difficult"],
      [2, "LA6575-0", "Very difficult"],
      [3, "LA6574-3", "Extremely difficult"],
    ]);
    expect(item).toMatchObject({ scored: false, required: false, safety: false });
  });

  test.each([
    ["phq-9", "phq-9", 9],
    ["phq-8", "phq-9", 8],
    ["phq-2", "phq-9", 2],
    ["gad-7", "gad-7", 7],
    ["gad-2", "gad-7", 2],
  ])("%s in Spanish is the published form for the United States", (instrumentId, source, count) => {
    const published: {
      readonly stem: string;
      readonly options: readonly string[];
      readonly items: readonly string[];
    } = JSON.parse(
      readFileSync(
        new URL(`../fixtures/instruments-es/${source}.es-US.json`, import.meta.url),
        "utf8",
      ),
    );
    const { items, options, stem: own } = shipped(instrumentId);
    const required = items.filter((item) => item.required);
    expect(required.map((item) => item.text.es)).toEqual(published.items.slice(0, count));
    expect(options.map((option) => option.text.es)).toEqual(published.options);
    expect(own.es).toBe(published.stem);
  });

  test("no language is made up: only published wordings are there", () => {
    for (const instrument of Object.values(instruments))
      for (const { required, text } of instrument.items)
        expect(Object.keys(text)).toEqual(
          required && !["audit-c", "asq"].includes(instrument.instrumentId) ? ["en", "es"] : ["en"],
        );
  });
});

describe("the codes are those that others publish", () => {
  type Published = {
    readonly code: readonly { readonly code: string }[];
    readonly item: readonly {
      readonly linkId: string;
      readonly text?: string;
      readonly answerOption?: readonly {
        readonly valueCoding?: { readonly code: string; readonly display: string };
      }[];
    }[];
  };
  const read = (name: string): Published =>
    JSON.parse(readFileSync(new URL(`../fixtures/fhir/${name}.json`, import.meta.url), "utf8"));

  test.each([
    ["us-core-Questionnaire-phq-9", "phq-9"],
    ["uwcirg-Questionnaire-PHQ9", "phq-9"],
    ["uwcirg-Questionnaire-GAD7", "gad-7"],
  ])("%s", (file, instrumentId) => {
    const instrument = shipped(instrumentId);
    const published = read(file);
    const codeOf = (linkId: string) => linkId.replace(/^\//, "");
    const asked = published.item.filter((item) => (item.answerOption ?? []).length > 0);
    expect(published.code[0]?.code).toBe(instrument.panelLoinc);
    expect(asked.map((item) => codeOf(item.linkId))).toEqual(
      instrument.items.map((item) => item.loinc),
    );
    expect(published.item.map((item) => codeOf(item.linkId))).toContain(instrument.totalLoinc);
    for (const [index, item] of instrument.items.entries()) {
      const options = item.options ?? instrument.options;
      const theirs = asked[index]?.answerOption ?? [];
      expect(theirs).toHaveLength(options.length);
      for (const [at, option] of options.entries()) {
        const code = theirs[at]?.valueCoding?.code ?? "";
        expect([option.code, ...(option.acceptedCodes ?? [])]).toContain(code);
        if (code === option.code) expect(theirs[at]?.valueCoding?.display).toBe(option.text.en);
      }
    }
  });

  test("words of PHQ-9 agree with the published ones, marks and a tail about the time aside", () => {
    const plain = (text: string) =>
      text
        .replace(/ in last 2 weeks.*$/, "")
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, " ")
        .trim();
    for (const name of ["us-core-Questionnaire-phq-9", "uwcirg-Questionnaire-PHQ9"]) {
      const texts = new Map(
        read(name).item.map((item) => [item.linkId.replace(/^\//, ""), item.text ?? ""]),
      );
      for (const item of shipped("phq-9").items.slice(0, 9))
        expect(plain(texts.get(item.loinc ?? "") ?? "")).toBe(plain(item.text.en ?? ""));
    }
  });

  test("the published response of US Core is read item by item and scored anew", () => {
    const response = JSON.parse(
      readFileSync(
        new URL("../fixtures/fhir/us-core-QuestionnaireResponse-phq-9.json", import.meta.url),
        "utf8",
      ),
    );
    const { answers: found, problems } = readResponses(instruments, [response]);
    expect(problems).toEqual([]);
    expect(found).toHaveLength(1);
    expect(found[0]?.instrumentId).toBe("phq-9");
    const values = Object.fromEntries(
      response.item.flatMap(
        (item: { linkId: string; answer: { valueCoding?: { code: string } }[] }) => {
          const option = shipped("phq-9").options.find(
            (one) => one.code === item.answer[0]?.valueCoding?.code,
          );
          return option === undefined ? [] : [[item.linkId.slice(1), option.value]];
        },
      ),
    );
    for (const item of shipped("phq-9").items.filter((one) => one.scored))
      expect(found[0]?.answers[item.itemId]).toBe(values[item.loinc ?? ""]);
  });

  test("the published scores of these answers are ours: US Core's PHQ-9 is 12, and an AUDIT-C without drinking 0", () => {
    type Response = {
      readonly item: readonly {
        readonly linkId: string;
        readonly answer: readonly { readonly valueDecimal?: number }[];
      }[];
    };
    const response: Response = readJson("fhir/us-core-QuestionnaireResponse-phq-9.json");
    const observed: { readonly valueString: string } = readJson(
      "fhir/us-core-Observation-PHQ9-total.json",
    );
    const total = response.item.find(({ linkId }) => linkId === "/44261-6");
    const [read] = readResponses(instruments, [response]).answers;
    const score = scoreInstrument(shipped("phq-9"), read?.answers ?? {});
    expect(score).toMatchObject({ total: total?.answer[0]?.valueDecimal, band: "moderate" });
    expect(score).toMatchObject({ total: Number(observed.valueString), positive: true });

    const drinking: Response = readJson("fhir/us-core-QuestionnaireResponse-AUDIT-C.json");
    const none = drinking.item.find(({ linkId }) => linkId === "/75626-2");
    expect(scoreInstrument(shipped("audit-c"), { "auditc-1": 0 })).toMatchObject({
      complete: true,
      total: none?.answer[0]?.valueDecimal,
    });
  });

  test("the members of US Core's PHQ-9 panel are our items and our total", () => {
    const panel: {
      readonly code: { readonly coding: readonly { readonly code: string }[] };
      readonly hasMember: readonly { readonly reference: string }[];
    } = readJson("fhir/us-core-Observation-PHQ9-panel.json");
    const { items, panelLoinc, totalLoinc } = shipped("phq-9");
    expect(panel.code.coding[0]?.code).toBe(panelLoinc);
    expect(panel.hasMember.map(({ reference }) => reference.split("example-")[1]).sort()).toEqual(
      [...items.map(({ loinc }) => loinc), totalLoinc].sort(),
    );
  });

  test("who never drinks is asked no more, and who drinks is asked all three", () => {
    expect(scoreInstrument(shipped("audit-c"), { "auditc-1": 1 })).toEqual({
      complete: false,
      missing: ["auditc-2", "auditc-3"],
    });
  });

  test("the panel that is often copied for GAD-2 belongs to another instrument", () => {
    expect(shipped("gad-2").panelLoinc).toBeUndefined();
    expect(JSON.stringify(instruments)).not.toContain("70273-8");
  });
});

describe("scores and bands are the published ones", () => {
  const bands: Readonly<Record<string, readonly (readonly [number, number, string])[]>> = {
    "phq-9": [
      [0, 4, "minimal"],
      [5, 9, "mild"],
      [10, 14, "moderate"],
      [15, 19, "moderately severe"],
      [20, 27, "severe"],
    ],
    "phq-8": [
      [0, 4, "minimal"],
      [5, 9, "mild"],
      [10, 14, "moderate"],
      [15, 19, "moderately severe"],
      [20, 24, "severe"],
    ],
    "phq-2": [
      [0, 2, "below the cut-off"],
      [3, 6, "at or above the cut-off"],
    ],
    "gad-2": [
      [0, 2, "below the cut-off"],
      [3, 6, "at or above the cut-off"],
    ],
    "audit-c": [
      [0, 2, "below the cut-off"],
      [3, 12, "at or above the cut-off"],
    ],
    "gad-7": [
      [0, 4, "minimal"],
      [5, 9, "mild"],
      [10, 14, "moderate"],
      [15, 21, "severe"],
    ],
  };
  const cutOffs: Readonly<Record<string, readonly [number, number]>> = {
    "phq-9": [10, 27],
    "gad-7": [10, 21],
    "phq-2": [3, 6],
    "gad-2": [3, 6],
    "phq-8": [10, 24],
    "audit-c": [3, 12],
  };

  test.each(Object.entries(cutOffs))("%s", (instrumentId, [positiveFrom, most]) => {
    const instrument = shipped(instrumentId);
    expect(instrument.scoring).toMatchObject({ minimum: 0, maximum: most });
    const scored = instrument.items.filter((item) => item.scored);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), {
          minLength: scored.length,
          maxLength: scored.length,
        }),
        (values) => {
          const given = Object.fromEntries(
            scored.map((item, index) => [item.itemId, values[index] ?? 0]),
          );
          const total = values.reduce((sum, value) => sum + value, 0);
          const score = scoreInstrument(instrument, given);
          const band = bands[instrumentId]?.find(([from, to]) => from <= total && total <= to)?.[2];
          expect(score).toMatchObject({ complete: true, total, positive: total >= positiveFrom });
          if (band !== undefined) expect(score).toMatchObject({ band });
        },
      ),
    );
  });

  const edges = Object.entries(bands).flatMap(([instrumentId, list]) =>
    list.flatMap(([from, to, words]) => [
      [instrumentId, from, words] as const,
      [instrumentId, to, words] as const,
    ]),
  );
  test.each(edges)("%s of %i is %s", (instrumentId, total, words) => {
    const instrument = shipped(instrumentId);
    let left = total;
    const given = Object.fromEntries(
      instrument.items.map((item) => {
        const most = Math.max(
          ...(item.options ?? instrument.options).map((option) => option.value),
        );
        const value = item.scored ? Math.min(left, most) : 0;
        left -= value;
        return [item.itemId, value];
      }),
    );
    expect(scoreInstrument(instrument, given)).toMatchObject({
      complete: true,
      total,
      band: words,
    });
  });

  test("the questions about drinking have their published words, codes and answers", () => {
    const published: {
      readonly item: readonly {
        readonly linkId: string;
        readonly answerOption?: readonly {
          readonly valueCoding: { readonly code: string; readonly display: string };
        }[];
      }[];
    } = JSON.parse(
      readFileSync(
        new URL("../fixtures/fhir/us-core-Questionnaire-AUDIT-C.json", import.meta.url),
        "utf8",
      ),
    );
    const { items, panelLoinc, totalLoinc } = shipped("audit-c");
    expect([panelLoinc, totalLoinc]).toEqual(["72109-2", "75626-2"]);
    // Its first item is another question than the instrument's; the other two are the same.
    expect(items.map((item) => item.loinc)).toEqual(["68518-0", "68519-8", "68520-6"]);
    for (const item of items.slice(1)) {
      const theirs = published.item.find(({ linkId }) => linkId === `/${item.loinc}`);
      expect(item.options?.map((option) => option.code)).toEqual(
        theirs?.answerOption?.map((option) => option.valueCoding.code),
      );
    }
  });

  test("nothing is scored while a required item is open", () => {
    const score = scoreInstrument(shipped("phq-9"), { "phq9-1": 3 });
    expect(score.complete).toBe(false);
  });

  test("a change counts from 6 points of PHQ-9 and 4 of GAD-7", () => {
    expect(shipped("phq-9").scoring.reliableChange).toBe(6);
    expect(shipped("gad-7").scoring.reliableChange).toBe(4);
  });
});

describe("item 9 of PHQ-9", () => {
  test("is the only safety item that is sent by link, and every answer but none has a tier of its own", () => {
    const safety = Object.values(instruments).flatMap((one) =>
      one.items.filter((item) => item.safety),
    );
    expect(safety.map(({ itemId, loinc }) => loinc ?? itemId)).toEqual([
      "44260-8",
      ...["asq-1", "asq-2", "asq-3", "asq-4", "asq-5"],
    ]);
    expect(program.intake.instruments).not.toContain("asq");
    expect(program.measures.map(({ instrumentId }) => instrumentId)).not.toContain("asq");
    const tiers = program.safety.itemRules.map((rule) => [rule.itemId, rule.atLeast, rule.tier]);
    expect(tiers).toEqual([
      ["phq9-9", 1, "YELLOW"],
      ["phq9-9", 2, "ORANGE"],
      ["phq9-9", 3, "RED"],
      // No LOINC code of its items exists; the follow-up is the toolkit's.
      ["asq-1", 1, "ORANGE"],
      ["asq-2", 1, "ORANGE"],
      ["asq-3", 1, "ORANGE"],
      ["asq-4", 1, "ORANGE"],
      ["asq-5", 1, "RED"],
    ]);
  });

  test("the total is no tier of risk", () => {
    expect(JSON.stringify(program.safety)).not.toMatch(/total/i);
  });
});
