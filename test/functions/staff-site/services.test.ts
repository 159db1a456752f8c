import { beforeEach, describe, expect, it } from "vitest";
import { buildSession } from "../../builders/attendance.ts";
import { buildTask, episodeId } from "../../builders/state.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "casey-riverside";
const person = `/staff/episodes/${episodeId}`;
let world: StaffWorld;

const text = (html: string) =>
  html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

async function record(service: string, fields: Readonly<Record<string, string>>, by = as) {
  const path = `${person}/services/${service}`;
  const hidden = await world.formFields(by, path, "service");
  return world.page(by, path, { ...hidden, ...fields });
}

const card = async (path: string) =>
  text(/id="services"[\s\S]*?<\/ul>/.exec((await world.page(as, path)).html)?.[0] ?? "");

beforeEach(async () => {
  world = await StaffWorld.create("2027-01-12T15:00:00.000Z");
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-04", week: 2 }),
    items: [
      buildTask({
        sk: "TASK#week-review-approval#w2",
        taskKind: "week-review-approval",
        isApproval: true,
        proposal: "continue",
        taskId: "01JHTEST0000000000000000T1",
      }),
    ],
  });
});

describe("the page of a service", () => {
  it("records a peer by name and first meeting, which stands on the person, the plan and the week's review", async () => {
    const saved = await record("peer", {
      state: "accepted",
      with: "Parker Quinn (fictional)",
      on: "2027-01-14",
    });
    expect([saved.status, saved.location]).toEqual([303, `${person}#services`]);
    const words = "Peer support Accepted, with Parker Quinn (fictional), Jan 14, 2027";
    for (const path of [
      person,
      `${person}/plans/treatment`,
      "/staff/tasks/01JHTEST0000000000000000T1",
    ])
      expect([path, await card(path)]).toEqual([path, expect.stringContaining(words)]);
    const { body } = await world.call(as, "GET", `/episodes/${episodeId}/services`);
    expect(itemsOf(body)).toMatchObject([
      { service: "peer", state: "accepted", version: 1, by: as },
    ]);
  });

  it("keeps every record of a screen: planned, the result in and not a fact, read by a clinician", async () => {
    await record("drug-screen", { state: "offered", on: "2027-01-11" });
    await record("drug-screen", { state: "done", on: "2027-01-11", result: "positive" });
    expect(await card(person)).toContain("positive, presumptive: not a fact, not read yet");
    const refused = await record("drug-screen", {
      state: "done",
      on: "2027-01-11",
      result: "positive",
      isRead: "yes",
    });
    expect(text(refused.html)).toContain("A clinician reads the result of a screen.");
    await record(
      "drug-screen",
      { state: "done", on: "2027-01-11", result: "positive", isConfirmed: "yes", isRead: "yes" },
      "avery-riverside",
    );
    expect(await card(person)).toContain("positive, confirmed, read by a clinician");
    const history = text((await world.page(as, `${person}/services/drug-screen`)).html);
    expect(history).toContain("Planned");
    expect(history).toContain("Avery Chen");
  });

  it("says what is due and from when, leads from the work to the record, and is done with it", async () => {
    const on = { occurrence: "family-offered-2027-01-18" };
    await world.add({
      episode: personAt("riverside", { status: "active", admittedOn: "2027-01-11", week: 1 }),
      items: [
        buildTask({
          sk: `TASK#service-due#${on.occurrence}`,
          taskKind: "service-due",
          taskId: "01JHTEST0000000000000000T2",
          words:
            "Family sessions: nobody has spoken of it by 2027-01-18. Offer it, and record what the person says.",
          about: { type: "service", id: "family" },
          snoozedUntil: "2027-01-18T05:00:00.000Z",
        }),
      ],
    });
    expect(text((await world.page(as, person)).html)).toContain(
      "Due Work from Jan 18, 2027 on, unless it is recorded before: Family sessions: nobody has spoken of it by Jan 18, 2027.",
    );
    const task = async () =>
      text((await world.page(as, "/staff/tasks/01JHTEST0000000000000000T2")).html);
    expect(await task()).toContain("Put off until Mon, Jan 18, 2027");
    world.clock.advanceMinutes(7 * 24 * 60);
    expect(text((await world.page(as, person)).html)).toContain(
      "Due Family sessions: nobody has spoken of it by Jan 18, 2027.",
    );
    expect(await task()).not.toContain("Put off until");
    expect(await task()).toContain(
      "Record how it stands , or book a visit : recording it, or coming to it, ends this task",
    );
    const { html } = await world.page(as, "/staff/tasks/01JHTEST0000000000000000T2");
    expect(html).toContain(`href="${person}/services/family"`);
    expect((await record("family", { state: "offered" })).status).toBe(303);
    expect(await card(person)).not.toContain("nobody has spoken of it");
    const { body } = await world.call(as, "GET", `/episodes/${episodeId}/tasks`);
    expect(itemsOf(body).find(({ taskKind }) => taskKind === "service-due")).toMatchObject({
      status: "cancelled",
    });
  });

  it("offers the holistic offerings of the program by their names", async () => {
    const { html } = await world.page(as, `${person}/services/holistic`);
    for (const name of ["mindfulness", "yoga", "nutrition", "expressive arts"])
      expect(html).toMatch(new RegExp(`<input(?=[^>]*name="topic")(?=[^>]*value="${name}")`));
    expect(text((await record("holistic", { state: "done", topic: "yoga" })).html)).toContain(
      "It needs medical clearance first.",
    );
    expect((await record("holistic", { state: "done", topic: "mindfulness" })).status).toBe(303);
  });

  it("brings a clinician from the task to a result that stands there already, and asks others for no reading", async () => {
    const path = `${person}/services/drug-screen`;
    await record("drug-screen", {
      state: "done",
      on: "2027-01-11",
      result: "positive",
      isConfirmed: "yes",
      toldBy: "Avery Chen",
    });
    const { body } = await world.call(as, "GET", `/episodes/${episodeId}/tasks`);
    const task = itemsOf(body).find(({ taskKind }) => taskKind === "clinician-review");
    const reader = "avery-riverside";
    const page = await world.page(reader, `/staff/tasks/${task?.taskId}`);
    expect(page.html).toContain(`href="${path}"`);
    const form = (await world.page(reader, path)).html;
    for (const [name, value] of [
      ["state", "done"],
      ["result", "positive"],
      ["isConfirmed", "yes"],
    ])
      expect(form).toMatch(
        new RegExp(`<input(?=[^>]*name="${name}")(?=[^>]*value="${value}")[^>]*checked`),
      );
    for (const value of ["2027-01-11", "Avery Chen"]) expect(form).toContain(`value="${value}"`);
    expect(form).toContain('name="isRead"');
    const others = (await world.page(as, path)).html;
    expect(others).not.toContain('name="isRead"');
    expect(text(others)).toContain("A clinician records that the result has been read");
  });

  it("says in words what is missing, keeps what was typed, and writes nothing", async () => {
    const refused = await record("family", {
      state: "done",
      with: "Her sister Ana",
    });
    expect(refused.status).toBe(400);
    expect(text(refused.html)).toContain("Say on which day it took place.");
    expect(refused.html).toContain('value="Her sister Ana"');
    expect(await card(person)).not.toContain("Family sessions Took place");
    const { body } = await world.call(as, "GET", `/episodes/${episodeId}/services`);
    expect(itemsOf(body)).toEqual([]);
  });

  it("asks for no note about a mutual-support group", async () => {
    const { html } = await world.page(as, `${person}/services/mutual-support`);
    expect(html).not.toContain('name="note"');
  });

  it("is told in the history by its name", async () => {
    await record("alumni", { state: "accepted", isCleared: "yes" });
    expect(text((await world.page(as, person)).html)).toContain(
      "Service recorded: Alumni group, accepted",
    );
  });
});

/** What was stored before sessions were kept by their names: the day alone. */
it("comes back where a session that was attended before the last release was missed after all", async () => {
  const later = await StaffWorld.create("2027-01-19T15:00:00.000Z");
  const individual = (on: string) =>
    buildSession({
      sk: `SESSION#${on}#individual`,
      sessionId: `individual-${on}`,
      groupSessionId: `riverside:adult-iop:${on}:individual`,
      slot: "individual",
      modality: "individual",
      on,
      scheduledStartAt: `${on}T17:00:00.000Z`,
      scheduledEndAt: `${on}T18:00:00.000Z`,
      status: "closed",
      attendance: {
        ...{ status: "present", attendedMinutes: 60, recordedBy: as, corrections: 0 },
        recordedAt: `${on}T18:00:00.000Z`,
      },
    });
  await later.add({
    episode: personAt("riverside", {
      status: "active",
      admittedOn: "2027-01-04",
      week: 3,
      serviceStates: { individual: { state: "done", doneOn: "2027-01-14" } },
    }),
    items: [individual("2027-01-07"), individual("2027-01-14")],
  });
  const open = async () => text((await later.page(as, person)).html);
  expect(await open()).toContain("Nothing is open");
  const corrected = await later.call(
    as,
    "PUT",
    "/sessions/riverside:adult-iop:2027-01-14:individual/attendance",
    [{ episodeId, status: "excused", reason: "It was somebody else" }],
  );
  expect(corrected.status).toBe(200);
  expect(await open()).toContain(
    "Individual sessions: the last one was on Jan 7, 2027, and there is to be one every 10 days at least",
  );
});
