import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { carryOutOutbox } from "../../../../functions/carry-out-effects/carry-out-effects.ts";
import { receiveSms } from "../../../../functions/receive-sms/receive-sms.ts";
import { MemoryFunctionRunner } from "../../../../local/in-memory/memory-function-runner.ts";
import { MemoryPager } from "../../../../local/in-memory/memory-pager.ts";
import { MemorySender } from "../../../../local/in-memory/memory-sender.ts";
import { MemoryWorkflowRunner } from "../../../../local/in-memory/memory-workflow-runner.ts";
import { snsEvent } from "../../../../local/messaging/sns-event.ts";
import { readSecrets } from "../../../../local/secrets.ts";
import { createHmacSecrets } from "../../../../shared/aws/secrets/hmac-secrets.ts";
import { snsEventSchema } from "../../../../shared/contracts/sns-event.ts";
import { keys } from "../../../../shared/keys/keys.ts";
import type { Secrets } from "../../../../shared/ports/secrets.ts";
import { loadContactPoint } from "../../../../shared/store/contact-point-items.ts";
import { unsubscribe } from "../../../../shared/store/unsubscribe.ts";
import { episodeId, tuesdayMorning } from "../../../builders/state.ts";
import { personAt, StaffWorld } from "../../../fakes/staff-world.ts";

const first = "the first secret of a deployment, long enough";
const second = "aSecondSecretOfADeploymentThatIsLongEnough";
const third = "aThirdSecretOfADeploymentThatIsLongEnoughToo";
const contactSecret = first;
const withLinks = (linkSecret: string) => createHmacSecrets({ linkSecret, contactSecret });

/** The stations of a rotation: as before, known everywhere, in use, alone. */
const before = withLinks(first);
const prepared = withLinks(`1:${first.replaceAll(" ", "-")} 2:${second}`);
const beforeNamed = withLinks(first.replaceAll(" ", "-"));
const inUse = withLinks(`2:${second} 1:${first.replaceAll(" ", "-")}`);
const retired = withLinks(`2:${second}`);
const later = withLinks(`3:${third} 2:${second}`);

const silent = (errors: string[]) => ({
  info: () => {},
  warn: () => {},
  error: (sentence: string) => void errors.push(sentence),
});

describe("links and cookies while the secret is changed", () => {
  it("made before the change open until the old version is retired", () => {
    const link = beforeNamed.sealLink("01LINK");
    const value = beforeNamed.sealValue("a draft");
    for (const station of [beforeNamed, prepared, inUse]) {
      expect(station.openLink(link)).toBe("01LINK");
      expect(station.openValue(value)).toBe("a draft");
    }
    for (const station of [retired, later]) {
      expect(station.openLink(link)).toBeUndefined();
      expect(station.openValue(value)).toBeUndefined();
    }
  });

  it("made by a function that was changed already open where only the version is known", () => {
    const link = inUse.sealLink("01LINK");
    expect(link).toMatch(/^01LINK2[A-Za-z0-9_-]{22}$/);
    for (const station of [prepared, inUse, retired, later])
      expect(station.openLink(link)).toBe("01LINK");
    expect(beforeNamed.openLink(link)).toBeUndefined();
    expect(prepared.sealLink("01LINK")).toBe(beforeNamed.sealLink("01LINK"));
  });

  it("do not open under the name of another version", () => {
    const seal = inUse.sealLink("01LINK").slice(-22);
    const oldSeal = beforeNamed.sealLink("01LINK").slice(-22);
    expect(inUse.openLink(`01LINK2${seal}`)).toBe("01LINK");
    expect(inUse.openLink(`01LINK.${oldSeal}`)).toBe("01LINK");
    for (const token of [
      `01LINK.${seal}`,
      `01LINK1${seal}`,
      `01LINK1${oldSeal}`,
      `01LINK2${oldSeal}`,
      `01LINK3${seal}`,
      `01LINK.2${seal}`,
      `2${seal}`,
      seal,
    ])
      expect(inUse.openLink(token)).toBeUndefined();
  });
});

describe("a person's number after the secret was changed", () => {
  const phone = "+15550100142";
  let world: StaffWorld;
  let pager: MemoryPager;
  let contactPointId: string;
  let fromEmail: string;
  beforeEach(async () => {
    world = await StaffWorld.create(tuesdayMorning);
    pager = new MemoryPager();
    contactPointId = before.contactPointId(phone);
    fromEmail = before.contactPointId("robin@example.org");
    await world.add({
      episode: personAt("riverside", {
        status: "active",
        admittedOn: "2027-01-04",
        reach: {
          sms: { contactPointId, kind: "own" },
          email: { contactPointId: fromEmail, kind: "own" },
        },
      }),
    });
  });

  async function text(secrets: Secrets, messageBody: string): Promise<void> {
    const message = {
      originationNumber: phone,
      destinationNumber: "+12125550111",
      messageKeyword: "KEYWORD",
      messageBody,
      inboundMessageId: messageBody,
    };
    const errors: string[] = [];
    await receiveSms(
      {
        ...world.deps,
        secrets,
        sender: new MemorySender(),
        pager,
        publicOrigin: "https://care.example.org",
        optOutList: { add: async () => {}, remove: async () => {} },
        logger: silent(errors),
      },
      snsEventSchema.parse(snsEvent("inbound", message, world.clock.now())),
    );
    // The number tells its people, and then their alerts are owed.
    for (const { pk } of [keys.contactPoint(contactPointId), keys.episode(episodeId)]) {
      const owed = await world.store.query("care", pk, { skPrefix: "EFFECT#" });
      await carryOutOutbox(
        {
          ...world.deps,
          logger: silent(errors),
          runner: new MemoryWorkflowRunner(),
          functions: new MemoryFunctionRunner(),
        },
        owed.items.map((item) => ({
          eventName: "INSERT",
          dynamodb: { Keys: { pk: { S: item.pk }, sk: { S: item.sk } }, SequenceNumber: "1" },
        })),
      );
    }
    expect(errors).toEqual([]);
  }

  it.each([
    ["in use", inUse],
    ["alone", retired],
    ["followed by another", later],
  ])(
    "is still theirs: STOP closes it and a cry for help is an alert (new secret %s)",
    async (_name, secrets) => {
      await text(secrets, "I want to kill myself");
      const items = await world.store.query("care", keys.episode(episodeId).pk, { limit: 500 });
      expect(items.items.filter(({ kind }) => kind === "escalation")).toEqual([
        expect.objectContaining({ tier: "RED", status: "open" }),
      ]);
      await text(secrets, "STOP");
      const point = await loadContactPoint(world.store, contactPointId);
      expect(point?.optOut).toBeDefined();
    },
  );

  it("can be taken off mails by the link of an old mail, until that version is retired", async () => {
    const link = beforeNamed.sealLink(fromEmail);
    expect(await unsubscribe({ ...world.deps, secrets: retired }, link)).toBe("unknown-link");
    expect(await unsubscribe({ ...world.deps, secrets: inUse }, link)).not.toBe("unknown-link");
  });
});

describe("a secret that anybody could guess", () => {
  it.each([
    ["", "LINK_SECRET is empty: set a secret of at least 32 random bytes."],
    ["   ", "LINK_SECRET is empty: set a secret of at least 32 random bytes."],
    ["short", "Version 1 of LINK_SECRET has 5 bytes: a secret has at least 32 random bytes."],
    [`2:${second} 1:short`, "Version 1 of LINK_SECRET has 5 bytes"],
    [`2:${second} 2:${third}`, "LINK_SECRET has two versions of the same id."],
    [`2:${second} 3:${second}`, "LINK_SECRET has the same secret twice."],
    [`Two!:${second}`, "LINK_SECRET has a version whose id"],
  ])("is refused before anything is answered: %j", (linkSecret, sentence) => {
    expect(() => createHmacSecrets({ linkSecret, contactSecret })).toThrow(sentence);
  });

  it("is refused for contacts, too", () => {
    expect(() => createHmacSecrets({ linkSecret: first, contactSecret: "" })).toThrow(
      "CONTACT_SECRET is empty: set a secret of at least 32 random bytes.",
    );
    expect(() => createHmacSecrets({ linkSecret: first, contactSecret: "x".repeat(31) })).toThrow(
      "CONTACT_SECRET has 31 bytes",
    );
  });

  it("lets no function start", async () => {
    vi.resetModules();
    vi.stubEnv("CARE_TABLE", "care");
    vi.stubEnv("IDENTITY_TABLE", "identity");
    vi.stubEnv("AUDIT_TABLE", "audit");
    vi.stubEnv("PUBLIC_ORIGIN", "https://care.example.org");
    vi.stubEnv("LINK_SECRET", undefined);
    vi.stubEnv("CONTACT_SECRET", contactSecret);
    const { dependencies } = await import("../../../../functions/participant-site/dependencies.ts");
    expect(() => dependencies()).toThrow("LINK_SECRET is empty");
    vi.unstubAllEnvs();
  });
});

describe("the secrets of a machine", () => {
  it("are two in a new data folder; a folder that had one keeps it for its contacts", () => {
    const folder = mkdtempSync(join(tmpdir(), "throughcare-secrets-"));
    const made = readSecrets(folder);
    expect(made.contactSecret).not.toBe(made.linkSecret);
    expect(readSecrets(folder)).toEqual(made);
    const old = mkdtempSync(join(tmpdir(), "throughcare-secrets-"));
    writeFileSync(join(old, "link-secret"), first);
    expect(readSecrets(old)).toEqual({ linkSecret: first, contactSecret: first });
    writeFileSync(join(old, "link-secret"), `2:${second}`);
    expect(readSecrets(old).contactSecret).toBe(first);
    for (const made of [folder, old]) rmSync(made, { recursive: true });
  });
});
