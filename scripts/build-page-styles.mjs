// Compiles the style sheets of the participant and the staff pages into modules that are committed with them, so that
// neither the bundles nor the local run need a style compiler. Rules for classes that no page uses are left out.
// Usage: node scripts/build-page-styles.mjs [--check]   (--check: fails when the module is not up to date)
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compile } from "sass";

const root = join(import.meta.dirname, "..");

/** Every class of the library that a page of this site names. */
function usedClasses(folder) {
  const used = new Set();
  for (const room of [folder, join(root, "shared/web")])
    for (const path of readdirSync(room, { recursive: true, encoding: "utf8" })) {
      if (!path.endsWith(".tsx")) continue;
      for (const [name] of readFileSync(join(room, path), "utf8").matchAll(/govuk-[a-z_-]+/g))
        used.add(name);
    }
  return used;
}

/** Top-level blocks of a compressed style sheet: what stands before the brace, and what is inside. */
function blocks(css) {
  const found = [];
  let depth = 0;
  let start = 0;
  let open = 0;
  for (let at = 0; at < css.length; at += 1) {
    if (css[at] === "{") {
      if (depth === 0) open = at;
      depth += 1;
    } else if (css[at] === "}") {
      depth -= 1;
      if (depth === 0) {
        found.push({ head: css.slice(start, open), body: css.slice(open + 1, at) });
        start = at + 1;
      }
    }
  }
  return found;
}

/** Commas inside of brackets do not part selectors. */
function selectors(head) {
  return head.split(/,(?![^(]*\))/).map((one) => one.trim());
}

function keepUsed(css, used) {
  let kept = "";
  for (const { head, body } of blocks(css)) {
    // Of what is for paper, only our own plans and sheets are printed by purpose.
    const isOthersPrint = head.startsWith("@media print") && !/\.(plan|paper)\b/.test(body);
    if (isOthersPrint || body.trim() === "") continue;
    if (head.startsWith("@")) {
      const inner =
        head.startsWith("@media") || head.startsWith("@supports") ? keepUsed(body, used) : body;
      if (inner !== "") kept += `${head}{${inner}}`;
      continue;
    }
    const wanted = selectors(head).filter((one) =>
      [...one.matchAll(/\.(govuk-[a-z_-]+)/g)].every(([, name]) => used.has(name)),
    );
    if (wanted.length > 0) kept += `${wanted.join(",")}{${body}}`;
  }
  return kept;
}

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
for (const site of ["participant-site", "staff-site"]) {
  const folder = join(root, "functions", site);
  const target = join(folder, "style.generated.ts");
  const { css } = compile(join(folder, "style.scss"), {
    style: "compressed",
    loadPaths: [join(root, "node_modules")],
    quietDeps: true,
    // Notes of the library to its own users about colours that are not its.
    logger: { warn() {}, debug() {} },
  });
  const plain = css
    .replace(/^(\uFEFF|@charset "UTF-8";)/, "")
    // Colours are fixed here: the values stand where the library reads its custom properties.
    .replaceAll(/var\(--govuk-[a-z-]+,\s*([^()]+)\)/g, "$1")
    .replaceAll(/:root\{[^{}]*\}/g, "");
  const text = keepUsed(plain, usedClasses(folder));
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const module = `// Made by scripts/build-page-styles.mjs from style.scss; do not edit.
// Contains parts of GOV.UK Frontend, (c) Crown Copyright (Government Digital Service), MIT licence.
export const styleHash = ${JSON.stringify(hash)};
export const style = ${JSON.stringify(text)};
`;
  if (!values.check) {
    writeFileSync(target, module);
    console.log(`${(text.length / 1000).toFixed(1)} kB  ${target}`);
  } else if (readFileSync(target, "utf8") !== module) {
    console.error(
      `${target} is not what its style.scss compiles to. Run: node scripts/build-page-styles.mjs`,
    );
    process.exitCode = 1;
  }
}
