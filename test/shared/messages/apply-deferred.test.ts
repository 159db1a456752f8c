import { describe, expect, it } from "vitest";
import { Draft } from "../../../shared/care/change/draft.ts";
import { logContact } from "../../../shared/care/pathway/log-contact.ts";
import { raiseEscalation } from "../../../shared/care/safety/raise-escalation.ts";
import { applyDeferred } from "../../../shared/messages/apply-deferred.ts";
import { inProgram, ladder } from "../../builders/complete.ts";
import { buildMessage } from "../../builders/message.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  caseManager,
  tuesdayMorning,
} from "../../builders/state.ts";
import {
  carriedOut,
  changeOf,
  itemsOf,
  openTaskOf,
  openTasks,
  refusalOf,
} from "../../builders/steps.ts";

const ctx = buildContext();

describe("a number or address that is closed", () => {
  const closed = {
    type: "channel-closed",
    channel: "sms",
    contactPointId: "cp-sms",
    why: "opted-out",
  } as const;
  const later = "2027-01-13T16:00:00.000Z";

  it("sends what was planned there the other way, and never earlier than was meant", () => {
    const text = buildMessage({ sendAt: later, expiresAt: "2027-01-15T16:00:00.000Z" });
    const state = buildState(inProgram, [text]);
    const after = carriedOut(state, applyDeferred(state, closed, ctx));
    expect(after.items.get(text.sk)).toMatchObject({
      status: "SUPPRESSED",
      reason: "contact-closed",
    });
    const email = itemsOf(after, "message").find((message) => message.channel === "email");
    expect(email).toMatchObject({ status: "PLANNED", sendAt: later, contactPointId: "cp-email" });
    expect(openTasks(after)).toEqual([]);
  });

  it("asks a person once where no other way is agreed, whatever was planned", () => {
    const episode = { ...inProgram, consents: { ...inProgram.consents, email: {} } };
    const texts = [buildMessage(), buildMessage({ step: "measures", occurrence: "w2" })];
    const state = buildState(episode, texts);
    const after = carriedOut(state, applyDeferred(state, closed, ctx));
    expect(itemsOf(after, "message").map((message) => message.status)).toEqual([
      "SUPPRESSED",
      "SUPPRESSED",
    ]);
    expect(openTaskOf(after, "channel-needed")).toMatchObject({
      words:
        "Texts cannot be sent any more: asked for no more messages there. Agree on another way to be reached.",
      about: { type: "contact-point", id: "cp-sms" },
    });
  });

  it("asks for another number when the number is wrong, although emails go on", () => {
    const state = buildState(inProgram);
    const change = applyDeferred(state, { ...closed, why: "wrong-number" }, ctx);
    expect(openTaskOf(carriedOut(state, change), "channel-needed").words).toContain(
      "belongs to somebody else",
    );
  });

  it("leaves alone messages elsewhere, and those that are being sent", () => {
    const email = buildMessage({ channel: "email" });
    const claimed = buildMessage({ step: "measures", status: "CLAIMED" });
    const state = buildState(inProgram, [email, claimed]);
    const after = carriedOut(state, applyDeferred(state, closed, ctx));
    expect(after.items.get(email.sk)).toEqual(email);
    expect(after.items.get(claimed.sk)).toEqual(claimed);
  });

  it("is nothing to somebody who is reached elsewhere, or whose pathway has ended", () => {
    const other = { ...closed, contactPointId: "cp-other" };
    expect(applyDeferred(buildState(inProgram), other, ctx)).toBeUndefined();
    const ended = buildState(buildEpisode({ status: "closed" }));
    expect(applyDeferred(ended, closed, ctx)).toBeUndefined();
  });

  it("needs nobody any more once it is open again", () => {
    const reopened = {
      type: "channel-reopened",
      channel: "sms",
      contactPointId: "cp-sms",
    } as const;
    const episode = {
      ...inProgram,
      reach: { sms: { contactPointId: "cp-sms", kind: "own" } },
    } as const;
    const before = buildState(episode);
    const state = carriedOut(before, applyDeferred(before, closed, ctx));
    expect(openTasks(carriedOut(state, applyDeferred(state, reopened, ctx)))).toEqual([]);
    expect(applyDeferred(before, reopened, ctx)).toBeUndefined();
    const again = carriedOut(state, applyDeferred(state, reopened, ctx));
    const twice = carriedOut(again, applyDeferred(again, closed, ctx));
    expect(openTasks(twice, "channel-needed")).toHaveLength(1);
  });
});

describe("what a participant writes", () => {
  it.each([
    ["refill", "nurse"],
    ["schedule", "front-desk"],
    ["other", "case-manager"],
  ] as const)("goes to a person by what it is about: %s", (sort, assignedFunction) => {
    const command = {
      type: "inbound-reply",
      sort,
      noteId: "note-1",
      receivedAt: tuesdayMorning,
    } as const;
    const state = buildState(buildEpisode({ status: "closed" }));
    const after = carriedOut(state, applyDeferred(state, command, ctx));
    expect(openTaskOf(after, "inbound-reply")).toMatchObject({
      assignedFunction,
      dueAt: "2027-01-13T23:00:00.000Z",
      about: { type: "note", id: "note-1" },
    });
  });

  it("shares a task among more unread replies than a person reads one by one", () => {
    let state = buildState(inProgram);
    for (let number = 1; number <= 60; number += 1) {
      const command = {
        type: "inbound-reply",
        sort: "other",
        noteId: `note-${String(number).padStart(3, "0")}`,
        receivedAt: tuesdayMorning,
      } as const;
      const change = changeOf(applyDeferred(state, command, ctx));
      // Each is in the audit trail, so each is on the timeline.
      expect(change.audit).toMatchObject({ action: "reply-received" });
      expect(change.audit.facts.noteId).toBe(command.noteId);
      state = carriedOut(state, change);
    }
    const tasks = openTasks(state, "inbound-reply");
    expect(tasks).toHaveLength(50);
    expect(tasks.filter((task) => task.evidence.more !== undefined)).toMatchObject([
      { evidence: { more: 10 }, words: expect.stringContaining("Read all of them") },
    ]);
  });

  it.each(["text", "email"] as const)(
    "pages at once for words of crisis in a %s, and locks nothing",
    (source) => {
      const command = {
        type: "crisis-words",
        source,
        rule: "crisis-words.en.1",
        noteId: "n1",
      } as const;
      const state = buildState(inProgram);
      const change = changeOf(applyDeferred(state, command, ctx));
      const after = carriedOut(state, change);
      expect(itemsOf(after, "escalation")).toMatchObject([
        { tier: "RED", confirmed: false, trigger: { source, about: "n1" } },
      ]);
      expect(change.outbox.map((entry) => entry.kind).sort()).toEqual(["page", "start-driver"]);
      expect(applyDeferred(after, command, ctx)).toBeUndefined();
    },
  );

  it("does not page for an answer that a clinician has just assessed", () => {
    const assessed = { value: 2, at: "2027-01-10T16:00:00.000Z" };
    const draft = new Draft(
      buildState({ ...inProgram, lastClinicianAssessedItem9: assessed }),
      ctx,
    );
    const concern = {
      tier: "ORANGE",
      source: "instrument",
      rule: "phq-9.phq9-9.ORANGE",
      occasion: "w3",
      reason: "PHQ-9 item 9 answered 2",
    } as const;
    expect(raiseEscalation(draft, ctx, { ...concern, value: 2 })).toEqual({ outcome: "joined" });
    expect(raiseEscalation(draft, ctx, { ...concern, value: 3 }).outcome).toBe("raised");
    expect(raiseEscalation(draft, ctx, { ...concern, value: 3 }).outcome).toBe("known");
  });
});

describe("a contact that no task asked for", () => {
  const byStaff = buildContext({ actor: caseManager });

  it("ends the ladders that look for the person", () => {
    const state = buildState({ ...inProgram, unreachedContacts: 2 }, [ladder]);
    const change = logContact(
      state,
      { channel: "phone", outcome: "reached", note: "Is fine" },
      byStaff,
    );
    const after = carriedOut(state, change);
    expect(after.items.get(ladder.sk)).toMatchObject({ status: "reached" });
    expect(after.episode.unreachedContacts).toBe(0);
    expect(changeOf(change).audit.facts).toMatchObject({ channel: "phone", outcome: "reached" });
    expect(changeOf(change).identityPuts).toHaveLength(1);
  });

  it("counts those that reached nobody, and lets the ladders climb on", () => {
    const state = buildState(inProgram, [ladder, buildTask()]);
    const after = carriedOut(
      state,
      logContact(state, { channel: "letter", outcome: "not-reached" }, byStaff),
    );
    expect(after.episode.unreachedContacts).toBe(1);
    expect(after.items.get(ladder.sk)).toEqual(ladder);
  });

  it("raises an alert for a worry, also after the pathway has ended", () => {
    const state = buildState(buildEpisode({ status: "closed" }));
    const body = { channel: "phone", outcome: "reached", safetyConcern: true } as const;
    expect(itemsOf(carriedOut(state, logContact(state, body, byStaff)), "escalation")).toHaveLength(
      1,
    );
  });

  it("refuses outcomes that are none, and anybody but staff", () => {
    const state = buildState(inProgram);
    expect(
      refusalOf(logContact(state, { channel: "phone", outcome: "maybe" }, byStaff)).sentence,
    ).toBe(
      "maybe is no outcome of a contact. Choose one of: reached, not-reached, left-voicemail, left-message, declined.",
    );
    expect(
      refusalOf(logContact(state, { channel: "phone", outcome: "reached" }, ctx)).refused,
    ).toBe("not-allowed");
  });
});

describe("somebody in aftercare who says that they need to come back", () => {
  const reply = {
    type: "inbound-reply",
    sort: "other",
    noteId: "01JHTEST0000000000000000N9",
    receivedAt: tuesdayMorning,
    asksToReturn: true,
  } as const;
  const inAftercare = buildEpisode({
    ...inProgram,
    status: "aftercare",
    lastContact: { at: "2027-01-08T15:00:00.000Z", how: "spoke", by: "casey-riverside" },
  });

  it("is spoken with on the same day, by whoever spoke with them last", () => {
    const state = buildState(inAftercare);
    const after = carriedOut(state, applyDeferred(state, reply, ctx));
    const task = openTaskOf(after, "inbound-reply");
    expect(task).toMatchObject({
      assignedFunction: "case-manager",
      assignedTo: "casey-riverside",
      priority: "urgent",
    });
    expect(task.words).toContain("need to come back");
    expect(task.dueAt.slice(0, 10)).toBe(tuesdayMorning.slice(0, 10));
    // They have written: that is the last contact, and who spoke with them last is still known.
    expect(after.episode.lastContact).toEqual({
      at: tuesdayMorning,
      how: "wrote",
      by: "casey-riverside",
    });
  });

  it("is not confused with a question, nor with somebody who is in the program", () => {
    const { asksToReturn: _asks, ...question } = reply;
    for (const [episode, command] of [
      [inAftercare, question],
      [inProgram, reply],
    ] as const) {
      const state = buildState(episode);
      const after = carriedOut(state, applyDeferred(state, command, ctx));
      expect(openTaskOf(after, "inbound-reply").words).toBe("A reply came. Read it and answer.");
    }
  });
});
