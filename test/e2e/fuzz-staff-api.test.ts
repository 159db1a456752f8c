import { beforeAll, describe, expect, test } from "vitest";
import { fc } from "../builders/properties.ts";
import { buildTask, episodeId, tuesdayMorning } from "../builders/state.ts";
import { personAt, StaffWorld } from "../fakes/staff-world.ts";
import { countWrites, oddBody, oddText, runs, spoiled } from "./support/spoiled.ts";

describe("the staff's API", () => {
  const task = buildTask({ sk: "TASK#first-contact-call#intake" });
  const approval = buildTask({
    sk: "TASK#admission-approval#intake",
    taskId: "01JHTEST0000000000000000A1",
    taskKind: "admission-approval",
    isApproval: true,
  });
  const escalationId = "01JHTEST0000000000000000X1";
  const session = "riverside:adult-iop:2027-01-12:tue-skills";
  const calls: readonly (readonly [string, string, unknown])[] = [
    [
      "POST",
      `/tasks/${approval.taskId}/decision`,
      { decision: "approved", reason: "a", version: 1 },
    ],
    ["POST", `/tasks/${approval.taskId}/decision/retract`, { version: 1 }],
    ["POST", `/tasks/${task.taskId}/outcome`, { outcome: "reached", note: "n", answers: { a: 1 } }],
    ["POST", `/tasks/${task.taskId}/snooze`, { until: "2027-01-13T15:00:00Z", version: 1 }],
    ["POST", `/tasks/${task.taskId}/assign`, { staffId: "taylor-riverside", version: 1 }],
    ["POST", `/escalations/${escalationId}/acknowledgement`, {}],
    ["POST", `/escalations/${escalationId}/contact`, { outcome: "not-reached", note: "n" }],
    ["POST", `/escalations/${escalationId}/closure`, { outcome: "safe", reason: "a" }],
    ["POST", `/episodes/${episodeId}/hold`, { kind: "medical", contactKeptBy: "c", reason: "a" }],
    ["POST", `/episodes/${episodeId}/resume`, { reason: "a" }],
    ["POST", `/episodes/${episodeId}/transition`, { to: "discharge", reason: "a" }],
    ["POST", `/episodes/${episodeId}/contacts`, { channel: "phone", outcome: "reached" }],
    ["PUT", `/sessions/${session}/attendance`, [{ episodeId, status: "present" }]],
    ["POST", "/closures/undo", { siteId: "riverside", on: "2027-02-15" }],
    ["POST", "/closures", { siteId: "riverside", on: "2027-02-15", words: "Holiday" }],
    ["PUT", "/sites/riverside", { version: 1 }],
  ];
  const reads = [
    ...["/me", "/queue", "/participants", "/sessions", "/programs", "/sites/riverside"],
    ...["", "/timeline", "/pathway", "/sessions", "/messages", "/tasks", "/audit", "/nothing"].map(
      (list) => `/episodes/${episodeId}${list}`,
    ),
    ...[`/tasks/${task.taskId}`, `/messages/${task.taskId}/explanation`],
  ];
  let world: StaffWorld;
  let writes: () => number;

  beforeAll(async () => {
    world = await StaffWorld.create(tuesdayMorning);
    await world.add({ episode: personAt("riverside"), items: [task, approval] });
    writes = countWrites(world.store);
  });

  test("answers spoiled bodies with a 4xx and a sentence, and writes nothing then", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...calls).chain(([method, path, body]) =>
          fc.tuple(
            fc.constant(method),
            fc.oneof(
              { weight: 8, arbitrary: fc.constant(path) },
              { weight: 1, arbitrary: oddText.map((text) => oddPath(path, text)) },
            ),
            fc.oneof(
              spoiled(body).map((one) => JSON.stringify(one) ?? ""),
              oddBody,
              fc.constant(JSON.stringify({ reason: "x".repeat(33 * 1024) })),
            ),
          ),
        ),
        fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: key() }),
        async ([method, path, body], idempotencyKey) => {
          const before = writes();
          const answer = await world.call("taylor-riverside", method, path, body, {
            "content-type": "application/json",
            ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
          });
          expect(answer.status).toBeLessThan(500);
          if (answer.status < 400) return;
          expect(answer.headers.get("content-type")).toContain("application/problem+json");
          expect(String(answer.body.title)).toMatch(/[.?]$/);
          expect(writes()).toBe(before);
        },
      ),
      { numRuns: runs },
    );
    expect(world.errors).toEqual([]);
  }, 900_000);

  test("answers odd queries and forged tokens below 500, and writes nothing", async () => {
    const before = writes();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...reads),
        fc.dictionary(
          fc.constantFrom("tab", "search", "phase", "cursor", "from", "to", "odd"),
          oddText,
        ),
        fc.oneof(
          { weight: 4, arbitrary: fc.constant("taylor-riverside") },
          { weight: 1, arbitrary: fc.base64String({ maxLength: 80 }) },
        ),
        async (path, query, as) => {
          const answer = await world.call(as, "GET", `${path}?${new URLSearchParams(query)}`);
          expect(answer.status).toBeLessThan(500);
          if (answer.status >= 400) expect(String(answer.body.title)).toMatch(/[.?]$/);
        },
      ),
      { numRuns: runs },
    );
    expect(writes()).toBe(before);
    expect(world.errors).toEqual([]);
  }, 900_000);

  test("the staff's pages answer odd forms below 500 and never repeat markup that was sent", async () => {
    const paths = [
      ...[
        "/staff",
        "/staff/people",
        "/staff/attendance",
        "/staff/closures",
        "/staff/queue",
        "/staff/signed-in",
      ],
      ...[`/staff/episodes/${episodeId}`, `/staff/tasks/${task.taskId}`, "/staff/alerts/x"],
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.dictionary(fc.constantFrom("search", "tab", "code", "state", "from", "odd"), oddText),
        fc.option(
          fc.dictionary(
            fc.constantFrom("decision", "reason", "version", "key", "outcome", "note", "status"),
            oddText,
          ),
          { nil: undefined },
        ),
        fc.constantFrom("taylor-riverside", undefined),
        async (path, query, fields, as) => {
          const answer = await world.page(as, `${path}?${new URLSearchParams(query)}`, fields);
          expect(answer.status).toBeLessThan(500);
          expect(answer.html).not.toContain("<script>alert(1)");
        },
      ),
      { numRuns: runs },
    );
    expect(world.errors).toEqual([]);
  }, 900_000);

  function oddPath(path: string, text: string): string {
    return path.replace(/[^/]+$/, encodeURIComponent(text.toWellFormed()));
  }
  function key() {
    return fc.stringMatching(/^[\x21-\x7e]{0,140}$/);
  }
});
