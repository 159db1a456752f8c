import { serviceRecords } from "../../care/program/service-kinds.ts";
import type { RecordedService } from "../../store/read-services.ts";

/** How somebody stands with a service, as staff read it: how far, what, with whom and when. */
export function serviceWords(record: RecordedService): string {
  const { states } = serviceRecords[record.service];
  const { service, state, topic, result, isConfirmed, isRead, wasThere, toldBy } = record;
  return [
    states[state],
    ...(topic === undefined ? [] : [topic]),
    ...(record.with === undefined ? [] : [`with ${record.with}`]),
    ...(record.on === undefined ? [] : [record.on]),
    ...(result === undefined
      ? []
      : [`${result}${isConfirmed === true ? ", confirmed" : ", presumptive: not a fact"}`]),
    ...(result === undefined ? [] : [isRead === true ? "read by a clinician" : "not read yet"]),
    ...(toldBy === undefined ? [] : [`told by ${toldBy}`]),
    ...(service === "family" && state === "done" && wasThere !== true
      ? ["without the participant: not counted"]
      : []),
    ...(record.isCleared === true ? [clearedWords[service] ?? "cleared"] : []),
    ...(record.nextOn === undefined ? [] : [`next ${record.nextOn}`]),
  ].join(", ");
}

const clearedWords: Readonly<Partial<Record<RecordedService["service"], string>>> = {
  family: "with live releases",
  holistic: "medically cleared",
  alumni: "consent given",
};
