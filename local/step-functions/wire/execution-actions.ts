import * as z from "zod";
import { EngineError, type EngineErrorName } from "../engine-error.ts";
import type { ExecutionDescription, HistoryEvent } from "../engine-types.ts";
import { type Action, action, paged, seconds } from "./action.ts";
import { pageOf } from "./pages.ts";

const status = z.enum(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]);

/** Calls about executions and task tokens. */
export const executionActions: Readonly<Record<string, Action>> = {
  StartExecution: action(
    z.object({
      stateMachineArn: z.string(),
      name: z.string().optional(),
      input: z.string().optional(),
    }),
    (engine, { stateMachineArn, name, input }) => {
      const started = engine.startExecution({
        stateMachineArn,
        ...(name === undefined ? {} : { name }),
        ...(input === undefined ? {} : { input: parseJson(input, "InvalidExecutionInput") }),
      });
      return { executionArn: started.executionArn, startDate: seconds(started.startDate) };
    },
  ),

  StopExecution: action(
    z.object({
      executionArn: z.string(),
      error: z.string().optional(),
      cause: z.string().optional(),
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

  DescribeExecution: action(z.object({ executionArn: z.string() }), (engine, { executionArn }) => {
    const execution = engine.describeExecution(executionArn);
    return {
      ...summary(execution),
      input: JSON.stringify(execution.input),
      inputDetails: { included: true },
      ...(execution.output === undefined
        ? {}
        : { output: JSON.stringify(execution.output), outputDetails: { included: true } }),
      ...(execution.error === undefined ? {} : { error: execution.error }),
      ...(execution.cause === undefined ? {} : { cause: execution.cause }),
      redriveCount: 0,
    };
  }),

  ListExecutions: action(
    z.object({ stateMachineArn: z.string(), statusFilter: status.optional(), ...paged }),
    (engine, { stateMachineArn, statusFilter, ...asked }) => {
      const { items, ...rest } = pageOf(
        engine.listExecutions({
          stateMachineArn,
          ...(statusFilter === undefined ? {} : { statusFilter }),
        }),
        asked,
      );
      return { executions: items.map(summary), ...rest };
    },
  ),

  GetExecutionHistory: action(
    z.object({ executionArn: z.string(), reverseOrder: z.boolean().optional(), ...paged }),
    (engine, { executionArn, reverseOrder, ...asked }) => {
      const events = engine.getExecutionHistory(executionArn);
      if (reverseOrder === true) events.reverse();
      const { items, ...rest } = pageOf(events, asked);
      return { events: items.map(onTheWire), ...rest };
    },
  ),

  SendTaskSuccess: action(
    z.object({ taskToken: z.string(), output: z.string() }),
    (engine, { taskToken, output }) => {
      engine.sendTaskSuccess({ taskToken, output: parseJson(output, "InvalidOutput") });
      return {};
    },
  ),

  SendTaskFailure: action(
    z.object({ taskToken: z.string(), error: z.string().optional(), cause: z.string().optional() }),
    (engine, { taskToken, error, cause }) => {
      engine.sendTaskFailure({
        taskToken,
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      });
      return {};
    },
  ),

  SendTaskHeartbeat: action(z.object({ taskToken: z.string() }), (engine, { taskToken }) => {
    engine.sendTaskHeartbeat({ taskToken });
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
    ...(stateMachineAliasArn === undefined ? {} : { stateMachineAliasArn }),
    ...(stateMachineVersionArn === undefined ? {} : { stateMachineVersionArn }),
  };
}

function onTheWire(event: HistoryEvent) {
  return { ...event, timestamp: seconds(event.timestamp) };
}

function parseJson(text: string, errorName: EngineErrorName): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError(errorName, `This is not valid JSON: ${reason}`);
  }
}
