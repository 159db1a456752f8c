import { beforeEach, describe, expect, it } from "vitest";
import { addHours } from "../../../shared/care/time/instants.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { siteTaskItem } from "../../../shared/store/site-task-item.ts";
import { tuesdayMorning } from "../../builders/state.ts";
import { StaffWorld } from "../../fakes/staff-world.ts";

const taskId = "01JHTEST0000000000000000S1";
const casey = "casey-riverside";
const jordan = "jordan-riverside";
let world: StaffWorld;

/** Work of the site about a text from a number that nobody has. */
const put = (priority: "normal" | "safety") =>
  world.put(
    siteTaskItem({
      siteId: "riverside",
      taskId,
      taskKind: "inbound-reply",
      occurrence: "in-1",
      words: "A text came from a number that nobody here has. Read it and answer.",
      assignedFunction: "front-desk",
      priority,
      now: tuesdayMorning,
      dueInHours: 24,
      evidence: {},
    }),
  );
const post = (what: string, body: Record<string, unknown>, as = casey) =>
  world.call(as, "POST", `/tasks/${taskId}/${what}`, body);
const stored = async () => {
  const { items } = await world.store.query("care", keys.site("riverside").pk, {
    skPrefix: "TASK#",
  });
  return items[0];
};
const trail = async () => (await world.store.query("audit", `TASK#${taskId}`)).items;

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
});

describe("work of a site that belongs to nobody's pathway", () => {
  it("is never put off where it is about somebody's safety", async () => {
    await put("safety");
    const before = await stored();
    const answer = await post("snooze", { until: addHours(tuesdayMorning, 1) });
    expect(answer.status).toBe(409);
    expect(answer.body.title).toContain("cannot be put off. Call the number now.");
    expect(await stored()).toEqual(before);
    expect(await trail()).toEqual([]);
  });

  it("is put off with its reason where it can wait", async () => {
    await put("normal");
    const until = addHours(tuesdayMorning, 1);
    expect((await post("snooze", { until, reason: "They write back at noon" })).status).toBe(200);
    expect(await stored()).toMatchObject({ snoozedUntil: until });
    expect(await trail()).toMatchObject([{ action: "task-snoozed", hasReason: true }]);
  });

  it("keeps what was noted about how it ended, beside the trail", async () => {
    await put("normal");
    const note = "Opening hours were given.";
    expect((await post("outcome", { outcome: "answered", note })).status).toBe(200);
    expect(await trail()).toMatchObject([{ action: "task-completed", hasReason: true }]);
    const said = world.store.all("identity").filter((item) => JSON.stringify(item).includes(note));
    expect(said).toHaveLength(1);
    expect(JSON.stringify(await trail())).not.toContain(note);
  });

  it.each(["assign", "snooze", "outcome"] as const)(
    "is changed by nobody who has not seen what a colleague did with it meanwhile: %s",
    async (what) => {
      await put("normal");
      expect((await post("assign", { staffId: jordan, version: 1 })).status).toBe(200);
      const late = await post(
        what,
        {
          assign: { staffId: casey, version: 1 },
          snooze: { until: addHours(tuesdayMorning, 1), version: 1 },
          outcome: { outcome: "answered", version: 1 },
        }[what],
      );
      expect(late.status).toBe(409);
      expect(await stored()).toMatchObject({ assignedTo: jordan, status: "open", version: 2 });
      expect(await trail()).toHaveLength(1);
    },
  );
});
