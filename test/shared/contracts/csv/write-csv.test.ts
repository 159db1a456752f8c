import { describe, expect, it } from "vitest";
import { writeCsv } from "../../../../shared/contracts/csv/write-csv.ts";

describe("a table that goes out to a spreadsheet", () => {
  it("begins with the mark by which spreadsheets know UTF-8, and has headings and Windows lines", () => {
    expect(writeCsv(["Name", "Week"], [["José", "1"]])).toBe("\uFEFFName,Week\r\nJosé,1\r\n");
  });

  it.each(["=1+1", "+15550100", "-2", "@cmd", "\tx", "\rx"])(
    "holds nothing that a spreadsheet would take for a formula: %j",
    (cell) => {
      const [, line = ""] = writeCsv(["Name"], [[cell]]).split("\r\n");
      expect(line.replaceAll('"', "").startsWith("'")).toBe(true);
    },
  );

  it("puts what holds commas, quotes and line breaks into quotes", () => {
    expect(writeCsv(["Note"], [['a, "b"\nc']])).toBe('\uFEFFNote\r\n"a, ""b""\nc"\r\n');
  });
});
