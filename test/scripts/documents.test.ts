import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
/** What tells of the past names files as they were then. */
const ofThePast = /^(CHANGELOG\.md|docs\/decisions\/)/;
const ourFile =
  /`((?:shared|workflows|functions|local|cli|infra|test|scripts|programs|docs)\/[\w./-]+)`/g;

const documents = globSync(
  "{*.md,docs/**/*.md,{functions,workflows,local,test,infra}/*/README.md}",
  {
    cwd: root,
  },
)
  .filter((path) => !ofThePast.test(path))
  .sort();

test("documents are looked at", () => {
  expect(documents).toEqual(
    expect.arrayContaining(["CONTRIBUTING.md", "README.md", "docs/architecture.md"]),
  );
});

test.each(documents)("%s names no file that is not there", (path) => {
  const named = [...readFileSync(join(root, path), "utf8").matchAll(ourFile)].map(
    (match) => match[1] ?? "",
  );
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
