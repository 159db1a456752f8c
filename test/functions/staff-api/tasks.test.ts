import { beforeEach, describe, expect, it } from "vitest";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { siteTaskItem } from "../../../shared/store/site-task-item.ts";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const approval = buildTask({
  sk: "TASK#admission-approval#intake",
  taskKind: "admission-approval",
  isApproval: true,
  words: "Decide about the admission.",
  proposal: "suitable",
});
const call = buildTask({ sk: "TASK#first-contact-call#intake", taskKind: "first-contact-call" });
const elsewhere = "01JHEP000000000000000000E2";

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "assessed" }),
    items: [approval, call],
  });
});

const decide = (as: string, decision: string, headers: Record<string, string> = {}, version = 1) =>
  world.call(
    as,
    "POST",
    `/tasks/${approval.taskId}/decision`,
    { decision, reason: "Suits well", version },
    headers,
  );

describe("an approval", () => {
  it("is decided with its reason and rests for half a minute", async () => {
    const answer = await decide("casey-riverside", "approved");
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      decision: "approved",
      decidedBy: "casey-riverside",
      version: 2,
      effectiveAt: "2027-01-12T16:00:30.000Z",
    });
    const audit = await world.store.query("audit", keys.episode(episodeId).pk);
    expect(audit.items.at(-1)).toMatchObject({ action: "admission-approved" });
  });

  it("decided by two at once ends in one decision and one 409 that names the winner", async () => {
    const [first, second] = await Promise.all([
      decide("casey-riverside", "approved"),
      decide("taylor-riverside", "rejected"),
    ]);
    const [winner, loser] = first.status === 200 ? [first, second] : [second, first];
    expect(winner.status).toBe(200);
    expect(loser.status).toBe(409);
    expect(loser.body.details).toMatchObject({
      decidedBy: winner.body.decidedBy,
      decision: winner.body.decision,
    });
    const names = { "casey-riverside": "Casey Morgan", "taylor-riverside": "Taylor Brooks" };
    expect(loser.body.title).toContain(
      `${names[winner.body.decidedBy as keyof typeof names]} (fictional) was first`,
    );
    const audit = await world.store.query("audit", keys.episode(episodeId).pk);
    expect(audit.items).toHaveLength(1);
  });

  it("gives a retry of the same decision its own answer again, and writes nothing twice", async () => {
    const key = { "idempotency-key": "decide-once-1" };
    const first = await decide("casey-riverside", "approved", key);
    const again = await decide("casey-riverside", "approved", key);
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
    const other = await decide("casey-riverside", "rejected", key);
    expect(other.status).toBe(422);
  });

  it("answers both of two simultaneous retries with the one decision", async () => {
    const key = { "idempotency-key": "decide-once-2" };
    const answers = await Promise.all([
      decide("casey-riverside", "approved", key),
      decide("casey-riverside", "approved", key),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
  });

  it("can be taken back for 30 seconds by who decided, and not after", async () => {
    await decide("casey-riverside", "approved");
    const path = `/tasks/${approval.taskId}/decision/retract`;
    expect((await world.call("taylor-riverside", "POST", path, {})).status).toBe(409);
    expect((await world.call("casey-riverside", "POST", path, {})).status).toBe(200);
    expect((await decide("taylor-riverside", "approved", {}, 3)).status).toBe(200);
    world.clock.advanceMinutes(1);
    expect((await world.call("taylor-riverside", "POST", path, {})).status).toBe(409);
  });

  it("is decided by those whom the program names and by nobody without a function", async () => {
    for (const as of ["robin", "sam"]) expect((await decide(as, "approved")).status).toBe(404);
    expect((await world.item(episodeId, approval.sk))?.version).toBe(1);
  });

  it("decided on an older look is refused with the version that stands", async () => {
    const answer = await decide("casey-riverside", "approved", {}, 7);
    expect(answer.status).toBe(409);
    expect(answer.body.details).toEqual({ version: 1 });
  });
});

describe("the queue", () => {
  it("lists approvals and calls apart, with counts, the person's name and why", async () => {
    const approvals = await world.call("casey-riverside", "GET", "/queue?tab=approvals");
    expect(approvals.body.counts).toEqual({
      safety: 0,
      approvals: 1,
      work: 1,
      overdue: 0,
      snoozed: 0,
    });
    expect(itemsOf(approvals.body)).toMatchObject([
      { taskId: approval.taskId, participant: "Robin T.", proposal: "suitable", version: 1 },
    ]);
    const work = await world.call("casey-riverside", "GET", "/queue?tab=work");
    expect(itemsOf(work.body).map(({ taskId }) => taskId)).toEqual([call.taskId]);
  });

  it("shows what is overdue, hides what was put off and brings it back in time", async () => {
    const until = "2027-01-13T10:00:00Z";
    await world.call("casey-riverside", "POST", `/tasks/${call.taskId}/snooze`, { until });
    const tab = async (name: string) =>
      itemsOf((await world.call("casey-riverside", "GET", `/queue?tab=${name}`)).body).length;
    expect([await tab("work"), await tab("snoozed"), await tab("overdue")]).toEqual([0, 1, 0]);
    world.clock.moveTo("2027-01-13T18:00:00Z");
    expect([await tab("work"), await tab("snoozed"), await tab("overdue")]).toEqual([1, 0, 2]);
  });

  it("moves a finished task to what is done", async () => {
    const outcome = await world.call("casey-riverside", "POST", `/tasks/${call.taskId}/outcome`, {
      outcome: "reached",
      note: "Will send the forms tonight",
    });
    expect(outcome.status).toBe(200);
    expect(outcome.body).toMatchObject({ status: "done", outcome: "reached" });
    const done = await world.call("casey-riverside", "GET", "/queue?tab=done");
    expect(itemsOf(done.body)).toMatchObject([{ taskId: call.taskId }]);
    const again = await world.call("taylor-riverside", "POST", `/tasks/${call.taskId}/outcome`, {
      outcome: "not-reached",
    });
    expect(again.status).toBe(409);
    expect(again.body.title).toContain("by Casey Morgan (fictional)");
    expect(again.body.details).toMatchObject({ by: "casey-riverside" });
  });

  it("hands a task to a colleague of the site and to nobody else", async () => {
    const assign = (staffId: string) =>
      world.call("casey-riverside", "POST", `/tasks/${call.taskId}/assign`, { staffId });
    expect((await assign("jordan-riverside")).body).toMatchObject({
      assignedTo: "jordan-riverside",
    });
    expect((await assign("jordan-mesa")).status).toBe(400);
    expect((await assign("nobody")).status).toBe(400);
  });
});

describe("what belongs to another site", () => {
  it("looks like what is not there, and nothing of it can be changed", async () => {
    for (const [method, path, body] of [
      ["GET", `/tasks/${call.taskId}`, undefined],
      ["POST", `/tasks/${call.taskId}/outcome`, { outcome: "reached" }],
      [
        "POST",
        `/tasks/${approval.taskId}/decision`,
        { decision: "approved", reason: "a", version: 1 },
      ],
      ["GET", `/episodes/${episodeId}`, undefined],
      ["GET", `/episodes/${episodeId}/timeline`, undefined],
      ["POST", `/episodes/${episodeId}/withdraw`, { reason: "moved" }],
      ["GET", `/episodes/${elsewhere}`, undefined],
      ["GET", "/sites/riverside", undefined],
    ] as const) {
      const answer = await world.call("casey-mesa", method, path, body);
      expect([method, path, answer.status]).toEqual([method, path, 404]);
    }
    expect(itemsOf((await world.call("casey-mesa", "GET", "/participants")).body)).toEqual([]);
    expect(itemsOf((await world.call("casey-mesa", "GET", "/queue?tab=work")).body)).toEqual([]);
    expect((await world.item(episodeId, call.sk))?.status).toBe("open");
  });
});

describe("a task that belongs to nobody's pathway", () => {
  const noteId = "01JHTEST0000000000000000N1";
  const taskId = "01JHTEST0000000000000000S1";
  beforeEach(async () => {
    await world.put(
      siteTaskItem({
        siteId: "riverside",
        taskId,
        taskKind: "inbound-reply",
        occurrence: "in-1",
        words: "A text came from a number that nobody here has. Read it and answer.",
        assignedFunction: "front-desk",
        priority: "normal",
        now: tuesdayMorning,
        dueInHours: 24,
        about: { type: "note", id: noteId },
        evidence: { sort: "other" },
      }),
    );
    await world.put(
      {
        ...keys.note("SITE#riverside", noteId),
        schemaVersion: 1,
        source: "text",
        text: "When do you open?",
        at: tuesdayMorning,
      },
      "identity",
    );
  });

  it("stands in the site's queue with what was written", async () => {
    const queue = await world.call("casey-riverside", "GET", "/queue?tab=work");
    expect(itemsOf(queue.body).map((row) => row.participant)).toContain("Unknown number");
    const task = await world.call("casey-riverside", "GET", `/tasks/${taskId}`);
    expect(task.body).toMatchObject({ note: { text: "When do you open?" } });
    expect((await world.call("casey-mesa", "GET", `/tasks/${taskId}`)).status).toBe(404);
  });

  it("is worked like any other, once, with its audit entry", async () => {
    const key = { "idempotency-key": "site-task-1" };
    const work = (outcome: string) =>
      world.call("casey-riverside", "POST", `/tasks/${taskId}/outcome`, { outcome }, key);
    expect(
      (
        await world.call("casey-riverside", "POST", `/tasks/${taskId}/outcome`, {
          outcome: "no-such",
        })
      ).status,
    ).toBe(400);
    const first = await work("answered");
    expect(first.body).toMatchObject({ status: "done", outcome: "answered" });
    expect((await work("answered")).body).toEqual(first.body);
    const audit = await world.store.query("audit", `TASK#${taskId}`);
    expect(audit.items).toMatchObject([
      { action: "task-completed", actor: { staffId: "casey-riverside" }, sequence: 1 },
    ]);
    expect(
      itemsOf((await world.call("casey-riverside", "GET", "/queue?tab=done")).body),
    ).toHaveLength(1);
  });
});

describe("a call about a check-in", () => {
  const person = "01JHEP000000000000000000E3";
  const checkIn = (status: "open" | "answered"): CheckIn => ({
    kind: "check-in",
    sk: "CHECKIN#0003",
    version: 1,
    checkInId: "01JHTEST0000000000000000C1",
    number: 3,
    checkInKind: "check-in",
    status,
    dueAt: tuesdayMorning,
    answers: {},
    reasons: [],
    submissions: [],
  });
  const about = { type: "check-in", id: "01JHTEST0000000000000000C1" };
  const checkInCall = buildTask({ sk: "TASK#check-in-call#c3", taskKind: "check-in-call", about });
  const asked = async () =>
    (await world.call("casey-riverside", "GET", `/tasks/${checkInCall.taskId}`)).body
      .questions as readonly Record<string, unknown>[];

  it("brings the questions in the program's words while nobody has answered them, and then none", async () => {
    const episode = personAt("riverside", { status: "aftercare", episodeId: person });
    await world.add({ episode, items: [checkInCall, checkIn("open")] });
    const questions = await asked();
    expect(questions.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["use-days", "opioid-use", "craving"]),
    );
    expect(questions.find(({ id }) => id === "opioid-use")).toMatchObject({
      options: [{ value: "yes" }, { value: "no" }],
    });
    await world.add({ episode, items: [checkInCall, checkIn("answered")] });
    expect(await asked()).toEqual([]);
  });
});
