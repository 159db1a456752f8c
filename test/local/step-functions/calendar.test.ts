import { expect, it } from "vitest";
import { Calendar } from "../../../local/step-functions/calendar.ts";

/** Takes everything out that is due by then. */
function taken(calendar: Calendar<string>, now: number): string[] {
  const items: string[] = [];
  for (let item = calendar.takeDue(now); item !== undefined; item = calendar.takeDue(now))
    items.push(item);
  return items;
}

it("gives what is due by time, and of one time in the order in which it was noted", () => {
  const calendar = new Calendar<string>(() => true);
  // Times that come mixed, with many alike: 37 and 11 share no divisor.
  const noted = Array.from({ length: 110 }, (_, index) => ({ at: (index * 37) % 11, index }));
  for (const { at, index } of noted) calendar.note(`${at}/${index}`, at);
  const wanted = noted
    .toSorted((one, other) => one.at - other.at || one.index - other.index)
    .map(({ at, index }) => `${at}/${index}`);
  const early = wanted.filter((item) => Number(item.split("/")[0]) <= 5);
  expect(taken(calendar, 5)).toEqual(early);
  expect(calendar.nextAt()).toBe(6);
  expect(taken(calendar, 10)).toEqual(wanted.slice(early.length));
  expect(calendar.nextAt()).toBeUndefined();
});

it("gives what was noted again at its latest time alone", () => {
  const times = new Map<string, number>();
  const calendar = new Calendar<string>((item, at) => times.get(item) === at);
  const note = (item: string, at: number) => {
    times.set(item, at);
    calendar.note(item, at);
  };
  note("put off", 1);
  note("stays", 2);
  note("put off", 3);
  expect(calendar.nextAt()).toBe(2);
  expect(taken(calendar, 2)).toEqual(["stays"]);
  expect(taken(calendar, 3)).toEqual(["put off"]);
});
