import { beforeAll, describe, expect, it } from "vitest";
import { readReport } from "../../../functions/record-delivery/read-report.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { wordsForReason } from "../../../shared/messages/reason-words.ts";
import { timelineWords } from "../../../shared/staff/words/timeline-words.ts";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

/** Names that every object answers to. */
const everyObjectsNames = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "__defineGetter__",
];
const as = "taylor-riverside";
const call = buildTask({ sk: "TASK#check-in-call#c1", taskKind: "check-in-call" });

let world: StaffWorld;
beforeAll(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({ episode: personAt("riverside"), items: [call] });
});

describe.each(everyObjectsNames)("the key %s", (name) => {
  it.each([
    `/episodes/${episodeId}/${name}`,
    `/episodes/${name}`,
    `/episodes/${name}/timeline`,
    `/tasks/${name}`,
    `/messages/${name}/explanation`,
    `/sessions/${name}/roster`,
    `/sites/${name}`,
    `/${name}`,
  ])("in the address %s is answered like anything that is not there", async (path) => {
    const answer = await world.call(as, "GET", path);
    expect(answer.status).toBe(404);
    expect(JSON.stringify(answer.body)).not.toMatch(/function|native/);
  });

  it.each([`/queue?tab=${name}`, `/participants?phase=${name}`, `/sessions?from=${name}`])(
    "in the question %s is refused",
    async (path) => {
      expect((await world.call(as, "GET", path)).status).toBe(400);
    },
  );

  it("opens no page of its own", async () => {
    for (const path of [`/staff/episodes/${name}`, `/staff/tasks/${name}`, `/staff/${name}`])
      expect((await world.page(as, path)).status).toBe(404);
    expect((await world.page(as, `/staff?tab=${name}`)).html).not.toContain("native code");
  });

  it("as an answer, an outcome or an assignee is refused or ignored, never a failure", async () => {
    const work = (body: unknown) =>
      world.call(as, "POST", `/tasks/${call.taskId}/outcome`, JSON.stringify(body));
    for (const body of [
      { outcome: "reached", answers: JSON.parse(`{"${name}": 1}`) },
      { outcome: name.toLowerCase() },
    ])
      expect((await work(body)).status).toBeLessThan(500);
    const assigned = await world.call(as, "POST", `/tasks/${call.taskId}/assign`, {
      staffId: name,
    });
    expect(assigned.status).toBe(400);
    expect(world.errors).toEqual([]);
  });

  it("is no kind of delivery report, no sentence of the timeline and no reason", () => {
    const report = readReport({
      eventType: "TEXT_DELIVERED",
      messageStatus: name,
      messageId: "provider-1",
      destinationPhoneNumber: "+12125550142",
    });
    expect(report?.kind).toBe("unknown");
    expect(typeof timelineWords(name, {})).toBe("string");
    expect(timelineWords(name, {})).not.toContain("native code");
    expect(wordsForReason(name)).toBe(name);
  });

  it("is found in a table only where the table has it", () => {
    expect(ownValue<unknown>({ a: 1 }, name)).toBeUndefined();
    expect(ownValue(JSON.parse(`{"${name}": 1}`), name)).toBe(1);
  });
});
