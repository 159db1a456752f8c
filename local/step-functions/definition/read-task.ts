import type { MachineType } from "../engine-types.ts";
import type { Template } from "../expressions/template.ts";
import { below, type Findings, isObject, type JsonObject, MAX_SECONDS } from "./findings.ts";
import { parseFunctionName } from "./function-name.ts";
import { type Language, needsJsonata, readNeutral } from "./leaving.ts";
import type { TaskKind, TaskState } from "./machine.ts";

const INVOKE = "arn:aws:states:::lambda:invoke";
const TOKEN = ".waitForTaskToken";
/** Members of Lambda's Invoke that this engine passes on. */
export const INVOKE_ARGUMENTS: readonly string[] = ["FunctionName", "Payload", "Qualifier"];
/** Members of Lambda's Invoke that a definition may name in AWS. */
const FURTHER_ARGUMENTS = ["ClientContext", "InvocationType", "LogType"];

type TaskFields = Pick<
  TaskState,
  "kind" | "resource" | "arguments" | "timeoutSeconds" | "heartbeatSeconds"
>;

/** Reads what only Task states have, without `Retry` and `Catch`. */
export function readTask(
  state: JsonObject,
  location: string,
  language: Language,
  type: MachineType,
  findings: Findings,
): TaskFields {
  findings.require(state, location, ["Resource"]);
  const resource = findings.text(state, "Resource", location) ?? "";
  const kind = taskKind(resource, below(location, "Resource"), type, findings);
  checkCredentials(state.Credentials, below(location, "Credentials"), findings);
  const timeout = duration(state, "TimeoutSeconds", location, language, findings);
  const heartbeat = duration(state, "HeartbeatSeconds", location, language, findings);
  const isLate =
    typeof timeout?.constant?.value === "number" &&
    typeof heartbeat?.constant?.value === "number" &&
    heartbeat.constant.value >= timeout.constant.value;
  if (isLate) {
    findings.invalid(location, "'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'");
  }
  const given = readArguments(state, kind, location, language, findings);
  return {
    kind,
    resource,
    ...(given === undefined ? {} : { arguments: given }),
    ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
    ...(heartbeat === undefined ? {} : { heartbeatSeconds: heartbeat }),
  };
}

function taskKind(
  resource: string,
  location: string,
  type: MachineType,
  findings: Findings,
): TaskKind {
  const pattern = /\.(sync(?::2)?|waitForTaskToken)$/.exec(resource)?.[0];
  if (type === "EXPRESS" && pattern !== undefined) {
    const name = pattern.startsWith(".sync") ? ".sync" : pattern;
    findings.invalid(
      location,
      `Express state machine does not support '${name}' service integration`,
    );
  } else if (resource === INVOKE) {
    return "invoke";
  } else if (resource === INVOKE + TOKEN) {
    return "invoke.waitForTaskToken";
  } else if (parseFunctionName(resource) === undefined || !resource.startsWith("arn:")) {
    findings.unsupported(
      location,
      `The resource '${resource}' is not supported by this engine: it calls Lambda functions only`,
    );
  }
  return "function";
}

function readArguments(
  state: JsonObject,
  kind: TaskKind,
  location: string,
  language: Language,
  findings: Findings,
): Template | undefined {
  const given = state.Arguments;
  if (given === undefined) {
    if (kind !== "function") findings.invalid(location, "These fields are required: [Arguments]");
    return undefined;
  }
  const place = below(location, "Arguments");
  if (kind !== "function" && isObject(given)) checkInvokeArguments(given, place, findings);
  return needsJsonata(given, "Arguments", "", location, language, findings);
}

function checkInvokeArguments(given: JsonObject, place: string, findings: Findings): void {
  for (const field of Object.keys(given)) {
    if (INVOKE_ARGUMENTS.includes(field)) continue;
    const where = below(place, field);
    if (FURTHER_ARGUMENTS.includes(field)) {
      findings.unsupported(where, `The argument '${field}' is not supported by this engine`);
    } else {
      findings.invalid(where, `The field '${field}' is not supported here`);
    }
  }
  if (given.FunctionName === undefined) {
    findings.invalid(place, "The field 'FunctionName' is required but was missing");
  }
}

function duration(
  state: JsonObject,
  field: "TimeoutSeconds" | "HeartbeatSeconds",
  location: string,
  language: Language,
  findings: Findings,
): Template | undefined {
  if (state[field] === undefined) return undefined;
  const template = readNeutral(state[field], field, below(location, field), language, findings);
  if (template.constant !== undefined) {
    findings.whole(state, field, location, { least: 1, most: MAX_SECONDS });
  }
  return template;
}

function checkCredentials(value: unknown, location: string, findings: Findings): void {
  if (value === undefined) return;
  if (isObject(value) && value.RoleArn === undefined) {
    findings.invalid(location, "The field 'RoleArn' is required but was missing");
  } else {
    findings.unsupported(location, "The field 'Credentials' is not supported by this engine");
  }
}
