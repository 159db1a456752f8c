import { beforeEach, describe, expect, it } from "vitest";
import type { Message } from "../../../shared/care/episode/message.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { publishFiles } from "../../../shared/publishing/publish-files.ts";
import { buildMessage } from "../../builders/message.ts";
import { shippedFiles } from "../../builders/program-files.ts";
import { tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const lead = "taylor-riverside";
const path = "/staff/versions/adult-iop/2";
const robin = "01JHTEST0000000000000000E1";
const sasha = "01JHTEST0000000000000000E2";
let world: StaffWorld;

const text = (html: string) =>
  html
    .replaceAll(/<style[\s\S]*?<\/style>|<[^>]+>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll(/\s+/g, " ");

const read = async (as = lead, at = path) => text((await world.page(as, at)).html);
const send = async (form: string, fields: Readonly<Record<string, string>>, as = lead) =>
  world.page(as, path, { ...(await world.formFields(as, path, form)), ...fields });
async function versionOf(episodeId: string) {
  const { body } = await world.call(lead, "GET", `/episodes/${episodeId}`);
  return body.programVersion;
}
const versions = async () => [await versionOf(robin), await versionOf(sasha)];
const reason = "Two reminders were too many";

/** The shipped program with its second reminder of the forms taken out, published with what it is above. */
async function publishNext(loads?: readonly string[]) {
  const file = "adult-iop/program.yaml";
  const second = / {2}- step: remind-forms-2\n(?: {4}.*\n)+/;
  const program = shippedFiles[file] ?? "";
  expect(program).toMatch(second);
  const files = { ...shippedFiles, [file]: program.replace(second, "") };
  const above = { reason: "Two people start in March", loads: loads ?? [] };
  const published = await publishFiles(
    world.deps,
    files,
    ["adult-iop"],
    loads === undefined ? {} : { "adult-iop": above },
  );
  expect(published).toMatchObject({ ok: true });
}

async function person(given: string, number: number, message: Partial<Message> = {}) {
  const episodeId = `01JHTEST0000000000000000E${number}`;
  await world.add({
    given,
    episode: personAt("riverside", {
      episodeId,
      participantId: `01JHTEST0000000000000000P${number}`,
      reference: `TC-000${number}`,
      status: "screening",
    }),
    items: [
      buildMessage({
        step: "remind-forms-2",
        templateId: "remind-forms",
        sendAt: "2027-01-14T15:00:00.000Z",
        anchorAt: "2027-01-11T15:00:00.000Z",
        ...message,
      }),
    ],
  });
}

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await person("Robin", 1);
  await person("Sasha", 2);
});

describe("moving people to another version from a page", () => {
  it("shows what changes for each in words and writes nothing; then moves them, once", async () => {
    await publishNext();
    const list = await read(lead, "/staff/versions");
    expect(list).toMatch(/Version 2 0 [^V]*Newcomers begin on it Version 1 2 /);
    const seen = await read();
    expect(seen).toContain("0 of 2 people of your sites");
    for (const name of ["Robin", "Sasha"])
      expect(seen).toMatch(
        new RegExp(
          `${name} Testperson TC-000., version 1 Text “remind forms 2” is not sent: it was`,
        ),
      );
    expect(await versions()).toEqual([1, 1]);

    const fields = { ...(await world.formFields(lead, path, "move")), reason };
    const moved = await world.page(lead, path, fields);
    expect([moved.status, moved.location]).toEqual([
      303,
      `${path}?done=moved&moved=2&stay=0&left=0`,
    ]);
    expect(await versions()).toEqual([2, 2]);
    expect(await read(lead, moved.location ?? "")).toContain("2 people were moved.");
    const audit = async () => (await world.call(lead, "GET", `/episodes/${robin}`)).body.version;
    const before = await audit();
    expect((await world.page(lead, path, fields)).location).toContain("moved=0");
    expect(await audit()).toBe(before);
  });

  it("takes them back within a day, with what had been taken out; not after it", async () => {
    await publishNext();
    await send("move", { reason });
    expect(await read()).toMatch(/Moved to it within the last day .*Taylor .*is sent after all/);
    await send("back", { reason: "It was too early" });
    expect(await versions()).toEqual([1, 1]);
    expect(await read()).not.toContain("Moved to it within the last day");
    await send("move", { reason });
    world.clock.moveTo("2027-01-13T17:00:00.000Z");
    expect(await read()).not.toContain("Take 2 people back");
  });

  it("says whose record cannot be read, and moves the others", async () => {
    await publishNext();
    await world.put({
      ...keys.episode(robin),
      schemaVersion: 1,
      kind: "episode",
      siteId: "riverside",
    });
    for (const page of [await read(lead, "/staff/versions"), await read()])
      expect(page).toContain(`The record of one person cannot be read and stands in no row here`);
    expect(await read()).toContain(robin);
    expect((await send("move", { reason })).location).toContain("moved=1");
    expect(await versionOf(sasha)).toBe(2);
  });

  it("moves nobody where something has changed for one of them since it was looked at", async () => {
    await publishNext();
    const fields = { ...(await world.formFields(lead, path, "move")), reason };
    // She answers while somebody still looks: nothing is left to remind her of.
    const settledAt = world.clock.now();
    await person("Sasha", 2, { status: "CANCELLED", reason: "answered", settledAt });
    const refused = await world.page(lead, path, fields);
    expect(refused.status).toBe(409);
    expect(text(refused.html)).toMatch(
      /Nobody was moved: since you looked, something has changed for Sasha Testperson/,
    );
    expect(await versions()).toEqual([1, 1]);
  });

  it("asks for the override, with a reason, where the version needs more staff than is declared", async () => {
    await publishNext(["riverside: 61.0 hours a week of clinician, and 48.0 are declared"]);
    const seen = await read();
    expect(seen).toContain("“Two people start in March”");
    expect(seen).toContain(
      "Version 2 needs more hours of staff than the sites declare: riverside: 61.0 hours a week of clinician, and 48.0 are declared.",
    );
    await send("move", { reason });
    expect(await versions()).toEqual([1, 1]);
    expect((await send("move", { reason: " ", isOverCapacity: "yes" })).status).toBe(400);
    await send("move", { reason, isOverCapacity: "yes" });
    expect(await versions()).toEqual([2, 2]);
    await send("back", { reason: "It was too early" });
    expect(await versions()).toEqual([1, 1]);
  });

  it("is for those who decide it alone", async () => {
    await publishNext();
    for (const at of ["/staff/versions", path])
      expect((await world.page("casey-riverside", at)).status).toBe(404);
    expect((await world.page(lead, "/staff/versions/adult-iop/9")).status).toBe(404);
    expect(await read("casey-riverside", "/staff/people")).not.toContain("another version");
    expect(await read(lead, "/staff/people")).toContain("another version of their program");
  });
});
