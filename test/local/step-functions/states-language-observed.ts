import type {
  ExecutionDescription,
  HistoryEvent,
} from "../../../local/step-functions/engine-types.ts";

type Details = Readonly<Record<string, unknown>>;

const scheduledTypes = ["TaskScheduled", "LambdaFunctionScheduled"];
const failedTypes = [
  "TaskFailed",
  "TaskTimedOut",
  "LambdaFunctionFailed",
  "LambdaFunctionTimedOut",
];

/** What a recording may tell of an execution, read from its description and its history. */
export function observe(
  execution: ExecutionDescription,
  history: readonly HistoryEvent[],
): Readonly<Record<string, unknown>> {
  return {
    status: execution.status,
    output: execution.output,
    error: execution.error,
    cause: execution.cause,
    events: history.map((event) => {
      const name = named(event)?.name;
      return name === undefined ? event.type : [event.type, name];
    }),
    stateInputs: perState(history, "StateEntered", (details) => parsed(details.input)),
    stateOutputs: perState(history, "StateExited", (details) => parsed(details.output)),
    assigned: perState(history, "StateExited", (details) => {
      const assigned = details.assignedVariables as Readonly<Record<string, string>> | undefined;
      if (assigned === undefined) return undefined;
      return Object.fromEntries(Object.entries(assigned).map(([key, text]) => [key, parsed(text)]));
    }),
    tasks: history.filter((event) => scheduledTypes.includes(event.type)).map(task),
    taskFailures: history
      .filter((event) => failedTypes.includes(event.type))
      .map((event) => {
        const { error, cause } = detailsOf(event);
        return present({ event: event.type, error, cause });
      }),
    evaluationFailures: history
      .filter((event) => event.type === "EvaluationFailed")
      .map((event) => {
        const { state, location, error, cause } = detailsOf(event);
        return { state, location, error, cause };
      }),
  };
}

function task(event: HistoryEvent): Details {
  const { parameters, input, resource, resourceType, timeoutInSeconds, heartbeatInSeconds } =
    detailsOf(event);
  return present({
    resource,
    resourceType,
    parameters: parsed(parameters),
    input: parsed(input),
    timeoutInSeconds,
    heartbeatInSeconds,
  });
}

function perState(
  history: readonly HistoryEvent[],
  ending: "StateEntered" | "StateExited",
  read: (details: Details) => unknown,
): Readonly<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const event of history) {
    if (!event.type.endsWith(ending)) continue;
    const details = detailsOf(event);
    const value = read(details);
    if (value === undefined) continue;
    const name = String(details.name);
    found[name] = [...(found[name] ?? []), value];
  }
  return found;
}

function named(event: HistoryEvent): { readonly name?: unknown } | undefined {
  return /State(Entered|Exited)$/.test(event.type) ? detailsOf(event) : undefined;
}

function detailsOf(event: HistoryEvent): Details {
  const key = Object.keys(event).find((name) => name.endsWith("EventDetails"));
  return key === undefined ? {} : (event[key] as Details);
}

function parsed(text: unknown): unknown {
  return typeof text === "string" ? (JSON.parse(text) as unknown) : undefined;
}

function present(members: Details): Details {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
