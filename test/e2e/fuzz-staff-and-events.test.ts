import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { advanceCare } from "../../functions/advance-care/advance-care.ts";
import { archiveAudit } from "../../functions/archive-audit/archive-audit.ts";
import { carryOutEffects } from "../../functions/carry-out-effects/carry-out-effects.ts";
import { holdCare } from "../../functions/hold-care/hold-care.ts";
import { pageOnCall } from "../../functions/page-on-call/page-on-call.ts";
import { receiveSms } from "../../functions/receive-sms/receive-sms.ts";
import { recordDelivery } from "../../functions/record-delivery/record-delivery.ts";
import { sendMessage } from "../../functions/send-message/send-message.ts";
import type { OutboxEntry } from "../../local/messaging/outbox.ts";
import { sesEvent, smsEvent } from "../../local/messaging/provider-events.ts";
import { snsEvent } from "../../local/messaging/sns-event.ts";
import { MemoryWorld } from "../../local/simulation/memory-world.ts";
import { pageEventSchema } from "../../shared/contracts/page-event.ts";
import { sendEventSchema } from "../../shared/contracts/send-event.ts";
import { snsEventSchema } from "../../shared/contracts/sns-event.ts";
import { holdEventSchema, stepEventSchema } from "../../shared/contracts/step-event.ts";
import { streamEventSchema } from "../../shared/contracts/stream-event.ts";
import { CareError } from "../../shared/errors/care-error.ts";
import { stepStack } from "../../shared/middleware/stacks.ts";
import type { Store } from "../../shared/ports/store.ts";
import { buildTask, episodeId, tuesdayMorning } from "../builders/state.ts";
import { personAt, StaffWorld } from "../fakes/staff-world.ts";
import { MemoryPerson, publishIn } from "../simulation/memory-people.ts";

/** Inputs for each consumer; `THROUGHCARE_TEST_VOLUME=full` tries ten times as many. */
const isFullVolume = process.env.THROUGHCARE_TEST_VOLUME === "full";
const runs = isFullVolume ? 10_000 : 1000;
// The full volume looks for what is new; the usual one tells whether something that was right has broken.
fc.configureGlobal(isFullVolume ? {} : { seed: 20_270_111 });

const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    "\u0000",
    "\u202E",
    "<script>alert(1)</script>",
    "../..",
    "%00",
    "2027-02-30",
  ),
  fc.constantFrom("9999-99-99T99:99:99Z", "NaN", "1e999", "__proto__", "constructor"),
);
const oddValue = fc.oneof(
  oddText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(-1, 0, 1.5, 2 ** 53, Number.NaN),
);

/** A valid value with some of its fields, at any depth, put to something odd, left out or added. */
function spoiled(valid: unknown): fc.Arbitrary<unknown> {
  return fc
    .array(fc.tuple(fc.nat({ max: 60 }), fc.oneof(oddValue, fc.constant(undefined)), oddText), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) => changes.reduce(spoilOnce, JSON.parse(JSON.stringify(valid))));
}

function spoilOnce(
  value: unknown,
  [index, odd, name]: readonly [number, unknown, string],
): unknown {
  const paths = pathsOf(value);
  const path = paths[index % paths.length] ?? [];
  if (index % 7 === 0) return put(value, [...path.slice(0, -1), name], odd);
  return put(value, path, odd);
}

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (value === null || typeof value !== "object") return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function put(value: unknown, path: readonly string[], odd: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return odd;
  if (value === null || typeof value !== "object") return odd;
  const copy: Record<string, unknown> = Array.isArray(value)
    ? ([...value] as unknown as Record<string, unknown>)
    : { ...value };
  Object.defineProperty(copy, key, {
    value: put(Reflect.get(copy, key), rest, odd),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

/** Counts the transactions of a store that were committed. */
function countWrites(store: Store): () => number {
  let writes = 0;
  const transact = store.transact.bind(store);
  store.transact = async (operations) => {
    await transact(operations);
    writes += 1;
  };
  return () => writes;
}

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
              oddText,
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
  }, 120_000);

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
  }, 120_000);

  test("the staff's pages answer odd forms below 500 and never repeat markup that was sent", async () => {
    const paths = [
      ...["/staff", "/staff/people", "/staff/attendance", "/staff/queue", "/staff/signed-in"],
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
  }, 120_000);

  function oddPath(path: string, text: string): string {
    return path.replace(/[^/]+$/, encodeURIComponent(text.toWellFormed()));
  }
  function key() {
    return fc.stringMatching(/^[\x21-\x7e]{0,140}$/);
  }
});

describe("what other services hand to us", () => {
  let world: MemoryWorld;
  let person: MemoryPerson;
  let writes: () => number;
  // A step that is superseded may have been handed over to the next execution on the way.
  const names = ["InvalidInputError", "NotFoundError", "EpisodeMovedOnError"];

  beforeAll(async () => {
    // A Monday morning with a week under way, waits registered and messages planned.
    world = new MemoryWorld({ startAt: "2027-01-04T14:00:00.000Z" });
    await publishIn(world);
    person = new MemoryPerson(world, 1);
    await person.refer();
    await person.fillForms();
    await person.decide("admission-approval", "approved");
    await world.advanceHours(30);
    writes = countWrites(world.store);
  });

  /** Hands spoiled events to a function; what is refused is refused by name and wrote nothing. */
  async function refusesByName(
    valid: unknown,
    run: (event: unknown) => Promise<unknown>,
  ): Promise<void> {
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoiled(valid), oddValue), async (event) => {
        const before = writes();
        try {
          await run(event);
        } catch (error) {
          expect(error).toBeInstanceOf(CareError);
          if (names.includes((error as CareError).name)) expect(writes()).toBe(before);
        }
      }),
      { numRuns: runs },
    );
  }

  async function driver(workflow: string) {
    for (const item of await person.items())
      if (item.kind === "driver" && item.workflow === workflow) return item;
    throw new Error(`There is no ${workflow} driver`);
  }

  test("workflow steps", async () => {
    const { driverId, generation } = await driver("weekly-program");
    const now = world.now();
    const handler = stepStack({
      logger: () => world.deps.logger,
      schema: stepEventSchema,
      run: (event) => advanceCare(world.deps, event),
    });
    await refusesByName(
      {
        schemaVersion: 1,
        workflow: "weekly-program",
        step: "review-week",
        episodeId: person.episodeId,
        driverId,
        generation,
        executionName: `${driverId}-g${generation}`,
        executionStartedAt: now,
        enteredAt: now,
        looks: 1,
      },
      (event) => handler(event, {} as never),
    );
  }, 120_000);

  test("waits", async () => {
    const { driverId, generation } = await driver("weekly-program");
    const handler = stepStack({
      logger: () => world.deps.logger,
      schema: holdEventSchema,
      run: (event) => holdCare(world.deps, event),
    });
    await refusesByName(
      {
        schemaVersion: 1,
        workflow: "weekly-program",
        episodeId: person.episodeId,
        driverId,
        generation,
        token: "a-token",
        holdUntil: world.now(),
        plannedAtVersion: 1,
        enteredAt: world.now(),
        retryCount: 0,
      },
      (event) => handler(event, {} as never),
    );
  }, 120_000);

  test("sends and pages", async () => {
    const { driverId } = await driver("weekly-program");
    const send = stepStack({
      logger: () => world.deps.logger,
      schema: sendEventSchema,
      run: (event) => sendMessage(world.deps, event),
    });
    const sentBefore = world.sent.length;
    await refusesByName({ schemaVersion: 1, episodeId: person.episodeId, driverId }, (event) =>
      send(event, {} as never),
    );
    const page = stepStack({
      logger: () => world.deps.logger,
      schema: pageEventSchema,
      run: (event) => pageOnCall(world.deps, event),
    });
    await refusesByName(
      {
        schemaVersion: 1,
        episodeId: person.episodeId,
        escalationSk: "ESC#x#y",
        tier: 0,
        attempt: 0,
      },
      (event) => page(event, {} as never),
    );
    const ids = world.sent.slice(sentBefore).map((message) => message.messageId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(world.pages).toEqual([]);
  }, 120_000);

  test("texts from anybody", async () => {
    const handler = stepStack({
      logger: () => world.deps.logger,
      schema: snsEventSchema,
      run: (event) =>
        receiveSms(
          { ...world.deps, optOutList: { add: async () => {}, remove: async () => {} } },
          event,
        ),
    });
    const message = {
      originationNumber: "+12125550001",
      destinationNumber: "+12125550111",
      messageKeyword: "KEYWORD",
      messageBody: "hello",
      inboundMessageId: "in-1",
    };
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoiled(message), oddValue), async (odd) => {
        await handler(snsEvent("inbound", odd ?? null, world.now()), {} as never);
      }),
      { numRuns: runs },
    );
    await refusesByName(snsEvent("inbound", message, world.now()), (event) =>
      handler(event, {} as never),
    );
  }, 120_000);

  test("delivery reports, in any order and any number", async () => {
    const handler = stepStack({
      logger: () => world.deps.logger,
      schema: snsEventSchema,
      run: (event) => recordDelivery(world.deps, event),
    });
    const [sent] = world.sent;
    const entry: OutboxEntry = {
      id: "01JHTEST0000000000000000Z1",
      channel: sent?.channel ?? "sms",
      to: "+12125550001",
      from: "+12125550111",
      text: "x",
      links: [],
      sentAt: world.now(),
      providerMessageId: `p-${sent?.messageId}`,
      status: "accepted",
      tags: { messageId: sent?.messageId ?? "", participantId: "p", templateId: "t" },
    };
    const now = world.now();
    const reports = (["delivered", "bounced", "complained", "blocked"] as const).flatMap((kind) => [
      sesEvent(entry, kind, now),
      smsEvent(entry, kind, now),
    ]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(reports, { minLength: 1 }), async (some) => {
        for (const report of some) await handler(report, {} as never);
      }),
      { numRuns: runs / 10 },
    );
    const inner = JSON.parse(reports[0]?.Records[0]?.Sns.Message ?? "{}");
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoiled(inner), oddValue), async (odd) => {
        try {
          await handler(snsEvent("events", odd ?? null, now), {} as never);
        } catch (error) {
          expect(error).toBeInstanceOf(CareError);
        }
      }),
      { numRuns: runs },
    );
  }, 120_000);

  test("streams of the tables", async () => {
    const record = {
      eventName: "INSERT",
      dynamodb: {
        Keys: {
          pk: { S: `EP#${person.episodeId}` },
          sk: { S: "EFFECT#01JHTEST0000000000000000Z1" },
        },
        NewImage: { effect: { M: { kind: { S: "page" } } } },
        SequenceNumber: "1",
      },
    };
    const effects = stepStack({
      logger: () => world.deps.logger,
      schema: streamEventSchema,
      run: (event) => carryOutEffects(world.deps, event.Records),
    });
    const archived = new Set<string>();
    const archive = stepStack({
      logger: () => world.deps.logger,
      schema: streamEventSchema,
      run: (event) =>
        archiveAudit(
          {
            logger: world.deps.logger,
            archive: { putOnce: async (name) => void archived.add(name) },
          },
          event.Records,
        ),
    });
    await refusesByName({ Records: [record, record] }, (event) => effects(event, {} as never));
    await refusesByName({ Records: [record, record] }, (event) => archive(event, {} as never));
  }, 120_000);
});
