// Long because every way in which people share a number is tried on one set of people.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { carryOutOutbox } from "../../../functions/carry-out-effects/carry-out-effects.ts";
import type { ReceiveSmsDeps } from "../../../functions/receive-sms/inbound.ts";
import { receiveSms } from "../../../functions/receive-sms/receive-sms.ts";
import { FixedClock } from "../../../local/in-memory/fixed-clock.ts";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryPager } from "../../../local/in-memory/memory-pager.ts";
import { MemorySender } from "../../../local/in-memory/memory-sender.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { snsEvent } from "../../../local/messaging/sns-event.ts";
import { createUlidIds } from "../../../shared/aws/ids/ulid-ids.ts";
import { createHmacSecrets } from "../../../shared/aws/secrets/hmac-secrets.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { Actor } from "../../../shared/care/episode/actor.ts";
import { cancelTasks } from "../../../shared/care/pathway/end-plans.ts";
import { raiseEscalation } from "../../../shared/care/safety/raise-escalation.ts";
import { openTask } from "../../../shared/care/tasks/open-task.ts";
import { parseIntakeRequest } from "../../../shared/contracts/intake-request.ts";
import { snsEventSchema } from "../../../shared/contracts/sns-event.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { loadContactPoint } from "../../../shared/store/contact-point-items.ts";
import { decideAndCommit, loadEpisode } from "../../../shared/store/decide-and-commit.ts";
import type { MemoryStore, StoreFault } from "../../../shared/store/memory/memory-store.ts";
import { workflowReviews } from "../../../workflows/registry.ts";
import { openIntake } from "../../../workflows/run/open-intake.ts";
import { fc } from "../../builders/properties.ts";
import { tuesdayMorning } from "../../builders/state.ts";
import { itemsOf } from "../../builders/steps.ts";
import { selfReferral } from "../../fakes/intake-sender.ts";
import { seedWorld } from "../../fakes/seed-world.ts";
import { storeKinds, type TestStore } from "../../fakes/test-stores.ts";

const shelterPhone = "+12125550142";
/** As many as no transaction could hold; on the database server, whose requests cost, as many as show that it answers alike. */
const peopleIn = { memory: 100, dynamodb: 15 } as const;
const staff: Actor = { kind: "staff", staffId: "avery-riverside", functions: ["clinician"] };

describe.each(["memory", "dynamodb"] as const)(
  "a number of many people, in the %s store",
  (kind) => {
    const people = peopleIn[kind];
    let running: TestStore;
    let deps: ReceiveSmsDeps;
    const clock = new FixedClock(tuesdayMorning);
    const sender = new MemorySender();
    const functions = new MemoryFunctionRunner();
    const episodeIds: string[] = [];
    let contactPointId: string;
    /** Operations of each transaction since the last look. */
    let sizes: number[] = [];

    beforeAll(async () => {
      running = await storeKinds[kind]();
      const { store } = running;
      const transact = store.transact.bind(store);
      store.transact = async (operations) => {
        await transact(operations);
        sizes.push(operations.length);
      };
      deps = {
        store,
        clock,
        ids: createUlidIds(clock),
        secrets: createHmacSecrets({
          linkSecret: "a secret for tests only, long enough to be taken",
          contactSecret: "a contact secret for tests only, long enough",
        }),
        reviews: workflowReviews,
        pause: { milliseconds: (ms) => new Promise((resolve) => setTimeout(resolve, ms / 10)) },
        sender,
        pager: new MemoryPager(),
        publicOrigin: "https://care.example.org",
        optOutList: { add: async () => {}, remove: async () => {} },
        logger: { info: () => {}, warn: () => {}, error: () => {} },
      };
      await seedWorld(deps);
      contactPointId = deps.secrets.contactPointId(shelterPhone);
      for (let number = 0; number < people; number += 1) {
        // One phone may be named 50 times an hour.
        if (number % 40 === 39) clock.advanceMinutes(61);
        episodeIds.push(await refer(number));
      }
      await carryOutAll();
      clock.advanceMinutes(61);
    }, 120_000);
    afterAll(() => running.stop());

    async function refer(number: number): Promise<string> {
      const participant = { ...selfReferral.participant, phone: shelterPhone, phoneKind: "shared" };
      const { email: _email, ...withoutEmail } = participant;
      const body = {
        ...selfReferral,
        participant: { ...withoutEmail, name: { given: "Robin", family: `Testperson ${number}` } },
        consents: { sms: true, email: false, voicemail: true },
      };
      const parsed = parseIntakeRequest(body, "2027-01-12");
      if (parsed.request === undefined) throw new Error(JSON.stringify(parsed.problems));
      const opened = await openIntake(deps, {
        request: parsed.request,
        identity: {
          scope: "test",
          key: `referral-${number}`,
          method: "POST",
          path: "/intakes",
          body: JSON.stringify(body),
        },
        actorOf: (participantId) => ({ kind: "participant", participantId }),
      });
      if (opened.outcome !== "opened") throw new Error(`Not opened: ${opened.outcome}`);
      return opened.answer.episodeId;
    }

    function text(messageBody: string, inboundMessageId: string) {
      const message = {
        originationNumber: shelterPhone,
        destinationNumber: "+12125550111",
        messageBody,
        inboundMessageId,
      };
      return receiveSms(deps, snsEventSchema.parse(snsEvent("inbound", message, clock.now())));
    }

    /** What the stream does, until nothing is owed; returns how many outbox entries there were. */
    async function carryOutAll(): Promise<number> {
      let done = 0;
      for (let round = 0; round < 10; round += 1) {
        const partitions = [
          keys.contactPoint(contactPointId).pk,
          ...episodeIds.map((episodeId) => keys.episode(episodeId).pk),
        ];
        let owed = 0;
        for (const pk of partitions) {
          const page = await deps.store.query("care", pk, { skPrefix: "EFFECT#" });
          owed += page.items.length;
          const answer = await carryOutOutbox(
            { ...deps, functions, runner: new MemoryWorkflowRunner() },
            page.items.map((item) => ({
              eventName: "INSERT",
              dynamodb: { Keys: { pk: { S: item.pk }, sk: { S: item.sk } }, SequenceNumber: "1" },
            })),
          );
          expect(answer.batchItemFailures).toEqual([]);
        }
        if (owed === 0) return done;
        done += owed;
      }
      throw new Error("The effects do not come to an end");
    }

    async function each<Found>(look: (episodeId: string) => Promise<Found>): Promise<Found[]> {
      const found: Found[] = [];
      for (const episodeId of episodeIds) found.push(await look(episodeId));
      return found;
    }

    async function stateOf(episodeId: string) {
      const state = await loadEpisode(deps.store, episodeId);
      if (state === undefined) throw new Error(`There is no episode ${episodeId}`);
      return state;
    }

    const notesUnder = async (owner: string) =>
      (await deps.store.query("identity", `NOTES#${owner}`, { skPrefix: "NOTE#" })).items;

    it("takes words of crisis in one small write, and every one of them is paged about, once", async () => {
      const words = "i cant go on, i want to die \ud83d";
      functions.calls.length = 0;
      sizes = [];
      expect(await text(words, "in-crisis")).toEqual({ applied: 1 });
      expect(sizes[0]).toBe(3);
      expect(Math.max(...sizes)).toBeLessThan(20);
      expect(sender.sent.filter((one) => one.templateId === "crisis-reply")).toHaveLength(1);
      expect(await text(words, "in-crisis")).toEqual({ duplicate: 1 });
      await carryOutAll();
      const alerts = await each(async (id) => itemsOf(await stateOf(id), "escalation"));
      for (const some of alerts) expect(some).toMatchObject([{ tier: "RED", status: "open" }]);
      const pages = functions.calls.filter((call) => call.functionName === "page-on-call");
      expect(new Set(pages.map(({ payload }) => payload.episodeId))).toEqual(new Set(episodeIds));
      expect(pages).toHaveLength(people);
      const notes = await each(notesUnder);
      for (const some of notes)
        expect(some).toMatchObject([{ text: words.toWellFormed(), contactPointId }]);
      // Everybody has their copy: none is left behind.
      expect(await notesUnder(keys.contactPoint(contactPointId).pk)).toEqual([]);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    }, 120_000);

    it("hands a text out again after a crash in between, and nothing happens twice", async () => {
      expect(await text("Can I come on Thursday?", "in-crash")).toEqual({ applied: 1 });
      const { pk } = keys.contactPoint(contactPointId);
      const [owed] = (await deps.store.query("care", pk, { skPrefix: "EFFECT#" })).items;
      const [note] = await notesUnder(pk);
      if (owed === undefined || note === undefined) throw new Error("Nothing is owed");
      await carryOutAll();
      // As it stood before the last write: the outbox entry and the words are still there.
      await deps.store.transact([
        { put: { table: "care", item: owed } },
        { put: { table: "identity", item: note } },
      ]);
      await carryOutAll();
      const tasks = await each(async (id) =>
        itemsOf(await stateOf(id), "task").filter((task) => task.about?.id === note.sk.slice(5)),
      );
      for (const some of tasks) expect(some).toHaveLength(1);
    }, 120_000);

    it("closes for all of them with one stop, at once", async () => {
      sizes = [];
      expect(await text("STOP", "in-stop")).toEqual({ applied: 1 });
      expect(await loadContactPoint(deps.store, contactPointId)).toMatchObject({
        state: "opted-out",
      });
      expect(Math.max(...sizes)).toBeLessThan(20);
      await carryOutAll();
      const planned = await each(async (id) =>
        itemsOf(await stateOf(id), "message").filter((message) => message.status === "PLANNED"),
      );
      expect(planned.flat()).toEqual([]);
      const tasks = await each(async (id) =>
        itemsOf(await stateOf(id), "task").filter((task) => task.taskKind === "channel-needed"),
      );
      for (const some of tasks) expect(some).toHaveLength(1);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    }, 120_000);

    it("lets an episode with hundreds of open items be changed: what does not fit follows", async () => {
      const [episodeId = ""] = episodeIds;
      const decide = (commandId: string, change: (draft: Draft, ctx: DecisionContext) => void) =>
        decideAndCommit(deps, {
          episodeId,
          commandId,
          actor: staff,
          decide: (state, ctx) => {
            const draft = new Draft(state, ctx);
            change(draft, ctx);
            return { answer: "done", change: draft.finish("many-items-changed", {}) };
          },
        });
      for (let round = 0; round < 6; round += 1)
        await decide(`open-${round}`, (draft, ctx) => {
          for (let number = 0; number < 40; number += 1)
            openTask(draft, ctx, {
              taskKind: "first-contact-call",
              occurrence: `many-${round}-${number}`,
              words: "Call.",
              assignedFunction: "case-manager",
              dueAt: clock.now(),
            });
        });
      sizes = [];
      await decide("close-all", (draft, ctx) => {
        cancelTasks(draft);
        raiseEscalation(draft, ctx, {
          tier: "RED",
          source: "text",
          rule: "crisis-words.en.1",
          reason: "Words may speak of danger.",
          occasion: "with-the-many",
        });
      });
      expect(sizes).toEqual([100]);
      const open = (await stateOf(episodeId)).episode.open.filter((sk) => sk.includes("#many-"));
      expect(open).toEqual([]);
      functions.calls.length = 0;
      await carryOutAll();
      expect(functions.calls).toMatchObject([{ functionName: "page-on-call" }]);
      const { pk } = keys.episode(episodeId);
      for (let round = 0; round < 6; round += 1) {
        const page = await deps.store.query("care", pk, {
          skPrefix: `TASK#first-contact-call#many-${round}`,
        });
        expect(page.items.map((item) => item.status)).toEqual(Array(40).fill("cancelled"));
        expect(page.items.every((item) => item.queuePartition === undefined)).toBe(true);
      }
    }, 60_000);

    it("keeps whatever is sent, by whoever, or asks for it again", async () => {
      const words = fc
        .array(
          fc.oneof(
            fc.string({ unit: "binary", maxLength: 30 }),
            fc.constantFrom(
              "\ud83d",
              "\ude14",
              "\u0000",
              "STOP",
              "i want to die",
              "help",
              "__proto__",
            ),
          ),
          { maxLength: 4 },
        )
        .map((parts) => parts.join(" "));
      const from = fc.oneof(
        fc.constantFrom<unknown>(shelterPhone, "+15550100177", "+12125550113", "72345", "", null),
        words,
      );
      const faults = fc.array(
        fc.constantFrom<StoreFault>("write-not-made", "answer-lost", "conflict", "read"),
        { maxLength: 3 },
      );
      const memory = kind === "memory" ? (running.store as MemoryStore) : undefined;
      let sent = 0;
      await fc.assert(
        fc.asyncProperty(from, words, faults, async (originationNumber, messageBody, trouble) => {
          sent += 1;
          const message = {
            originationNumber,
            destinationNumber: "+12125550111",
            messageBody,
            inboundMessageId: `in-any-${sent}`,
          };
          const event = snsEventSchema.parse(snsEvent("inbound", message, clock.now()));
          for (const fault of trouble) memory?.failNext(fault);
          for (let delivery = 1; ; delivery += 1) {
            try {
              await receiveSms(deps, event);
              break;
            } catch (error) {
              // Thrown, so it is given again: AWS does so, then keeps it in the queue that alarms.
              expect(error).toMatchObject({ name: "StoreUnavailableError" });
              expect(delivery).toBeLessThan(10);
            }
          }
          const phone = typeof originationNumber === "string" ? originationNumber : "";
          const owners = [
            keys.site("riverside").pk,
            keys.contactPoint(deps.secrets.contactPointId(phone)).pk,
          ];
          const kept: unknown[] = [];
          for (const owner of owners) {
            const page = await deps.store.query("identity", `NOTES#${owner}`, {
              skPrefix: "NOTE#",
              limit: 3,
              descending: true,
            });
            kept.push(...page.items.map((item) => item.text));
          }
          expect(kept).toContain(messageBody.toWellFormed());
          clock.advanceMinutes(1);
        }),
        { numRuns: memory === undefined ? 150 : 1000 },
      );
    }, 120_000);
  },
);
