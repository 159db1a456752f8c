import { expect, it } from "vitest";
import { compareUrgency } from "../../../../shared/care/tasks/in-order.ts";
import { buildTask } from "../../../builders/state.ts";

const alert = (tier: string | undefined, hour: number) =>
  buildTask({
    taskId: `${tier ?? "none"}-${hour}`,
    priority: "safety",
    evidence: tier === undefined ? {} : { tier },
    dueAt: `2027-01-12T${String(hour).padStart(2, "0")}:00:00.000Z`,
  });

it("a RED alert that is due in an hour comes before an ORANGE one that is late, and both before what is only to be read", () => {
  const work = [
    buildTask({ taskId: "urgent", priority: "urgent", dueAt: "2027-01-01T00:00:00.000Z" }),
    alert("YELLOW", 1),
    alert("ORANGE", 9),
    alert(undefined, 8),
    alert("RED", 15),
    alert("RED", 14),
  ];
  expect(work.toSorted(compareUrgency).map(({ taskId }) => taskId)).toEqual([
    "RED-14",
    "RED-15",
    "none-8",
    "ORANGE-9",
    "YELLOW-1",
    "urgent",
  ]);
});
