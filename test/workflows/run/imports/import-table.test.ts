import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../../shared/care/change/change.ts";
import { TransactionConflictError } from "../../../../shared/errors/transaction-conflict-error.ts";
import { type ImportKind, importTable } from "../../../../workflows/run/imports/import-table.ts";
import { tuesdayMorning } from "../../../builders/state.ts";
import { StaffWorld } from "../../../fakes/staff-world.ts";

const by = {
  staff: {
    staffId: "casey",
    name: "Casey (fictional)",
    siteIds: ["riverside"],
    functions: ["case-manager"],
  },
  actor: { kind: "staff", staffId: "casey", functions: ["case-manager"] },
} as const;
const csv = "Name\nAnn\nBea\nCleo\n";

/** A kind of file each of whose lines is carried out as it is told here. */
const kindOf = (carryOut: (name: string) => Promise<string | undefined>): ImportKind => ({
  headings: { needed: ["Name"], known: ["Name"] },
  plan: async (_deps, _by, lines) =>
    lines.map(({ line, cells }) => ({
      line,
      person: cells.Name ?? "",
      what: "Move",
      state: "to-do",
      mark: `m${line}`,
      carryOut: () => carryOut(cells.Name ?? ""),
    })),
});

async function entered(carryOut: (name: string) => Promise<string | undefined>) {
  const world = await StaffWorld.create(tuesdayMorning);
  const outcome = await importTable(world.deps, by, kindOf(carryOut), {
    csv,
    seen: "2-m2 3-m3 4-m4",
  });
  if (isRefusal(outcome)) throw new Error(outcome.sentence);
  return outcome.lines.map(({ person, state, sentence }) => [person, state, sentence]);
}

describe("a file that is entered line by line", () => {
  it("says of a line that others were in the way of that it was not entered, and enters the others", async () => {
    const done: string[] = [];
    const lines = await entered(async (name) => {
      if (name === "Bea") throw new TransactionConflictError("Others write to it");
      done.push(name);
      return undefined;
    });
    expect(done).toEqual(["Ann", "Cleo"]);
    expect(lines).toEqual([
      ["Ann", "done", undefined],
      [
        "Bea",
        "refused",
        "Others were changing this person’s record at the same moment: this line was not entered. Send the file again.",
      ],
      ["Cleo", "done", undefined],
    ]);
  });

  it("says why the command of the page refused a line", async () => {
    const lines = await entered(async (name) => (name === "Ann" ? "She is on leave." : undefined));
    expect(lines[0]).toEqual(["Ann", "refused", "She is on leave."]);
  });

  it("stops where nobody knows whether a line was entered", async () => {
    await expect(entered(() => Promise.reject(new Error("No answer")))).rejects.toThrow(
      "No answer",
    );
  });
});
