// Long because every kind of mail that people and machines write goes the same way in, to one mailbox.

import { beforeEach, describe, expect, it, vi } from "vitest";
import { carryOutOutbox } from "../../../functions/carry-out-effects/carry-out-effects.ts";
import { receiveEmail } from "../../../functions/receive-email/receive-email.ts";
import type { ReceiveEmailDeps } from "../../../functions/receive-email/receive-mail.ts";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryPager } from "../../../local/in-memory/memory-pager.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { inboundEmailEvent } from "../../../local/messaging/provider-events.ts";
import { snsEvent } from "../../../local/messaging/sns-event.ts";
import { snsEventSchema } from "../../../shared/contracts/sns-event.ts";
import { StoreUnavailableError } from "../../../shared/errors/store-unavailable-error.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { shippedProgram } from "../../builders/program-files.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const taylor = "taylor-riverside";
const address = "robin@example.org";
const mailbox = "reply@riverside.example.org";

let world: StaffWorld;
let pager: MemoryPager;
let deps: ReceiveEmailDeps;
let contactPointId: string;

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  pager = new MemoryPager();
  contactPointId = world.deps.secrets.contactPointId(address);
  deps = {
    ...world.deps,
    pager,
    logger: { info: () => {}, warn: () => {}, error: () => {} },
  };
  await world.add({
    episode: personAt("riverside", {
      status: "active",
      admittedOn: "2027-01-04",
      reach: { email: { contactPointId, kind: "own" } },
    }),
  });
});

const take = async (event: unknown) => {
  const counts = await receiveEmail(deps, snsEventSchema.parse(event));
  await carryOutOwed();
  return counts;
};

let mails = 0;
const mail = (body: string, more: { from?: string; subject?: string; messageId?: string } = {}) =>
  take(
    inboundEmailEvent(
      {
        from: more.from ?? address,
        to: mailbox,
        subject: more.subject ?? "Re: Your appointment",
        body,
        messageId: more.messageId ?? `mail-${++mails}`,
      },
      world.clock.now(),
    ),
  );

/** A mail as its sender's program wrote it. */
const raw = (lines: readonly string[], more: object = {}) =>
  take(
    snsEvent(
      "inbound-mail",
      {
        notificationType: "Received",
        mail: { messageId: `raw-${++mails}`, source: address, destination: [] },
        receipt: { recipients: [mailbox], ...more },
        content: Buffer.from(lines.join("\r\n"), "utf8").toString("base64"),
      },
      world.clock.now(),
    ),
  );

/** What the stream of new outbox entries does: what the address owes becomes what its episodes owe. */
async function carryOutOwed(): Promise<void> {
  const outbox = {
    ...deps,
    runner: new MemoryWorkflowRunner(),
    functions: new MemoryFunctionRunner(),
  };
  for (const pk of [keys.contactPoint(contactPointId).pk, `EP#${episodeId}`]) {
    const owed = await world.store.query("care", pk, { skPrefix: "EFFECT#" });
    await carryOutOutbox(
      outbox,
      owed.items.map((item) => ({
        eventName: "INSERT",
        dynamodb: { Keys: { pk: { S: item.pk }, sk: { S: item.sk } }, SequenceNumber: "1" },
      })),
    );
  }
}

const openTasks = async () => {
  const { body } = await world.call(taylor, "GET", `/episodes/${episodeId}/tasks`);
  return (body.items as readonly Record<string, unknown>[]).filter(
    ({ status }) => status === "open",
  );
};
const alerts = async () =>
  (await world.call(taylor, "GET", `/episodes/${episodeId}/escalations`)).body
    .items as readonly Record<string, unknown>[];
const thread = async () => (await world.page(taylor, `/staff/episodes/${episodeId}`)).html;
const siteTasks = async (siteId = "riverside") =>
  (await world.store.query("care", `SITE#${siteId}`, { skPrefix: "TASK#" })).items;

describe("an email of somebody in care", () => {
  it("is a task with its words, once, however often it is delivered", async () => {
    const words = "Could we start at ten on Thursday? My bus is late.";
    expect(await mail(words, { messageId: "twice", from: "Robin@Example.org" })).toEqual({
      applied: 1,
    });
    expect(await mail(words, { messageId: "twice" })).toEqual({ duplicate: 1 });
    expect(await openTasks()).toMatchObject([{ taskKind: "inbound-reply" }]);
    const html = await thread();
    expect(html).toContain(words);
    expect(html).toContain("Email from the participant");
    expect(pager.pages).toEqual([]);
  });

  it("that speaks of danger raises an alert", async () => {
    await mail("I do not want to live any more. I have a plan.");
    expect(await alerts()).toMatchObject([{ status: "open", tier: "RED" }]);
    expect(JSON.stringify(await alerts())).toContain("Words in an email");
  });

  it("says nothing of danger by what it quotes: those words are ours", async () => {
    const ours = "If you are thinking of killing yourself, call or text 988.";
    await mail(`Thank you, see you Thursday.\n\nOn Tue, 12 Jan 2027 the office wrote:\n> ${ours}`);
    expect(await alerts()).toEqual([]);
    expect(await thread()).toContain("call or text 988");
    // Below and between what is quoted it is theirs again, and a mail that is all quote is read whole.
    await mail(`> How are you?\nI want to kill myself`);
    expect(await alerts()).toHaveLength(1);
  });

  it.each([
    [
      "below what it quotes with marks",
      "Hi Maria,\nOn Tue, 12 Jan 2027 the office wrote:\n> How are you?\nI want to kill myself",
    ],
    [
      "below what it quotes without marks",
      "Hi Maria,\n-----Original Message-----\nFrom: Riverside Office\nSubject: A message from Riverside Office\n\nHow are you?\nI want to kill myself",
    ],
    [
      "below a line that a phone draws",
      "See below.\n____________________\nYour week is ready to view\n\nI took all my pills",
    ],
  ])("that speaks of danger %s raises an alert", async (_where, body) => {
    await mail(body);
    expect(await alerts()).toHaveLength(1);
  });

  it("raises none by our own words, quoted without marks", async () => {
    const ours = Object.values(shippedProgram().templates).flatMap((language) =>
      Object.entries(language).flatMap(([id, { emailBody }]) =>
        // The answer to words of danger names them: whoever quotes it is heard once more.
        id === "crisis-reply" ? [] : [emailBody],
      ),
    );
    expect(ours.length).toBeGreaterThan(40);
    await mail(`Thank you.\n\n-----Original Message-----\n${ours.join("\n")}`);
    expect(await alerts()).toEqual([]);
  });

  it("that changed the subject of ours to words of danger raises an alert", async () => {
    await mail("See above.", { subject: "Re: I want to kill myself" });
    expect(await alerts()).toHaveLength(1);
  });

  it("is read where its text holds nothing and its page holds the words", async () => {
    await raw([
      `From: <${address}>`,
      `To: ${mailbox}`,
      "Subject: Hello",
      "MIME-Version: 1.0",
      'Content-Type: multipart/alternative; boundary="b"',
      "",
      "--b",
      "Content-Type: text/plain",
      "",
      " ",
      "--b",
      "Content-Type: text/html; charset=utf-8",
      "",
      "<p>I want to kill myself</p>",
      "--b--",
    ]);
    expect(await alerts()).toHaveLength(1);
    expect(await thread()).toContain("I want to kill myself");
  });

  it("is read where it came as a page alone, with signs spelt out and files left aside", async () => {
    await raw([
      `From: <${address}>`,
      `To: ${mailbox}`,
      "Subject: =?utf-8?Q?A_question=3F?=",
      "MIME-Version: 1.0",
      'Content-Type: multipart/mixed; boundary="b"',
      "",
      "--b",
      "Content-Type: text/html; charset=utf-8",
      "",
      "<style>p{color:red}</style><p>Is the group &amp; lunch at&nbsp;noon&#63;</p><blockquote>Ours</blockquote>",
      "--b",
      'Content-Type: image/png; name="note.png"',
      'Content-Disposition: attachment; filename="note.png"',
      "Content-Transfer-Encoding: base64",
      "",
      "iVBORw0KGgo=",
      "--b--",
    ]);
    const note = (await world.call(taylor, "GET", `/episodes/${episodeId}/notes`)).body;
    const said = JSON.stringify(note);
    expect(said).toContain("Subject: A question?");
    expect(said).toContain("Is the group & lunch at noon?");
    expect(said).toContain("> Ours");
    expect(said).toContain("Came along and was not kept: note.png");
    expect(said).not.toContain("color:red");
  });

  it("that asks for no more emails ends them at once, and is read", async () => {
    await mail("Unsubscribe", { subject: "Unsubscribe" });
    const key = keys.contactPoint(contactPointId);
    expect(await world.store.get("care", key.pk, key.sk)).toMatchObject({
      optOut: { how: "email" },
    });
    expect((await openTasks()).map(({ taskKind }) => taskKind)).toContain("inbound-reply");
  });

  it("that a machine sent makes no work, unless it speaks of danger", async () => {
    const away = (body: string) =>
      raw([`From: ${address}`, "Auto-Submitted: auto-replied", "Subject: Away", "", body]);
    expect(await away("I am out of the office until Monday.")).toEqual({ machine: 1 });
    expect(await openTasks()).toEqual([]);
    await away("I am away for good: I am going to kill myself tonight.");
    expect(await alerts()).toHaveLength(1);
  });

  it("that goes on for very long is kept as far as a person reads, no character cut in two", async () => {
    await mail(
      `${"a".repeat(19_999 - "Subject: Re: Your appointment\n\n".length)}🙂${"b".repeat(50)}`,
    );
    const said = JSON.stringify(
      (await world.call(taylor, "GET", `/episodes/${episodeId}/notes`)).body,
    );
    expect(said).toContain("[The mail goes on: 52 characters more.]");
    expect(said).not.toMatch(/\\ud83d(?!\\ude)/i);
  });
});

describe("an email from an address that nobody here has", () => {
  const from = "stranger@example.org";

  it("is read by the front desk of the site whose mailbox was written to", async () => {
    expect(await mail("Do you take new people?", { from })).toEqual({ unmatched: 1 });
    expect(await siteTasks()).toMatchObject([
      { taskKind: "inbound-reply", assignedFunction: "front-desk", status: "open" },
    ]);
    const [task] = await siteTasks();
    const { html } = await world.page(taylor, `/staff/tasks/${String(task?.taskId)}`);
    expect(html).toContain("Do you take new people?");
    expect(html).toContain(from);
  });

  it.each(["reply@mesa.example.org", "office@mesa.example.org"])(
    "stands at the office that it was written to, at no other: %s",
    async (to) => {
      await raw([`From: ${from}`, "Subject: Hello", "", "Do you take new people?"], {
        recipients: [to.toUpperCase()],
      });
      expect(await siteTasks("mesa")).toMatchObject([{ taskKind: "inbound-reply" }]);
      expect(await siteTasks()).toEqual([]);
    },
  );

  it("with words of danger pages the on-call and is a clinician's", async () => {
    await mail("I am going to kill myself tonight", { from, subject: "Goodbye" });
    expect(await siteTasks()).toMatchObject([
      { assignedFunction: "clinician", priority: "safety" },
    ]);
    expect(pager.pages.length).toBeGreaterThan(0);
  });

  it("that the provider calls spam is left alone, unless it speaks of danger", async () => {
    const spam = { spamVerdict: { status: "FAIL" } };
    const lines = (body: string) => [`From: ${from}`, "Subject: Hello", "", body];
    expect(await raw(lines("Cheap watches, best price"), spam)).toEqual({ spam: 1 });
    expect(await siteTasks()).toEqual([]);
    await raw(lines("I want to kill myself"), spam);
    expect(await siteTasks()).toHaveLength(1);
  });
});

it("what is no email at all is thrown, and the others of the batch are taken", async () => {
  const good = inboundEmailEvent(
    { from: address, to: mailbox, subject: "Hi", body: "See you", messageId: "good" },
    world.clock.now(),
  );
  const bad = snsEvent("inbound-mail", { notificationType: "Bounce" }, world.clock.now());
  await expect(take({ Records: [...bad.Records, ...good.Records] })).rejects.toThrow(
    "no known shape",
  );
  await carryOutOwed();
  expect(await openTasks()).toHaveLength(1);
});

it("a batch that another try may mend comes again, whatever else is in it", async () => {
  const good = inboundEmailEvent(
    { from: address, to: mailbox, subject: "Hi", body: "See you", messageId: "again" },
    world.clock.now(),
  );
  const bad = snsEvent("inbound-mail", { notificationType: "Bounce" }, world.clock.now());
  const event = { Records: [...bad.Records, ...good.Records] };
  vi.spyOn(deps.store, "transact").mockRejectedValueOnce(new StoreUnavailableError("Away"));
  await expect(take(event)).rejects.toThrow(StoreUnavailableError);
  await expect(take(event)).rejects.toThrow("no known shape");
  await carryOutOwed();
  expect(await openTasks()).toHaveLength(1);
});
