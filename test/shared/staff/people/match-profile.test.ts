import { describe, expect, it } from "vitest";
import { maskName } from "../../../../cli/output.ts";
import { initialOf } from "../../../../shared/care/episode/initial.ts";
import { matchesSearch } from "../../../../shared/staff/people/match-profile.ts";
import { displayName } from "../../../../shared/store/person-items.ts";
import { fc } from "../../../builders/properties.ts";

const reference = "7KQM-24XZ";
type Names = { readonly given: string; readonly family: string; readonly preferredName?: string };
const finds = (names: Names, search: string) => matchesSearch(names, reference, search);

describe("a search for a person", () => {
  it.each<[string, Names]>([
    ["nunez", { given: "Inés", family: "Núñez" }],
    ["zoe", { given: "Zoë", family: "Brandt" }],
    ["nguyen", { given: "Đức", family: "Nguyễn" }],
    ["duc nguyen", { given: "Đức", family: "Nguyễn" }],
    ["obrien", { given: "Sean", family: "O’Brien" }],
    ["o'brien", { given: "Sean", family: "O’Brien" }],
    ["o’brien", { given: "Sean", family: "O'Brien" }],
    ["o brien", { given: "Sean", family: "OʼBrien" }],
    ["kante", { given: "Awa", family: "Kanté" }],
    ["jose", { given: "Jos\u00E9", family: "Luz" }],
    ["jose", { given: "Jose\u0301", family: "Luz" }],
    ["jos\u00E9", { given: "Jose\u0301", family: "Luz" }],
    ["jose\u0301", { given: "Jos\u00E9", family: "Luz" }],
    ["strasse", { given: "Uwe", family: "Straße" }],
    ["straße", { given: "Uwe", family: "STRASSE" }],
    ["mary  ann", { given: "Mary Ann", family: "Lee" }],
    ["maryann", { given: "Mary Ann", family: "Lee" }],
    ["mary ann", { given: "Mary-Ann", family: "Lee" }],
    ["mary\u00A0ann", { given: "Maryann", family: "Lee" }],
    ["lee, mary", { given: "Mary", family: "Lee" }],
    ["lee robert", { given: "Robert", family: "Lee", preferredName: "Bob" }],
    ["bob lee", { given: "Robert", family: "Lee", preferredName: "Bob" }],
    ["sorensen", { given: "Søren", family: "Sørensen" }],
    ["lukasz", { given: "Łukasz", family: "Nowak" }],
    ["ilgin", { given: "Ilgın", family: "İnal" }],
    ["vandermeer", { given: "Ada", family: "van der Meer" }],
    ["𠮷田", { given: "Taro", family: "𠮷田" }],
    ["ｌｅｅ", { given: "Mary", family: "Lee" }],
    ["\u200Blee", { given: "Mary", family: "Lee" }],
    ["7kqm24xz", { given: "Mary", family: "Lee" }],
    ["7KQM-24", { given: "Mary", family: "Lee" }],
    ["  ", { given: "Mary", family: "Lee" }],
  ])("for %j finds %o", (search, names) => expect(finds(names, search)).toBe(true));

  it.each(["smith", "mary smith", "leem", "!!!", "'"])("for %j does not find Mary Lee", (search) =>
    expect(finds({ given: "Mary", family: "Lee" }, search)).toBe(false),
  );

  it("finds somebody whose name is erased by the reference only", () => {
    expect(matchesSearch(undefined, reference, "7kqm")).toBe(true);
    expect(matchesSearch(undefined, reference, "lee")).toBe(false);
  });

  it("finds everybody by the own full name, in any case, order and Unicode form", () => {
    const name = fc.stringMatching(/^\p{L}[\p{L}\p{M}’ -]{0,12}$/u);
    const form = fc.constantFrom("NFC", "NFD", "NFKC", "NFKD");
    fc.assert(
      fc.property(name, name, form, fc.boolean(), (given, family, unicodeForm, isReversed) => {
        const words = isReversed ? `${family} ${given}` : `${given} ${family}`;
        expect(finds({ given, family }, words.normalize(unicodeForm))).toBe(true);
      }),
    );
  });
});

describe("the initial of a name", () => {
  it.each([
    ["𠮷田", "𠮷"],
    ["Okafor", "O"],
    ["E\u0301tienne", "E\u0301"],
    ["", ""],
    ["\u200Fדנה", "ד"],
    ["\u02BBAlohi", "A"],
    ["’t Hooft", "t"],
    ["-", ""],
    [".", ""],
  ])("of %j is %j", (name, initial) => expect(initialOf(name)).toBe(initial));

  it("is whole in lists and on the command line", () => {
    expect(displayName({ given: "Taro", family: "𠮷田" })).toBe("Taro 𠮷.");
    // Who has one name has a mark in the place of the other.
    expect(displayName({ given: "Suharto", family: "-" })).toBe("Suharto");
    expect(maskName("𠮷田 Taro")).toBe("𠮷… T…");
  });
});
