import * as z from "zod";
import type { Stored } from "../care/stored/fields.ts";

/** The reviewed words of one message in one language, by channel. */
const messageTemplate = z.object({
  /** Body of a text. */
  sms: z.exactOptional(z.string()),
  emailSubject: z.exactOptional(z.string()),
  /** Body of an email; paragraphs are separated by an empty line. */
  emailBody: z.exactOptional(z.string()),
});
export type MessageTemplate = Stored<typeof messageTemplate>;

/** All templates of a program: language → template id → words. */
export const messageTemplatesSchema = z.record(z.string(), z.record(z.string(), messageTemplate));
export type MessageTemplates = Stored<typeof messageTemplatesSchema>;

/**
 * The only variables a template may hold, written `{name}`. None of them can carry health information:
 * the sender's neutral name, its phone, a link, and when something is.
 */
export const templateVariables = [
  "org",
  "phone",
  "link",
  "time",
  "dayWord",
  "date",
  "was",
] as const;
export type TemplateVariable = (typeof templateVariables)[number];
export type TemplateValues = Readonly<Partial<Record<TemplateVariable, string>>>;

/** True for a name that message texts may hold between braces. */
export function isTemplateVariable(name: string): name is TemplateVariable {
  return (templateVariables as readonly string[]).includes(name);
}

/** Every `{…}` of a text, in order, with where it starts. */
export function placeholders(
  text: string,
): readonly { readonly name: string; readonly index: number }[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => ({
    name: match[1] ?? "",
    index: match.index,
  }));
}
