import type { Page } from "playwright-core";

const triesAtMost = 20;
const pauseMilliseconds = 100;

/**
 * Presses the browser's Back button. For an instant after a page has come in, Chromium still hands it from one
 * process to the next and refuses to say where Back would lead; it is asked again until it does.
 */
export async function pressBack(page: Page): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await page.goBack();
      return;
    } catch (error) {
      const isHandedOver =
        error instanceof Error && error.message.includes("Not attached to an active page");
      if (!isHandedOver || tried === triesAtMost) throw error;
      await page.waitForTimeout(pauseMilliseconds);
    }
  }
}
