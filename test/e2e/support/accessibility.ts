import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { CDPSession, Page } from "playwright-core";

const longestLookSeconds = 60;
const longestReadSeconds = 20;

type Violations = AxeResults["violations"];

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);
/** Where a window keeps the text of axe for its next page. */
const axeShelf = "axe-of-the-tests";

class StoodStillError extends Error {}

/** What `work` gives. Scripts in a window have no time limit of their own: this one says what stood still. */
async function within<T>(seconds: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new StoodStillError(`${what} took longer than ${seconds} s`)),
      seconds * 1000,
    );
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What axe finds on a page. Once in some hundred runs a window of the headless browser stops answering: then
 * the same page is read again in a fresh one, which is printed. A page that stands still twice fails.
 */
export async function accessibilityViolations(
  page: Page,
  tags?: readonly string[],
): Promise<Violations> {
  const url = page.url();
  const html = await within(longestReadSeconds, `reading ${url}`, page.content());
  try {
    return await violationsIn(page, tags);
  } catch (error) {
    if (!(error instanceof StoodStillError)) throw error;
    console.warn(`${error.message}: read again in a fresh window`);
  }
  const browser = page.context().browser();
  if (browser === null) throw new Error("This page has no browser of its own");
  const context = await browser.newContext({ viewport: page.viewportSize() });
  try {
    const again = await context.newPage();
    await again.route(url, (route) => route.fulfill({ contentType: "text/html", body: html }));
    await again.goto(url);
    return await violationsIn(again, tags);
  } finally {
    await context.close();
  }
}

async function violationsIn(page: Page, tags?: readonly string[]): Promise<Violations> {
  const options: RunOptions = {
    resultTypes: ["violations"],
    // The frames of the local outbox hold emails as they are, without scripts: nothing answers in them.
    iframes: false,
    ...(tags === undefined ? {} : { runOnly: { type: "tag", values: [...tags] } }),
  };
  const session = await page.context().newCDPSession(page);
  try {
    return await within(longestLookSeconds, `axe on ${page.url()}`, look(session, options));
  } finally {
    await session.detach();
  }
}

/** To bring half a megabyte of axe to a window takes five times as long as to run it: each window gets it once. */
async function look(session: CDPSession, options: RunOptions): Promise<Violations> {
  const shelf = JSON.stringify(axeShelf);
  const isThere = await evaluate(
    session,
    `(() => { const axe = sessionStorage.getItem(${shelf}); if (axe === null) return false; (0, eval)(axe); return true; })()`,
  );
  if (isThere !== true) {
    await evaluate(
      session,
      `(() => { const axe = ${JSON.stringify(axeSource)}; sessionStorage.setItem(${shelf}, axe); (0, eval)(axe); })()`,
    );
  }
  const found = await evaluate(
    session,
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => JSON.stringify(violations))`,
  );
  return JSON.parse(String(found));
}

async function evaluate(session: CDPSession, expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails !== undefined)
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}
