import { test } from "vitest";

test("ends the whole process", () => {
  process.kill(process.pid, "SIGKILL");
});
