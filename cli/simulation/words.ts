import { statusLabels } from "../../shared/care/episode/status.ts";
import { taskKindRecords } from "../../shared/care/tasks/task-kinds.ts";

/** A name of the program's files or of the product as people say it: `session-reminder`, `case-manager`. */
export function plain(name: string): string {
  return name.replaceAll("-", " ");
}

/** Where somebody stands on the pathway, within a sentence. */
export function statusWords(status: string): string {
  return (
    new Map<string, string>(Object.entries(statusLabels)).get(status)?.toLowerCase() ??
    plain(status)
  );
}

/** How a message goes. */
export function channelWords(channel: string): string {
  return (
    new Map([
      ["sms", "text"],
      ["voice", "call"],
    ]).get(channel) ?? plain(channel)
  );
}

/** What a piece of work is called, within a sentence. */
export function workWords(kind: string): string {
  const record = new Map<string, { readonly label: string }>(Object.entries(taskKindRecords)).get(
    kind,
  );
  return record?.label.toLowerCase() ?? plain(kind);
}
