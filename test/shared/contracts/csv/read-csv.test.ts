import { describe, expect, it } from "vitest";
import { readCsv } from "../../../../shared/contracts/csv/read-csv.ts";
import { writeCsv } from "../../../../shared/contracts/csv/write-csv.ts";

const headings = { needed: ["Day", "Name"], known: ["Day", "Name", "Note"] };
const read = (text: string, mostLines = 5) => readCsv(text, headings, mostLines);

describe("a file that comes in from a spreadsheet", () => {
  it.each([
    ["with its mark at the start", "\uFEFFDay,Name\r\n2027-01-11,Robin\r\n"],
    ["with semicolons", "Day;Name\n2027-01-11;Robin\n"],
    ["with tabs", "Day\tName\n2027-01-11\tRobin"],
    ["with Windows line ends", "Day,Name\r\n2027-01-11,Robin\r\n"],
    ["with headings in other letters and blanks", " day , NAME \n 2027-01-11 , Robin \n"],
    ["with empty lines between", "Day,Name\n\n2027-01-11,Robin\n,,\n\n"],
  ])("is read %s", (_how, text) => {
    const { lines } = { lines: [], ...read(text) };
    expect(lines.map(({ cells }) => cells)).toEqual([{ Day: "2027-01-11", Name: "Robin" }]);
  });

  it("says where each line begins, whatever breaks stand inside quotation marks", () => {
    const file =
      'Day,Name,Note\n2027-01-11,Robin,"one\ntwo\nthree"\n\n2027-01-12,Sam,\n2027-01-13,Kim,"a;b"';
    const { lines } = { lines: [], ...read(file) };
    expect(lines.map(({ line, cells }) => [line, cells.Name, cells.Note])).toEqual([
      [2, "Robin", "one\ntwo\nthree"],
      [6, "Sam", ""],
      [7, "Kim", "a;b"],
    ]);
  });

  it("reads a cell with line breaks alike, whichever a browser makes of them on the way", () => {
    const [one, other] = ["\n", "\r\n"].map((end) =>
      read(["Day,Name,Note", `1,2,"a${end}b"`].join(end)),
    );
    expect(one).toEqual(other);
  });

  it("gives back what went out, formulas included", () => {
    const { lines } = {
      lines: [],
      ...read(writeCsv(["Day", "Name"], [["=1+1", '-Robin, "R"']])),
    };
    expect(lines[0]?.cells).toEqual({ Day: "=1+1", Name: '-Robin, "R"' });
  });

  it.each([
    ["is empty", "\uFEFF \n ", "The file is empty."],
    ["has headings alone", "Day,Name\n", "The file has headings and no lines below them"],
    ["is in another encoding", "Day,Name\n2027,Jos\uFFFD\n", "The file is not in UTF-8"],
    ["is UTF-16", "D\0a\0y\0", "The file is not in UTF-8"],
    ["lacks a column", "Day\n2027-01-11\n", "The first line lacks the heading “Name”."],
    [
      "has a column that nobody reads",
      "Day,Name,Risk\n1,2,3\n",
      "Nobody would read the column “Risk”.",
    ],
    ["has a heading twice", "Day,Name,name\n1,2,3\n", "The heading “Name” stands there twice."],
    ["has an open quotation mark", 'Day,Name\n1,"Robin\n', "cannot be read: a quotation mark"],
    [
      "has too many lines",
      `Day,Name\n${"1,2\n".repeat(10_000)}`,
      "The file has more than 5 lines.",
    ],
  ])("is refused whole in one sentence where it %s", (_how, text, sentence) => {
    expect(read(text)).toEqual({ problem: expect.stringContaining(sentence) });
  });

  it("says of a line that it has more cells than there are headings", () => {
    const { lines } = { lines: [], ...read("Day,Name\n2027-01-11,Robin,more\n") };
    expect(lines[0]?.problem).toContain("more cells than there are headings");
  });
});
