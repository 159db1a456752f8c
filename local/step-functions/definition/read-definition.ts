import type { Diagnostic, MachineType } from "../engine-types.ts";
import type { Template } from "../expressions/template.ts";
import { below, Findings, isObject, type JsonObject, MAX_SECONDS } from "./findings.ts";
import type { Machine, State } from "./machine.ts";
import { parseDefinition } from "./parse-definition.ts";
import { readState } from "./read-state.ts";
import { refuseOthers } from "./state-fields.ts";
import { checkTransitions } from "./transitions.ts";

/** A machine that can run, or everything that is wrong with its definition. */
export type ReadDefinition =
  | { readonly machine: Machine; readonly diagnostics: readonly [] }
  | { readonly machine: undefined; readonly diagnostics: readonly Diagnostic[] };

/** Checks and compiles a definition. What this engine does not do is refused by name. */
export function readDefinition(text: string, type: MachineType): ReadDefinition {
  const parsed = parseDefinition(text);
  if ("diagnostic" in parsed) return { machine: undefined, diagnostics: [parsed.diagnostic] };
  const findings = new Findings();
  const machine = readMachine(parsed.definition, type, findings);
  if (machine === undefined || findings.diagnostics.length > 0) {
    return { machine: undefined, diagnostics: findings.diagnostics };
  }
  return { machine, diagnostics: [] };
}

function readMachine(
  definition: JsonObject,
  type: MachineType,
  findings: Findings,
): Machine | undefined {
  findings.require(definition, "/", ["States", "StartAt"]);
  refuseOthers(
    definition,
    ["Comment", "StartAt", "States", "TimeoutSeconds", "Version", "QueryLanguage"],
    "",
    findings,
  );
  const startAt = findings.text(definition, "StartAt", "");
  const timeout = findings.whole(definition, "TimeoutSeconds", "", {
    least: 1,
    most: MAX_SECONDS,
  });
  checkVersionAndLanguage(definition, findings);
  const { States: states } = definition;
  if (states === undefined) return undefined;
  if (!isObject(states) || Object.keys(states).length === 0) {
    findings.invalid("/States", "The field 'States' must be an object of one state or more");
    return undefined;
  }
  const surroundings = { type, queryLanguage: definition.QueryLanguage };
  const compiled = new Map<string, State>();
  for (const [name, state] of Object.entries(states)) {
    if (name.length > 80) {
      findings.invalid(below("/States", name), "The name of a state has at most 80 characters");
    }
    const read = readState(name, state, surroundings, findings);
    if (read !== undefined) compiled.set(name, read);
  }
  if (startAt === undefined) return undefined;
  checkTransitions(startAt, states, compiled, findings);
  return {
    startAt,
    states: compiled,
    ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
  };
}

function checkVersionAndLanguage(definition: JsonObject, findings: Findings): void {
  const { Version: version, QueryLanguage: language } = definition;
  if (version !== undefined && version !== "1.0") {
    findings.invalid("/Version", "The field 'Version' must be '1.0'");
  }
  if (language === "JSONPath") {
    findings.unsupported(
      "/QueryLanguage",
      "The query language 'JSONPath' is not supported by this engine: use JSONata",
    );
  } else if (language !== undefined && language !== "JSONata") {
    findings.invalid(
      "/QueryLanguage",
      "The field 'QueryLanguage' must be one of these: [JSONata, JSONPath]",
    );
  }
}

/** State name → variables that its expressions refer to, without `$states` and functions. */
export function variableReferences(machine: Machine): Record<string, string[]> {
  const assigned = new Set<string>();
  for (const state of machine.states.values()) {
    for (const part of leavings(state)) {
      for (const name of part.assign?.keys ?? []) assigned.add(name);
    }
  }
  const references: Record<string, string[]> = {};
  for (const state of machine.states.values()) {
    const names = templates(state)
      .flatMap((template) => template.expressions)
      .flatMap((expression) => [...expression.names])
      .filter((name) => assigned.has(name));
    if (names.length > 0) references[state.name] = [...new Set(names)];
  }
  return references;
}

function leavings(state: State) {
  if (state.type === "Task") return [state, ...state.catch];
  if (state.type === "Choice") return [state, ...state.choices];
  return [state];
}

function templates(state: State): Template[] {
  const own =
    state.type === "Task"
      ? [state.arguments, state.timeoutSeconds, state.heartbeatSeconds]
      : state.type === "Choice"
        ? state.choices.map((rule) => rule.condition)
        : state.type === "Wait"
          ? [state.seconds, state.timestamp]
          : state.type === "Fail"
            ? [state.error, state.cause]
            : [];
  const leaving = leavings(state).flatMap((part) => [part.assign, part.output]);
  return [...own, ...leaving].filter((template) => template !== undefined);
}
