import type { MessageClass } from "../care/program/program.ts";

/** Templates that every program needs beside those of its message plan, with their class. */
export const systemTemplates = {
  "schedule-notice": "schedule-notice",
  "opt-in-confirm": "reply",
  "stop-confirm": "reply",
  "help-reply": "reply",
  "start-confirm": "reply",
  "auto-reply": "reply",
  "crisis-reply": "safety",
  "page-staff-text": "safety",
  "page-staff-voice": "safety",
} as const satisfies Readonly<Record<string, MessageClass>>;

export const systemTemplateIds: readonly string[] = Object.keys(systemTemplates);

/** The class of a template: as the message plan uses it, else what it is in every program. */
export function templateClass(
  templateId: string,
  rows: readonly { readonly templateId: string; readonly class: MessageClass }[],
): MessageClass {
  const system = Object.entries(systemTemplates).find(([id]) => id === templateId)?.[1];
  return rows.find((row) => row.templateId === templateId)?.class ?? system ?? "routine";
}
