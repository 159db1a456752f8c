import { beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../../../shared/care/episode/session.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { publishFiles } from "../../../shared/publishing/publish-files.ts";
import { buildSession } from "../../builders/attendance.ts";
import { filesWith } from "../../builders/program-files.ts";
import { buildRun, buildTask, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const taylor = "taylor-riverside";
const [days, evenings] = ["thu-group", "thu-evening"].map(
  (slot) => `/sessions/riverside:adult-iop:2027-01-14:${slot}/changes`,
);
const conflict =
  "Avery Chen (fictional) is licensed in New York, and the person is in New Jersey at that time.";
const online = {
  andFollowing: true,
  leaderId: "avery-riverside",
  place: { onlineAddress: "https://meet.example.org/group" },
  words: "Always online",
};

/** A program with a track of days and one of evenings. */
let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  const { files } = filesWith(
    "adult-iop/program.yaml",
    "sessions:\n",
    "groupTracks: [{ track: day, title: Days }, { track: evening, title: Evenings }]\nsessions:\n",
  );
  const slot = `  - slot: thu-evening
    track: evening
    dayOfWeek: 4
    startTime: "17:30"
    durationMinutes: 180
    modality: group
    title: Evening group
    everyWeeks: 1
  - slot: thu-individual
`;
  const published = await publishFiles(world.deps, {
    ...files,
    "adult-iop/program.yaml": (files["adult-iop/program.yaml"] ?? "")
      .replace("slot: thu-group\n", "slot: thu-group\n    track: day\n")
      .replace("  - slot: thu-individual\n", slot),
  });
  expect(published).toMatchObject({ ok: true });
});

const episodeId = "01JHEP000000000000000000E1";
const person = (homeState: string, more: Parameters<typeof personAt>[1] = {}) => {
  const found = personAt("riverside", {
    episodeId,
    status: "active",
    programVersion: 2,
    admittedOn: "2027-01-08",
    ...more,
  });
  return { ...found, facts: { ...found.facts, homeState } };
};
const audited = async () =>
  JSON.stringify((await world.store.query("audit", keys.episode(episodeId).pk)).items);

describe("a track of groups that is held online", () => {
  const path = `/episodes/${episodeId}/group-track`;
  const body = { track: "evening", from: "2027-01-13", reason: "Works in the morning now" };

  it("is held against the licence of its leader before somebody from another state joins it", async () => {
    await world.add({ episode: person("NJ") });
    expect((await world.call(taylor, "POST", evenings ?? "", online)).status).toBe(200);
    const refused = await world.call(taylor, "POST", path, body);
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).toContain(
      `“Evening group” on 2027-01-14 is online. ${conflict}`,
    );
    expect(
      (await world.call(taylor, "POST", path, { ...body, isOutsideLicence: true })).status,
    ).toBe(200);
    expect(await audited()).toContain('"outsideLicence":true');
  });

  it("is said line by line of a file of groups, and joined by it with a reason of the line's own", async () => {
    await world.add({ episode: person("NJ") });
    await world.call(taylor, "POST", evenings ?? "", online);
    const head = "Reference,Groups,First day,Reason,Online without a licence";
    const send = async (line: string, seen?: unknown) => {
      const file = { csv: `${head}\r\nTC-0001,Evenings,2027-01-13,${line}` };
      const sent = seen === undefined ? file : { ...file, seen };
      const { body } = await world.call(taylor, "POST", "/imports/roster", sent);
      const [one] = body.lines as { readonly state: string; readonly sentence?: string }[];
      return { state: one?.state, sentence: one?.sentence, seen: body.seen };
    };
    expect((await send(",")).sentence).toContain(conflict);
    expect((await send(",maybe")).sentence).toBe(
      "Online without a licence is yes, no, or nothing.",
    );
    expect((await send(",yes")).sentence).toBe(
      "Say why they come online all the same, as the reason.",
    );
    const looked = await send("Asked counsel,yes");
    expect(looked.state).toBe("to-do");
    expect((await send("Asked counsel,yes", looked.seen)).state).toBe("done");
    expect(await audited()).toContain('"outsideLicence":true');
  });

  it("takes somebody from the state of the licence", async () => {
    await world.add({ episode: person("NY") });
    await world.call(taylor, "POST", evenings ?? "", online);
    expect((await world.call(taylor, "POST", path, body)).status).toBe(200);
    expect(await audited()).not.toContain("outsideLicence");
  });

  it("says so on the person's page, and takes them with the box ticked", async () => {
    await world.add({ episode: person("NJ") });
    await world.call(taylor, "POST", evenings ?? "", online);
    const schedule = `/staff/episodes/${episodeId}/schedule`;
    const send = async (more: Readonly<Record<string, string>>) =>
      world.page(taylor, schedule, {
        ...(await world.formFields(taylor, schedule, "track")),
        track: "evening",
        from: "2027-01-13",
        why: "Works in the morning now",
        ...more,
      });
    const refused = await send({});
    expect(refused.status).toBe(409);
    expect(refused.html).toContain(conflict);
    expect((await send({ outsideLicence: "yes" })).status).toBe(303);
  });
});

describe("an admission to groups that are held online", () => {
  const taskId = "01JHTASK00000000000000000A";
  const task = buildTask({
    sk: "TASK#admission-approval#intake",
    taskKind: "admission-approval",
    taskId,
    isApproval: true,
    evidence: {},
  });
  const body = { decision: "approved", choice: "admit", reason: "Suits", version: 1 };
  const decide = (more = {}) =>
    world.call(taylor, "POST", `/tasks/${taskId}/decision`, { ...body, ...more });

  it("says before it is decided that a leader is not licensed where the person lives", async () => {
    await world.add({
      episode: person("NJ", { status: "assessed", weeks: [] }),
      items: [buildRun("intake", "intake"), task],
    });
    await world.call(taylor, "POST", days ?? "", online);
    expect(JSON.stringify((await decide()).body)).toContain(conflict);
    const { html } = await world.page(taylor, `/staff/tasks/${taskId}`);
    expect(html).toContain(conflict);
    expect(html).toContain("no licence is on record");
    expect((await decide({ isOutsideLicence: true })).status).toBe(200);
    expect(await audited()).toContain('"outsideLicence":true');
  });

  it("says nothing where the groups are at the site", async () => {
    await world.add({
      episode: person("NJ", { status: "assessed", weeks: [] }),
      items: [buildRun("intake", "intake"), task],
    });
    expect((await world.page(taylor, `/staff/tasks/${taskId}`)).html).not.toContain("licence");
    expect((await decide()).status).toBe(200);
  });
});

describe("what a site plans, held against the licence of who leads somebody who is expected", () => {
  const ofDay = "Avery Chen (fictional) is licensed in New York";
  const expected = (slot: string, on: string, more: Partial<Session> = {}) =>
    buildSession({
      sk: `SESSION#${on}#${slot}`,
      sessionId: `session-${slot}`,
      groupSessionId: `riverside:adult-iop:${on}:${slot}`,
      slot,
      on,
      scheduledStartAt: `${on}T14:00:00.000Z`,
      scheduledEndAt: `${on}T17:00:00.000Z`,
      leaderId: "avery-riverside",
      ...more,
    });
  const alone = "/sessions/riverside:adult-iop:2027-01-14:thu-individual/changes";
  const place = { onlineAddress: "https://meet.example.org/room" };
  const answer = async (path: string, body: object) => {
    const { status, body: said } = await world.call(taylor, "POST", path, body);
    return `${status} ${String(said.title ?? "")}`;
  };
  const dayOnline = (on: string, more: object = {}) =>
    answer("/closures", {
      siteId: "riverside",
      on,
      words: "Heating out",
      onlineAddress: place.onlineAddress,
      ...more,
    });
  const lead = (slot: string, on: string) =>
    answer(`/sessions/riverside:adult-iop:${on}:${slot}/changes`, {
      leaderId: "avery-riverside",
      words: "Hers",
    });

  it("is of whoever sees them alone, where a session is one person's: each has their own", async () => {
    const own = expected("thu-individual", "2027-01-14", { modality: "individual" });
    await world.add({ episode: person("NJ"), items: [own] });
    expect(await answer(alone, { place, words: "From home" })).toContain(`409 ${ofDay}`);
    expect(await answer(alone, { place: { room: "Room 2" }, words: "Quieter" })).toBe("200 ");
  });

  it("is looked at before a day goes online, also where its session was off because that day was closed", async () => {
    const group = expected("thu-group", "2027-01-14");
    const off = { status: "cancelled", cancelledFor: "site-closed" } as const;
    await world.add({ episode: person("NJ"), items: [{ ...group, ...off }] });
    expect(await lead("thu-group", "2027-01-14")).toBe("200 ");
    const refused = await dayOnline("2027-01-14");
    expect(refused).toMatch(/^409 “.+” on 2027-01-14 at 09:00 would be online\. /);
    expect(refused).toContain(ofDay);
    expect(await dayOnline("2027-01-14", { isOutsideLicence: true })).toBe("200 ");
  });

  it("says nothing of who is not expected any more, nor of what has begun", async () => {
    const times = { startAt: "2027-01-12T15:30:00.000Z", endAt: "2027-01-12T16:30:00.000Z" };
    const began = expected("visit-0", "2027-01-12", {
      modality: "individual",
      scheduledStartAt: times.startAt,
      scheduledEndAt: times.endAt,
      visit: { seriesId: "two", leaderId: "avery-riverside", ...times },
    });
    const ownReason = expected("thu-group", "2027-01-14", { status: "cancelled" });
    await world.add({ episode: person("NJ"), items: [began, ownReason] });
    await lead("thu-group", "2027-01-14");
    for (const on of ["2027-01-12", "2027-01-14"]) expect(await dayOnline(on)).toBe("200 ");
  });

  it("goes by where somebody is at the time of a visit, and not by where they live", async () => {
    const times = { startAt: "2027-01-14T21:00:00.000Z", endAt: "2027-01-14T22:00:00.000Z" };
    const visitOf = (stateThen: string) =>
      expected("visit-1", "2027-01-14", {
        modality: "individual",
        scheduledStartAt: times.startAt,
        scheduledEndAt: times.endAt,
        visit: { seriesId: "one", leaderId: "avery-riverside", stateThen, ...times },
      });
    await world.add({ episode: person("NY"), items: [visitOf("NJ")] });
    expect(await dayOnline("2027-01-14")).toContain(
      "A visit on 2027-01-14 at 16:00 would be online",
    );
    await world.add({ episode: person("NJ"), items: [visitOf("NY")] });
    expect(await dayOnline("2027-01-14")).toBe("200 ");
  });
});
