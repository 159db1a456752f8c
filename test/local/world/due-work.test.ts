import { describe, expect, it } from "vitest";
import { DueWork } from "../../../local/world/due-work.ts";
import { fc } from "../../builders/properties.ts";

const instant = (minute: number) => new Date(Date.UTC(2027, 0, 4, 9, minute)).toISOString();

describe("the work that is due", () => {
  it("is told by partition as its earliest item has it, whatever was put in, moved and taken off before", () => {
    const step = fc.record({
      item: fc.integer({ min: 0, max: 5 }),
      work: fc.option(
        fc.record({ partition: fc.constantFrom("a", "b", "c"), minute: fc.nat({ max: 30 }) }),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const due = new DueWork();
        const standing = new Map<number, { partition: string; minute: number }>();
        for (const { item, work } of steps) {
          due.set("EP#1", `TASK#${item}`, work && { ...work, workAt: instant(work.minute) });
          if (work === undefined) standing.delete(item);
          else standing.set(item, work);
          const expected = new Map<string, number>();
          for (const { partition, minute } of standing.values()) {
            const at = Date.parse(instant(minute));
            expected.set(partition, Math.min(at, expected.get(partition) ?? at));
          }
          expect(new Map([...due.dueAt()].sort())).toEqual(new Map([...expected].sort()));
        }
        due.clear();
        expect(due.dueAt().size).toBe(0);
      }),
    );
  });
});
