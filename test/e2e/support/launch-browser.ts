import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContext, chromium as driver, type Page } from "playwright-core";

/**
 * A headless Chromium that several windows may share. The package's own switches are for one window in a
 * function (one process for all, graphics within it): here pages are only read, so nothing is drawn by a
 * graphics processor, and a window that stands still takes no other with it.
 */
export async function launchBrowser(): Promise<Browser> {
  return driver.launch({
    executablePath: await chromium.executablePath(),
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
    headless: true,
  });
}

const longestCloseSeconds = 20;

/**
 * Closes a window, or all windows of one person. Closing has no time limit of its own and now and then stands
 * still for good: then this is printed, and the browser takes the window with it when it ends.
 */
export async function closeWindow(window: Page | BrowserContext): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      console.warn(`A window did not close within ${longestCloseSeconds} s: left to the browser`);
      resolve();
    }, longestCloseSeconds * 1000);
  });
  await Promise.race([window.close(), limit]);
  clearTimeout(timer);
}
