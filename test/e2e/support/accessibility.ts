import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const longestLookSeconds = 60;
const longestReadSeconds = 20;

type Violations = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"];

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
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (tags !== undefined) axe.withTags([...tags]);
  return (await within(longestLookSeconds, `axe on ${page.url()}`, axe.analyze())).violations;
}
