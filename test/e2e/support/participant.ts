import { FormBrowser } from "./browser-form.ts";
import type { Client, OutboxMessage } from "./client.ts";

/** Picks the value of a question's radios; the values are offered in the page's own order. */
export type Choose = (question: {
  readonly name: string;
  readonly values: readonly string[];
  readonly html: string;
}) => string;

const longestWalk = 60;

/** Opens the link of a message as its reader does: the neutral page, then its button. */
export async function openLink(link: string): Promise<FormBrowser> {
  const browser = await new FormBrowser().open(link);
  if (browser.status !== 200) return browser;
  return browser.submit();
}

/** Walks through whatever pages follow, one question at a time, until a page without a form. */
export async function answerPages(
  browser: FormBrowser,
  choose: Choose,
): Promise<{ readonly pages: readonly string[]; readonly browser: FormBrowser }> {
  const pages: string[] = [browser.html];
  for (let step = 0; step < longestWalk; step += 1) {
    if (browser.status !== 200 || !browser.main.includes("<form")) return { pages, browser };
    const fields: Record<string, string> = {};
    for (const name of browser.radioNames()) {
      const values = radioValues(browser.main, name);
      fields[name] = choose({ name, values, html: browser.html });
    }
    for (const name of numberFields(browser.main))
      fields[name] = choose({ name, values: [], html: browser.html });
    await browser.submit(fields);
    pages.push(browser.html);
  }
  throw new Error(
    `The pages did not end after ${longestWalk} steps:\n${browser.main.slice(0, 2000)}`,
  );
}

export function radioValues(html: string, name: string): string[] {
  const values: string[] = [];
  for (const match of html.matchAll(/<input\b[^>]*type="radio"[^>]*>/g)) {
    if (/name="([^"]*)"/.exec(match[0])?.[1] === name)
      values.push(/value="([^"]*)"/.exec(match[0])?.[1] ?? "");
  }
  return values;
}

function numberFields(html: string): string[] {
  return [...html.matchAll(/<input\b[^>]*>/g)]
    .map((match) => match[0])
    .filter((tag) => /inputmode="numeric"|type="number"/.test(tag))
    .map((tag) => /name="([^"]*)"/.exec(tag)?.[1] ?? "");
}

/** The newest message to somebody whose template begins so. */
export async function newestMessage(
  client: Client,
  participantId: string,
  template: string,
  since?: string,
): Promise<OutboxMessage> {
  const all = await client.outbox({ participantId, ...(since === undefined ? {} : { since }) });
  const found = all.find((message) => message.templateId?.startsWith(template) === true);
  if (found === undefined)
    throw new Error(`No ${template} among ${all.map((message) => message.templateId).join(", ")}`);
  return found;
}

export function linkOf(message: OutboxMessage): string {
  const link = message.links.find((one) => one.includes("/k/"));
  if (link === undefined)
    throw new Error(`The message ${message.templateId} has no link: ${message.text}`);
  return link;
}
