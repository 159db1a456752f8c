import type { Policy } from "../program/policy.ts";
import { ownValue } from "../text/own-value.ts";
import { type Agreement, consentTextKeys } from "./consent-record.ts";

/** What is read out before somebody agrees, and in which language it stands. */
export type ConsentWording = { readonly text: string; readonly language: string };

/**
 * The wording of an agreement in the person's language, as the policy has it; in English, for an interpreter,
 * where it has none. `undefined` where the policy has no such wording at all.
 */
export function consentWording(
  policy: Pick<Policy, "legalText">,
  agreement: Agreement,
  language: string,
): ConsentWording | undefined {
  const texts = ownValue(policy.legalText, consentTextKeys[agreement]) ?? {};
  const primary = language.split("-")[0]?.toLowerCase() ?? language;
  for (const tag of [language, primary, "en"]) {
    const text = ownValue(texts, tag);
    if (text !== undefined) return { text, language: tag };
  }
  return undefined;
}
