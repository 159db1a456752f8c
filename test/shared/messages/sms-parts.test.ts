import { describe, expect, it } from "vitest";
import { toGsm } from "../../../shared/messages/render.ts";
import { countSmsParts } from "../../../shared/messages/sms-parts.ts";

describe("the parts of a text", () => {
  it.each([
    ["a".repeat(160), "gsm-7", 1],
    ["a".repeat(161), "gsm-7", 2],
    ["a".repeat(306), "gsm-7", 2],
    ["a".repeat(307), "gsm-7", 3],
    ["€".repeat(80), "gsm-7", 1],
    ["€".repeat(81), "gsm-7", 2],
    // An extension character is never cut in two.
    [`${"a".repeat(152)}€${"a".repeat(152)}`, "gsm-7", 3],
    ["ç".repeat(70), "ucs-2", 1],
    ["ç".repeat(71), "ucs-2", 2],
    ["😀".repeat(35), "ucs-2", 1],
    ["😀".repeat(36), "ucs-2", 2],
  ])("of %s are %s, %i", (text, encoding, parts) =>
    expect(countSmsParts(text)).toMatchObject({ encoding, parts }),
  );

  it("name what makes it dear, each once", () =>
    expect(countSmsParts("maçã, maçã").foreign).toEqual(["ç", "ã"]));

  it("are counted by the alphabet that texts are written in: what it has stays, accented letters become part of it", () => {
    for (let code = 0; code < 0xd800; code += 1) {
      const character = String.fromCharCode(code);
      const { encoding } = countSmsParts(character);
      if (encoding === "gsm-7") expect([code, toGsm(character)]).toEqual([code, character]);
      else if (/^[A-Za-z]\p{M}+$/u.test(character.normalize("NFD")))
        expect([code, countSmsParts(toGsm(character)).encoding]).toEqual([code, "gsm-7"]);
    }
    expect(countSmsParts(toGsm("sábado, mañana: ‘sí’ – ¿no?")).encoding).toBe("gsm-7");
  });
});
