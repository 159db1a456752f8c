import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { writtenTrip } from "../../../local/simulation/trip.ts";

/** More files than this, and nobody follows a referral to its first message any more. */
const maxFiles = 60;

it("from a referral to the first message is as docs/architecture.md tells it, and no longer", () => {
  // A process of its own: what other tests have run is not counted.
  const printed = execFileSync(process.execPath, ["local/simulation/trip.ts"], {
    encoding: "utf8",
  });
  expect(writtenTrip(readFileSync("docs/architecture.md", "utf8"))).toBe(printed.trimEnd());
  const files = printed.match(/^ {3}- `/gm) ?? [];
  expect(files.length).toBeGreaterThan(30);
  expect(files.length).toBeLessThanOrEqual(maxFiles);
  for (const entered of ["workflows/run/open-intake.ts", "shared/messages/send-gate.ts"])
    expect(printed).toContain(`- \`${entered}\``);
}, 900_000);
