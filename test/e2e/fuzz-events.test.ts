import { beforeAll, describe, expect, test } from "vitest";
import { advanceCare } from "../../functions/advance-care/advance-care.ts";
import { archiveAudit } from "../../functions/archive-audit/archive-audit.ts";
import { carryOutOutbox } from "../../functions/carry-out-effects/carry-out-effects.ts";
import { holdCare } from "../../functions/hold-care/hold-care.ts";
import { pageOnCall } from "../../functions/page-on-call/page-on-call.ts";
import { receiveSms } from "../../functions/receive-sms/receive-sms.ts";
import { recordDelivery } from "../../functions/record-delivery/record-delivery.ts";
import { sendMessage } from "../../functions/send-message/send-message.ts";
import { MemoryWorld } from "../../local/in-memory/memory-world.ts";
import type { OutboxEntry } from "../../local/messaging/outbox.ts";
import { sesEvent, smsEvent } from "../../local/messaging/provider-events.ts";
import { snsEvent } from "../../local/messaging/sns-event.ts";
import { pageEventSchema } from "../../shared/contracts/page-event.ts";
import { sendEventSchema } from "../../shared/contracts/send-event.ts";
import { holdEventSchema, stepEventSchema } from "../../shared/contracts/step-event.ts";
import { CareError } from "../../shared/errors/care-error.ts";
import { UnreadableEventError } from "../../shared/errors/unreadable-event-error.ts";
import { stepStack } from "../../shared/middleware/step-stack.ts";
import { streamStack } from "../../shared/middleware/stream-stack.ts";
import { topicStack } from "../../shared/middleware/topic-stack.ts";
import { MemoryPerson, publishIn } from "../bench/memory-people.ts";
import { fc } from "../builders/properties.ts";
import { callHandler } from "../fakes/call-handler.ts";
import { testTelemetry } from "../fakes/telemetry.ts";
import { countWrites, oddValue, runs, spoiled } from "./support/spoiled.ts";

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

  async function run(workflow: string) {
    for (const item of await person.items())
      if (item.kind === "driver" && item.workflow === workflow) return item;
    throw new Error(`There is no ${workflow} driver`);
  }

  test("workflow steps", async () => {
    const { driverId, generation } = await run("weekly-program");
    const now = world.now();
    const handler = stepStack({
      telemetry: testTelemetry("fuzz", world.deps.logger),
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
      (event) => callHandler(handler, event),
    );
  }, 900_000);

  test("waits", async () => {
    const { driverId, generation } = await run("weekly-program");
    const handler = stepStack({
      telemetry: testTelemetry("fuzz", world.deps.logger),
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
      (event) => callHandler(handler, event),
    );
  }, 900_000);

  test("sends and pages", async () => {
    const { driverId, generation } = await run("weekly-program");
    const now = world.now();
    const send = stepStack({
      telemetry: testTelemetry("fuzz", world.deps.logger),
      schema: sendEventSchema,
      run: (event) => sendMessage(world.deps, event),
    });
    const sentBefore = world.sent.length;
    await refusesByName(
      {
        schemaVersion: 1,
        workflow: "weekly-program",
        step: "send-week-messages",
        episodeId: person.episodeId,
        driverId,
        generation,
        executionName: `${driverId}-g${generation}`,
        executionStartedAt: now,
        enteredAt: now,
        looks: 1,
      },
      (event) => callHandler(send, event),
    );
    const page = stepStack({
      telemetry: testTelemetry("fuzz", world.deps.logger),
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
      (event) => callHandler(page, event),
    );
    const ids = world.sent.slice(sentBefore).map((message) => message.messageId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(world.pages).toEqual([]);
  }, 900_000);

  test("texts from anybody", async () => {
    const handler = topicStack({
      telemetry: testTelemetry("fuzz", world.deps.logger),
      run: (event) =>
        receiveSms(
          { ...world.deps, optOutList: { add: async () => {}, remove: async () => {} } },
          event,
        ),
    });
    const message = {
      originationNumber: "+12125550101",
      destinationNumber: "+12125550111",
      messageKeyword: "KEYWORD",
      messageBody: "hello",
      inboundMessageId: "in-1",
    };
    const textFields = ["originationNumber", "messageBody", "inboundMessageId"];
    const isText = (odd: unknown) =>
      textFields.some((field) => (odd as Record<string, unknown> | null)?.[field] != null);
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoiled(message), oddValue), async (odd) => {
        const sent = JSON.parse(JSON.stringify(odd ?? null));
        const kept = world.store.all("identity").length;
        try {
          const counts = (await callHandler(
            handler,
            snsEvent("inbound", sent, world.now()),
          )) as Readonly<Record<string, number>>;
          expect(Object.values(counts)).toEqual([1]);
          if (counts.duplicate === undefined)
            expect(world.store.all("identity").length).toBeGreaterThan(kept);
        } catch (error) {
          // What is no text at all goes to the queue of failed events; nothing else may fail.
          if (!(error instanceof UnreadableEventError)) throw error;
          expect(isText(sent)).toBe(false);
        }
      }),
      { numRuns: runs },
    );
    await refusesByName(snsEvent("inbound", message, world.now()), (event) =>
      callHandler(handler, event),
    );
  }, 900_000);

  test("delivery reports, in any order and any number", async () => {
    const handler = topicStack({
      telemetry: testTelemetry("fuzz", world.deps.logger),
      run: (event) => recordDelivery(world.deps, event),
    });
    const [sent] = world.sent;
    const entry: OutboxEntry = {
      id: "01JHTEST0000000000000000Z1",
      channel: sent?.channel ?? "sms",
      to: "+12125550101",
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
        for (const report of some) await callHandler(handler, report);
      }),
      { numRuns: runs / 50 },
    );
    const inner = JSON.parse(reports[0]?.Records[0]?.Sns.Message ?? "{}");
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoiled(inner), oddValue), async (odd) => {
        try {
          await callHandler(handler, snsEvent("events", odd ?? null, now));
        } catch (error) {
          expect(error).toBeInstanceOf(CareError);
        }
      }),
      { numRuns: runs },
    );
  }, 900_000);

  test("streams of the tables", async () => {
    const record = {
      eventName: "INSERT",
      dynamodb: {
        Keys: {
          pk: { S: `EP#${person.episodeId}` },
          sk: { S: "EFFECT#01JHTEST0000000000000000Z1" },
        },
        NewImage: { json: { S: '{"effect":{"kind":"page"}}' } },
        SequenceNumber: "1",
      },
    };
    const outbox = streamStack({
      telemetry: testTelemetry("fuzz", world.deps.logger),
      run: (records) => carryOutOutbox(world.deps, records),
    });
    const archived = new Set<string>();
    const archive = streamStack({
      telemetry: testTelemetry("fuzz", world.deps.logger),
      run: (records) =>
        archiveAudit(
          {
            logger: world.deps.logger,
            archive: { putOnce: async (name) => void archived.add(name) },
            store: world.store,
          },
          records,
        ),
    });
    await refusesByName({ Records: [record, record] }, (event) => callHandler(outbox, event));
    await refusesByName({ Records: [record, record] }, (event) => callHandler(archive, event));
  }, 900_000);
});
