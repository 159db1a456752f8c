import { beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../../../shared/care/episode/session.ts";
import { buildSession } from "../../builders/attendance.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "casey-riverside";
const session = buildSession();
const otherId = "01JHTEST0000000000000000E2";
let world: StaffWorld;

const week = {
  status: "active",
  admittedOn: "2027-01-08",
  week: 1,
  weeks: [
    {
      week: 1,
      startsOn: "2027-01-11",
      expectedMinutes: 540,
      attendedMinutes: 0,
      isFullWeek: true,
      byDay: {},
    },
  ],
} as const;

type Line = Readonly<Record<"state" | "what", string>> & {
  readonly line: number;
  readonly sentence?: string;
};

async function send(kind: "attendance" | "visits", csv: string, seen?: unknown) {
  const { status, body } = await world.call(as, "POST", `/imports/${kind}`, {
    csv,
    ...(seen === undefined ? {} : { seen }),
  });
  return { status, body, lines: (body.lines ?? []) as readonly Line[], seen: body.seen };
}

async function attendanceOf(id = episodeId, of: Session = session) {
  const item = await world.item(id, of.sk);
  return item?.attendance as Session["attendance"];
}

const head =
  'Day,Begins,Name,Reference,Attendance,Arrived,Left,"Mood, 0 to 10",Reason for a correction';
const file = [
  head,
  "2027-01-11,09:00,Robin T.,TC-0001,Late,9:30 AM,,6,",
  "1/11/2027,9:00 AM,,TC-0002,did not come,,,,",
  "2027-01-11,09:00,,TC-0099,present,,,,",
  "2027-01-11,09:00,Kim Other,TC-0001,present,,,,",
  "2027-01-11,10:00,,TC-0001,present,,,,",
  "2027-01-11,09:00,,TC-0001,here,,,,",
  "2027-01-11,09:00,,tc 0002,Did not come,,,,",
].join("\r\n");

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({ episode: personAt("riverside", week), items: [session] });
  await world.add({
    episode: personAt("riverside", {
      ...week,
      episodeId: otherId,
      participantId: "01JHTEST0000000000000000P2",
      reference: "TC-0002",
    }),
    items: [session],
    given: "Sam",
  });
});

describe("an attendance file that comes in", () => {
  it("is looked at first: every line says what it would change, or why it is left out, and nothing is written", async () => {
    const look = await send("attendance", file);
    expect(look.status).toBe(200);
    expect(look.body.isApplied).toBe(false);
    expect(
      look.lines.map(({ line, state, what, sentence }) => [line, state, sentence ?? what]),
    ).toEqual([
      [2, "to-do", "Group, 2027-01-11: not entered → late, arrived 09:30, mood 6"],
      [3, "to-do", "Group, 2027-01-11: not entered → did not come"],
      [4, "refused", expect.stringContaining("Nobody with the reference TC-0099 is expected")],
      [5, "refused", expect.stringContaining("the line says “Kim Other”")],
      [
        6,
        "refused",
        expect.stringContaining(
          "No session at your sites in which somebody is expected begins at 10:00",
        ),
      ],
      [
        7,
        "refused",
        expect.stringContaining("“here” is no attendance. Write one of: present, late,"),
      ],
      [8, "refused", "Line 3 says the same already."],
    ]);
    expect(await attendanceOf()).toBeUndefined();
  });

  it("does not choose between two lines of one person that contradict each other: nobody is called, or not, by chance", async () => {
    const look = await send(
      "attendance",
      [
        head,
        "2027-01-11,09:00,,TC-0001,,,,,",
        "2027-01-11,09:00,,TC-0001,present,,,,",
        "2027-01-11,09:00,,TC-0002,present,,,,",
        "2027-01-11,09:00,,TC-0002,did not come,,,,",
      ].join("\n"),
    );
    const contradiction = "Lines 4 and 5 do not say the same about it: leave the one that is true.";
    expect(look.lines.map(({ line, state, sentence }) => [line, state, sentence])).toEqual([
      [2, "blank", undefined],
      [3, "to-do", undefined],
      [4, "refused", contradiction],
      [5, "refused", contradiction],
    ]);
  });

  it("is entered as the page enters it, and a second click changes nothing", async () => {
    const { seen } = await send("attendance", file);
    const applied = await send("attendance", file, seen);
    expect(applied.lines.map(({ state }) => state)).toEqual([
      "done",
      "done",
      "refused",
      "refused",
      "refused",
      "refused",
      "refused",
    ]);
    expect(await attendanceOf()).toMatchObject({
      status: "late",
      arrivedAt: "2027-01-11T14:30:00.000Z",
      mood: 6,
      recordedBy: as,
      corrections: 0,
    });
    // Who did not come is called, as from the page.
    expect(await attendanceOf(otherId)).toMatchObject({ status: "no-show" });
    const ladder = await world.call(as, "GET", `/episodes/${otherId}/timeline`);
    expect(JSON.stringify(ladder.body)).toContain("did not come");
    const again = await send("attendance", file, seen);
    expect(again.lines.slice(0, 2).map(({ state }) => state)).toEqual(["same", "same"]);
    expect((await attendanceOf())?.corrections).toBe(0);
  });

  it("is refused whole where what stands there has changed since it was looked at", async () => {
    const { seen } = await send("attendance", file);
    await world.call(as, "PUT", `/sessions/${session.groupSessionId}/attendance`, [
      { episodeId: otherId, status: "present" },
    ]);
    const late = await send("attendance", file, seen);
    expect([late.status, late.body.title]).toEqual([
      409,
      "Nothing of the file was entered: what stands there has changed since you looked, on line 3. Look at the differences again.",
    ]);
    expect(await attendanceOf()).toBeUndefined();
  });

  it("is refused whole where the file is another than the one that was looked at", async () => {
    const { seen } = await send("attendance", file);
    const other = await send("attendance", file.replace("Late,9:30 AM", "Late,9:45 AM"), seen);
    expect(other.status).toBe(409);
    expect(await attendanceOf()).toBeUndefined();
  });

  it("asks for a reason where it corrects, and says what the rules of the page say", async () => {
    await world.call(as, "PUT", `/sessions/${session.groupSessionId}/attendance`, [
      { episodeId, status: "present" },
    ]);
    const bare = await send("attendance", `${head}\n2027-01-11,09:00,,TC-0001,Excused,,,,`);
    expect(bare.lines[0]?.sentence).toBe(
      "Entered already, by Casey Morgan (fictional). A correction needs a reason.",
    );
    const late = await send(
      "attendance",
      `${head}\n2027-01-11,09:00,,TC-0001,Late,,,,Typed wrongly`,
    );
    expect(late.lines[0]?.sentence).toContain("Say when the person arrived");
    const good = `${head}\n2027-01-11,09:00,,TC-0001,Excused,,,,Typed wrongly`;
    const { seen, lines } = await send("attendance", good);
    expect(lines[0]?.what).toBe("Group, 2027-01-11: present → excused");
    await send("attendance", good, seen);
    expect(await attendanceOf()).toMatchObject({ status: "excused", corrections: 1 });
  });

  it("takes the file that went out: what is empty says nothing, what is the same changes nothing", async () => {
    await send("attendance", file, (await send("attendance", file)).seen);
    const out = await world.call(as, "GET", "/exports/attendance?from=2027-01-11&to=2027-01-11");
    const back = await send("attendance", String(out.body.csv));
    expect(back.lines.map(({ state }) => state)).toEqual(["same", "same"]);
  });

  it.each([
    ["is empty", "\uFEFF\n", "The file is empty."],
    [
      "lacks a column",
      "Day,Begins\n2027-01-11,09:00\n",
      "The first line lacks the heading “Attendance”.",
    ],
    [
      "has 10,000 lines",
      `Day,Begins,Attendance\n${"a,b,c\n".repeat(10_000)}`,
      "The file has more than 200 lines.",
    ],
  ])("is refused in one sentence where it %s", async (_how, csv, sentence) => {
    const answer = await send("attendance", csv);
    expect([answer.status, answer.body.title]).toEqual([400, expect.stringContaining(sentence)]);
  });
});

const visits = "Day,Begins,Minutes,Kind,Name,Reference,With,Room";
const booking = `${visits}\n2027-01-20,14:00,50,Individual,Robin Testperson,TC-0001,Avery Chen,Room 4`;

describe("a file of visits that comes in", () => {
  it("books them as the page does, once, and says what stands in the way", async () => {
    const csv = [
      booking,
      "2027-01-20,14:30,50,Family,,TC-0002,Avery Chen,",
      "2027-01-20,14:00,50,Yoga,,TC-0002,Avery Chen,",
      "2027-01-20,14:00,long,Individual,,TC-0002,Avery Chen,",
      "2027-01-20,14:00,50,Individual,,TC-0002,Nobody,",
      "2027-01-01,14:00,50,Individual,,TC-0002,Avery Chen,",
    ].join("\n");
    const look = await send("visits", csv);
    expect(
      look.lines.map(({ line, state, what, sentence }) => [line, state, sentence ?? what]),
    ).toEqual([
      [
        2,
        "to-do",
        "Book: individual with Avery Chen (fictional), 2027-01-20, 14:00, 50 minutes, Room 4",
      ],
      [3, "refused", "Line 2 has a visit at that time for Avery Chen (fictional): choose another."],
      [4, "refused", expect.stringContaining("“Yoga” is nothing that one person is seen for")],
      [5, "refused", expect.stringContaining("“long” is no length of a visit")],
      [6, "refused", "Nobody of the staff of your sites is called “Nobody”."],
      [7, "refused", "That time is over."],
    ]);
    const before = await world.call(as, "GET", `/episodes/${episodeId}/sessions`);
    const applied = await send("visits", csv, look.seen);
    expect(applied.lines[0]?.state).toBe("done");
    const after = await world.call(as, "GET", `/episodes/${episodeId}/sessions`);
    const count = ({ body }: typeof after) => (body.items as readonly unknown[]).length;
    expect(count(after) - count(before)).toBe(1);
    expect((await send("visits", csv, look.seen)).lines[0]?.state).toBe("same");
    expect(count(await world.call(as, "GET", `/episodes/${episodeId}/sessions`))).toBe(
      count(after),
    );
  });

  it("is refused whole where somebody else has taken the time meanwhile", async () => {
    const { seen } = await send("visits", booking);
    const taken = await world.call(as, "POST", `/episodes/${otherId}/visits`, {
      modality: "individual",
      on: "2027-01-20",
      startTime: "14:10",
      durationMinutes: 30,
      leaderId: "avery-riverside",
    });
    expect(taken.status).toBe(200);
    const late = await send("visits", booking, seen);
    expect([late.status, late.body.title]).toEqual([
      409,
      expect.stringContaining("Nothing of the file was entered"),
    ]);
  });
});
