// Makes a fresh clone runnable: `npm start`, `npm test` and the other scripts call this first.
// Plain JavaScript without dependencies, because it runs on whatever Node is there before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const stampFile = join(modules, ".throughcare-installed");
const bundledNode = join(modules, ".bin", "node");
const requiredMajor = 24;
const hasBundledNode = process.platform === "linux" && process.arch === "x64";
const progressEverySeconds = 3;

/** Ends the script with one sentence that says what to do; a stack trace would only hide it. */
function stop(sentence) {
  process.stderr.write(`throughcare: ${sentence}\n`);
  process.exit(1);
}

function say(sentence) {
  process.stderr.write(`throughcare: ${sentence}\n`);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function lockHash() {
  const lock = join(root, "package-lock.json");
  if (!existsSync(lock)) {
    stop("package-lock.json is missing; get it back with `git checkout package-lock.json`.");
  }
  return createHash("sha256").update(readFileSync(lock)).digest("hex");
}

/** Package folders that this machine needs; optional ones of other platforms are left out. */
function packagesNeeded() {
  const lock = readJson(join(root, "package-lock.json"));
  return Object.entries(lock?.packages ?? {}).filter(([path, entry]) => {
    const fits = (names, value) => {
      const list = [names ?? []].flat();
      const allowed = list.filter((name) => !name.startsWith("!"));
      return !list.includes(`!${value}`) && (allowed.length === 0 || allowed.includes(value));
    };
    const fitsHere = fits(entry.os, process.platform) && fits(entry.cpu, process.arch);
    return path !== "" && !(entry.optional === true && !fitsHere);
  });
}

/**
 * True when somebody already ran `npm ci` or `npm install` by hand. Optional packages may be absent: npm skips
 * those that do not fit the C library or the Node version.
 */
function isInstalledByHand() {
  const installed = readJson(join(modules, ".package-lock.json"))?.packages;
  if (installed === undefined) {
    return false;
  }
  return packagesNeeded().every(
    ([path, entry]) =>
      installed[path]?.version === entry.version ||
      (entry.optional === true && installed[path] === undefined),
  );
}

function runNpmCi() {
  const args = [
    "ci",
    "--include=dev",
    "--include=optional",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const npm = process.env.npm_execpath;
  const isNpm = npm !== undefined && /npm-cli\.[cm]?js$/.test(npm);
  const [command, commandArgs] = isNpm ? [process.execPath, [npm, ...args]] : ["npm", args];
  const env = { ...process.env };
  // Running inside `npm start -- …` these describe the outer command and would change what `npm ci` does.
  for (const key of [
    "npm_config_global",
    "npm_config_omit",
    "npm_config_production",
    "npm_config_dry_run",
  ]) {
    delete env[key];
  }
  return new Promise((resolve) => {
    const child = spawn(command, commandArgs, {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = [];
    child.stdout.on("data", (chunk) => output.push(chunk));
    child.stderr.on("data", (chunk) => output.push(chunk));
    child.on("error", (error) => resolve({ code: 1, output: String(error) }));
    child.on("close", (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(output).toString() }),
    );
  });
}

async function install() {
  const needed = packagesNeeded();
  const startedAt = process.hrtime.bigint();
  const seconds = () => Math.round(Number(process.hrtime.bigint() - startedAt) / 1e9);
  say(`installing ${needed.length} packages with npm ci (once; about a minute on two cores)`);
  const progress = setInterval(() => {
    const unpacked = needed.filter(([path]) => existsSync(join(root, path, "package.json"))).length;
    const doing =
      unpacked === 0
        ? "reading the lock file and fetching"
        : `${unpacked} of ${needed.length} unpacked`;
    say(`installing … ${seconds()} s, ${doing}`);
  }, progressEverySeconds * 1000);
  const { code, output } = await runNpmCi();
  clearInterval(progress);
  if (code !== 0) {
    process.stderr.write(`${output.trimEnd()}\n`);
    stop(
      "npm ci did not finish (its own words are above). Check the network and the npm registry setting, then run the same command again.",
    );
  }
  say(`installed in ${seconds()} s`);
}

/** The Node that the following npm script will run on: npm puts node_modules/.bin first in PATH. */
function checkNode() {
  const carried = hasBundledNode && existsSync(bundledNode);
  const version = carried
    ? spawnSync(bundledNode, ["--version"], { encoding: "utf8" }).stdout?.trim()
    : process.version;
  const major = Number(/^v(\d+)\./.exec(version ?? "")?.[1] ?? 0);
  if (major >= requiredMajor) {
    return version;
  }
  if (hasBundledNode) {
    stop(
      `the Node ${requiredMajor} that comes with the packages does not run here (${version || "no answer"}). Delete node_modules and run the same command again, or use Node ${requiredMajor} or newer.`,
    );
  }
  stop(
    `Node ${requiredMajor} or newer is needed and this is ${version}. On Linux x64 it comes with the packages; on ${process.platform} ${process.arch} install it yourself (see .nvmrc), then run the same command again.`,
  );
}

const hash = lockHash();
const stamp = existsSync(stampFile) ? readFileSync(stampFile, "utf8").trim() : "";
const isCurrent = stamp === hash && (hasBundledNode ? existsSync(bundledNode) : true);
if (isCurrent) {
  if (!hasBundledNode) {
    checkNode();
  }
} else {
  if (!isInstalledByHand() || (hasBundledNode && !existsSync(bundledNode))) {
    await install();
  }
  const version = checkNode();
  writeFileSync(stampFile, `${hash}\n`);
  say(`ready: Node ${version}`);
}
