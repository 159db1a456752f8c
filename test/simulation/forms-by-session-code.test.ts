import { expect, it } from "vitest";
import { createParticipantSite } from "../../functions/participant-site/participant-site.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import { SiteVisitor } from "../fakes/site-visitor.ts";
import { printed } from "../fakes/telemetry.ts";
import { Life } from "./life.ts";
import { casey } from "./staff-calls.ts";

type Form = { readonly formId: string; readonly status: string };

it("forms by session code: somebody without a phone is taken from referral to a decision on the clinic's tablet", async () => {
  const codes: string[] = [];
  let isDone = false;
  const lines = await printed(async () => {
    const { logger } = createTelemetry("a-tablet");
    const life = new Life("2027-01-11 08:30", {
      logger,
      store: (store) => store,
      call: (_name, run) => run(),
      committed: () => {},
    });
    await life.start();
    await life.until("2027-01-11 09:00");
    await life.refer({
      participant: {
        name: { given: "Amina", family: "Quillfeather" },
        birthDate: "1990-05-04",
        reachBy: "Comes to the front desk on Mondays",
        language: "en-US",
      },
      consents: { sms: false, email: false, voicemail: false },
    });
    await life.until("2027-01-11 10:00");
    const forms = async () =>
      (await life.staff.ok(casey, "GET", `/episodes/${life.episodeId}/assessments`))
        .items as readonly Form[];
    const [form] = await forms();
    if (form === undefined) throw new Error("No forms are asked");
    const made = await life.staff.ok(casey, "POST", `/episodes/${life.episodeId}/tablet-codes`, {
      id: form.formId,
    });
    codes.push(String(made.code));
    const tablet = new SiteVisitor({
      site: createParticipantSite({ ...life.world.deps, logger }),
      deps: life.world.deps,
    });
    await tablet.open("/tablet?site=riverside");
    await tablet.submit({ code: "K7RM02XQ" });
    expect(tablet.status).toBe(400);
    await tablet.submit({ code: codes[0] ?? "" });
    expect(tablet.path).toBe("/screen");
    await life.pages.answerAll(tablet, () => 1);
    expect(tablet.main).toContain("Nothing of yours is left on it");
    expect((await forms()).map(({ status }) => status)).toEqual(["answered"]);
    expect((await life.audit()).map(({ action }) => action)).toEqual(
      expect.arrayContaining(["tablet-code-made", "tablet-code-used"]),
    );
    // The same code opens nothing more, and the pathway has gone on to what a person decides.
    await tablet.open("/tablet?site=riverside");
    await tablet.submit({ code: codes[0] ?? "" });
    expect(tablet.status).toBe(400);
    await life.until("2027-01-11 12:00");
    expect((await life.state()).episode.scores.length).toBeGreaterThan(0);
    isDone = true;
  });
  expect(isDone, lines.join("\n")).toBe(true);
  expect(codes).toHaveLength(1);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => codes.some((code) => line.includes(code)))).toEqual([]);
});
