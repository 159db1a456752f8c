import { beforeEach, describe, expect, it } from "vitest";
import { addMinutes } from "../../../shared/care/time/instants.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { sentWordsPut } from "../../../shared/store/message-items.ts";
import { buildMessage } from "../../builders/message.ts";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";
import { write } from "../../fakes/test-stores.ts";

const taylor = "taylor-riverside";
const path = `/staff/episodes/${episodeId}`;
const at = (minutes: number) => addMinutes(tuesdayMorning, minutes);
const approval = buildTask({
  sk: "TASK#week-review-approval#w2",
  taskKind: "week-review-approval",
  isApproval: true,
  words: "Decide about the week.",
  proposal: "continue",
});
const sent = buildMessage({
  sk: "MSG#week-2#1#sms",
  messageId: "01JHTEST0000000000000000M1",
  status: "DELIVERED",
  acceptedAt: at(-60),
});

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-04", week: 2 }),
    items: [
      approval,
      sent,
      {
        kind: "check-in",
        sk: "CHECKIN#1",
        version: 1,
        checkInId: "01JHTEST0000000000000000C1",
        number: 1,
        checkInKind: "check-in",
        status: "answered",
        dueAt: at(-40),
        answeredAt: at(-30),
        answers: { "any-use": true },
        reasons: [],
        submissions: [],
      },
    ],
  });
  const origin = { publicOrigin: "https://care.example.org", at: at(-60) };
  const text = "Riverside: see you Thursday. https://care.example.org/k/secret-of-one";
  await write(world.store, sentWordsPut(episodeId, { messageId: sent.messageId, text }, origin));
  const note = { schemaVersion: 1, kind: "note", source: "text", at: at(-50) };
  await world.put(
    { ...keys.note(episodeId, "01JHTEST0000000000000000N1"), ...note, text: "Running late, sorry" },
    "identity",
  );
  world.clock.moveTo(at(5));
  const fields = await world.formFields(taylor, path, "contact");
  await world.page(taylor, path, {
    ...fields,
    channel: "phone",
    outcome: "reached",
    note: "Her sister drives her now.",
    safetyConcern: "no",
  });
  world.clock.moveTo(at(10));
  const decide = await world.formFields(taylor, `/staff/tasks/${approval.taskId}`, "decision");
  await world.page(taylor, `/staff/tasks/${approval.taskId}`, {
    ...decide,
    decide: "rejected/continue",
    reason: "Two more weeks of practice.",
  });
});

/** What of the thread stands on a page, from top to bottom. */
const order = (html: string, words: readonly string[]) => words.map((one) => html.indexOf(one));

describe("the thread of a person", () => {
  it("tells notes, calls, answers, replies, what was sent and what was decided in one list, the newest first", async () => {
    const { html } = await world.page(taylor, path);
    const places = order(html.slice(html.indexOf('id="thread"')), [
      "Call: reached",
      "Her sister drives her now.",
      "Answered check-in 1",
      "Text from the participant",
      "Running late, sorry",
      "Text, delivered",
      "Riverside: see you Thursday. [a link of their own]",
    ]);
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((left, right) => left - right));
    expect(html).not.toContain("secret-of-one");
    // A note that belongs to a call is said with it, and once.
    expect(html.split("Her sister drives her now.")).toHaveLength(2);
  });

  it("is narrowed down to one kind, and says how much of each there is", async () => {
    const { html } = await world.page(taylor, `${path}?kind=replies`);
    expect(html).toContain("Replies (1)");
    expect(html).toContain("Running late, sorry");
    expect(html).not.toContain("Her sister drives her now.");
    const decisions = await world.page(taylor, `${path}?kind=decisions`);
    expect(decisions.html).toContain("Two more weeks of practice.");
    const calls = await world.page(taylor, `${path}?kind=calls`);
    expect(calls.html).toContain("Her sister drives her now.");
    expect(calls.html).not.toContain("Running late, sorry");
  });

  it("is read a page at a time, and loses nothing between them", async () => {
    for (let number = 1; number <= 45; number += 1)
      await world.put(
        {
          ...keys.note(episodeId, `01JHTEST00000000000000A${String(number).padStart(3, "0")}`),
          schemaVersion: 1,
          kind: "note",
          source: "staff",
          by: taylor,
          at: at(-1000 - number),
          text: `Note number ${number}.`,
        },
        "identity",
      );
    const seen: number[] = [];
    for (const page of [1, 2, 3]) {
      const { html } = await world.page(taylor, `${path}?kind=notes&page=${page}`);
      seen.push(...[...html.matchAll(/Note number (\d+)\./g)].map(([, number]) => Number(number)));
    }
    expect(seen).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
  });
});
