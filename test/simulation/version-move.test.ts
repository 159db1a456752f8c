import { describe, expect, it } from "vitest";
import type { Message } from "../../shared/care/episode/message.ts";
import { publishFiles } from "../../shared/publishing/publish-files.ts";
import { buildAnswers } from "../builders/instruments.ts";
import { shippedFiles } from "../builders/program-files.ts";
import { Life } from "./life.ts";
import { avery, casey, taylor } from "./staff-calls.ts";

const program = "adult-iop/program.yaml";

/** The first reminder of the forms twelve hours later, and no second one. */
function nextVersion(): typeof shippedFiles {
  const text = shippedFiles[program] ?? "";
  const second = / {2}- step: remind-forms-2\n(?: {4}.*\n)+/;
  expect(text).toMatch(second);
  const later = text.replace("offsetMinutes: 1440", "offsetMinutes: 2880").replace(second, "");
  return { ...shippedFiles, [program]: later };
}

/** Somebody who was asked for their forms this morning, and has two reminders to come. */
async function askedForForms() {
  const life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.until("2027-01-11 12:00");
  const published = await publishFiles(life.world.deps, nextVersion());
  if (!published.ok)
    throw new Error(
      JSON.stringify(published.findings.filter(({ severity }) => severity === "error")),
    );
  const staff = life.staff;
  const path = `/episodes/${life.episodeId}/program-version`;
  const reminders = async () =>
    [...(await life.state()).items.values()].filter(
      (item): item is Message => item.kind === "message" && item.templateId === "remind-forms",
    );
  const sentReminders = () =>
    life.world.sent.filter(({ templateId }) => templateId === "remind-forms");
  return { life, staff, path, reminders, sentReminders };
}

const body = { version: 2, reason: "Two reminders were too many" };

describe("somebody in care is moved to a new version", () => {
  it("after a look at what changes for them; nothing is sent twice, and owed work stays", async () => {
    const { life, staff, path, reminders, sentReminders } = await askedForForms();
    const before = await reminders();
    expect(before.map(({ step }) => step)).toEqual(["remind-forms-1", "remind-forms-2"]);
    const tasks = async () =>
      [...(await life.state()).items.values()].filter((item) => item.kind === "task");
    const owed = await tasks();
    const look = await staff.ok(taylor, "GET", `${path}?to=2`);
    expect(look).toMatchObject({ from: 1, to: 2, isPossible: true });
    expect(look.changes).toEqual([
      {
        what: "Email “remind forms 1”",
        words: expect.stringMatching(
          /^goes on 2027-01-13 at \d\d:\d\d instead of on 2027-01-12 at /,
        ),
      },
      {
        what: "Text “remind forms 2”",
        words: expect.stringMatching(/^is not sent: it was to go on 2027-01-13 at \d\d:\d\d$/),
      },
    ]);
    expect(await reminders()).toEqual(before);

    await staff.ok(taylor, "POST", path, body);
    expect((await life.state()).episode.programVersion).toBe(2);
    expect(await tasks()).toEqual(owed);
    await life.until("2027-01-13 08:00");
    expect(sentReminders()).toEqual([]);
    await life.until("2027-01-16 08:00");
    expect(sentReminders()).toHaveLength(1);
    expect(life.world.sent.filter(({ templateId }) => templateId === "ask-forms")).toHaveLength(1);
    expect(life.world.problems).toEqual([]);
  });

  it("and back: what was taken out stands as it stood", async () => {
    const { life, staff, path, reminders, sentReminders } = await askedForForms();
    const before = await reminders();
    await staff.ok(taylor, "POST", path, body);
    expect((await reminders()).map(({ step }) => step)).toEqual(["remind-forms-1"]);
    await staff.ok(taylor, "POST", path, { version: 1, reason: "It was too early" });
    const after = await reminders();
    const told = ({ step, status, sendAt, expiresAt, window, templateId }: Message) => ({
      ...{ step, status, sendAt, expiresAt, window, templateId },
    });
    expect(after.map(told)).toEqual(before.map(told));
    await life.until("2027-01-16 08:00");
    expect(sentReminders()).toHaveLength(2);
  });

  it("and back: nothing is said of what is gone meanwhile", async () => {
    const { life, staff, path, reminders, sentReminders } = await askedForForms();
    await staff.ok(taylor, "POST", path, body);
    for (const instrumentId of ["phq-9", "gad-7"])
      await staff.onEpisode(avery, "measures", {
        instrumentId,
        answers: buildAnswers(instrumentId, 0),
        mode: "phone",
      });
    await staff.ok(taylor, "POST", path, { version: 1, reason: "It was too early" });
    expect((await reminders()).map(({ status }) => status)).not.toContain("PLANNED");
    await life.until("2027-01-16 08:00");
    expect(sentReminders()).toEqual([]);
  });

  it("by whoever decides it alone, to a version that there is", async () => {
    const { life, staff, path } = await askedForForms();
    expect(await staff.refused(casey, "POST", path, body)).toContain("is decided by");
    expect(await staff.refused(taylor, "POST", path, { ...body, version: 9 })).toContain(
      "There is no such version",
    );
    expect(await staff.refused(taylor, "POST", path, { ...body, version: 1 })).toContain(
      "on that version already",
    );
    expect((await life.state()).episode.programVersion).toBe(1);
  });
});
