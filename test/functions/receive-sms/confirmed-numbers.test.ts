import { beforeEach, describe, expect, it } from "vitest";
import { receiveSms } from "../../../functions/receive-sms/receive-sms.ts";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryPager } from "../../../local/in-memory/memory-pager.ts";
import { MemorySender } from "../../../local/in-memory/memory-sender.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { snsEvent } from "../../../local/messaging/sns-event.ts";
import { newContactPoint } from "../../../shared/care/contact-points/contact-point.ts";
import { snsEventSchema } from "../../../shared/contracts/sns-event.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { contactPointItem, loadContactPoint } from "../../../shared/store/contact-point-items.ts";
import { carryOutOutboxEntry } from "../../../workflows/run/carry-out-outbox-entry.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const path = `/staff/episodes/${episodeId}`;
const as = "casey-riverside";

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({ episode: personAt("riverside", { status: "screening" }) });
  // Nobody has answered from it.
  await world.put(contactPointItem(newContactPoint({ contactPointId: "cp-sms", channel: "sms" })));
});

describe("a number that nobody has answered from", () => {
  it("is shown as such, and confirmed from the person's page with the reason", async () => {
    const before = await world.page(as, path);
    expect(before.html).toContain("not confirmed yet");
    const hidden = await world.formFields(as, path, "confirm");
    const form = { ...hidden, reason: "Spoke with them on this number" };
    expect((await world.page(as, path, { ...form, reason: "" })).status).toBe(400);
    expect((await world.page(as, path, form)).status).toBe(303);
    await carryOutAll();
    const point = await loadContactPoint(world.store, "cp-sms");
    expect(point).toMatchObject({ state: "open", verifiedAt: tuesdayMorning });
    const after = await world.page(as, path);
    expect(after.html).not.toContain("not confirmed yet");
    expect(after.html).not.toContain("Confirm the phone number");
    expect(after.html).toContain("Number or address confirmed");
    const audit = await world.store.query("audit", keys.contactPoint("cp-sms").pk);
    expect(audit.items).toMatchObject([
      { action: "contact-point-verified", actor: { kind: "staff", staffId: as } },
    ]);
  });

  it("is not said to get texts where nobody agreed to any", async () => {
    expect((await world.page(as, path)).html).toContain("it gets one text a day");
    const refused = { ...personAt("riverside", { status: "screening" }) };
    await world.add({ episode: { ...refused, consents: { ...refused.consents, sms: {} } } });
    await world.put(
      contactPointItem(newContactPoint({ contactPointId: "cp-sms", channel: "sms" })),
    );
    const { html } = await world.page(as, path);
    expect(html).toContain("nobody has answered from it");
    expect(html).not.toContain("it gets one text a day");
  });

  it("is confirmed for one whom staff admitted or referred, and needs an address to be confirmed", async () => {
    const other = "01JHEP000000000000000000E2";
    await world.add({
      episode: personAt("riverside", {
        episodeId: other,
        participantId: "01JHEP000000000000000000P2",
        status: "active",
        admittedOn: "2027-01-04",
        reach: {},
      }),
    });
    expect((await world.page(as, `/staff/episodes/${other}`)).html).not.toContain("not confirmed");
    const answer = await world.call(as, "POST", `/episodes/${other}/reach-confirmation`, {
      channel: "sms",
      reason: "Spoke",
    });
    expect(answer.status).toBe(409);
    expect(answer.body.title).toBe("This person has no phone number here.");
  });
});

describe("a text from it", () => {
  const phone = "+15550100142";
  let contactPointId = "";
  beforeEach(async () => {
    contactPointId = world.deps.secrets.contactPointId(phone);
    await world.add({
      episode: personAt("riverside", {
        status: "screening",
        reach: { sms: { contactPointId, kind: "own" } },
      }),
    });
    await world.put(contactPointItem(newContactPoint({ contactPointId, channel: "sms" })));
  });

  it.each([
    ["Thanks, I will", true],
    ["HELP", true],
    ["START", true],
    ["STOP", false],
    ["wrong number", false],
  ])("that says %j confirms it: %s", async (messageBody, isConfirmed) => {
    const message = {
      originationNumber: phone,
      destinationNumber: "+12125550111",
      messageKeyword: "none",
      messageBody,
      inboundMessageId: "inbound-0001",
      previousPublishedMessageId: "",
    };
    const event = snsEventSchema.parse(snsEvent("inbound", message, world.clock.now()));
    await receiveSms(
      {
        ...world.deps,
        sender: new MemorySender(),
        pager: new MemoryPager(),
        publicOrigin: "https://care.example.org",
        optOutList: { add: async () => {}, remove: async () => {} },
        logger: { info: () => {}, warn: () => {}, error: () => {} },
      },
      event,
    );
    const point = await loadContactPoint(world.store, contactPointId);
    expect(point?.verifiedAt !== undefined).toBe(isConfirmed);
  });
});

/** What the stream of new outbox entries would carry out. */
async function carryOutAll(): Promise<void> {
  const deps = {
    ...world.deps,
    runner: new MemoryWorkflowRunner(),
    functions: new MemoryFunctionRunner(),
  };
  for (const entry of world.store.all("care").filter(({ kind }) => kind === "effect"))
    await carryOutOutboxEntry(deps, entry);
}
