import { beforeEach, describe, expect, it } from "vitest";
import { buildSession } from "../../builders/attendance.ts";
import { episodeId } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "casey-riverside";
const group = buildSession();
const skills = buildSession({
  sk: "SESSION#2027-01-11#mon-skills",
  sessionId: "session-2",
  groupSessionId: "riverside:adult-iop:2027-01-11:mon-skills",
  slot: "mon-skills",
  scheduledStartAt: "2027-01-11T18:00:00.000Z",
  scheduledEndAt: "2027-01-11T18:30:00.000Z",
  modality: "skills",
});
let world: StaffWorld;

const text = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
const read = async (path: string) => text((await world.page(as, path)).html);

async function enter(groupSessionId: string, status: string, time = "") {
  const path = `/staff/attendance/${groupSessionId}`;
  const hidden = await world.formFields(as, path, "attendance");
  const saved = await world.page(as, path, {
    ...hidden,
    [`status.${episodeId}`]: status,
    [`time.${episodeId}`]: time,
  });
  expect(saved.status).toBe(303);
  return read(saved.location ?? "");
}

beforeEach(async () => {
  world = await StaffWorld.create("2027-01-11T18:45:00.000Z");
  await world.add({
    episode: personAt("riverside", {
      status: "active",
      admittedOn: "2027-01-08",
      week: 1,
      weeks: [
        {
          ...{ week: 1, startsOn: "2027-01-11", expectedMinutes: 540, attendedMinutes: 0 },
          ...{ isFullWeek: true, byDay: {} },
        },
      ],
    }),
    items: [group, skills],
  });
});

describe("whether a day counts for the payer", () => {
  it("is said as attendance is entered: twelve minutes late cost the day unless the afternoon makes up for it", async () => {
    expect(await enter(group.groupSessionId, "late", "09:12")).toContain(
      "Can still count as a day: 12 min short of 3 h",
    );
    expect(await enter(skills.groupSessionId, "no-show")).toContain(
      "Does not count as a day: 12 min short of 3 h",
    );
    const schedule = `/staff/episodes/${episodeId}/schedule`;
    expect(await read(schedule)).toContain(
      "Mon 2.8 h: does not count as a day: 12 min short of 3 h 0 days count for a payer who pays by the day, with 0 h",
    );
  });

  it("is counted for the week with the hours that are paid", async () => {
    await enter(group.groupSessionId, "present");
    await enter(skills.groupSessionId, "present");
    expect(await read(`/staff/episodes/${episodeId}/schedule`)).toContain(
      "Mon 3.5 h 1 day counts for a payer who pays by the day, with 3.5 h",
    );
  });
});
