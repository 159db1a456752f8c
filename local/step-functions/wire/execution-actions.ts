import * as z from "zod";
import { EngineError, type EngineErrorName } from "../engine-error.ts";
import type { ExecutionDescription, HistoryEvent } from "../engine-types.ts";
import { type Action, action, includedData, paged, seconds } from "./action.ts";
import { afterIn, pageOf } from "./pages.ts";

const status = z.enum(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]);

const taskToken = z.string().min(1).max(2048);
const failing = {
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
};

/** Calls about executions and task tokens. */
export const executionActions: Readonly<Record<string, Action>> = {
  StartExecution: action(
    z.object({
      stateMachineArn: z.string(),
      name: z.string().min(1).max(80).optional(),
      input: z.string().optional(),
    }),
    (engine, { stateMachineArn, name, input }) => {
      const started = engine.startExecution({
        stateMachineArn,
        ...(name === undefined ? {} : { name }),
        ...(input === undefined ? {} : { input: parseInput(input) }),
      });
      return { executionArn: started.executionArn, startDate: seconds(started.startDate) };
    },
  ),

  StopExecution: action(
    z.object({
      executionArn: z.string(),
      ...failing,
    }),
    async (engine, { executionArn, error, cause }) => {
      const stopped = await engine.stopExecution({
        executionArn,
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      });
      return { stopDate: seconds(stopped.stopDate) };
    },
  ),

  DescribeExecution: action(
    z.object({ executionArn: z.string(), includedData }),
    (engine, asked) => {
      const execution = engine.describeExecution(asked.executionArn);
      return {
        ...summary(execution),
        ...(asked.includedData === "METADATA_ONLY" ? {} : data(execution)),
        ...(execution.error === undefined ? {} : { error: execution.error }),
        ...(execution.cause === undefined ? {} : { cause: execution.cause }),
        ...redriveStatus(execution),
      };
    },
  ),

  ListExecutions: action(
    z.object({
      stateMachineArn: z.string(),
      statusFilter: status.optional(),
      redriveFilter: z.enum(["REDRIVEN", "NOT_REDRIVEN"]).optional(),
      ...paged,
    }),
    (engine, { stateMachineArn, statusFilter, redriveFilter, ...asked }) => {
      const filter = {
        stateMachineArn,
        ...(statusFilter === undefined ? {} : { statusFilter }),
      };
      const { items, ...rest } = pageOf(
        {
          of: ["ListExecutions", stateMachineArn, statusFilter, redriveFilter],
          placeOf: ({ startOrder }: ExecutionDescription) => startOrder,
          after: (place, limit) => {
            const startedBefore = place === undefined ? {} : { startedBefore: Number(place) };
            const found = engine.listExecutions({ ...filter, ...startedBefore, limit });
            // Nothing is ever redriven here.
            return redriveFilter === "REDRIVEN" ? [] : found;
          },
        },
        asked,
      );
      return { executions: items.map(summary), ...rest };
    },
  ),

  GetExecutionHistory: action(
    z.object({
      executionArn: z.string(),
      reverseOrder: z.boolean().optional(),
      includeExecutionData: z.boolean().optional(),
      ...paged,
    }),
    (engine, { executionArn, reverseOrder = false, includeExecutionData, ...asked }) => {
      const events = engine.getExecutionHistory(executionArn);
      if (reverseOrder) events.reverse();
      const placeOf = ({ id }: HistoryEvent) => id;
      const after = afterIn(events, placeOf, reverseOrder);
      const of = ["GetExecutionHistory", executionArn, reverseOrder];
      const { items, ...rest } = pageOf({ of, placeOf, after }, asked);
      const shown = includeExecutionData === false ? items.map(withoutData) : items;
      return { events: shown.map(onTheWire), ...rest };
    },
  ),

  SendTaskSuccess: action(
    z.object({ taskToken, output: z.string() }),
    (engine, { taskToken: token, output }) => {
      engine.sendTaskSuccess({
        taskToken: token,
        output: parseJson(output, "InvalidOutput", "Invalid Output"),
      });
      return {};
    },
  ),

  SendTaskFailure: action(
    z.object({ taskToken, ...failing }),
    (engine, { taskToken: token, error, cause }) => {
      engine.sendTaskFailure({
        taskToken: token,
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      });
      return {};
    },
  ),

  SendTaskHeartbeat: action(z.object({ taskToken }), (engine, { taskToken: token }) => {
    engine.sendTaskHeartbeat({ taskToken: token });
    return {};
  }),
};

function summary(execution: ExecutionDescription) {
  const { stateMachineAliasArn, stateMachineVersionArn, stopDate } = execution;
  return {
    executionArn: execution.executionArn,
    stateMachineArn: execution.stateMachineArn,
    name: execution.name,
    status: execution.status,
    startDate: seconds(execution.startDate),
    ...(stopDate === undefined ? {} : { stopDate: seconds(stopDate) }),
    redriveCount: 0,
    ...(stateMachineAliasArn === undefined ? {} : { stateMachineAliasArn }),
    ...(stateMachineVersionArn === undefined ? {} : { stateMachineVersionArn }),
  };
}

function data(execution: ExecutionDescription) {
  return {
    input: JSON.stringify(execution.input),
    inputDetails: { included: true },
    ...(execution.output === undefined
      ? {}
      : { output: JSON.stringify(execution.output), outputDetails: { included: true } }),
  };
}

/** As AWS would say it, though this engine has no call to redrive. */
function redriveStatus({ status }: ExecutionDescription) {
  if (status !== "RUNNING" && status !== "SUCCEEDED") return { redriveStatus: "REDRIVABLE" };
  return {
    redriveStatus: "NOT_REDRIVABLE",
    redriveStatusReason: `Execution is ${status} and cannot be redriven`,
  };
}

/** What an event's details hold of the execution's data. */
const DATA_MEMBERS = new Set(["assignedVariables", "input", "output", "parameters"]);

function withoutData(event: HistoryEvent): HistoryEvent {
  const members = Object.entries(event).map(([key, member]) => {
    if (typeof member !== "object" || member === null) return [key, member];
    const kept = Object.entries(member).filter(([name]) => !DATA_MEMBERS.has(name));
    return [key, Object.fromEntries(kept)];
  });
  return Object.fromEntries(members) as HistoryEvent;
}

function onTheWire(event: HistoryEvent) {
  return { ...event, timestamp: seconds(event.timestamp) };
}

function parseInput(text: string): unknown {
  if (text === "") {
    throw new EngineError(
      "InvalidExecutionInput",
      "Invalid State Machine Execution Input: 'Invalid execution input.'",
    );
  }
  return parseJson(text, "InvalidExecutionInput", "Invalid State Machine Execution Input");
}

function parseJson(text: string, errorName: EngineErrorName, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError(errorName, `${what}: '${reason}'`);
  }
}
