import { beforeEach, describe, expect, it } from "vitest";
import { rosterEntry } from "../../../shared/store/list-sites.ts";
import { inEveningProgram, publishEvenings } from "../../builders/evening-groups.ts";
import { StaffWorld } from "../../fakes/staff-world.ts";
import { write } from "../../fakes/test-stores.ts";

const casey = "casey-riverside";
const ids = ["1", "2", "3"].map((last) => `01JHEP000000000000000000E${last}`);
const references = ["TC-0001", "TC-0002", "TC-0003"];
const head = "Name,Reference,Groups,First day,Reason,Over capacity";

type Line = {
  readonly state: string;
  readonly person: string;
  readonly what: string;
  readonly sentence?: string;
};
let world: StaffWorld;
/** Three people in the days; the evening group has one place. */
beforeEach(async () => {
  world = await StaffWorld.create("2027-01-12T16:00:00.000Z");
  await publishEvenings(world.deps, { places: 1 });
  for (const [index, episodeId] of ids.entries()) {
    const episode = inEveningProgram(episodeId, { reference: references[index] ?? "" });
    await world.add({ episode, given: ["Ana", "Ben", "Cleo"][index] ?? "" });
  }
});

async function send(lines: readonly string[], seen?: unknown) {
  const { body } = await world.call(casey, "POST", "/imports/roster", {
    csv: [head, ...lines].join("\r\n"),
    ...(seen === undefined ? {} : { seen }),
  });
  return { lines: (body.lines ?? []) as readonly Line[], seen: body.seen };
}
const eveningOf = async (id: string) =>
  (await world.item(id, "SESSION#2027-01-14#thu-evening"))?.status;
const [ana = "", ben = ""] = ids;

describe("people who are put in groups from a file", () => {
  it("are shown line by line with nothing written, then moved, and a second time nothing changes", async () => {
    const lines = [
      "Ana T.,tc-0001,evenings,1/13/2027,Works in the morning,",
      ",TC-0002,Days,2027-01-13,,",
      ",TC-0003,Evenings,,,",
    ];
    const looked = await send(lines);
    expect(looked.lines).toMatchObject([
      {
        state: "to-do",
        person: "Ana T.",
        what: "Groups from 2027-01-13 on: Days → Evenings",
      },
      { state: "same" },
      { state: "blank" },
    ]);
    expect(await eveningOf(ana)).toBeUndefined();
    expect((await send(lines, looked.seen)).lines.map(({ state }) => state)).toEqual([
      "done",
      "same",
      "blank",
    ]);
    expect(await eveningOf(ana)).toBe("planned");
    expect((await send(lines, looked.seen)).lines[0]?.state).toBe("same");
  });

  it("are moved again by the same file, where they were moved back since", async () => {
    const lines = [",TC-0001,Evenings,2027-01-13,,"];
    expect((await send(lines, (await send(lines)).seen)).lines[0]?.state).toBe("done");
    const back = [",TC-0001,Days,2027-01-13,,"];
    expect((await send(back, (await send(back)).seen)).lines[0]?.state).toBe("done");
    expect(await eveningOf(ana)).toBe("cancelled");
    expect((await send(lines, (await send(lines)).seen)).lines[0]?.state).toBe("done");
    expect(await eveningOf(ana)).toBe("planned");
  });

  it("of another site are nobody here, although the list of this one still has them", async () => {
    const episodeId = "01JHEP000000000000000000E9";
    const there = inEveningProgram(episodeId, { reference: "TC-0009" }, "mesa");
    await world.add({ episode: there, given: "Quincy" });
    await write(world.store, rosterEntry({ ...there, siteId: "riverside" }));
    const { lines } = await send([",TC-0009,Evenings,2027-01-13,,"]);
    expect(lines[0]?.sentence).toContain("Nobody at your sites has the reference “TC-0009”");
    expect(JSON.stringify(lines)).not.toContain("Quincy");
    for (const path of ["/staff/people", "/staff/exports/roster"])
      expect((await world.page(casey, path)).html, path).not.toContain("Quincy");
    expect(JSON.stringify((await world.call(casey, "GET", "/participants")).body)).not.toContain(
      "Quincy",
    );
  });

  it("are left out with the sentence that the page says: full, nobody of that reference, no such groups, said twice", async () => {
    const first = await send([",TC-0001,Evenings,2027-01-13,,"]);
    await send([",TC-0001,Evenings,2027-01-13,,"], first.seen);
    const { lines } = await send([
      ",TC-0002,Evenings,2027-01-13,,",
      ",TC-0009,Evenings,2027-01-13,,",
      ",TC-0003,Nights,2027-01-13,,",
      "Kim Other,TC-0003,Evenings,2027-01-13,,",
      ",TC-0003,Evenings,soon,,",
      ",TC-0003,Evenings,2027-01-13,,maybe",
      ",TC-0001,Days,2027-01-14,,",
      ",TC-0001,Days,2027-01-15,,",
    ]);
    expect(lines.map(({ state, sentence = "" }) => `${state} ${sentence}`)).toEqual([
      expect.stringContaining("refused “Evening group” is full on 2027-01-14"),
      expect.stringContaining("refused Nobody at your sites has the reference “TC-0009”"),
      expect.stringContaining("Write one of: Days, Evenings."),
      expect.stringContaining("the line says “Kim Other”"),
      expect.stringContaining("refused"),
      "refused Over capacity is yes, no, or nothing.",
      "refused Lines 8 and 9 do not say the same about it: leave the one that is true.",
      "refused Lines 8 and 9 do not say the same about it: leave the one that is true.",
    ]);
  });

  it("come although a group is full where the file says so, and both lines that want its last place are not both entered", async () => {
    const both = [",TC-0001,Evenings,2027-01-13,,", ",TC-0002,Evenings,2027-01-13,,"];
    const looked = await send(both);
    const entered = await send(both, looked.seen);
    expect(entered.lines.map(({ state }) => state)).toEqual(["done", "refused"]);
    const over = [",TC-0002,Evenings,2027-01-13,Nobody else has evenings,yes"];
    expect((await send(over, (await send(over)).seen)).lines[0]?.state).toBe("done");
    expect(await eveningOf(ben)).toBe("planned");
  });

  it("are taken from the list of people as it goes out, with a day beside each", async () => {
    const list = await world.call(casey, "GET", "/exports/roster");
    const [headings = "", ...rows] = String(list.body.csv).trim().split("\r\n");
    expect(headings).toContain(",Groups,");
    expect(rows.every((row) => row.includes(",Days,"))).toBe(true);
    const csv = [`${headings},First day`, ...rows.map((row) => `${row},2027-01-13`)].join("\r\n");
    const { body } = await world.call(casey, "POST", "/imports/roster", { csv });
    expect((body.lines as readonly Line[]).map(({ state }) => state)).toEqual([
      "same",
      "same",
      "same",
    ]);
    const page = await world.page(casey, "/staff/imports/roster");
    expect(page.html).toContain("It needs Reference; Groups; First day.");
    expect((await world.page(casey, "/staff/schedule")).html).toContain("/staff/imports/roster");
  });
});
