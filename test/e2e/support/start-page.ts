import { FormBrowser } from "./browser-form.ts";
import { radioValues } from "./participant.ts";

export type SelfReferral = {
  readonly siteId: string;
  readonly given: string;
  readonly family: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  readonly phone?: string;
  readonly email?: string;
};

const longestIntake = 40;

/** Fills in the pages at `/start` as somebody who refers themself, and returns the last page. */
export async function sendSelfReferral(origin: string, person: SelfReferral): Promise<FormBrowser> {
  const values = valuesOf(person);
  const browser = await new FormBrowser().open(`${origin}/start`);
  for (let step = 0; step < longestIntake; step += 1) {
    if (browser.status !== 200)
      throw new Error(`${browser.url} answered ${browser.status}: ${browser.main.slice(0, 1000)}`);
    if (!browser.main.includes("<form")) return browser;
    const fields: Record<string, string> = {};
    for (const name of browser.radioNames()) {
      const offered = radioValues(browser.main, name);
      fields[name] = values[name] ?? (offered.includes("no") ? "no" : (offered[0] ?? ""));
    }
    for (const name of textFields(browser.main)) fields[name] = values[name] ?? "";
    for (const name of tickBoxes(browser.main)) fields[name] = "yes";
    await browser.submit(fields);
  }
  throw new Error(`The pages did not end: ${browser.url} ${browser.main.slice(0, 1500)}`);
}

function valuesOf(person: SelfReferral): Readonly<Record<string, string>> {
  const [year = "", month = "", day = ""] = person.birthDate.split("-");
  return {
    siteId: person.siteId,
    programId: "adult-iop",
    given: person.given,
    family: person.family,
    "birth-year": year,
    "birth-month": String(Number(month)),
    "birth-day": String(Number(day)),
    phone: person.phone ?? "",
    phoneKind: "own",
    email: person.email ?? "",
    language: "en",
  };
}

function textFields(html: string): string[] {
  return [...html.matchAll(/<(?:input|textarea)\b[^>]*>/g)]
    .map((match) => match[0])
    .filter((tag) => !/type="(hidden|radio|checkbox|submit)"/.test(tag))
    .flatMap((tag) => /name="([^"]*)"/.exec(tag)?.[1] ?? []);
}

function tickBoxes(html: string): string[] {
  return [...html.matchAll(/<input\b[^>]*type="checkbox"[^>]*>/g)].flatMap(
    (match) => /name="([^"]*)"/.exec(match[0])?.[1] ?? [],
  );
}
