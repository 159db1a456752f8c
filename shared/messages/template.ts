/** The reviewed words of one message in one language, by channel. */
export type MessageTemplate = {
  /** Body of a text. */
  readonly sms?: string;
  readonly emailSubject?: string;
  /** Body of an email; paragraphs are separated by an empty line. */
  readonly emailBody?: string;
};

/** All templates of a program: language → template id → words. */
export type MessageTemplates = Readonly<Record<string, Readonly<Record<string, MessageTemplate>>>>;

/**
 * The only variables a template may hold, written `{name}`. None of them can carry health information:
 * the sender's neutral name, its phone, a link, and when something is.
 */
export const templateVariables = ["org", "phone", "link", "time", "dayWord", "date"] as const;
export type TemplateVariable = (typeof templateVariables)[number];
export type TemplateValues = Readonly<Partial<Record<TemplateVariable, string>>>;

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
