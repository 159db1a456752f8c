import { expect, it } from "vitest";
import { threadOf } from "../../../../shared/staff/thread/thread.ts";
import type { AuditEntry } from "../../../../shared/store/audit-entry.ts";
import { buildProgram } from "../../../builders/program.ts";

const entry = (sequence: number, actor: object, more: Partial<AuditEntry> = {}) =>
  ({
    sequence,
    at: `2027-01-12T14:0${sequence}:00.000Z`,
    action: "attendance-recorded",
    facts: { status: "present", on: "2027-01-12" },
    hasReason: false,
    actor,
    ...more,
  }) as unknown as AuditEntry;
const thread = (audit: readonly AuditEntry[]) =>
  threadOf({
    items: [],
    notes: [],
    audit,
    program: { program: buildProgram(), instruments: [] } as unknown as Parameters<
      typeof threadOf
    >[0]["program"],
  });

it("the same by the same person is one entry, in whatever order the database gives the names of an object", () => {
  const audit = [
    entry(2, { kind: "staff", staffId: "casey", functions: ["case-manager"] }),
    entry(1, { functions: ["case-manager"], staffId: "casey", kind: "staff" }),
  ];
  expect(thread(audit)).toMatchObject([{ times: 2 }]);
  const other = entry(1, { kind: "staff", staffId: "avery", functions: ["case-manager"] });
  expect(thread([...audit.slice(0, 1), other])).toHaveLength(2);
});

it("a question that was answered keeps its own mark", () => {
  const facts = { taskKind: "fewer-contacts", outcome: "as-before" };
  const actor = { kind: "staff", staffId: "casey", functions: [] };
  const [answered] = thread([entry(1, actor, { action: "task-done", facts })]);
  expect(answered?.what).toBe("Fewer contacts? Contacts stay on the program's days");
});
