import type { DecisionContext } from "../../shared/care/change/context.ts";
import { channels } from "../../shared/care/program/program.ts";
import { addDays, instantAt, localDate } from "../../shared/care/time/zoned-time.ts";
import { renderMessage } from "../../shared/messages/render.ts";
import { countSmsParts } from "../../shared/messages/sms-parts.ts";
import { type MessageTemplates, templateValues } from "../../shared/messages/template.ts";

/** One message of the program in one language, as it would arrive. */
export type PreviewedText = {
  readonly templateId: string;
  readonly language: string;
  readonly channel: "sms" | "email";
  readonly subject?: string;
  readonly text: string;
  /** What the carrier counts and bills; texts only. */
  readonly smsParts?: number;
};

/** A link as long as a real one. */
const link = "https://care.example.org/k/AbCdEfGhIjKlMnOpQrSt";

/** Every message of the program in each of its languages, filled in as for somebody expected tomorrow at nine. */
export function previewTexts(
  ctx: DecisionContext,
  templates: MessageTemplates,
): readonly PreviewedText[] {
  const { site, program, now } = ctx;
  const tomorrow = addDays(localDate(now, site.timeZone), 1);
  return program.languages.flatMap((language) =>
    Object.entries(templates[language] ?? {}).flatMap(([templateId, template]) => {
      const row = program.messages.find((one) => one.templateId === templateId);
      // Whoever was missed was expected this morning.
      const day = row?.anchor === "missed-session" ? localDate(now, site.timeZone) : tomorrow;
      const values = templateValues({
        senderName: site.senderName,
        phone: site.phone,
        language,
        timeZone: site.timeZone,
        now,
        aboutAt: instantAt(day, "09:00", site.timeZone),
        wasAt: instantAt(tomorrow, "11:00", site.timeZone),
        link,
      });
      return channels.flatMap((channel): readonly PreviewedText[] => {
        if (channel === "sms" ? template.sms === undefined : template.emailBody === undefined)
          return [];
        const { subject, text } = renderMessage(template, values, language, {
          channel,
          class: row?.class ?? "reply",
        });
        return [
          {
            templateId,
            language,
            channel,
            ...(subject === undefined ? {} : { subject }),
            text,
            ...(channel === "sms" ? { smsParts: countSmsParts(text).parts } : {}),
          },
        ];
      });
    }),
  );
}
