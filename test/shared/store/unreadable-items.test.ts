import { beforeEach, describe, expect, it } from "vitest";
import { receiveSms } from "../../../functions/receive-sms/receive-sms.ts";
import {
  type SweepDeps,
  sweepStalledWork,
} from "../../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryPager } from "../../../local/in-memory/memory-pager.ts";
import { MemorySender } from "../../../local/in-memory/memory-sender.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { snsEvent } from "../../../local/messaging/sns-event.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { WorkflowRun } from "../../../shared/care/episode/workflow-run.ts";
import { snsEventSchema } from "../../../shared/contracts/sns-event.ts";
import { UnreadableItemError } from "../../../shared/errors/unreadable-item-error.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { allowedFields } from "../../../shared/observability/logger.ts";
import type { LogFields } from "../../../shared/ports/logger.ts";
import type { StoredItem } from "../../../shared/ports/store.ts";
import { compileProgram } from "../../../shared/publishing/compile-program.ts";
import { decideAndCommit } from "../../../shared/store/decide-and-commit.ts";
import { loadPolicy, policyItem, policyJson } from "../../../shared/store/load-policy.ts";
import { outboxItem } from "../../../shared/store/outbox-item.ts";
import { reportProblem } from "../../../workflows/run/report-problem.ts";
import { buildMessage } from "../../builders/message.ts";
import { shippedFiles } from "../../builders/program-files.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const stranger = "+12125550177";
const run: WorkflowRun = {
  kind: "driver",
  sk: "DRIVER#weekly-program#week-1",
  version: 1,
  driverId: `weekly-program-${episodeId}-w1`,
  workflow: "weekly-program",
  subject: `${episodeId}-w1`,
  generation: 1,
  step: "hold-week",
  status: "running",
  expectedBy: "2027-02-01T00:00:00.000Z",
  data: { week: 1 },
};

let world: StaffWorld;
let log: Record<string, string | number>[];
let pager: MemoryPager;
let deps: SweepDeps;

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  log = [];
  pager = new MemoryPager();
  const note = (sentence: string, fields: LogFields = {}) =>
    void log.push({ sentence, ...allowedFields(fields) });
  deps = {
    ...world.deps,
    runner: new MemoryWorkflowRunner(),
    functions: new MemoryFunctionRunner(),
    logger: { info: () => {}, warn: () => {}, error: note },
  };
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-04" }),
    items: [buildMessage(), run],
  });
});

/** Changes an item as no code of this release would. */
async function spoil(key: { readonly pk: string; readonly sk: string }, fields: object) {
  const item = await world.store.get("care", key.pk, key.sk);
  if (item === undefined) throw new Error("There is no such item");
  await world.put({ ...item, ...fields });
}

/** What stands in the site's queue about things that cannot be read. */
async function told(): Promise<readonly StoredItem[]> {
  const { items } = await world.store.query("care", keys.site("riverside").pk, {
    skPrefix: "TASK#workflow-problem",
  });
  return items;
}

/** Publishes the live policy again as no code of this release would: without a part. */
async function without(name: string): Promise<void> {
  const key = keys.policy();
  const item = await world.store.get("care", key.pk, key.sk);
  const json = item === undefined ? undefined : await policyJson(item);
  if (json === undefined) throw new Error("There is no policy");
  const kept = Object.entries(JSON.parse(json)).filter(([part]) => part !== name);
  await world.put(await policyItem(key, JSON.stringify(Object.fromEntries(kept))));
}

const rename = (draftAction: string) =>
  decideAndCommit(deps, {
    episodeId,
    commandId: `test/${draftAction}`,
    actor: { kind: "system", part: "advance-care" },
    decide: (state, ctx) => {
      const draft = new Draft(state, ctx);
      for (const item of draft.items())
        if (item.kind === "message") draft.replace(item, { reason: draftAction });
      return { answer: "done", change: draft.finish(draftAction) };
    },
  });

describe("an item of an episode that cannot be read", () => {
  const messageKey = keys.episodeItem(episodeId, buildMessage().sk);

  it("decides nothing: the command fails by name and nothing is written", async () => {
    await spoil(messageKey, { status: "SENT-BY-PIGEON" });
    await expect(rename("changed")).rejects.toMatchObject({
      name: "UnreadableItemError",
      isRetryable: true,
      details: {
        kind: "message",
        pk: messageKey.pk,
        sk: messageKey.sk,
        fault: "status: invalid_value",
      },
    });
  });

  it("makes a step that cannot be carried out a task of the site, once a day", async () => {
    await spoil(messageKey, { status: "SENT-BY-PIGEON" });
    const input = { episodeId, driver: run, problem: "UnreadableItemError" };
    await reportProblem(deps, { ...input, commandId: "a" });
    await reportProblem(deps, { ...input, commandId: "b" });
    const tasks = await told();
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({
      status: "open",
      priority: "urgent",
      evidence: { episodeId, kind: "message", fault: "status: invalid_value" },
    });
    const queue = await world.call("casey-riverside", "GET", "/queue?tab=work");
    expect(JSON.stringify(queue.body)).toContain("cannot be read");
  });

  it("is told by the sweep where work that is due meets it, with key and path in the log", async () => {
    await world.put({
      ...outboxItem({
        pk: keys.episode(episodeId).pk,
        siteId: "riverside",
        effectId: "01JHEF000000000000000000E1",
        effect: { kind: "send", episodeId, messageSk: "MSG#x" },
        now: "2027-01-12T12:00:00.000Z",
      }),
      effect: { kind: "sing", words: "Amina Quillfeather" },
    });
    await sweepStalledWork(deps);
    await sweepStalledWork(deps);
    // It may have been a page, or words of danger: somebody is paged when nobody looks.
    expect(await told()).toMatchObject([{ priority: "safety", owed: { tier: "RED" } }]);
    const [line] = log.filter(({ errorName }) => errorName === "UnreadableItemError");
    expect(line).toMatchObject({ itemKind: "effect", itemFault: "effect.kind: invalid_union" });
    expect(JSON.stringify(log)).not.toContain("Quillfeather");
    const key = keys.effect(keys.episode(episodeId).pk, "01JHEF000000000000000000E1");
    expect(await world.store.get("care", key.pk, key.sk)).toBeDefined();
  });

  it("does not hide the others in the queue, and stands there itself", async () => {
    for (const occurrence of ["one", "two", "three"]) {
      const fault = { table: "care", pk: "SITE#x", sk: occurrence, fault: "x" };
      await reportProblem(
        { ...deps, store: failingOnce(fault) },
        { episodeId, driver: run, problem: "x", commandId: occurrence },
      );
    }
    const tasks = await told();
    expect(tasks).toHaveLength(3);
    const [bad] = tasks;
    if (bad !== undefined) await spoil(bad, { dueAt: "soon" });
    const { body } = await world.call("casey-riverside", "GET", "/queue?tab=work");
    const overdue = await world.call("casey-riverside", "GET", "/queue?tab=overdue");
    const all = `${JSON.stringify(body)}${JSON.stringify(overdue.body)}`;
    expect(all.match(/"taskId"/g)).toHaveLength(3);
    expect(all).toContain("A task is stored in a way that cannot be read");
  });
});

/** The store, whose episode names another fault each time. */
function failingOnce(details: Readonly<Record<string, string>>): StaffWorld["store"] {
  return new Proxy(world.store, {
    get(store, name) {
      if (name !== "getMany")
        return Reflect.get(store, name).bind?.(store) ?? Reflect.get(store, name);
      return async () => {
        throw new UnreadableItemError("A stored item cannot be read", details);
      };
    },
  });
}

describe("what a newer release has added", () => {
  it("is still there after this one has written the episode and its items", async () => {
    const root = keys.episode(episodeId);
    const message = keys.episodeItem(episodeId, buildMessage().sk);
    await spoil(root, { addedLater: { deep: true } });
    await spoil(message, { addedLater: ["kept"] });
    await rename("changed");
    expect(await world.store.get("care", root.pk, root.sk)).toMatchObject({
      version: 2,
      addedLater: { deep: true },
    });
    expect(await world.store.get("care", message.pk, message.sk)).toMatchObject({
      reason: "changed",
      addedLater: ["kept"],
    });
  });
});

describe("a policy that lacks a part", () => {
  it("is refused when it is published, with the place", () => {
    const policy = shippedFiles["policy.yaml"] ?? "";
    const start = policy.indexOf("\ncrisisWords:");
    const end = start + 1 + policy.slice(start + 1).search(/\n[a-zA-Z]+:/);
    const files = { ...shippedFiles, "policy.yaml": policy.slice(0, start) + policy.slice(end) };
    const compiled = compileProgram(files, "adult-iop");
    expect(compiled.ok).toBe(false);
    expect(compiled.findings.map(({ file }) => file)).toContain("policy.yaml");
    expect(JSON.stringify(compiled.findings)).toContain("crisisWords");
  });

  it.each(["crisisWords", "stopWords", "caps", "quietHours"])(
    "leaves the last good one in use: without %s a text that may speak of danger still pages",
    async (part) => {
      await without(part);
      const message = {
        originationNumber: stranger,
        destinationNumber: "+12125550111",
        messageBody: "I want to kill myself",
        inboundMessageId: `in-${part}`,
      };
      const sent = new MemorySender();
      await receiveSms(
        {
          ...deps,
          sender: sent,
          pager,
          publicOrigin: "https://care.example.org",
          optOutList: { add: async () => {}, remove: async () => {} },
        },
        snsEventSchema.parse(snsEvent("inbound", message, world.clock.now())),
      );
      expect(sent.sent).toMatchObject([{ templateId: "crisis-reply" }]);
      expect(pager.pages.length).toBeGreaterThan(0);
      expect(await loadPolicy(deps)).toHaveProperty(part);
    },
  );

  it("is a visible task at every site and a line in the log, each time the sweep runs", async () => {
    await without("crisisWords");
    await sweepStalledWork(deps);
    expect(await told()).toMatchObject([
      { priority: "urgent", evidence: { kind: "policy", fault: "crisisWords: invalid_type" } },
    ]);
    expect(log).toContainEqual(
      expect.objectContaining({ code: "live-data", itemKind: "policy", itemPk: "POLICY" }),
    );
  });

  it("is an error that is tried again, and nothing is decided, where no good one is left", async () => {
    await without("crisisWords");
    for (const key of [keys.policyAsPublished(), keys.policyBefore()])
      if ((await world.store.get("care", key.pk, key.sk)) !== undefined)
        await spoil(key, { content: "no policy" });
    await expect(loadPolicy(deps)).rejects.toMatchObject({ name: "UnreadableItemError" });
  });
});
