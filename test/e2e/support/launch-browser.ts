import chromium from "@sparticuz/chromium";
import { type Browser, chromium as driver } from "playwright-core";

/** A headless Chromium that several windows may share. */
export async function launchBrowser(): Promise<Browser> {
  return driver.launch({
    executablePath: await chromium.executablePath(),
    // In one process, the browser would end with its first window.
    args: chromium.args.filter((arg) => arg !== "--single-process" && arg !== "--no-zygote"),
    headless: true,
  });
}
