import { below, type Findings, type JsonObject } from "./findings.ts";
import type { State } from "./machine.ts";

/** Reports targets that do not exist and states that nothing leads to. */
export function checkTransitions(
  startAt: string,
  defined: JsonObject,
  states: ReadonlyMap<string, State>,
  findings: Findings,
): void {
  const isDefined = (name: string) => Object.hasOwn(defined, name);
  if (!isDefined(startAt)) {
    findings.invalid("/StartAt", `Missing 'StartAt' target: ${startAt}`);
    return;
  }
  for (const state of states.values()) {
    for (const target of targets(state)) {
      if (isDefined(target) || target === "") continue;
      findings.invalid(below("/States", state.name), `Missing 'Next' target: ${target}`);
    }
  }
  // A refused state leads nowhere: what only it led to would be reported for no reason.
  if (findings.diagnostics.length > 0) return;
  const reached = new Set<string>();
  const open = [startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = states.get(name);
    if (state === undefined || reached.has(name)) continue;
    reached.add(name);
    open.push(...targets(state));
  }
  for (const name of states.keys()) {
    if (!reached.has(name)) {
      findings.invalid(below("/States", name), `State "${name}" is not reachable.`);
    }
  }
}

function targets(state: State): string[] {
  const next = state.next === undefined ? [] : [state.next];
  if (state.type === "Task") return [...next, ...state.catch.map((one) => one.next)];
  if (state.type === "Choice") return [...next, ...state.choices.map((one) => one.next)];
  return next;
}
