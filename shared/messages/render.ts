import type { Channel } from "../domain/program/program.ts";
import { TemplateProblemError } from "../errors/template-problem-error.ts";
import { renderEmailPage } from "./email-page.ts";
import { emailFooter } from "./email-footer.ts";
import { isTemplateVariable, type MessageTemplate, type TemplateValues } from "./template.ts";

export type RenderedMessage = { readonly subject?: string; readonly text: string; readonly html?: string };

/** What a rendered message is made for, beside its words. */
export type RenderOptions = {
  readonly channel: Channel;
  /** Where to turn in a crisis, in the message's language; only replies and safety messages carry it. */
  readonly crisisText?: string;
  readonly unsubscribeUrl?: string;
};

/**
 * Fills a template. Variables are a closed list; values are put in as they are and never read as
 * templates again. An email gets its footer and a plain accessible page beside the text.
 * @param language - BCP 47 tag of the template's language
 * @throws {TemplateProblemError} when the template has no words for the channel, holds an unknown
 *   variable, or a value is missing
 */
export function renderMessage(
  template: MessageTemplate,
  values: TemplateValues,
  language: string,
  options: RenderOptions,
): RenderedMessage {
  if (options.channel === "sms") {
    if (template.sms === undefined) throw noWords(template, "sms");
    return { text: fill(template, template.sms, values) };
  }
  if (template.email === undefined) throw noWords(template, "email");
  const mayNameCrisisLine = template.class === "safety" || template.class === "reply";
  const subject = fill(template, template.email.subject, values);
  const body = fill(template, template.email.text, values);
  const crisis = mayNameCrisisLine ? options.crisisText : undefined;
  const footer = emailFooter(language, values.org ?? "", options.unsubscribeUrl);
  return {
    subject,
    text: [body, ...(crisis === undefined ? [] : [crisis]), "-- ", ...footer.textLines].join("\n\n"),
    html: renderEmailPage({
      language,
      title: subject,
      paragraphs: paragraphsOf(body),
      footer,
      ...(crisis === undefined ? {} : { crisis }),
      ...(values.link === undefined ? {} : { link: values.link }),
    }),
  };
}

/** Fills the variables of one text. */
function fill(template: MessageTemplate, text: string, values: TemplateValues): string {
  return text.replaceAll(/\{([^{}]*)\}/g, (_whole, name: string) => {
    const value = isTemplateVariable(name) ? values[name] : undefined;
    if (value === undefined) {
      throw new TemplateProblemError("A template's variable has no value", {
        templateId: template.templateId,
        isKnown: isTemplateVariable(name),
      });
    }
    return value;
  });
}

function paragraphsOf(body: string): readonly string[] {
  return body
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "");
}

function noWords(template: MessageTemplate, channel: Channel): TemplateProblemError {
  return new TemplateProblemError("The template has no words for the channel", {
    templateId: template.templateId,
    channel,
  });
}
