import { beforeEach, describe, expect, it } from "vitest";
import { publishFiles } from "../../../shared/publishing/publish-files.ts";
import { buildSession } from "../../builders/attendance.ts";
import { filesWith } from "../../builders/program-files.ts";
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
  const { files } = filesWith(
    "adult-iop/program.yaml",
    "  payers:\n",
    "  payers:\n    - { payer: medicaid, title: Medicaid, payerDay: { minimumMinutes: 120, minimumServices: 2 } }\n",
  );
  expect(await publishFiles(world.deps, files)).toMatchObject({ ok: true });
  await world.add({
    episode: personAt("riverside", {
      status: "active",
      programVersion: 2,
      createdAt: "2027-01-05T14:00:00.000Z",
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

  const schedule = `/staff/episodes/${episodeId}/schedule`;
  const payer = { payer: "", payerFrom: "", payerWhy: "Card seen" };

  it("goes by the rule of the payer that staff say the person has, on every page and in the file", async () => {
    expect(await read(schedule)).toContain(
      "Paid for by: no payer that the program lists, so its usual rule counts",
    );
    const saved = await world.page(as, schedule, {
      ...(await world.formFields(as, schedule, "payer")),
      ...payer,
      payer: "medicaid",
    });
    expect(saved.status).toBe(303);
    expect(await read(saved.location ?? "")).toContain("Paid for by: Medicaid");
    expect(await read(`/staff/episodes/${episodeId}`)).toContain("Paid for by Medicaid");
    expect(await read(`/staff/episodes/${episodeId}`)).toContain(
      "Recorded who pays: Medicaid, from Jan 5, 2027 on",
    );
    // 168 minutes are enough for this payer, one service is not.
    expect(await enter(group.groupSessionId, "late", "09:12")).toContain(
      "Medicaid: can still count as a day: 1 of at least 2 services",
    );
    await enter(skills.groupSessionId, "present");
    expect(await read(schedule)).toContain("Mon 3.3 h 1 day counts for Medicaid, with 3.3 h");
    const file = await world.page(as, "/staff/exports/attendance?from=2027-01-11&to=2027-01-11");
    expect(file.html.trimEnd().split("\r\n").slice(1)).toEqual([
      expect.stringMatching(/,Medicaid,Counts as a day$/),
      expect.stringMatching(/,Medicaid,Counts as a day$/),
    ]);
  });

  it("stands in the file of a week beside the sessions of that day, and of no other", async () => {
    const tuesday = buildSession({
      sk: "SESSION#2027-01-12#tue-group",
      sessionId: "session-3",
      groupSessionId: "riverside:adult-iop:2027-01-12:tue-group",
      slot: "tue-group",
      on: "2027-01-12",
      scheduledStartAt: "2027-01-12T14:00:00.000Z",
      scheduledEndAt: "2027-01-12T17:00:00.000Z",
    });
    await world.add({
      episode: personAt("riverside", {
        status: "active",
        programVersion: 2,
        admittedOn: "2027-01-08",
        week: 1,
      }),
      items: [group, tuesday],
    });
    await enter(group.groupSessionId, "late", "09:12");
    while (world.clock.now() < "2027-01-12T17:05:00.000Z") world.clock.advanceMinutes(60);
    await enter(tuesday.groupSessionId, "present");
    const file = await world.page(as, "/staff/exports/attendance?from=2027-01-11&to=2027-01-12");
    expect(file.html.trimEnd().split("\r\n").slice(1)).toEqual([
      expect.stringMatching(/^2027-01-11,09:00,.*,Can still count as a day: 12 min short of 3 h$/),
      expect.stringMatching(/^2027-01-11,13:00,.*,Can still count as a day: 12 min short of 3 h$/),
      expect.stringMatching(/^2027-01-12,.*,Counts as a day$/),
    ]);
  });

  it("is not said where whoever pays does not pay by the day, and what cannot be is refused beside the form", async () => {
    const api = `/episodes/${episodeId}/payer`;
    const self = { payer: "self-pay", from: "2027-01-11", reason: "No insurance since Monday" };
    expect((await world.call(as, "POST", api, self)).status).toBe(200);
    expect(await enter(group.groupSessionId, "late", "09:12")).not.toContain("as a day");
    expect(await read(schedule)).not.toContain("short of 3 h");
    const early = await world.page(as, schedule, {
      ...(await world.formFields(as, schedule, "payer")),
      ...payer,
      payerFrom: "2026-12-01",
    });
    expect(text(early.html)).toContain(
      "The first day is from Jan 5, 2027 on, when the record began",
    );
    expect((await world.call(as, "GET", `/episodes/${episodeId}`)).body).toMatchObject({
      payers: [{ payer: "self-pay", from: "2027-01-11" }],
    });
  });
});
