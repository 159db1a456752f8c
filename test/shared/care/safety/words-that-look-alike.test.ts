import { describe, expect, it } from "vitest";
import { screenWords } from "../../../../shared/care/safety/find-crisis-phrase.ts";
import { readWords, soundOf } from "../../../../shared/care/safety/read-words.ts";
import { ordinaryWords } from "../../../../shared/care/safety/weigh-words.ts";
import { screenOf } from "../../../../shared/care/safety/word-screen.ts";
import { shippedPolicy } from "../../../builders/shipped-policy.ts";

const policy = shippedPolicy();
const { vocabulary } = screenOf(policy);
const read = (words: string) => readWords(words, vocabulary).trim();
const isPaged = (text: string) => {
  const { rule, isForReading } = screenWords(policy, text);
  return rule !== undefined && !isForReading;
};

/** Two Spanish words that a letter or a sound parts: one of every day, and one that may speak of danger. */
const pairs = [
  ["sopa", "soga", "Tengo sopa en la casa", "Tengo una soga en la casa"],
  ["sofa", "soga", "Estoy en el sofá", "Ya tengo la soga lista"],
  ["paga", "pega", "Mi esposo no me paga la renta", "Mi esposo me pega"],
  ["pago", "pego", "Yo le pago a mi mamá la renta", "Me pego un tiro"],
  ["moto", "mato", "Voy en moto", "Me mato hoy"],
  ["meta", "mata", "Mi meta es seguir en el grupo", "Mi esposo me mata si me voy"],
  ["muevo", "muero", "Me muevo despacio por la rodilla", "Ojalá me muero hoy"],
  ["viuda", "vida", "Soy viuda desde mayo", "Me voy a quitar la vida"],
  ["casada", "cansada", "Estoy casada y tengo dos hijos", "Estoy cansada de vivir"],
  ["oido", "odio", "Me duele el oído", "Odio mi vida y me quiero morir"],
  ["vena", "venas", "Me sacaron sangre de la vena", "Me voy a cortar las venas"],
  ["armar", "armas", "Voy a armar la cuna", "Tengo armas y me voy a matar"],
  ["bebo", "bebi", "Ya no bebo desde enero", "Me bebí el cloro"],
] as const;

describe("short Spanish words that look or sound alike", () => {
  it.each(pairs)("%s is not read as %s: nobody is rung by it", (word, other, ordinary) => {
    expect(read(word)).toBe(word);
    expect(read(ordinary).split(" ")).not.toContain(other);
    expect(isPaged(ordinary), ordinary).toBe(false);
  });

  it.each(pairs)("beside %s, %s is still heard", (_word, other, _ordinary, danger) => {
    expect(read(danger).split(" ")).toContain(other);
    expect(screenWords(policy, danger).rule, danger).toBeDefined();
  });

  it("of three letters and fewer are taken as they are written, whatever they sound like", () => {
    // `bes`, `boy` and `bos` sound as `vez`, `voy` and `vos`; `ay` as `hay`.
    for (const word of ["bes", "boy", "bos", "ay", "si", "no", "mar", "sed", "paz", "pez", "luz"])
      expect(read(word), word).toBe(word);
  });
});

describe("what sounds alike in Spanish", () => {
  it.each([
    ["kitar", "quitar"],
    ["bida", "vida"],
    ["aserme", "hacerme"],
    ["pastiyas", "pastillas"],
    ["sielo", "cielo"],
    ["ensima", "encima"],
  ])("%s is %s, as many write it", (written, meant) => {
    expect(soundOf(written)).toBe(soundOf(meant));
  });

  it.each([
    ["casa", "cosa"],
    ["mato", "mate"],
    ["pena", "pana"],
    ["vida", "viuda"],
    ["muero", "muevo"],
    ["ocho", "oco"],
    ["sola", "sala"],
    ["digo", "dijo"],
  ])("%s is not %s: a vowel or a letter parts them", (one, other) => {
    expect(soundOf(one)).not.toBe(soundOf(other));
  });
});

describe("words that the policy calls ordinary", () => {
  it("are no misspelling of others, no other word by their sound, and not two words in one", () => {
    const whole = policy.signs?.kinds.flatMap(({ words }) => words.split(/,\s*/)) ?? [];
    const single = ordinaryWords(policy.signs).filter(
      (word) => /^[a-z]{4,}$/.test(word) && whole.includes(word),
    );
    // `groups` is read as `group`; of `nomore` everybody means two words.
    const readOtherwise = single.filter(
      (word) => ![word, word.replace(/s$/, "")].includes(read(word)) && word !== "nomore",
    );
    expect(single.length).toBeGreaterThan(1_000);
    expect(readOtherwise).toEqual([]);
  });
});
