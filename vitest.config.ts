import { defineConfig } from "vitest/config";

const isFullVolume = process.env.THROUGHCARE_TEST_VOLUME === "full";

export default defineConfig({
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    exclude: ["test/planted/**", "**/node_modules/**"],
    pool: "threads",
    maxWorkers: 2,
    testTimeout: isFullVolume ? 300_000 : 180_000,
    hookTimeout: 300_000,
    // A focused or skipped test must never turn a red suite green.
    allowOnly: false,
    passWithNoTests: false,
    restoreMocks: true,
    unstubEnvs: true,
    coverage: {
      provider: "v8",
      include: [
        "shared/{care,questions,messages}/**/*.ts",
        "workflows/{intake,weekly-program,discharge,aftercare,outreach,escalation}/*.ts",
        "workflows/run/next-step.ts",
      ],
      reporter: ["json-summary", "text-summary"],
      reportsDirectory: "coverage",
      reportOnFailure: true,
    },
  },
});
