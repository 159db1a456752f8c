import { expect, it } from "vitest";
import { readDay, readTime } from "../../../../workflows/run/imports/read-cells.ts";

it.each([
  ["9:40", "09:40"],
  ["09:40:00", "09:40"],
  ["9:40 AM", "09:40"],
  ["2:40 pm", "14:40"],
  ["2:40 P.M.", "14:40"],
  ["12:00 PM", "12:00"],
  ["12:30 pm", "12:30"],
  ["12:00 AM", "00:00"],
  ["12:05am", "00:05"],
  ["11:59 PM", "23:59"],
  ["00:00", "00:00"],
])("reads the time %s of a spreadsheet as %s", (cell, value) => {
  expect(readTime(cell)).toEqual({ value });
});

it.each(["", "9", "24:00", "9:60", "0:30 AM", "13:00 PM", "9:40:30", "9.40", "noon"])(
  "takes %s for no time, and says how to write one",
  (cell) => {
    expect(readTime(cell)).toEqual({
      problem: `“${cell}” is no time of day: write it such as 09:40 or 2:40 PM.`,
    });
  },
);

it.each([
  ["2027-01-15", "2027-01-15"],
  ["1/15/2027", "2027-01-15"],
  ["12/01/2027", "2027-12-01"],
  ["2/29/2028", "2028-02-29"],
])("reads the day %s of a spreadsheet as %s", (cell, value) => {
  expect(readDay(cell)).toEqual({ value });
});

it.each(["", "15/1/2027", "2027-02-29", "1/15/27", "2027-1-15", "January 15"])(
  "takes %s for no day, and says how to write one",
  (cell) => {
    expect(readDay(cell)).toEqual({
      problem: `“${cell}” is no day: write it such as 2027-01-15 or 1/15/2027.`,
    });
  },
);
