import { beforeEach, describe, expect, it } from "vitest";
import { buildSession } from "../../builders/attendance.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "casey-riverside";
const session = buildSession();
const path = `/staff/attendance/${session.groupSessionId}`;
let world: StaffWorld;

async function enter(fields: Readonly<Record<string, string>>) {
  const own = Object.entries(fields).map(([name, value]) => [`${name}.${episodeId}`, value]);
  const hidden = await world.formFields(as, path, "attendance");
  return await world.page(as, path, { ...hidden, ...Object.fromEntries(own) });
}

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
    items: [session],
  });
});

describe("the mood and safety round on the page of a session", () => {
  it("is entered with who came, and stands there and on the person's page", async () => {
    const saved = await enter({ status: "present", mood: "4", safety: "fine" });
    expect([saved.status, saved.location]).toEqual([303, `${path}?saved=1`]);
    const again = (await world.page(as, path)).html;
    expect(again).toMatch(/name="mood\.[^"]+"[^>]*value="4"/);
    expect(again).toMatch(/<option value="fine" selected/);
    const person = (await world.page(as, `/staff/episodes/${episodeId}`)).html;
    expect(person).toContain("<td>4 of 10</td><td>no concern</td>");
  });

  it("opens a safety alert at once where staff are worried", async () => {
    await enter({ status: "present", safety: "worried" });
    const queue = (await world.page(as, "/staff?tab=safety")).html;
    expect(queue).toContain("Safety alert");
    expect((await world.page(as, `/staff/episodes/${episodeId}`)).html).toContain(
      "worried: alert raised",
    );
  });

  it("takes no mood that is none, keeps what was typed, and writes nothing", async () => {
    const refused = await enter({ status: "present", mood: "11", safety: "fine" });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain("as a whole number from 0 to 10");
    expect(refused.html).toMatch(/name="mood\.[^"]+"[^>]*value="11"/);
    const item = await world.item(episodeId, session.sk);
    expect(item).not.toHaveProperty("attendance");
  });

  it("asks for the attendance where only the round was filled in", async () => {
    const refused = await enter({ mood: "5" });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain("Choose the attendance of");
  });
});
