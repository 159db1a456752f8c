import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FormBrowser } from "./browser-form.ts";
import type { Client } from "./client.ts";
import { linkOf, newestMessage, openLink, radioValues } from "./participant.ts";

export const phq9FromElsewhere: unknown = JSON.parse(
  readFileSync(
    join(import.meta.dirname, "../../fixtures/fhir/us-core-QuestionnaireResponse-phq-9.json"),
    "utf8",
  ),
);

export type Referred = {
  readonly episodeId: string;
  readonly participantId: string;
  readonly phone: string;
  readonly email: string;
};

/**
 * A self-referral to Riverside by somebody with a phone of their own and an email address.
 * @param number - two digits that make the person's number and address their own
 */
export async function refer(
  client: Client,
  number: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Referred> {
  const phone = `+121255501${number}`;
  const email = `person${number}@example.org`;
  const { status, body } = await client.json(
    "POST",
    "/api/v1/intakes",
    {
      programId: "adult-iop",
      siteId: "riverside",
      source: "self",
      participant: {
        name: { given: "Wren", family: `Number${number}` },
        birthDate: "1988-03-02",
        phone,
        phoneKind: "own",
        email,
        language: "en",
      },
      consents: { sms: true, email: true, voicemail: false },
      ...more,
    },
    { "idempotency-key": `referral-of-${number}` },
  );
  if (status !== 202)
    throw new Error(`The referral was answered ${status}: ${JSON.stringify(body)}`);
  const { episodeId } = body;
  const { participantId } = await client.api("case-manager", "GET", `/episodes/${episodeId}`);
  return { episodeId, participantId, phone, email };
}

/** Opens the forms from their message and answers "not at all" up to the question about self-harm. */
export async function walkToItem9(client: Client, person: Referred): Promise<FormBrowser> {
  const browser = await openLink(
    linkOf(await newestMessage(client, person.participantId, "ask-forms")),
  );
  for (let page = 0; page < 20; page += 1) {
    const [name] = browser.radioNames();
    if (name === "phq9-9") return browser;
    await browser.submit(
      name === undefined ? {} : { [name]: radioValues(browser.main, name)[0] ?? "" },
    );
  }
  throw new Error(`The question was not reached: ${browser.main.slice(0, 500)}`);
}
