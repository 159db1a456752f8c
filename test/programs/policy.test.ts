import { describe, expect, it } from "vitest";
import type { WallWindow } from "../../shared/care/time/zoned-time.ts";
import { policyFileSchema } from "../../shared/contracts/program-seed-files.ts";
import { parseYaml } from "../../shared/publishing/parse-yaml.ts";
import { programFolders } from "../../shared/publishing/publish-files.ts";
import { shippedFiles, shippedProgram } from "../builders/program-files.ts";

const policy = policyFileSchema.parse(
  parseYaml("policy.yaml", shippedFiles["policy.yaml"] ?? "").value,
);

/** No window begins before the other or ends after it. */
const isWithin = (inner: WallWindow, outer: WallWindow) =>
  inner.from >= outer.from && inner.to <= outer.to && inner.from < inner.to;

describe("the hours and caps that are shipped", () => {
  it("leave the night alone: routine messages from 9 to 20, notices about sessions from 6 to 21", () => {
    // The product's own rule, narrower than the hours that the law names for calls that nobody asked for.
    expect(policy.quietHours).toEqual({
      routine: { from: "09:00", to: "20:00" },
      scheduleNotice: { from: "06:00", to: "21:00" },
    });
    expect(isWithin(policy.quietHours.routine, { from: "08:00", to: "21:00" })).toBe(true);
  });

  it("send a person at most two routine messages a day in the program and one in aftercare", () => {
    expect(policy.caps.inProgram).toEqual({ perDay: 2, perWeek: 7 });
    expect(policy.caps.inAftercare).toEqual({ perDay: 1, perWeek: 3 });
  });

  it("send a number that nobody has vouched for less than one that somebody has", () => {
    expect(policy.caps).toMatchObject({
      perNumber: { perDay: 40 },
      unconfirmedNumber: { perDay: 1 },
      unconfirmedAddress: { perDay: 4 },
      unconfirmedAtSite: { perDay: 400 },
    });
  });
});

describe.each(programFolders(shippedFiles))("%s", (folder) => {
  const { program } = shippedProgram(folder);

  it.each(program.messages)("sends $step within the hours of its class", (row) => {
    const quiet =
      row.class === "routine" ? policy.quietHours.routine : policy.quietHours.scheduleNotice;
    expect(isWithin(row.window, quiet)).toBe(true);
  });

  it("asks what can raise an alert while four staffed hours are left", () => {
    const opening = program.messages.filter((row) => row.anchor === "check-in-opened");
    expect(opening.length).toBeGreaterThan(0);
    for (const row of opening) expect(row.window.to <= "13:00", row.step).toBe(true);
  });

  it("waits for a person no longer than a clinician signs off", () => {
    expect(program.safety.contactWithinMinutes).toMatchObject({ RED: 60, ORANGE: 240 });
    expect(program.safety.pageTiers.map(({ rota }) => rota)).toEqual([
      "primary",
      "backup",
      "supervisor",
    ]);
    for (const tier of program.safety.pageTiers)
      expect(tier.acknowledgeWithinMinutes).toBeLessThanOrEqual(15);
    // The call comes within 60 staffed minutes of the entry of a no-show.
    let minutes = 0;
    for (const rung of program.outreach.missedSession) {
      minutes += rung.afterStaffedMinutes;
      if (rung.action === "call") break;
    }
    expect(minutes).toBeLessThanOrEqual(60);
  });
});
