import { describe, expect, it } from "vitest";
import type { ReceiveSmsDeps } from "../../../functions/receive-sms/inbound.ts";
import { receiveSms } from "../../../functions/receive-sms/receive-sms.ts";
import { sweepStalledWork } from "../../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryPager } from "../../../local/in-memory/memory-pager.ts";
import { MemorySender } from "../../../local/in-memory/memory-sender.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { snsEvent } from "../../../local/messaging/sns-event.ts";
import { snsEventSchema } from "../../../shared/contracts/sns-event.ts";
import {
  contactPointEpisodeItem,
  loadContactPoint,
} from "../../../shared/store/contact-point-items.ts";
import { loadEpisode } from "../../../shared/store/decide-and-commit.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { itemsOf } from "../../builders/steps.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const phone = "+15550100142";
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

async function withEpisode(more: Parameters<typeof personAt>[1]) {
  const world = await StaffWorld.create(tuesdayMorning);
  const contactPointId = world.deps.secrets.contactPointId(phone);
  const reach = { sms: { contactPointId, kind: "own" } } as const;
  await world.add({ episode: personAt("riverside", { reach, ...more }) });
  const sender = new MemorySender();
  const deps: ReceiveSmsDeps = {
    ...world.deps,
    sender,
    pager: new MemoryPager(),
    publicOrigin: "https://care.example.org",
    optOutList: { add: async () => {}, remove: async () => {} },
    logger: quiet,
  };
  const text = (messageBody: string) => {
    const message = {
      originationNumber: phone,
      destinationNumber: "+12125550111",
      messageBody,
      inboundMessageId: `in-${messageBody.length}`,
    };
    return receiveSms(deps, snsEventSchema.parse(snsEvent("in", message, world.clock.now())));
  };
  return { world, contactPointId, sender, text };
}

describe("a text", () => {
  it("that speaks of danger raises an alert also after the pathway has ended, and is answered", async () => {
    const { world, sender, text } = await withEpisode({ status: "closed" });
    expect(await text("I want to die")).toEqual({ applied: 1 });
    expect(sender.sent).toMatchObject([{ templateId: "crisis-reply" }]);
    world.clock.advanceMinutes(2);
    const functions = new MemoryFunctionRunner();
    const runner = new MemoryWorkflowRunner();
    await sweepStalledWork({ ...world.deps, functions, runner, logger: quiet });
    const state = await loadEpisode(world.store, episodeId);
    if (state === undefined) throw new Error("There is no such episode");
    expect(itemsOf(state, "escalation")).toMatchObject([{ tier: "RED", status: "open" }]);
    expect(itemsOf(state, "driver")).toMatchObject([{ workflow: "escalation" }]);
  });

  it("from somebody whose care has ended is theirs: a person reads it with their name, and when and how it ended", async () => {
    const { world, sender, text } = await withEpisode({
      status: "closed",
      disposition: "left-before-completing",
      closingReason: "completed",
      closedAt: "2026-12-01T15:00:00.000Z",
    });
    expect(await text("hi, can I come back to the group?")).toEqual({ applied: 1 });
    expect(sender.sent).toMatchObject([{ templateId: "auto-reply" }]);
    world.clock.advanceMinutes(2);
    const functions = new MemoryFunctionRunner();
    const runner = new MemoryWorkflowRunner();
    await sweepStalledWork({ ...world.deps, functions, runner, logger: quiet });
    const { body } = await world.call("casey-riverside", "GET", "/api/v1/queue?tab=overdue");
    expect(body).toBeDefined();
    const state = await loadEpisode(world.store, episodeId);
    if (state === undefined) throw new Error("There is no such episode");
    const [task, ...others] = itemsOf(state, "task");
    expect(others).toEqual([]);
    expect(task).toMatchObject({
      taskKind: "inbound-reply",
      priority: "urgent",
      words:
        "A text came from somebody whose care ended on 2026-12-01 (completed, after: left before completing). Read it, answer the same day, and where they want to come back, enter a referral.",
    });
    const page = await world.page("casey-riverside", `/staff/tasks/${task?.taskId}`);
    expect(page.html).toContain("can I come back to the group?");
    expect(page.html).toContain(`/staff/episodes/${episodeId}`);
  });

  it("that says stop counts after care has ended, and is confirmed", async () => {
    const { world, contactPointId, sender, text } = await withEpisode({
      status: "withdrawn",
      closedAt: "2026-12-01T15:00:00.000Z",
    });
    expect(await text("STOP")).toEqual({ applied: 1 });
    expect(sender.sent).toMatchObject([{ templateId: "stop-confirm" }]);
    expect(await loadContactPoint(world.store, contactPointId)).toMatchObject({
      state: "opted-out",
    });
  });

  it("that says stop counts also where very many people gave the number", async () => {
    const { world, contactPointId, text } = await withEpisode({ status: "active" });
    for (let index = 0; index < 130; index += 1) {
      const other = `01JHEP00000000000000000${String(index).padStart(3, "0")}`;
      await world.put(
        contactPointEpisodeItem(contactPointId, {
          episodeId: other,
          siteId: "riverside",
          participantId: other,
        }),
      );
    }
    expect(await text("STOP")).toEqual({ applied: 1 });
    expect(await loadContactPoint(world.store, contactPointId)).toMatchObject({
      state: "opted-out",
    });
  });
});
