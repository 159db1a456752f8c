import * as z from "zod";
import { terminalStatuses } from "../../shared/care/episode/status.ts";
import { serverOptions } from "../api-client.ts";
import { CalledWrongly, type Command, type Input, type Outcome, textOption } from "../command.ts";
import { type CareClient, openCare } from "../open-care.ts";
import { field, plain } from "../output.ts";

export const programMigrateCommands: readonly Command[] = [
  {
    name: "program migrate",
    summary:
      "move people in care to another version of their program; says what would change first",
    args: [{ name: "<program>", words: "the program's id, such as adult-iop" }],
    options: [
      ...serverOptions,
      { flags: "--to <version>", words: "the published version to move to" },
      { flags: "--apply", words: "do it; without it nothing is written" },
      { flags: "--reason <words>", words: "why, for the audit trail; needed with --apply" },
      {
        flags: "--over-capacity",
        words:
          "move also those whom a group, or the hours of staff that are declared, leave no room",
      },
    ],
    run: migrate,
  },
];

const moveSchema = z.object({
  from: z.number(),
  to: z.number(),
  isPossible: z.boolean(),
  why: z.string().optional(),
  isOnlyOverCapacity: z.literal(true).optional(),
  changes: z.array(z.object({ what: z.string(), words: z.string() })).optional(),
});
type Move = z.infer<typeof moveSchema> & { readonly reference: string; readonly isMoved: boolean };
type Person = Readonly<Record<string, unknown>>;

/** Calls at the same time; the server is asked for no more at once. */
const atOnce = 8;
const ended: readonly string[] = terminalStatuses;

async function migrate(input: Input): Promise<Outcome> {
  const [programId = ""] = input.args;
  const to = Number(textOption(input, "to") ?? "");
  if (!Number.isInteger(to) || to < 1)
    throw new CalledWrongly("Say which version to move to, such as --to 2.");
  const reason = textOption(input, "reason")?.trim() ?? "";
  const isApplied = input.options.apply === true;
  if (isApplied && reason === "")
    throw new CalledWrongly("Say why, with --reason: it is kept in the audit trail.");
  const isOverCapacity = input.options.overCapacity === true;
  const care = await openCare(input);
  const people = (await care.list("/participants")).filter(
    (person) =>
      field(person, "programId") === programId && !ended.includes(field(person, "status")),
  );
  const moves: Move[] = [];
  const waiting = [...people];
  const work = async () => {
    for (let person = waiting.shift(); person !== undefined; person = waiting.shift()) {
      moves.push(
        await move(care, person, { to, isOverCapacity, ...(isApplied ? { reason } : {}) }),
      );
      if (input.io.isColored)
        input.io.err(
          `\r${moves.length} of ${people.length} people${waiting.length === 0 ? "\n" : ""}`,
        );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const sorted = moves
    .filter(({ from }) => from !== to)
    .toSorted((left, right) => left.reference.localeCompare(right.reference));
  const refused = sorted.filter(({ isPossible }) => !isPossible);
  const isForRoom = refused.some((one) => one.isOnlyOverCapacity === true);
  return {
    exitCode: refused.length === 0 ? 0 : 1,
    json: { programId, to, isApplied, people: sorted },
    text: [
      ...sorted.flatMap(linesOf),
      "",
      verdict(sorted, refused.length, to, isApplied),
      ...(isForRoom ? [forRoom] : []),
    ].join("\n"),
  };
}

async function move(
  care: CareClient,
  person: Person,
  order: { readonly to: number; readonly isOverCapacity: boolean; readonly reason?: string },
): Promise<Move> {
  const api = care.at(field(person, "siteId"));
  const path = `/episodes/${field(person, "episodeId")}/program-version`;
  const looked = moveSchema.parse(await api.get(`${path}?to=${order.to}`));
  const isOver = looked.isOnlyOverCapacity === true && order.isOverCapacity;
  const isPossible = looked.isPossible || isOver;
  const isMoved = order.reason !== undefined && isPossible;
  if (isMoved)
    await api.post(path, {
      version: order.to,
      reason: order.reason,
      ...(isOver ? { isOverCapacity: true } : {}),
    });
  return { ...looked, isPossible, reference: field(person, "reference"), isMoved };
}

function linesOf({ reference, from, isPossible, why, changes }: Move): readonly string[] {
  if (!isPossible) return [`${plain(reference)}  stays on version ${from}: ${plain(why ?? "")}`];
  const said = [
    ...(why === undefined ? [] : [{ what: "Over capacity:", words: why }]),
    ...(changes ?? []),
  ];
  return said.length === 0
    ? [`${plain(reference)}  from version ${from}: nothing that is planned changes`]
    : [
        `${plain(reference)}  from version ${from}:`,
        ...said.map(({ what, words }) => `    ${plain(what)} ${plain(words)}`),
      ];
}

const forRoom = "Where there is no room, --over-capacity moves people all the same.";

function verdict(moves: readonly Move[], refused: number, to: number, isApplied: boolean): string {
  const count = moves.length - refused;
  const people = `${count} ${count === 1 ? "person" : "people"}`;
  const stay = refused === 0 ? "" : ` ${refused} stay where they are.`;
  return isApplied
    ? `${people} moved to version ${to}.${stay} To take it back, move them to the version they came from.`
    : `${people} would move to version ${to}.${stay} Nothing was written: add --apply and --reason to do it.`;
}
