import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "casey-riverside";
const head = "Day,Begins,Minutes,Kind,Name,Reference,With,Reason";
const visit = (name: string, leader: string) =>
  `${head}\n2027-01-20,14:00,50,Individual,${name},TC-0001,${leader},`;
let world: StaffWorld;

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", {
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
    }),
  });
});

async function send(csv: string, seen?: unknown) {
  const { body } = await world.call(as, "POST", "/imports/visits", {
    csv,
    ...(seen === undefined ? {} : { seen }),
  });
  const [line] = body.lines as readonly { readonly state: string; readonly sentence?: string }[];
  return { state: line?.state, sentence: line?.sentence, seen: body.seen };
}
/** Looks at the file and has it entered. */
const enter = async (csv: string) => send(csv, (await send(csv)).seen);
const planned = async () =>
  itemsOf((await world.call(as, "GET", `/episodes/${episodeId}/sessions`)).body).filter(
    ({ status, modality }) => status === "planned" && modality === "individual",
  );

describe("a file of visits", () => {
  it("books nothing where the reference is of another person than the name", async () => {
    expect(await send(visit("Kim Other", "Avery Chen"))).toMatchObject({
      state: "refused",
      sentence:
        "The reference is that of Robin T., and the line says “Kim Other”. Put one of them right.",
    });
    expect((await send(visit("Robin Testperson", "Avery Chen"))).state).toBe("to-do");
  });

  it("does not choose between two of the staff with one name", async () => {
    await world.put({
      ...keys.siteStaff("riverside", "avery-too"),
      schemaVersion: 1,
      kind: "site-staff",
      staffId: "avery-too",
    });
    await world.put({
      ...keys.staff("avery-too"),
      schemaVersion: 1,
      kind: "staff",
      staffId: "avery-too",
      name: "Avery Chen",
      functions: ["clinician"],
      siteIds: ["riverside"],
    });
    expect(await send(visit("", "Avery Chen"))).toMatchObject({
      state: "refused",
      sentence: expect.stringMatching(
        /Several of the staff are called “Avery Chen”: write one of .*avery-too/,
      ),
    });
    expect((await send(visit("", "avery-riverside"))).state).toBe("to-do");
  });

  it("takes the same hour with another leader for another visit", async () => {
    expect((await enter(visit("", "avery-riverside"))).state).toBe("done");
    expect((await send(visit("", "avery-riverside"))).state).toBe("same");
    expect((await send(visit("", "taylor-riverside"))).state).toBe("refused");
    expect(await planned()).toHaveLength(1);
  });

  it("books again what was cancelled since, by the same line", async () => {
    expect((await enter(visit("", "avery-riverside"))).state).toBe("done");
    const [booked] = await planned();
    const cancelled = await world.call(as, "POST", `/visits/${String(booked?.sessionId)}/changes`, {
      isCancelled: true,
      reason: "Ill",
    });
    expect(cancelled.status).toBe(200);
    expect(await planned()).toEqual([]);
    expect((await send(visit("", "avery-riverside"))).state).toBe("to-do");
    expect((await enter(visit("", "avery-riverside"))).state).toBe("done");
    expect(await planned()).toHaveLength(1);
  });
});

describe("a file of attendance", () => {
  it("is of fourteen days at most, and of more nothing is entered", async () => {
    const lines = (days: number) =>
      [
        "Day,Begins,Reference,Attendance",
        ...Array.from(
          { length: days },
          (_, day) => `2027-01-${String(day + 1).padStart(2, "0")},09:00,TC-0001,present`,
        ),
      ].join("\n");
    const look = async (days: number) => {
      const { body } = await world.call(as, "POST", "/imports/attendance", { csv: lines(days) });
      return (body.lines as readonly { readonly sentence?: string }[]).map(
        ({ sentence }) => sentence,
      );
    };
    const tooMany = "The file is of more than 14 days. Send it in parts.";
    expect(new Set(await look(15))).toEqual(new Set([tooMany]));
    expect(await look(14)).not.toContain(tooMany);
  });
});
