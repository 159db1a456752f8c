import { expect, test } from "vitest";
import { courseOf, courses } from "../../../local/simulation/program/courses.ts";
import { simulateGroup } from "../../../local/simulation/program/simulate-group.ts";
import { Tally } from "../../../local/simulation/program/tally.ts";
import { shippedFiles } from "../../builders/program-files.ts";

const order = { files: shippedFiles, folder: "adult-iop", seed: 7, group: 0, people: 6 };

test("a group lives through the program on the real machines: everybody ends somewhere, the same each time", async () => {
  const rows = await simulateGroup(order);
  expect(rows.problems).toEqual([]);
  const sum = (part: "endings" | "sessions" | "messages" | "work", name: string) =>
    rows[part].reduce((total, row) => total + Number(row[name]), 0);
  expect(sum("endings", "people")).toBe(6);
  expect(sum("endings", "admitted")).toBe(6);
  // Each came to eight sessions a week, six of them every week, for six weeks and more.
  expect(sum("sessions", "sessions")).toBeGreaterThan(6 * 6 * 5);
  expect(sum("sessions", "attendedMinutes")).toBeLessThan(sum("sessions", "plannedMinutes"));
  expect(rows.messages).toContainEqual(
    expect.objectContaining({ templateId: "check-in", channel: "sms" }),
  );
  expect(rows.work).toContainEqual(
    expect.objectContaining({ kind: "admission-approval", staffFunction: expect.any(String) }),
  );
  expect(JSON.stringify(await simulateGroup(order))).toBe(JSON.stringify(rows));
}, 900_000);

test("of a hundred people each course has its share", () => {
  const counts = new Map<string, number>();
  for (let number = 0; number < 100; number += 1) {
    const { course } = courseOf(number);
    counts.set(course, (counts.get(course) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual(
    Object.fromEntries(courses.map(({ course, share }) => [course, share])),
  );
});

test("two tallies add up to the tally of both, in one order", () => {
  const [one, other] = [new Tally(), new Tally()];
  one.add("alerts", ["YELLOW"], { alerts: 2 });
  other.add("alerts", ["RED"], { alerts: 1 });
  other.add("alerts", ["YELLOW"], { alerts: 3 });
  one.addRows(other.toRows());
  expect(one.toRows().alerts).toEqual([
    { tier: "RED", alerts: 1 },
    { tier: "YELLOW", alerts: 5 },
  ]);
});
