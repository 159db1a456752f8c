import { describe, expect, it } from "vitest";
import { compileProgram } from "../../shared/publishing/compile-program.ts";
import { publishFiles } from "../../shared/publishing/publish-files.ts";
import { filesWith } from "../builders/program-files.ts";
import { tuesdayMorning } from "../builders/state.ts";
import { personAt, StaffWorld } from "../fakes/staff-world.ts";

/** The shipped files, with another licence for one instrument. */
function licensed(instrumentId: string, status: string, reference?: string) {
  const file = `instruments/${instrumentId}.yaml`;
  const shipped = ["audit-c", "bam-iop"].includes(instrumentId) ? "attribution" : "public-domain";
  const more = reference === undefined ? "" : `\nlicenceReference: ${reference}`;
  return filesWith(file, `licensingStatus: ${shipped}`, `licensingStatus: ${status}${more}`).files;
}

const withoutLicence = ["registration", "license-required", "unknown"];

describe("an instrument without a licence is asked by nobody", () => {
  // By link at intake and each week, in aftercare, by staff, and in the room.
  const uses = [
    ["adult-iop", "phq-9", "intake.instruments[0]"],
    ["adult-iop", "gad-7", "measures[1].instrumentId"],
    ["adult-iop", "phq-2", "aftercare.questions[0].answer.instrumentId"],
    ["adult-iop", "audit-c", "staffInstruments[1]"],
    ["adult-iop", "asq", "screens[0].questions[0].instrumentId"],
    ["sud-iop", "bam-iop", "measures[0].instrumentId"],
  ] as const;

  it.each(uses.flatMap((use) => withoutLicence.map((status) => [...use, status] as const)))(
    "%s does not compile with %s at %s where it is %s",
    (folder, instrumentId, path, status) => {
      const { ok, findings } = compileProgram(licensed(instrumentId, status), folder);
      expect(ok).toBe(false);
      const found = findings.filter((one) =>
        one.found.startsWith(`"${instrumentId}", whose licensingStatus is ${status}`),
      );
      expect(found.map((one) => one.path)).toContain(path);
    },
  );

  it("nor published: the version before stays, with what it asks", async () => {
    const world = await StaffWorld.create(tuesdayMorning);
    const before = [...world.store.all("care"), ...world.store.all("audit")];
    const published = await publishFiles(world.deps, licensed("phq-9", "license-required"));
    expect(published).toMatchObject({ ok: false });
    expect([...world.store.all("care"), ...world.store.all("audit")]).toEqual(before);
  });

  it("nobody knows its licence: no reference makes that good", () => {
    expect(compileProgram(licensed("phq-9", "unknown", "Letter of 2026"), "adult-iop").ok).toBe(
      false,
    );
  });

  it.each(["registration", "license-required"])(
    "with a licence of one's own (%s) it is asked, and staff read under which",
    async (status) => {
      const world = await StaffWorld.create(tuesdayMorning);
      const files = licensed("audit-c", status, "Agreement 12 with the fictional holder");
      expect(await publishFiles(world.deps, files)).toMatchObject({ ok: true });
      const { episodeId } = await world.add({
        episode: personAt("riverside", { status: "active", programVersion: 2 }),
      });
      const { html } = await world.page(
        "avery-riverside",
        `/staff/episodes/${episodeId}/measures/audit-c`,
      );
      expect(html).toContain("Used under licence: Agreement 12 with the fictional holder");
    },
  );
});
