// Long because what people write to one number is read here from start to end.
import { beforeEach, describe, expect, it } from "vitest";
import { carryOutOutbox } from "../../../functions/carry-out-effects/carry-out-effects.ts";
import type { ReceiveSmsDeps } from "../../../functions/receive-sms/inbound.ts";
import { receiveSms } from "../../../functions/receive-sms/receive-sms.ts";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryPager } from "../../../local/in-memory/memory-pager.ts";
import { MemorySender } from "../../../local/in-memory/memory-sender.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { snsEvent } from "../../../local/messaging/sns-event.ts";
import { snsEventSchema } from "../../../shared/contracts/sns-event.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { readEpisodeItem } from "../../../shared/store/episode-forms.ts";
import { buildMessage } from "../../builders/message.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const riverside = "+12125550111";
const onCallPhone = "+12125550113";
const phone = "+15550100142";
const stranger = "+15550100177";

let world: StaffWorld;
let sender: MemorySender;
let pager: MemoryPager;
let errors: string[];
let optOuts: string[];
let deps: ReceiveSmsDeps;
let contactPointId: string;

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  sender = new MemorySender();
  pager = new MemoryPager();
  errors = [];
  optOuts = [];
  deps = {
    ...world.deps,
    sender: { send: async (message) => (isListed(message.to) ? onItsList : sender.send(message)) },
    pager,
    publicOrigin: "https://care.example.org",
    optOutList: {
      add: async (number) => void optOuts.push(`add ${number}`),
      remove: async (number) => void optOuts.push(`remove ${number}`),
    },
    logger: { info: () => {}, warn: () => {}, error: (sentence) => void errors.push(sentence) },
  };
  contactPointId = world.deps.secrets.contactPointId(phone);
  await world.add({
    episode: personAt("riverside", {
      status: "active",
      admittedOn: "2027-01-04",
      reach: { sms: { contactPointId, kind: "own" } },
    }),
    items: [buildMessage({ contactPointId })],
  });
});

/** As the provider does: what goes to a number on its own list is refused, the confirmation of a stop too. */
const onItsList = { outcome: "refused", code: "opted-out", isOptedOut: true } as const;
const isListed = (number: string) =>
  optOuts.findLast((line) => line.endsWith(number)) === `add ${number}`;

/** A message as the topic hands it over. */
const event = (message: unknown) =>
  snsEventSchema.parse(snsEvent("inbound", message, world.clock.now()));

let texts = 0;

/** A text as AWS hands it over; the same id again is the same text again. */
async function text(from: string, body: string, inboundMessageId = `in-${++texts}`) {
  const message = {
    originationNumber: from,
    destinationNumber: riverside,
    messageBody: body,
    inboundMessageId,
  };
  const counts = await receiveSms(deps, event(message));
  await carryOutOwed();
  return counts;
}

/** What the stream of new outbox entries does. */
async function carryOutOwed(): Promise<void> {
  const outboxDeps = {
    ...world.deps,
    logger: deps.logger,
    runner: new MemoryWorkflowRunner(),
    functions: new MemoryFunctionRunner(),
  };
  // What the number owes becomes what its episodes owe.
  for (const pk of [keys.contactPoint(contactPointId).pk, `EP#${episodeId}`]) {
    const owed = await world.store.query("care", pk, { skPrefix: "EFFECT#" });
    await carryOutOutbox(
      outboxDeps,
      owed.items.map((item) => ({
        eventName: "INSERT",
        dynamodb: { Keys: { pk: { S: item.pk }, sk: { S: item.sk } }, SequenceNumber: "1" },
      })),
    );
  }
}

async function items(prefix: string) {
  const page = await world.store.query("care", `EP#${episodeId}`, { skPrefix: prefix });
  return page.items.map(readEpisodeItem);
}

const contactPoint = async (id = contactPointId) => {
  const key = keys.contactPoint(id);
  return world.store.get("care", key.pk, key.sk);
};
const siteTasks = async () =>
  (await world.store.query("care", "SITE#riverside", { skPrefix: "TASK#" })).items;

describe("words of an overdose, in words of medicine", () => {
  it.each([
    "I took a bunch of pills",
    "swallowed all my pills",
    "I took too many of my meds",
    "me tomé un frasco de pastillas",
    "need a refill, I took all my pills",
  ])("raise the alert at once and are no nurse's refill: %s", async (body) => {
    await text(phone, body);
    expect(await items("ESC#")).toMatchObject([{ tier: "RED", isActUnderWay: true }]);
    expect(sender.sent.map((one) => one.templateId)).toEqual(["crisis-reply"]);
    const replies = (await items("TASK#")).filter(
      (task) => task.kind === "task" && task.taskKind === "inbound-reply",
    );
    expect(replies).not.toContainEqual(expect.objectContaining({ assignedFunction: "nurse" }));
  });
});

describe("STOP", () => {
  it.each(["STOP", "stop please", "Alto", "please stop texting me", "🛑"])(
    "as %j ends every text at once, is confirmed once and closes the provider's door after that",
    async (body) => {
      await text(phone, body);
      expect(await contactPoint()).toMatchObject({ state: "opted-out" });
      expect(sender.sent).toMatchObject([{ templateId: "stop-confirm", to: phone }]);
      expect(optOuts).toEqual([`add ${phone}`]);
      const [message] = (await items("MSG#weekly")).filter((item) => item.kind === "message");
      expect(message).toMatchObject({ status: "SUPPRESSED" });
      const audit = await world.store.query("audit", keys.contactPoint(contactPointId).pk);
      expect(audit.items).toHaveLength(1);
    },
  );

  it("delivered twice by the provider is one stop and one confirmation", async () => {
    await text(phone, "STOP", "in-same");
    expect(await text(phone, "STOP", "in-same")).toEqual({ duplicate: 1 });
    expect(sender.sent).toHaveLength(1);
  });

  it("and a word of danger in one text both count: the alert is raised and paged", async () => {
    await text(phone, "please stop texting me i want to die");
    expect(await contactPoint()).toMatchObject({ state: "opted-out" });
    const alerts = (await items("ESC#")).filter((item) => item.kind === "escalation");
    expect(alerts).toMatchObject([{ tier: "RED", confirmed: false, trigger: { source: "text" } }]);
    expect(sender.sent.map((one) => one.templateId)).toEqual(["stop-confirm"]);
  });

  it("from the phone of the on-call changes nothing, opens a task and alarms", async () => {
    await text(onCallPhone, "STOP");
    expect(await siteTasks()).toMatchObject([{ taskKind: "staff-opt-out", priority: "urgent" }]);
    expect(errors.join()).toContain("staff phone");
    expect(optOuts).toEqual([]);
    expect(await contactPoint(world.deps.secrets.contactPointId(onCallPhone))).toBeUndefined();
  });
});

describe("START and HELP", () => {
  it("START opens the number again, at the provider first, and is confirmed", async () => {
    await text(phone, "STOP");
    await text(phone, "START");
    expect(await contactPoint()).toMatchObject({ state: "open" });
    expect(optOuts).toEqual([`add ${phone}`, `remove ${phone}`]);
    expect(sender.sent.map((one) => one.templateId)).toEqual(["stop-confirm", "start-confirm"]);
  });

  it("HELP is answered with who we are and changes nothing", async () => {
    await text(phone, "HELP");
    expect(sender.sent).toMatchObject([{ templateId: "help-reply" }]);
    expect(await contactPoint()).toMatchObject({ state: "open" });
    expect(await items("TASK#")).toEqual([]);
  });
});

describe("what people write", () => {
  it("of danger is answered with the crisis line at once, raises an alert and pages", async () => {
    await text(phone, "i cant do this anymore i want to die");
    expect(sender.sent).toMatchObject([{ templateId: "crisis-reply" }]);
    expect(sender.sent[0]?.text).toContain("988");
    const [alert] = (await items("ESC#")).filter((item) => item.kind === "escalation");
    expect(alert).toMatchObject({ tier: "RED", status: "open" });
    const note = keys.note(episodeId, alert?.trigger.about ?? "");
    expect(await world.store.get("identity", note.pk, note.sk)).toMatchObject({
      text: "i cant do this anymore i want to die",
    });
    expect(
      JSON.stringify((await world.store.query("care", `EP#${episodeId}`)).items),
    ).not.toContain("want to die");
  });

  it.each([
    ["of danger: a person makes up for it", "i cant do this anymore i want to die", 1],
    ["of anything else: it is read anyway", "Can I come on Thursday instead?", 0],
  ])("gets no answer where it stands nowhere where to send it: %s", async (_of, words, count) => {
    const { pk, sk } = keys.address(contactPointId);
    await world.store.transact([{ delete: { table: "identity", pk, sk } }]);
    await text(phone, words);
    expect(sender.sent).toEqual([]);
    const tasks = await items("TASK#message-gap");
    expect(tasks.filter((item) => item.kind === "task")).toHaveLength(count);
  });

  it("is read by a person: one task, and one standard answer an hour", async () => {
    await text(phone, "Can I come on Thursday instead?");
    await text(phone, "Hello?");
    const tasks = (await items("TASK#inbound-reply")).filter((item) => item.kind === "task");
    expect(tasks).toHaveLength(2);
    expect(sender.sent.map((one) => one.templateId)).toEqual(["auto-reply"]);
    world.clock.advanceMinutes(59);
    await text(phone, "Is anybody there?");
    expect(sender.sent).toHaveLength(1);
    world.clock.advanceMinutes(1);
    await text(phone, "What time is the group on Friday?");
    expect(sender.sent.map((one) => one.templateId)).toEqual(["auto-reply", "auto-reply"]);
  });

  it("about a wrong number closes it and is not answered", async () => {
    await text(phone, "wrong number");
    expect((await contactPoint())?.state).not.toBe("open");
    expect(sender.sent).toEqual([]);
  });
});

describe("texts that a machine wrote", () => {
  it.each([
    "I’m driving with Do Not Disturb While Driving turned on. I’ll see your message when I get where I’m going.",
    "Liked “See you Thursday at 9”",
    "👍",
    "This is an automatic reply",
  ])("are no work, however often they come, and are not answered: %s", async (body) => {
    for (let times = 0; times < 6; times += 1) await text(phone, body);
    expect(await items("TASK#")).toEqual([]);
    expect(sender.sent).toEqual([]);
    expect((await contactPoint())?.state).toBe("open");
  });
});

describe("a sentence that only holds a word of STOP", () => {
  it.each([
    "I can't stop texting my ex, can we talk at group?",
    "stop sending people to my house",
    "please stop me",
    "end me",
  ])("stops nothing, and a person reads it: %s", async (body) => {
    await text(phone, body);
    expect((await contactPoint())?.state).toBe("open");
    expect(optOuts).toEqual([]);
    const read = [...(await items("TASK#inbound-reply")), ...(await items("ESC#"))];
    expect(read.length).toBeGreaterThan(0);
  });
});

describe("a wrong number", () => {
  const casey = "casey-riverside";

  it("that was a slip closes nothing: a person asks", async () => {
    await text(phone, "Sorry, wrong number! That was for my sister. See you Thursday");
    expect((await contactPoint())?.state).toBe("open");
    expect(await items("TASK#inbound-reply")).toHaveLength(1);
  });

  it("is put right by START, which asks a person, who opens the number again", async () => {
    await text(phone, "wrong number");
    expect((await contactPoint())?.state).not.toBe("open");
    await text(phone, "START");
    // Not a confirmation: nothing is opened by it. Who holds the phone hears who we are and where to call.
    expect(sender.sent.at(-1)).toMatchObject({ to: phone, templateId: "help-reply" });
    expect((await contactPoint())?.state).not.toBe("open");
    expect((await items("TASK#")).filter((item) => item.kind === "task")).not.toEqual([]);
    const opened = await world.call(casey, "POST", `/episodes/${episodeId}/reach-confirmation`, {
      channel: "sms",
      reason: "Rang it: it is theirs after all",
    });
    expect(opened.status).toBe(200);
    await carryOutOwed();
    expect((await contactPoint())?.state).toBe("open");
  });
});

describe("a number that nobody here has", () => {
  it("with words of danger gets the crisis line, pages the on-call and stands in the queue", async () => {
    expect(await text(stranger, "I am going to kill myself")).toEqual({ unmatched: 1 });
    expect(sender.sent).toMatchObject([{ to: stranger, templateId: "crisis-reply" }]);
    expect(sender.sent[0]?.text).toContain("988");
    expect(pager.pages.map(({ channel, to }) => [channel, to])).toEqual([
      ["call", onCallPhone],
      ["text", onCallPhone],
    ]);
    expect(pager.pages.every(({ words }) => !words.includes("kill"))).toBe(true);
    const queue = await world.call("avery-riverside", "GET", "/queue?tab=safety");
    expect(queue.body).toMatchObject({ items: [{ participant: "Unknown number" }] });
  });

  it("is answered in the language of the words of danger, from the number that participants know", async () => {
    await text(stranger, "Ya no quiero vivir, me quiero matar");
    expect(sender.sent).toMatchObject([
      { to: stranger, from: riverside, templateId: "crisis-reply", language: "es" },
    ]);
    expect(sender.sent[0]?.text).toMatch(/988.*(?:[Ll]lame|[Ll]lama|oprima|marque)/s);
  });

  it("can stop, and is told so", async () => {
    await text(stranger, "STOP");
    const id = world.deps.secrets.contactPointId(stranger);
    expect(await contactPoint(id)).toMatchObject({ state: "opted-out" });
    expect(sender.sent).toMatchObject([{ templateId: "stop-confirm", to: stranger }]);
    expect(await siteTasks()).toEqual([]);
  });

  it("is read by a person of the site whose number it wrote to", async () => {
    await text(stranger, "When do you open?");
    expect(await siteTasks()).toMatchObject([{ taskKind: "inbound-reply", status: "open" }]);
    expect(sender.sent).toEqual([]);
  });
});

describe("a text that cannot be read as it should be", () => {
  const good = {
    originationNumber: phone,
    destinationNumber: riverside,
    messageBody: "HELP",
    inboundMessageId: "in-batch",
  };
  const wordsOf = async () => {
    const page = await world.store.query("identity", "NOTES#SITE#riverside", {
      skPrefix: "NOTE#",
    });
    return page.items.map((item) => item.text);
  };

  it("because a short code sent it is kept with its words, screened, paged and shown to a person", async () => {
    const counts = await receiveSms(
      deps,
      event({ ...good, originationNumber: "72345", messageBody: "i want to die" }),
    );
    expect(counts).toEqual({ "odd-sender": 1 });
    expect(await siteTasks()).toMatchObject([
      { taskKind: "inbound-reply", priority: "safety", assignedFunction: "clinician" },
    ]);
    expect(await wordsOf()).toEqual(["i want to die"]);
    expect(pager.pages.map(({ to }) => to)).toEqual([onCallPhone, onCallPhone]);
    // Nobody can be answered there.
    expect(sender.sent).toEqual([]);
    const queue = await world.call("avery-riverside", "GET", "/queue?tab=safety");
    expect(queue.body).toMatchObject({ items: [{ participant: "Unknown number" }] });
  });

  it.each<readonly [string, { originationNumber?: unknown; messageBody?: string }]>([
    ["without a sender", { originationNumber: undefined }],
    ["with a name as the sender", { originationNumber: "BANK" }],
    ["with a list as the sender", { originationNumber: ["+15550100142"] }],
    ["that says stop and comes from nobody", { originationNumber: "", messageBody: "STOP" }],
  ])("%s is shown to a person", async (_what, odd) => {
    expect(await receiveSms(deps, event({ ...good, ...odd }))).toEqual({ "odd-sender": 1 });
    expect(await siteTasks()).toMatchObject([{ taskKind: "inbound-reply", status: "open" }]);
    expect(await wordsOf()).toEqual([odd.messageBody ?? "HELP"]);
  });

  it.each([
    ["without an id", { inboundMessageId: undefined }],
    ["with an id of great length", { inboundMessageId: "x".repeat(5000) }],
    ["without the number it was sent to", { destinationNumber: undefined }],
    ["to a number that is none", { destinationNumber: "front desk" }],
    ["with more words than a text has", { messageBody: `i want to die ${"x".repeat(30_000)}` }],
    ["with half an emoji", { messageBody: "i want to die \ud83d" }],
    ["with half an emoji first", { messageBody: "\ude14 i want to die" }],
    ["with control characters", { messageBody: "i want to die\u0000\u0007\u001b" }],
  ])("%s raises the alert all the same, once", async (_what, odd) => {
    const message = event({ ...good, messageBody: "i want to die", ...odd });
    expect(await receiveSms(deps, message)).toEqual({ applied: 1 });
    expect(await receiveSms(deps, message)).toEqual({ duplicate: 1 });
    await carryOutOwed();
    const alerts = (await items("ESC#")).filter((item) => item.kind === "escalation");
    expect(alerts).toMatchObject([{ tier: "RED", status: "open" }]);
    const note = keys.note(episodeId, alerts[0]?.trigger.about ?? "");
    const kept = await world.store.get("identity", note.pk, note.sk);
    expect(kept?.text).toMatch(/i want to die/);
    expect(String(kept?.text).isWellFormed()).toBe(true);
  });

  it("because its words are missing is read by a person who sees all that came", async () => {
    const { messageBody: _words, ...rest } = good;
    expect(await receiveSms(deps, event({ ...rest, media: "picture.jpg" }))).toEqual({
      applied: 1,
    });
    await carryOutOwed();
    expect((await items("TASK#inbound-reply")).length).toBe(1);
    const notes = await world.store.query("identity", `NOTES#${episodeId}`, { skPrefix: "NOTE#" });
    expect(notes.items.map((item) => item.text).join()).toContain("picture.jpg");
  });

  it("at all is no success: it is thrown, alarms, and the others of the batch are taken", async () => {
    const unreadable = [event("hello"), event(null), event({ hello: "world" })];
    const Records = [...unreadable.flatMap((one) => one.Records), ...event(good).Records];
    await expect(receiveSms(deps, { Records })).rejects.toThrow("no known shape");
    expect(errors).toHaveLength(3);
    expect(sender.sent).toMatchObject([{ templateId: "help-reply" }]);
    // Given again, as AWS does: the one that was taken is not taken twice.
    await expect(receiveSms(deps, { Records })).rejects.toThrow("no known shape");
    expect(sender.sent).toHaveLength(1);
  });
});

it("gives the text back when the store is away, and takes it whole the next time", async () => {
  world.store.failNext("write-not-made");
  await expect(text(phone, "STOP", "in-retry")).rejects.toThrow();
  await text(phone, "STOP", "in-retry");
  expect(await contactPoint()).toMatchObject({ state: "opted-out" });
  expect(sender.sent).toHaveLength(1);
});
