import { afterAll, describe } from "vitest";
import { LocalServer } from "./support/local-server.ts";
import { testMainJob } from "./support/main-job.ts";
import { mainJobStart } from "./support/main-job-pathways.ts";

describe("one participant from the intake form to the last check-in", () => {
  const server = new LocalServer({ startAt: mainJobStart });
  afterAll(() => server.stop());
  testMainJob(server, () => server.start());
});
