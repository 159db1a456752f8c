import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { forgetRun, otherRunOn, recordRun } from "../../local/data-folder.ts";
import { jsonResponse } from "../../local/http/http-message.ts";
import { createHttpServer, type RunningHttpServer } from "../../local/http/http-server.ts";

let dataFolder: string;
let server: RunningHttpServer;

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), "throughcare-run-"));
  const handle = async () => jsonResponse(200, { dataFolder });
  server = await createHttpServer({ port: 0, routes: [{ prefix: "/_local/run", handle }] });
});
afterEach(async () => {
  await server.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

it("a data folder that a run serves is in use, and free once that run has ended", async () => {
  expect(await otherRunOn(dataFolder)).toBeUndefined();
  recordRun(dataFolder, server.url);
  expect(await otherRunOn(dataFolder)).toBe(server.url);
  forgetRun(dataFolder);
  expect(await otherRunOn(dataFolder)).toBeUndefined();
});

it("the record of a run that was killed is no obstacle", async () => {
  recordRun(dataFolder, server.url);
  await server.close();
  expect(await otherRunOn(dataFolder)).toBeUndefined();
});

it("a run of another folder on the same port is no obstacle, nor is a damaged record", async () => {
  const other = mkdtempSync(join(tmpdir(), "throughcare-run-"));
  recordRun(other, server.url);
  expect(await otherRunOn(other)).toBeUndefined();
  writeFileSync(join(dataFolder, "running.json"), "{");
  expect(await otherRunOn(dataFolder)).toBeUndefined();
  rmSync(other, { recursive: true, force: true });
});
