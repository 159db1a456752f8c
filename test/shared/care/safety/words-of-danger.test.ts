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
import { readWords } from "../../../../shared/care/safety/read-words.ts";
import { screenOf } from "../../../../shared/care/safety/word-screen.ts";
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

const { vocabulary } = screenOf(policy);
const read = (text: string) => readWords(text, vocabulary);

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

/** A text with letters of another alphabet in the place of Latin ones: pairs of both, one after the other. */
function inLookAlikes(text: string, pairs: string): string {
  const letters = [...pairs];
  return [...text]
    .map((letter) => {
      const place = letters.indexOf(letter);
      return place % 2 === 1 ? (letters[place - 1] ?? letter) : letter;
    })
    .join("");
}

/** A text with its Latin letters in another range of Unicode, which begins with `a`. */
function shifted(text: string, first: number): string {
  return text.replaceAll(/[a-z]/g, (letter) =>
    String.fromCodePoint(first + letter.charCodeAt(0) - 97),
  );
}

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
    danger.filter((text) => {
      const changed = change(text);
      // Most ways of writing read as the same words, and nothing but these is screened.
      if (read(changed) === read(text)) return false;
      return grade(screenWords(policy, changed)) < grade(screened(text));
    });

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
    ["letters of the Cyrillic alphabet", (text) => inLookAlikes(text, "аaеeоoсcрpхxуyіiѕsтtкkмm")],
    ["letters of the Greek alphabet", (text) => inLookAlikes(text, "αaοoρpνvιiκkεeτt")],
    ["small capitals", (text) => inLookAlikes(text, "ᴀaᴅdᴇeɪiᴋkʟlᴍmɴnᴛtᴜu")],
    ["letters of full width", (text) => shifted(text, 0xff41)],
    ["letters in circles", (text) => shifted(text, 0x24d0)],
    ["letters in black squares", (text) => shifted(text, 0x1f170)],
    ["bold letters of mathematics", (text) => shifted(text, 0x1d41a)],
    ["letters without a shape between", (text) => text.replaceAll(/(?<=\w)(?=\w)/g, "\u2060")],
    ["blanks that are letters", (text) => text.replaceAll(" ", "\u3164")],
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
      "i w a n t t o d i e",
      "k 1 l l myself",
      "i_want_to_die",
      "want to d ie",
      "end my li fe",
      "su-i-cide tonight",
      "\u041A\u0406LL MYSELF",
      "suic\u03B9de",
      "me voi a matar",
      "no qiero vivir",
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

describe("times, offices, forms and things", () => {
  it.each([
    "Can I come at 9 or 1?",
    "I work 9 to 2",
    "my kids are 9 and 3",
    "Unit 9, building 2",
    "the portal locked me out",
    "it locked me out after 3 tries",
    "the bottle is empty can I get a refill",
    "no one will notice if I'm 5 min late",
    "no one would miss group today, food is free",
    "thoughts on running group?",
    "dreams about driving again",
    "tired of this world cup",
    "done with life skills class",
    "tired of existing rules",
    "S\u00ED, hi it's Maria",
    "took two extra strength tylenol",
    "can't do this anymore, the website keeps kicking me out",
    "ya no puedo m\u00E1s con este formulario",
    "no puedo m\u00E1s con estas llamadas",
    "ya me tom\u00E9 todas las pastillas de la ma\u00F1ana",
    "k ill be there at 5",
    "Disculpe las molestias",
    "perd\u00F3n por la molestia",
    "no quiero molestar",
    "estoy molesta porque nadie me llam\u00F3",
    "me molesta la espalda",
    "me sigue el dolor",
    "me siguen llamando del seguro",
    "me tom\u00E9 todo el jugo",
    "me tom\u00E9 3 pastillas que me tocaban",
    "took my 8 morning pills",
    "I took all 6 of my morning pills",
    "can't take this class",
    "can't take this medicine with food",
    "jumping off now, talk later",
    "he grabbed my arm to help me up",
    "I'm gonna shoot over an email",
  ])("in words that are danger elsewhere ring nobody: %s", (text) => {
    expect(isPaged(text)).toBe(false);
  });

  it.each([
    "can I get a refill? I took all 30 last night",
    "I'm out of refills because I took them all last night",
    "took 30 of my 300s",
    "just got narcanned",
    "running late, holding a gun",
    "pt found with ligature",
    "me estoy desangrando",
    "my uncle molested me",
    "he molests kids",
    "me sigue un hombre",
    "me tom\u00E9 todas las pastillas con jugo",
    "took 30 of my morning pills",
    "I took all 60 of my night pills",
    "can't take this",
    "I'm jumping off now",
    "item 9 = 2",
    "question 9: 3",
    "PHQ-9 item 9 scored 1",
    "nobody would notice",
    "no one would even care",
    "nobody would miss me",
    "found her on the floor, pill bottle empty",
    "she locked me out in the cold",
    "dreams of driving into a wall",
    "tired of this world",
    "SI/HI with plan",
    "ya no puedo m\u00E1s con esta vida",
    "me tom\u00E9 todas las pastillas",
  ])("hide no danger in the same words: %s", (text) => {
    expect(isPaged(text)).toBe(true);
  });

  it("that are numbers and nothing else are read as that, but for those of emergencies", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }),
        fc.constantFrom("", ".", "!", " pm", "£"),
        (number, mark) => {
          const isEmergency = [911, 988].includes(number);
          expect(
            find(mark === "£" ? `£${number}` : `${number}${mark}`) !== undefined && mark !== " pm",
          ).toBe(isEmergency && mark !== " pm");
        },
      ),
    );
    for (const text of ["911", "988?", "9 1 1", "SOS"]) expect(find(text), text).toBeDefined();
  });
});

describe("the name of a person", () => {
  it.each(
    "Heaven Mata Matta Gunn Blade Coffin Blood Death Drown Rage Adios Sui Oded Od Soga Si Hi".split(
      " ",
    ),
  )("that is a word of danger elsewhere raises nothing: %s", (name) =>
    expect(findWorstPhrase(policy, [], [name])).toBeUndefined(),
  );

  it.each(["I want to die", "kill myself", "quiero morir", "suicidal", "I took all my pills"])(
    "is no place in which danger is missed: %s",
    (name) => expect(findWorstPhrase(policy, [], [name])?.rule).toBe(find(name)),
  );
});

describe("a text in another alphabet", () => {
  it.each([
    "Привет, можно перенести встречу?",
    "у меня все хорошо, спасибо",
    "Καλημέρα, θα αργήσω",
    "你好我今天来不了",
    "안녕하세요 오늘 늦어요",
    "مرحبا لا أستطيع القدوم اليوم",
    "Zoom не работает",
    "wtf",
    "ugh",
  ])(
    "of which no word is known asks for no end, rings nobody and is read by a person: %s",
    (text) => {
      expect(sortInbound(text, policy)).toMatchObject({ kind: "other", isForStaff: true });
      expect(isPaged(text)).toBe(false);
    },
  );

  it.each(["СТОП", "стоп", "停止", "توقف", "Dừng lại", "ЅТОР", "SТOР", "ＳＴＯＰ"])(
    "that is a word for an end ends messages: %s",
    (text) => expect(sortInbound(text, policy).kind).toBe("stop"),
  );
});

describe("an end asked for beside danger", () => {
  it.each(["STOP. It won't matter tomorrow", "stop. I'm already dead"])(
    "in few words is heard, and a clinician reads the rest: %s",
    (text) => {
      const sorted = sortInbound(text, policy);
      expect(sorted).toMatchObject({ kind: "stop", isForReading: true });
      expect(sorted.crisisRule).toBeDefined();
    },
  );

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
