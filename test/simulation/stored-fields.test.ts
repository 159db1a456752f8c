import { beforeAll, describe, expect, it } from "vitest";
import { Product } from "../../scripts/check/stored/product.ts";
import {
  answersThatRead,
  bookkeeping,
  handedOnWhole,
  keptForInquiries,
  readByAnswer,
  readByRule,
} from "../../scripts/check/stored/table-of-readers.ts";
import {
  type DeclaredFields,
  declaredFields,
  hasReader,
  unreadFields,
} from "../../scripts/check/stored/unread-fields.ts";
import { referralWordNames } from "../../shared/care/people/intake-request.ts";
import { type FullLife, liveFully } from "./stored-fields/full-life.ts";
import { pathsOf, StoredFields } from "./stored-fields/stored-paths.ts";

/** The words of a referral are read one after the other, by the table that names each for the page and the API. */
const readInTurn = new Set(referralWordNames.map((name) => `identity/referral ${name}`));
let product: Product;
let declared: DeclaredFields;
let stored: StoredFields;
let life: FullLife;

beforeAll(async () => {
  product = new Product(process.cwd());
  declared = declaredFields(product);
  stored = new StoredFields();
  life = await liveFully({ store: (store) => stored.watch(store) });
}, 240_000);

describe("every field that is stored has a reader: a page, an answer of the API, or a rule", () => {
  it("whatever an item may hold", () => {
    expect(unreadFields(declared).map(({ kind, path }) => `${kind} ${path}`)).toEqual([]);
  });

  it("whatever was stored in a life in which everything happens that can be written down", () => {
    const unread: string[] = [];
    for (const [kind, paths] of stored.all())
      for (const path of paths)
        if (!hasReader(declared, kind, path) && !readInTurn.has(`${kind} ${path}`))
          unread.push(`${kind} ${path}`);
    expect(unread).toEqual([]);
    expect(life.problems).toEqual([]);
  });

  it("and whoever is named as a reader does read it", () => {
    const lies = [readByRule, bookkeeping, handedOnWhole]
      .flatMap((table) => Object.entries(table))
      .filter(([named, file]) => {
        const field = named.split(/[. ]/).at(-1)?.replaceAll("[]", "") ?? "";
        return !product.namesReadIn(file).has(field);
      })
      .map(([named, file]) => `${named}: not read in ${file}`);
    expect(lies).toEqual([]);
  });

  it("and an answer of the API that is named as a reader does tell it", async () => {
    const told = new Set<string>();
    for (const [kind, path] of Object.entries(answersThatRead)) {
      const answer = await life.get(path.replace("{episodeId}", life.episodeId));
      const items = Array.isArray(answer.items) ? answer.items : [answer];
      for (const one of items.flatMap((item) => pathsOf(item))) told.add(`${kind} ${one}`);
    }
    expect(readByAnswer.filter((named) => !told.has(named))).toEqual([]);
  });

  it("and no reader is named for what is not there any more", () => {
    const known = new Set<string>();
    for (const [kind, fields] of declared)
      for (const path of fields.keys()) known.add(`${kind} ${path}`);
    for (const [kind, paths] of stored.all())
      for (const path of paths) known.add(`${kind} ${path}`);
    const named = [...Object.keys(readByRule), ...readByAnswer, ...keptForInquiries];
    expect(named.filter((one) => !known.has(one))).toEqual([]);
  });
});
