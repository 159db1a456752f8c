import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { taskKinds } from "../../shared/care/episode/task-kinds.ts";
import { taskKindRecords } from "../../shared/care/tasks/task-kinds.ts";

const folder = fileURLToPath(new URL("../../docs/runbooks", import.meta.url));
const runbooks = readdirSync(folder).map((name) => [
  name,
  readFileSync(join(folder, name), "utf8"),
]);
const labels = new Set(taskKinds.map((kind) => taskKindRecords[kind].label));

test.each(runbooks)("%s names work as the queue does, and not by its code", (_name, text = "") => {
  const codes = taskKinds.filter(
    (kind) => text.includes(`_${kind}_`) || text.includes(`\`${kind}\``),
  );
  expect(codes).toEqual([]);
  const named = [...text.matchAll(/tasks? “([^”]+)”/g)].map(([, label = ""]) => label);
  expect(named.filter((label) => !labels.has(label))).toEqual([]);
});
