import { archiveAudit } from "../../../functions/archive-audit/archive-audit.ts";
import { carryOutOutbox } from "../../../functions/carry-out-effects/carry-out-effects.ts";
import { holdCare } from "../../../functions/hold-care/hold-care.ts";
import { pageOnCall } from "../../../functions/page-on-call/page-on-call.ts";
import { receiveSms } from "../../../functions/receive-sms/receive-sms.ts";
import { recordDelivery } from "../../../functions/record-delivery/record-delivery.ts";
import { sweepStalledWork } from "../../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import type { FunctionName } from "../../../infra/functions/catalogue.ts";
import { MemorySender } from "../../../local/in-memory/memory-sender.ts";
import { snsEvent } from "../../../local/messaging/sns-event.ts";
import { createS3AuditArchive } from "../../../shared/aws/archive/s3-audit-archive.ts";
import { createDynamoDbClient } from "../../../shared/aws/dynamodb/dynamodb-client.ts";
import { createDynamoDbStore } from "../../../shared/aws/dynamodb/dynamodb-store.ts";
import { createFunctionRunner } from "../../../shared/aws/lambda/function-runner.ts";
import { createMessageSender } from "../../../shared/aws/message-sender.ts";
import { createOptOutList } from "../../../shared/aws/sms/opt-out-list.ts";
import { createVoicePager } from "../../../shared/aws/sms/voice-pager.ts";
import { createStepFunctionsRunner } from "../../../shared/aws/step-functions/step-functions-runner.ts";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import { pageEventSchema } from "../../../shared/contracts/page-event.ts";
import { sendEventSchema } from "../../../shared/contracts/send-event.ts";
import { holdEventSchema } from "../../../shared/contracts/step-event.ts";
import { scheduleStack } from "../../../shared/middleware/schedule-stack.ts";
import { stepStack } from "../../../shared/middleware/step-stack.ts";
import { streamStack } from "../../../shared/middleware/stream-stack.ts";
import { topicStack } from "../../../shared/middleware/topic-stack.ts";
import { countedPager } from "../../../shared/observability/counted-sending.ts";
import { createTelemetry, type Telemetry } from "../../../shared/observability/telemetry.ts";
import { deliverClaimed } from "../../../shared/sending/deliver-claimed.ts";
import { buildMessage } from "../../builders/message.ts";
import { buildRun, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { callHandler } from "../../fakes/call-handler.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";
import { printed } from "../../fakes/telemetry.ts";
import { jsonError, type WireAnswer, type WireStub } from "../../fakes/wire-stub.ts";
import { scheduled, tableChange } from "../documented/events.ts";
import type { LogLine } from "./insights.ts";

export type Recorded = Readonly<Partial<Record<FunctionName, readonly LogLine[]>>>;

/** An answer of AWS that no client repeats, often enough for everything that one call asks. */
const refused = (name: string): readonly WireAnswer[] =>
  Array.from({ length: 60 }, () => jsonError(400, name));
const denied = refused("AccessDeniedException");

const escalationId = "01JHTEST0000000000000000X1";
const alert: Escalation = {
  kind: "escalation",
  sk: "ESC#intake#phq-9/phq9-9",
  version: 1,
  escalationId,
  tier: "RED",
  status: "open",
  raisedAt: tuesdayMorning,
  contactDueAt: "2027-01-12T17:00:00.000Z",
  trigger: { source: "instrument", rule: "phq-9/phq9-9", value: 2 },
  reason: "An answer about self-harm.",
  pageTier: 0,
  pageAttempt: 0,
  tierEndsAt: "2027-01-12T16:15:00.000Z",
  acknowledgements: [],
  contacts: [],
  confirmed: true,
};
const phone = "+15550100142";
const sets = { emailConfigurationSet: "throughcare", smsConfigurationSet: "throughcare" };
const runnerOptions = {
  stateMachineArnPrefix: "arn:aws:states:us-east-1:000000000000:stateMachine:throughcare-",
};

/**
 * What the functions log while AWS refuses them or something that nobody can read arrives: their own code, the
 * SDK's own clients, and a service that answers as AWS does. Words that a participant wrote are among the
 * inputs; a test sees that no line has them.
 */
export async function recordLines(stub: WireStub): Promise<Recorded> {
  const recorded: Partial<Record<FunctionName, LogLine[]>> = {};
  const record = async (
    name: FunctionName,
    answers: readonly WireAnswer[],
    make: (telemetry: Telemetry) => Promise<unknown>,
  ) => {
    stub.reset();
    stub.answerNext(...answers);
    const telemetry = createTelemetry(name);
    const lines = await printed(() => make(telemetry));
    recorded[name] = [
      ...(recorded[name] ?? []),
      ...lines.map((line): LogLine => JSON.parse(line)).filter((line) => "message" in line),
    ];
  };
  const call = (handler: (...input: never[]) => unknown, event: unknown) =>
    callHandler(handler, event, { functionName: "throughcare", awsRequestId: "request-1" });
  const world = await testWorld();
  const cut = createDynamoDbStore({
    client: createDynamoDbClient(),
    tables: {
      care: "throughcare-care",
      identity: "throughcare-identity",
      audit: "throughcare-audit",
    },
  });
  const runner = createStepFunctionsRunner(runnerOptions);
  const functions = createFunctionRunner();

  await record("archive-audit", denied, (telemetry) =>
    call(
      streamStack({
        telemetry,
        run: (records) =>
          archiveAudit(
            { archive: createS3AuditArchive({ bucket: "archive" }), store: cut, ...telemetry },
            records,
          ),
      }),
      tableChange("throughcare-audit", { pk: "EP#01J", sk: "AUDIT#1" }).event,
    ),
  );
  await record("carry-out-effects", denied, (telemetry) =>
    call(
      streamStack({
        telemetry,
        run: (records) =>
          carryOutOutbox({ ...world.deps, store: cut, runner, functions, ...telemetry }, records),
      }),
      tableChange("throughcare-care", { pk: `EP#${episodeId}`, sk: "EFFECT#1" }).event,
    ),
  );
  await record("hold-care", denied, (telemetry) =>
    call(
      stepStack({
        telemetry,
        schema: holdEventSchema,
        run: (event) => holdCare({ ...world.deps, store: cut }, event),
      }),
      {
        schemaVersion: 1,
        workflow: "intake",
        episodeId,
        driverId: `intake-${episodeId}`,
        generation: 2,
        token: "token",
        holdUntil: tuesdayMorning,
        plannedAtVersion: 1,
        enteredAt: tuesdayMorning,
        retryCount: 0,
      },
    ),
  );
  await record("page-on-call", denied, (telemetry) =>
    call(
      stepStack({
        telemetry,
        schema: pageEventSchema,
        run: (event) =>
          pageOnCall({ ...world.deps, pager: pagerOf(telemetry), logger: telemetry.logger }, event),
      }),
      { schemaVersion: 1, episodeId, escalationSk: alert.sk, tier: 0, attempt: 0 },
    ),
  );
  const receive = (telemetry: Telemetry, store = world.deps.store) =>
    topicStack({
      telemetry,
      run: (event) =>
        receiveSms(
          {
            ...world.deps,
            store,
            sender: new MemorySender(),
            pager: pagerOf(telemetry),
            publicOrigin: "https://care.example.org",
            optOutList: createOptOutList({ listName: "participants" }),
            logger: telemetry.logger,
          },
          event,
        ),
    });
  const text = (body: unknown) => snsEvent("inbound", body, tuesdayMorning);
  const stop = {
    originationNumber: "+15550100177",
    destinationNumber: "+12125550111",
    messageBody: "STOP",
    inboundMessageId: "in-1",
  };
  await record("receive-sms", denied, (telemetry) => call(receive(telemetry), text(stop)));
  await record("receive-sms", denied, (telemetry) =>
    call(receive(telemetry, cut), text({ ...stop, inboundMessageId: "in-2" })),
  );
  await record("receive-sms", [], (telemetry) => call(receive(telemetry), text("no text at all")));
  await record("record-delivery", [], (telemetry) =>
    call(
      topicStack({
        telemetry,
        run: (event) => recordDelivery({ ...world.deps, logger: telemetry.logger }, event),
      }),
      text({ nobody: "knows" }),
    ),
  );
  const send = (answers: readonly WireAnswer[]) =>
    record("send-message", answers, (telemetry) =>
      call(
        stepStack({
          telemetry,
          schema: sendEventSchema,
          run: async () =>
            deliverClaimed(
              {
                ...world.deps,
                publicOrigin: "https://care.example.org",
                sender: createMessageSender(sets),
                logger: telemetry.logger,
              },
              { episodeId, siteId: "riverside", participantId: "p", timeZone: "America/New_York" },
              buildMessage({ status: "CLAIMED", attempts: 1 }),
              {
                messageId: "01JHMSG",
                participantId: "p",
                templateId: "weekly-text",
                channel: "sms",
                to: phone,
                from: "+12125550111",
                senderName: "Riverside Office",
                text: "See you today.",
                language: "en",
              },
            ),
        }),
        { schemaVersion: 1, episodeId, messageSk: "MSG#weekly-text#w1#sms" },
      ),
    );
  await send(denied);
  await send(["hang-up"]);
  await send(refused("ThrottlingException"));
  await record("sweep-stalled-work", denied, (telemetry) =>
    call(
      scheduleStack({
        telemetry,
        run: () => sweepStalledWork({ ...world.deps, runner, functions, ...telemetry }),
      }),
      scheduled.event,
    ),
  );
  return recorded;
}

function pagerOf({ metrics, logger }: Telemetry) {
  return countedPager(createVoicePager({ configurationSet: "throughcare" }), metrics, logger);
}

/** Somebody with an open alert and a step that is overdue. */
async function testWorld(): Promise<StaffWorld> {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", {
      status: "active",
      openEscalations: [{ escalationId, tier: "RED" }],
    }),
    items: [
      alert,
      buildRun("escalation", escalationId, {
        data: { escalationSk: alert.sk },
        expectedBy: "2027-01-12T15:00:00.000Z",
      }),
    ],
  });
  return world;
}
