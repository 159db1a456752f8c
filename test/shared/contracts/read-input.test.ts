import { describe, expect, it } from "vitest";
import * as z from "zod";
import { readInput } from "../../../shared/contracts/read-input.ts";
import { apiRoutes } from "../../../shared/contracts/routes/table.ts";

type Json = Readonly<Record<string, unknown>>;

/** Words of the schema library, which tell a person nothing. */
const wordsOfTheLibrary =
  /invalid|expected|received|too (big|small)|undefined|NaN|pattern|regex|zod/i;

/** The body with one thing wrong somewhere, for every place in it. */
function spoiled(value: unknown, bad: unknown): readonly unknown[] {
  if (value === null || typeof value !== "object") return [bad];
  if (Array.isArray(value))
    return [
      bad,
      ...value.flatMap((inner, index) => spoiled(inner, bad).map((one) => value.with(index, one))),
    ];
  const fields = value as Json;
  return [
    bad,
    ...Object.keys(fields).flatMap((name) =>
      spoiled(fields[name], bad).map((one) => ({ ...fields, [name]: one })),
    ),
  ];
}

const withBody = apiRoutes.filter(({ example }) => example !== undefined);
const badValues = [
  undefined,
  null,
  7,
  -1,
  1.5,
  true,
  "",
  "?",
  "x".repeat(6000),
  [],
  {},
  Array(60).fill(7),
];

describe.each(withBody.map((route) => [`${route.method} ${route.path}`, route] as const))(
  "%s",
  (_name, { body = z.never(), example }) => {
    it("takes the example of its description", () => {
      expect(readInput(body, example).problems).toBeUndefined();
    });

    it("says in words for people what is wrong, whatever is wrong", () => {
      for (const bad of badValues) {
        for (const sent of [...spoiled(example, bad), { ...(example as Json), surprise: bad }]) {
          for (const { path, problem } of readInput(body, sent, "body").problems ?? []) {
            expect(path).not.toBe("");
            expect(problem).not.toMatch(wordsOfTheLibrary);
            expect(problem).toMatch(/^[a-z].{5,}[^.]$/);
          }
        }
      }
    });
  },
);

it.each<readonly [z.ZodType, unknown, string]>([
  [z.object({ words: z.string() }), {}, "is missing"],
  [z.object({ words: z.string() }), { words: 7 }, "must be text"],
  [z.object({ words: z.enum(["a", "b", "c"]) }), { words: "d" }, "must be a, b or c"],
  [z.object({ words: z.string().max(3) }), { words: "long" }, "is longer than 3 characters"],
  [z.object({ words: z.string().min(1) }), { words: "" }, "is empty: fill it in"],
  [z.object({ words: z.int() }), { words: 1.5 }, "must be a whole number"],
  [z.object({ words: z.int().max(3) }), { words: 4 }, "must be 3 at most"],
  [z.object({ words: z.array(z.int()).min(1) }), { words: [] }, "is empty: name one at least"],
  [z.object({ words: z.array(z.int()).max(1) }), { words: [1, 2] }, "has more than 1 entries"],
  [
    z.object({ words: z.iso.date() }),
    { words: "31 May" },
    "must be a date that exists, such as 2027-01-15",
  ],
  [z.object({ words: z.string("must be a name") }), {}, "must be a name"],
])("the words of problem %#", (schema, input, problem) => {
  expect(readInput(schema, input).problems).toEqual([{ path: "words", problem }]);
});

it("names a field that is not known, cut short and without what cannot be shown", () => {
  const sent = { [`\u202e${"n".repeat(80)}`]: 1 };
  const { problems } = readInput(z.strictObject({}), sent);
  expect(problems).toEqual([
    { path: `?${"n".repeat(59)}`, problem: "is not a field of this form: leave it out" },
  ]);
});
