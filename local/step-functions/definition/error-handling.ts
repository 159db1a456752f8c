import { below, type Findings, isObject, type JsonObject, MAX_SECONDS } from "./findings.ts";
import { type Language, readLeaving } from "./leaving.ts";
import type { Catcher, Retrier } from "./machine.ts";
import { refuseOthers } from "./state-fields.ts";

const LONGEST_DELAY_SECONDS = 31_622_400;

/** Reads the entries of `Retry`. */
export function readRetry(value: unknown, location: string, findings: Findings): Retrier[] {
  return entries(value, "Retry", location, findings).map(({ entry, place, isLast }) => {
    refuseOthers(
      entry,
      [
        "Comment",
        "ErrorEquals",
        "IntervalSeconds",
        "MaxAttempts",
        "BackoffRate",
        "MaxDelaySeconds",
        "JitterStrategy",
      ],
      place,
      findings,
    );
    const seconds = { least: 1, most: MAX_SECONDS };
    const delay = findings.whole(entry, "MaxDelaySeconds", place, {
      least: 1,
      most: LONGEST_DELAY_SECONDS,
    });
    const jitter = entry.JitterStrategy ?? "NONE";
    if (jitter !== "FULL" && jitter !== "NONE") {
      findings.invalid(
        below(place, "JitterStrategy"),
        "The field 'JitterStrategy' must be one of these: [FULL, NONE]",
      );
    }
    return {
      errors: errorNames(entry, place, isLast, findings),
      intervalSeconds: findings.whole(entry, "IntervalSeconds", place, seconds) ?? 1,
      maxAttempts:
        findings.whole(entry, "MaxAttempts", place, { least: 0, most: MAX_SECONDS }) ?? 3,
      backoffRate: backoffRate(entry, place, findings),
      isJittered: jitter === "FULL",
      ...(delay === undefined ? {} : { maxDelaySeconds: delay }),
    };
  });
}

/** Reads the entries of `Catch`. */
export function readCatch(
  value: unknown,
  location: string,
  language: Language,
  findings: Findings,
): Catcher[] {
  return entries(value, "Catch", location, findings).map(({ entry, place, isLast, index }) => {
    refuseOthers(entry, ["Comment", "ErrorEquals", "Next", "Assign", "Output"], place, findings);
    findings.require(entry, place, ["Next"]);
    return {
      errors: errorNames(entry, place, isLast, findings),
      next: findings.text(entry, "Next", place) ?? "",
      ...readLeaving(entry, `Catch[${index}]/`, place, language, findings),
    };
  });
}

interface Entry {
  readonly entry: JsonObject;
  readonly place: string;
  readonly index: number;
  readonly isLast: boolean;
}

function entries(value: unknown, field: string, location: string, findings: Findings): Entry[] {
  if (value === undefined) return [];
  const place = below(location, field);
  if (!Array.isArray(value)) {
    findings.invalid(place, `The field '${field}' must be an array`);
    return [];
  }
  return value.flatMap((entry: unknown, index) => {
    if (isObject(entry)) {
      return [{ entry, place: below(place, index), index, isLast: index === value.length - 1 }];
    }
    findings.invalid(below(place, index), `Each entry of '${field}' must be an object`);
    return [];
  });
}

function errorNames(
  entry: JsonObject,
  place: string,
  isLast: boolean,
  findings: Findings,
): string[] {
  const names = entry.ErrorEquals;
  const where = below(place, "ErrorEquals");
  if (!Array.isArray(names) || names.length === 0 || names.some((one) => typeof one !== "string")) {
    findings.invalid(where, "The field 'ErrorEquals' must be a list of one error name or more");
    return [];
  }
  if (names.includes("States.ALL") && (names.length > 1 || !isLast)) {
    findings.invalid(where, "'States.ALL' must stand alone, in the last entry");
  }
  return names as string[];
}

function backoffRate(entry: JsonObject, place: string, findings: Findings): number {
  const rate = entry.BackoffRate ?? 2;
  if (typeof rate === "number" && rate >= 1) return rate;
  findings.invalid(
    below(place, "BackoffRate"),
    "The field 'BackoffRate' must be a number of 1 or more",
  );
  return 2;
}
