import { beforeEach, describe, expect, it } from "vitest";
import { recordDelivery } from "../../../functions/record-delivery/record-delivery.ts";
import { snsEvent } from "../../../local/messaging/sns-event.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import { snsEventSchema } from "../../../shared/contracts/sns-event.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { explainMessage } from "../../../shared/messages/explain-message.ts";
import { readEpisodeItem } from "../../../shared/store/episode-forms.ts";
import { buildMessage } from "../../builders/message.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

let world: StaffWorld;
let errors: string[];
let text: Message;
let email: Message;

const fields = { claimedAt: tuesdayMorning, attempts: 1, status: "UNKNOWN" } as const;

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  errors = [];
  text = buildMessage({ ...fields, occurrence: "w1" });
  email = buildMessage({ ...fields, occurrence: "w2", channel: "email", status: "ACCEPTED" });
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-04" }),
    items: [text, email],
  });
});

const report = (event: unknown) =>
  recordDelivery(
    {
      ...world.deps,
      logger: { info: () => {}, warn: () => {}, error: (sentence) => void errors.push(sentence) },
    },
    snsEventSchema.parse(snsEvent("events", event, world.clock.now())),
  );
const phoneEvent = (messageStatus: string, messageId = text.messageId) => ({
  eventType: `TEXT_${messageStatus}`,
  messageId: "provider-1",
  messageStatus,
  context: { messageId },
});
const mailEvent = (eventType: string, more: object = {}) => ({
  eventType,
  mail: { messageId: "provider-2", tags: { messageId: [email.messageId] } },
  ...more,
});

async function stored(message: Message): Promise<Message> {
  const item = readEpisodeItem((await world.item(episodeId, message.sk)) ?? expect.fail());
  return item.kind === "message" ? item : expect.fail();
}
async function contactState(contactPointId: string): Promise<unknown> {
  const key = keys.contactPoint(contactPointId);
  return (await world.store.get("care", key.pk, key.sk))?.state;
}

describe("a message of which nobody knows whether it went out", () => {
  it("is settled by the report that it arrived", async () => {
    expect(await report(phoneEvent("DELIVERED"))).toEqual({ recorded: 1 });
    expect(await stored(text)).toMatchObject({
      status: "DELIVERED",
      providerMessageId: "provider-1",
      settledAt: tuesdayMorning,
    });
  });

  it("is settled by the report that it was taken, and later that it arrived, in any order", async () => {
    await report(phoneEvent("DELIVERED"));
    expect(await report(phoneEvent("SENT"))).toEqual({ "nothing-new": 1 });
    expect(await report(phoneEvent("DELIVERED"))).toEqual({ "nothing-new": 1 });
    expect((await stored(text)).status).toBe("DELIVERED");
  });

  it("keeps a state that is not known in the provider's own word", async () => {
    await report(phoneEvent("TELEPORTED"));
    expect(await stored(text)).toMatchObject({ status: "UNKNOWN", providerStatus: "TELEPORTED" });
  });
});

describe("a number that does not take texts", () => {
  it.each([
    ["INVALID", "invalid", "the number does not exist"],
    ["BLOCKED", "blocked", "it was blocked on its way"],
    ["SPAM", "blocked", "it was blocked on its way"],
  ])("is closed for what its carrier said: %s", async (said, failure, reason) => {
    await report(phoneEvent(said));
    const key = keys.contactPoint("cp-sms");
    expect(await world.store.get("care", key.pk, key.sk)).toMatchObject({
      state: "failed",
      failure,
    });
    expect(await stored(text)).toMatchObject({ status: "FAILED", reason });
    expect(await contactState("cp-email")).not.toBe("failed");
  });
});

describe("an address that does not take mail", () => {
  it("for good is closed for everybody who shares it, and the other channel takes over", async () => {
    const bounce = mailEvent("Bounce", { bounce: { bounceType: "Permanent" } });
    expect(await report(bounce)).toEqual({ recorded: 1 });
    expect(await contactState("cp-email")).toBe("failed");
    expect((await stored(email)).status).toBe("FAILED");
    expect(await report(bounce)).toEqual({ "nothing-new": 1 });
    const audit = await world.store.query("audit", keys.contactPoint("cp-email").pk);
    expect(audit.items).toHaveLength(1);
    const items = await world.store.query("care", `EP#${episodeId}`, { skPrefix: "EFFECT#" });
    expect(items.items).not.toEqual([]);
  });

  it("for the moment fails the message and stays open", async () => {
    await report(mailEvent("Bounce", { bounce: { bounceType: "Transient" } }));
    expect(await contactState("cp-email")).toBe("open");
    expect((await stored(email)).status).toBe("FAILED");
  });

  it.each([
    { status: "5.4.4" },
    { status: "5.1.1" },
    { diagnosticCode: "smtp; 550 5.1.1 <nobody@example.org> User unknown" },
  ])("for good by its status is closed, whatever the provider calls it: %o", async (recipient) => {
    const bounce = {
      bounceType: "Transient",
      bounceSubType: "General",
      bouncedRecipients: [{ emailAddress: "nobody@example.org", ...recipient }],
    };
    await report(mailEvent("Bounce", { bounce }));
    expect(await contactState("cp-email")).toBe("failed");
    expect((await stored(email)).reason).toBe("the address does not exist");
  });

  it.each([
    ["MailboxFull", "5.2.2"],
    ["General", "5.7.1"],
    ["General", "5.3.4"],
    ["General", "4.4.7"],
    ["ContentRejected", "5.6.0"],
  ])("for this message alone stays open: %s, %s", async (bounceSubType, status) => {
    const bounce = { bounceType: "Transient", bounceSubType, bouncedRecipients: [{ status }] };
    await report(mailEvent("Bounce", { bounce }));
    expect(await contactState("cp-email")).toBe("open");
    expect((await stored(email)).status).toBe("FAILED");
  });

  it("after a server had taken it is the last word, in either order, and the person hears otherwise", async () => {
    const bounce = mailEvent("Bounce", {
      bounce: { bounceType: "Transient", bouncedRecipients: [{ status: "4.4.7" }] },
    });
    await report(mailEvent("Delivery"));
    expect((await stored(email)).status).toBe("DELIVERED");
    expect(await report(bounce)).toEqual({ recorded: 1 });
    expect(await report(mailEvent("Delivery"))).toEqual({ "nothing-new": 1 });
    const ended = await stored(email);
    expect(ended).toMatchObject({
      status: "FAILED",
      reason: "a server took it and sent it back: it could not be delivered",
    });
    const text = await world.item(episodeId, email.sk.replace(/#email$/, "#sms"));
    expect(text).toMatchObject({ kind: "message", channel: "sms", status: "PLANNED" });
    expect(explainMessage(ended, {} as never).words).toBe(
      "It was tried and did not arrive: a server took it and sent it back: it could not be delivered.",
    );
  });

  it("a text keeps its rule: a late report that it arrived is the stronger news", async () => {
    await report(phoneEvent("UNREACHABLE"));
    expect((await stored(text)).status).toBe("FAILED");
    await report(phoneEvent("DELIVERED"));
    await report(phoneEvent("UNREACHABLE"));
    expect((await stored(text)).status).toBe("DELIVERED");
  });

  it("after a complaint is never written to again", async () => {
    await report(mailEvent("Complaint"));
    expect(await contactState("cp-email")).toBe("opted-out");
  });

  it.each(["abuse", "fraud", "other", "virus", undefined])(
    "after feedback of the kind %s is never written to again",
    async (complaintFeedbackType) => {
      await report(mailEvent("Complaint", { complaint: { complaintFeedbackType } }));
      expect(await contactState("cp-email")).toBe("opted-out");
    },
  );

  it.each(["not-spam", "NOT-SPAM", "auth-failure"])(
    "stays open after feedback by which nobody asks for an end: %s",
    async (complaintFeedbackType) => {
      await report(mailEvent("Complaint", { complaint: { complaintFeedbackType } }));
      expect(await contactState("cp-email")).toBe("open");
      expect((await stored(email)).status).toBe("ACCEPTED");
    },
  );

  it("that complained before got nothing, though the mail was taken: the person hears otherwise", async () => {
    const complaint = { complaintSubType: "OnAccountSuppressionList", complaintFeedbackType: null };
    await report(mailEvent("Send"));
    expect(await report(mailEvent("Complaint", { complaint }))).toEqual({ recorded: 1 });
    expect(await contactState("cp-email")).toBe("opted-out");
    expect((await stored(email)).status).toBe("FAILED");
    const other = await world.item(episodeId, email.sk.replace(/#email$/, "#sms"));
    expect(other).toMatchObject({ kind: "message", channel: "sms", status: "PLANNED" });
  });

  it("a delay that is told late says nothing of a mail that has arrived", async () => {
    await report(mailEvent("DeliveryDelay"));
    expect((await stored(email)).providerStatus).toBe("DeliveryDelay");
    await report(mailEvent("Delivery"));
    expect(await report(mailEvent("DeliveryDelay"))).toEqual({ "nothing-new": 1 });
    expect(await stored(email)).toMatchObject({ status: "DELIVERED", providerStatus: "Delivery" });
  });
});

it.each([
  ["UNREACHABLE", "FAILED"],
  ["CARRIER_UNREACHABLE", "FAILED"],
  ["CARRIER_BLOCKED", "FAILED"],
  ["TTL_EXPIRED", "FAILED"],
  ["PROTECT_BLOCKED", "FAILED"],
  ["INVALID_MESSAGE", "FAILED"],
  ["QUEUED", "ACCEPTED"],
  ["PENDING", "ACCEPTED"],
  ["SENT", "ACCEPTED"],
  ["SUCCESSFUL", "DELIVERED"],
  ["DELIVERED", "DELIVERED"],
])("a text that is %s is %s, and its number takes the next one", async (status, becomes) => {
  await report(phoneEvent(status));
  expect((await stored(text)).status).toBe(becomes);
  expect(await contactState("cp-sms")).toBe("open");
});

it("of several reports at once each is taken over, and what the next try may mend is given again before what it cannot", async () => {
  const [unreadable] = snsEventSchema.parse(
    snsEvent("events", { odd: true }, world.clock.now()),
  ).Records;
  const [missing] = snsEventSchema.parse(
    snsEvent("events", phoneEvent("DELIVERED", "01JHTEST000000000000000NON"), world.clock.now()),
  ).Records;
  const [good] = snsEventSchema.parse(
    snsEvent("events", phoneEvent("DELIVERED"), world.clock.now()),
  ).Records;
  const together = { Records: [unreadable, missing, good].flatMap((one) => one ?? []) };
  const logger = { info: () => {}, warn: () => {}, error: () => {} };
  await expect(recordDelivery({ ...world.deps, logger }, together)).rejects.toThrow(
    "There is no such message yet",
  );
  expect((await stored(text)).status).toBe("DELIVERED");
});

it("a state that is not known is told in the log each time, in the provider's own word", async () => {
  const told: unknown[] = [];
  const logger = {
    info: () => {},
    warn: (_sentence: string, fields?: object) => void told.push(fields),
    error: () => {},
  };
  const event = snsEventSchema.parse(
    snsEvent("events", phoneEvent("TELEPORTED"), world.clock.now()),
  );
  for (let time = 0; time < 2; time += 1) await recordDelivery({ ...world.deps, logger }, event);
  expect(told).toEqual(Array(2).fill({ messageId: text.messageId, code: "TELEPORTED" }));
});

it.each(["INVALID", "BLOCKED", "SPAM"])(
  "a text that ends as %s closes the number",
  async (status) => {
    await report(phoneEvent(status));
    expect(await contactState("cp-sms")).toBe("failed");
    expect((await stored(text)).status).toBe("FAILED");
  },
);

it("a report of a page or of another system is left alone, one of no known shape is no success", async () => {
  expect(await report({ eventType: "TEXT_SENT", messageId: "x", messageStatus: "SENT" })).toEqual({
    "not-ours": 1,
  });
  await expect(report({ hello: "world" })).rejects.toMatchObject({ name: "UnreadableEventError" });
  expect(errors).toHaveLength(1);
});

it("a report that comes before its message can be found is given again", async () => {
  await expect(report(phoneEvent("SENT", "01JHTEST00000000000000NONE"))).rejects.toMatchObject({
    name: "NotFoundError",
  });
});
