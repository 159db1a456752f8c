import type { MachineType } from "../engine-types.ts";
import { readCatch, readRetry } from "./error-handling.ts";
import { below, type Findings, isObject, type JsonObject, MAX_SECONDS } from "./findings.ts";
import { type Language, needsJsonata, readLeaving, readNeutral } from "./leaving.ts";
import type { ChoiceState, FailState, State, WaitState } from "./machine.ts";
import { readTask } from "./read-task.ts";
import { checkFields, checkType, refuseOthers } from "./state-fields.ts";
import { parseTimestamp } from "./timestamp.ts";

/** What holds for the whole machine. */
export interface Surroundings {
  readonly type: MachineType;
  /** The machine's `QueryLanguage`, where it has one. */
  readonly queryLanguage: unknown;
}

/** Compiles one state; undefined where it is of no use any further. */
export function readState(
  name: string,
  state: unknown,
  surroundings: Surroundings,
  findings: Findings,
): State | undefined {
  const location = below("/States", name);
  if (!isObject(state)) {
    findings.invalid(location, "A state must be an object");
    return undefined;
  }
  const language = languageOf(state, location, surroundings, findings);
  if (!checkType(state, location, findings)) return undefined;
  checkFields(state, location, findings);
  const leaving = readLeaving(state, "", location, language, findings);
  const next = readNext(state, location, findings);
  const base = { name, ...leaving, ...(next === undefined ? {} : { next }) };
  switch (state.Type) {
    case "Task":
      return {
        ...base,
        type: "Task",
        ...readTask(state, location, language, surroundings.type, findings),
        retry: readRetry(state.Retry, location, findings),
        catch: readCatch(state.Catch, location, language, findings),
      };
    case "Choice":
      return { ...base, type: "Choice", ...readChoices(state, location, language, findings) };
    case "Wait":
      return { ...base, type: "Wait", ...readWait(state, location, language, findings) };
    case "Fail":
      return { ...base, type: "Fail", ...readFail(state, location, language, findings) };
    default:
      return { ...base, type: state.Type === "Succeed" ? "Succeed" : "Pass" };
  }
}

function languageOf(
  state: JsonObject,
  location: string,
  surroundings: Surroundings,
  findings: Findings,
): Language {
  const own = state.QueryLanguage;
  if (own === "JSONPath" && surroundings.queryLanguage === "JSONata") {
    findings.invalid(
      location,
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
    );
  } else if (own === "JSONPath") {
    findings.unsupported(
      below(location, "QueryLanguage"),
      "The query language 'JSONPath' is not supported by this engine: use JSONata",
    );
  } else if (own !== undefined && own !== "JSONata") {
    findings.invalid(
      below(location, "QueryLanguage"),
      "The field 'QueryLanguage' must be one of these: [JSONata, JSONPath]",
    );
  }
  return (own ?? surroundings.queryLanguage) === "JSONata" ? "JSONata" : "none";
}

function readNext(state: JsonObject, location: string, findings: Findings): string | undefined {
  if (state.Type === "Succeed" || state.Type === "Fail") return undefined;
  if (state.Type === "Choice") return findings.text(state, "Default", location);
  const next = findings.text(state, "Next", location);
  if (state.End !== undefined && typeof state.End !== "boolean") {
    findings.invalid(below(location, "End"), "The field 'End' must be true or false");
  }
  const ends = state.End === true;
  if (ends === (next !== undefined)) {
    findings.invalid(location, "A state must have either 'Next' or \"End\": true, and not both");
  }
  return next;
}

function readChoices(
  state: JsonObject,
  location: string,
  language: Language,
  findings: Findings,
): Pick<ChoiceState, "choices"> {
  const place = below(location, "Choices");
  if (!Array.isArray(state.Choices) || state.Choices.length === 0) {
    findings.invalid(place, "The field 'Choices' must be a list of one rule or more");
    return { choices: [] };
  }
  const choices = state.Choices.flatMap((rule: unknown, index) => {
    const where = below(place, index);
    if (!isObject(rule)) {
      findings.invalid(where, "A rule of 'Choices' must be an object");
      return [];
    }
    if (rule.Condition === undefined) {
      findings.unsupported(
        where,
        "A rule without 'Condition' is JSONPath, which is not supported: use a JSONata condition",
      );
      return [];
    }
    refuseOthers(rule, ["Comment", "Condition", "Next", "Assign", "Output"], where, findings);
    findings.require(rule, where, ["Next"]);
    const prefix = `Choices[${index}]/`;
    const condition = needsJsonata(rule.Condition, "Condition", prefix, where, language, findings);
    if (condition.constant !== undefined && typeof condition.constant.value !== "boolean") {
      findings.invalid(
        below(where, "Condition"),
        "The field 'Condition' must be a JSONata expression, true or false",
      );
    }
    return [
      {
        condition,
        next: findings.text(rule, "Next", where) ?? "",
        ...readLeaving(rule, prefix, where, language, findings),
      },
    ];
  });
  return { choices };
}

function readWait(
  state: JsonObject,
  location: string,
  language: Language,
  findings: Findings,
): Pick<WaitState, "seconds" | "timestamp"> {
  const { Seconds: seconds, Timestamp: timestamp } = state;
  if ((seconds === undefined) === (timestamp === undefined)) {
    findings.invalid(location, "A Wait state must have exactly one of: [Seconds, Timestamp]");
    return {};
  }
  if (seconds !== undefined) {
    const place = below(location, "Seconds");
    const template = readNeutral(seconds, "Seconds", place, language, findings);
    if (template.constant !== undefined) {
      findings.whole(state, "Seconds", location, { least: 0, most: MAX_SECONDS });
    }
    return { seconds: template };
  }
  const place = below(location, "Timestamp");
  const template = readNeutral(timestamp, "Timestamp", place, language, findings);
  const literal = template.constant?.value;
  const isWrong =
    template.constant !== undefined &&
    (typeof literal !== "string" || parseTimestamp(literal) === undefined);
  if (isWrong) findings.invalid(place, "String does not match RFC3339 timestamp");
  return { timestamp: template };
}

function readFail(
  state: JsonObject,
  location: string,
  language: Language,
  findings: Findings,
): Pick<FailState, "error" | "cause"> {
  const read = (field: "Error" | "Cause") => {
    const text = findings.text(state, field, location);
    if (text === undefined) return undefined;
    return readNeutral(text, field, below(location, field), language, findings);
  };
  const [error, cause] = [read("Error"), read("Cause")];
  return {
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
}
