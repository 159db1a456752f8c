import { beforeAll, describe, expect, it } from "vitest";
import { type FullLife, liveFully } from "./stored-fields/full-life.ts";
import { Product } from "./stored-fields/readers.ts";
import { pathsOf, StoredFields } from "./stored-fields/stored-paths.ts";
import {
  answersThatRead,
  bookkeeping,
  declaredTypes,
  keptForInquiries,
  readByAnswer,
  readByRule,
} from "./stored-fields/table-of-readers.ts";

let product: Product;
let stored: StoredFields;
let life: FullLife;

beforeAll(async () => {
  product = new Product();
  stored = new StoredFields();
  life = await liveFully({ store: (store) => stored.watch(store) });
}, 240_000);

/** The fields of a kind that some type declares, each with the files that read it. */
function declaredOf(kind: string): ReadonlyMap<string, readonly string[]> {
  const type = declaredTypes[kind];
  if (type === undefined) return new Map();
  return new Map(
    product.fieldsOf(type.file, type.name).map(({ path, readBy }) => [path, readBy] as const),
  );
}

function isNamed(kind: string, path: string): boolean {
  const named = `${kind} ${path}`;
  return (
    bookkeeping[path] !== undefined ||
    readByRule[named] !== undefined ||
    readByAnswer.includes(named) ||
    keptForInquiries.includes(named)
  );
}

/** A list that is empty has the readers of its fields, and a key of a map those of the map. */
function hasReader(kind: string, path: string, declared: ReadonlyMap<string, readonly string[]>) {
  if (isNamed(kind, path) || (declared.get(path) ?? []).length > 0) return true;
  return [...declared].some(([one, readBy]) => {
    const isFieldOfList = one.startsWith(`${path}[].`);
    const isMap = path.startsWith(`${one}.`);
    return isFieldOfList || (isMap && (readBy.length > 0 || isNamed(kind, one)));
  });
}

describe("every field that is stored has a reader: a page, an answer of the API, or a rule", () => {
  it.each(Object.keys(declaredTypes))("whatever %s may hold", (kind) => {
    const declared = declaredOf(kind);
    const unread = [...declared.keys()].filter((path) => !hasReader(kind, path, declared));
    expect(unread).toEqual([]);
  });

  it("whatever was stored in a life in which everything happens that can be written down", () => {
    const unread: string[] = [];
    for (const [kind, paths] of stored.all()) {
      const declared = declaredOf(kind);
      for (const path of paths)
        if (!hasReader(kind, path, declared)) unread.push(`${kind} ${path}`);
    }
    expect(unread).toEqual([]);
    expect(life.problems).toEqual([]);
  });

  it("and whoever is named as a reader does read it", () => {
    const lies = [...Object.entries(readByRule), ...Object.entries(bookkeeping)]
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
    for (const kind of Object.keys(declaredTypes))
      for (const path of declaredOf(kind).keys()) known.add(`${kind} ${path}`);
    for (const [kind, paths] of stored.all())
      for (const path of paths) known.add(`${kind} ${path}`);
    const named = [...Object.keys(readByRule), ...readByAnswer, ...keptForInquiries];
    expect(named.filter((one) => !known.has(one))).toEqual([]);
  });
});
