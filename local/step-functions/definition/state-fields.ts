import { below, type Findings, type JsonObject } from "./findings.ts";

const EVERYWHERE = ["Type", "Comment", "QueryLanguage"];
const TRANSITION = ["Next", "End"];
const LEAVING = ["Assign", "Output"];

/** The fields that each type of state may have. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Task: [
    ...TRANSITION,
    ...LEAVING,
    "Resource",
    "Arguments",
    "TimeoutSeconds",
    "HeartbeatSeconds",
    "Retry",
    "Catch",
    "Credentials",
  ],
  Choice: [...LEAVING, "Choices", "Default"],
  Pass: [...TRANSITION, ...LEAVING],
  Wait: [...TRANSITION, ...LEAVING, "Seconds", "Timestamp"],
  Succeed: ["Output"],
  Fail: ["Error", "Cause"],
};

const UNSUPPORTED_TYPES = ["Map", "Parallel"];

/** Fields that exist in JSONPath states only. */
const JSONPATH_FIELDS = new Set([
  "InputPath",
  "OutputPath",
  "ResultPath",
  "ResultSelector",
  "Parameters",
  "Result",
  "SecondsPath",
  "TimestampPath",
  "TimeoutSecondsPath",
  "HeartbeatSecondsPath",
  "ErrorPath",
  "CausePath",
  "ItemsPath",
]);

/** True where the state's type is one that this engine runs; reports it otherwise. */
export function checkType(state: JsonObject, location: string, findings: Findings): boolean {
  const type = state.Type;
  if (typeof type === "string" && Object.hasOwn(FIELDS, type)) return true;
  if (typeof type === "string" && UNSUPPORTED_TYPES.includes(type)) {
    findings.unsupported(location, `The state type '${type}' is not supported by this engine`);
  } else if (type === undefined) {
    findings.invalid(location, "These fields are required: [Type]");
  } else {
    const known = [...Object.keys(FIELDS), ...UNSUPPORTED_TYPES].join(", ");
    findings.invalid(
      below(location, "Type"),
      `The field 'Type' must be one of these: [${known}], but was ${JSON.stringify(type)}`,
    );
  }
  return false;
}

/** Reports every field that a state of this type does not have. */
export function checkFields(state: JsonObject, location: string, findings: Findings): void {
  const type = String(state.Type);
  refuseOthers(state, [...EVERYWHERE, ...(FIELDS[type] ?? [])], location, findings);
}

/** Reports every field of an object that is not among those allowed. */
export function refuseOthers(
  object: JsonObject,
  allowed: readonly string[],
  location: string,
  findings: Findings,
): void {
  for (const field of Object.keys(object)) {
    if (allowed.includes(field)) continue;
    const place = below(location, field);
    if (JSONPATH_FIELDS.has(field)) {
      findings.unsupported(
        place,
        `The field '${field}' belongs to JSONPath, which is not supported: use JSONata`,
      );
    } else {
      findings.invalid(place, `The field '${field}' is not supported here`);
    }
  }
}
