import { describe, expect, it } from "vitest";
import { callTask, EngineBench, failure, holdTask, lastToken, startedAt } from "./engine-bench.ts";

const atSecond = (seconds: number) =>
  new Date(Date.parse(startedAt) + seconds * 1000).toISOString();

describe("retry", () => {
  const retried = (further: object) =>
    callTask("climb", {
      Retry: [{ ErrorEquals: ["StoreUnavailableError"], IntervalSeconds: 2, ...further }],
    });

  it("waits longer from attempt to attempt, up to the longest delay, then gives up", async () => {
    const bench = new EngineBench();
    bench.answer = () => failure("StoreUnavailableError", "The table is away");
    const arn = bench.start({
      "Climb the next rung": retried({ MaxAttempts: 4, BackoffRate: 2, MaxDelaySeconds: 10 }),
    });
    await bench.advanceTo(atSecond(600));
    expect(bench.called.map(({ at }) => at)).toEqual([0, 2, 6, 14, 24].map(atSecond));
    const { status, error, cause } = bench.engine.describeExecution(arn);
    expect({ status, error }).toEqual({ status: "FAILED", error: "StoreUnavailableError" });
    expect(JSON.parse(cause ?? "")).toEqual({
      errorMessage: "The table is away",
      errorType: "StoreUnavailableError",
    });
  });

  it.each([
    { random: 0, at: 0 },
    { random: 0.5, at: 1 },
    { random: 0.999_999_9, at: 2 },
  ])("spreads a delay of 2 s over 0 to 2 s: $random", async ({ random, at }) => {
    const bench = new EngineBench({ random: () => random });
    bench.answer = () =>
      bench.called.length === 1 ? failure("StoreUnavailableError") : { ok: true, payload: 1 };
    bench.start({ "Climb the next rung": retried({ JitterStrategy: "FULL" }) });
    await bench.advanceTo(atSecond(60));
    expect(bench.called.map((call) => call.at)).toEqual([atSecond(0), atSecond(at)]);
  });

  it("does not retry what is not named, and counts attempts for the state", async () => {
    const bench = new EngineBench();
    bench.answer = () => failure("SupersededError");
    const arn = bench.start({ "Climb the next rung": retried({}) });
    await bench.advanceTo(atSecond(60));
    expect(bench.called).toHaveLength(1);
    expect(bench.engine.describeExecution(arn).error).toBe("SupersededError");
  });

  it("tells the function which attempt it is", async () => {
    const bench = new EngineBench();
    bench.answer = () => failure("StoreUnavailableError");
    bench.start({
      "Climb the next rung": {
        ...retried({ MaxAttempts: 2 }),
        Arguments: {
          FunctionName: "climb",
          Payload: {
            retryCount: "{% $states.context.State.RetryCount %}",
            enteredAt: "{% $states.context.State.EnteredTime %}",
          },
        },
      },
    });
    await bench.advanceTo(atSecond(60));
    expect(bench.called.map(({ payload }) => payload)).toEqual(
      [0, 1, 2].map((retryCount) => ({ retryCount, enteredAt: startedAt })),
    );
  });
});

describe("catch", () => {
  it("goes on with what went wrong, by name first and by States.ALL last", async () => {
    const bench = new EngineBench();
    bench.answer = () => failure("EpisodeMovedOnError", "The episode is at version 8");
    const arn = bench.start({
      "Await the answer": callTask("hold-care", {
        Catch: [
          { ErrorEquals: ["SupersededError"], Next: "Finished" },
          {
            ErrorEquals: ["States.ALL"],
            Assign: { problem: "{% $states.errorOutput.Error %}" },
            Output: { seen: "{% $states.errorOutput %}" },
            Next: "Open a task for staff",
          },
        ],
      }),
      "Open a task for staff": {
        Type: "Pass",
        Output: { problem: "{% $problem %}", before: "{% $states.input.seen.Error %}" },
        Next: "Finished",
      },
      Finished: { Type: "Succeed" },
    });
    await bench.engine.runUntilIdle();
    expect(bench.engine.describeExecution(arn)).toMatchObject({
      status: "SUCCEEDED",
      output: { problem: "EpisodeMovedOnError", before: "EpisodeMovedOnError" },
    });
  });

  it.each([
    ["States.TaskFailed", "FAILED"],
    ["States.Timeout", "SUCCEEDED"],
    ["States.ALL", "SUCCEEDED"],
  ])("takes time that ran out for no failure of the task's own: %s", async (name, status) => {
    const bench = new EngineBench();
    bench.answer = () => new Promise(() => undefined);
    const arn = bench.start({
      "Climb the next rung": callTask("climb", {
        TimeoutSeconds: 30,
        Catch: [{ ErrorEquals: [name], Next: "Finished" }],
      }),
      Finished: { Type: "Succeed" },
    });
    await bench.engine.pump();
    bench.jumpTo(atSecond(30));
    await bench.engine.runUntilIdle();
    expect(bench.engine.describeExecution(arn).status).toBe(status);
  });

  it("takes what a function threw for a failure of the task's own", async () => {
    const bench = new EngineBench();
    bench.answer = () => failure("SupersededError");
    const arn = bench.start({
      "Climb the next rung": callTask("climb", {
        Catch: [{ ErrorEquals: ["States.TaskFailed"], Next: "Finished" }],
      }),
      Finished: { Type: "Succeed" },
    });
    await bench.engine.runUntilIdle();
    expect(bench.engine.describeExecution(arn).status).toBe("SUCCEEDED");
  });

  it("takes a call that could not be made for Lambda.SdkClientException", async () => {
    const bench = new EngineBench();
    bench.answer = () => Promise.reject(new Error("connect ECONNREFUSED 127.0.0.1:3001"));
    const arn = bench.start({ "Climb the next rung": callTask("climb") });
    await bench.engine.runUntilIdle();
    expect(bench.engine.describeExecution(arn)).toMatchObject({
      status: "FAILED",
      error: "Lambda.SdkClientException",
      cause: "connect ECONNREFUSED 127.0.0.1:3001",
    });
  });
});

describe("time limits", () => {
  it("ends a task at its time, and the answer that comes later changes nothing", async () => {
    const bench = new EngineBench();
    let answerLate: (() => void) | undefined;
    bench.answer = () =>
      new Promise((resolve) => {
        answerLate = () => resolve({ ok: true, payload: "too late" });
      });
    const arn = bench.start({
      "Climb the next rung": callTask("climb", {
        TimeoutSeconds: 30,
        Catch: [{ ErrorEquals: ["States.Timeout"], Output: "out of time", Next: "Finished" }],
      }),
      Finished: { Type: "Succeed" },
    });
    await bench.engine.pump();
    expect(bench.engine.nextDueAt()).toBe(Date.parse(atSecond(30)));
    bench.jumpTo(atSecond(30));
    await bench.engine.runUntilIdle();
    answerLate?.();
    await bench.engine.runUntilIdle();
    expect(bench.engine.describeExecution(arn)).toMatchObject({
      status: "SUCCEEDED",
      output: "out of time",
    });
    expect(bench.eventTypes(arn)).toContain("TaskTimedOut");
  });

  it("is kept alive by heartbeats and ends when one is missed", async () => {
    const bench = new EngineBench();
    const arn = bench.start({
      Hold: holdTask({
        HeartbeatSeconds: 60,
        Catch: [{ ErrorEquals: ["States.HeartbeatTimeout"], Output: "silent", Next: "Finished" }],
      }),
      Finished: { Type: "Succeed" },
    });
    await bench.advanceTo(atSecond(50));
    bench.engine.sendTaskHeartbeat({ taskToken: lastToken(bench.called) });
    await bench.advanceTo(atSecond(109));
    expect(bench.engine.describeExecution(arn).status).toBe("RUNNING");
    await bench.advanceTo(atSecond(110));
    expect(bench.engine.describeExecution(arn)).toMatchObject({
      status: "SUCCEEDED",
      output: "silent",
      stopDate: Date.parse(atSecond(110)),
    });
  });

  it("ends an execution that stands longer than its machine allows", async () => {
    const bench = new EngineBench();
    const arn = bench.start({ Hold: holdTask() }, { timeout: 3600 });
    await bench.advanceTo("2027-03-01T00:00:00.000Z");
    expect(bench.engine.describeExecution(arn)).toMatchObject({
      status: "TIMED_OUT",
      stopDate: Date.parse(atSecond(3600)),
    });
    expect(bench.changes.map(({ status }) => status)).toEqual(["RUNNING", "TIMED_OUT"]);
  });

  it("waits through eleven months that pass at one stroke", async () => {
    const bench = new EngineBench();
    const arn = bench.start({
      "Until the next check-in": { Type: "Wait", Timestamp: "2027-12-01T14:00:00Z", Next: "Ask" },
      Ask: callTask("ask"),
    });
    await bench.engine.runUntilIdle();
    expect(bench.engine.nextDueAt()).toBe(Date.parse("2027-12-01T14:00:00Z"));
    bench.jumpTo("2027-12-01T14:00:00.000Z");
    await bench.engine.runUntilIdle();
    expect(bench.called.map(({ at }) => at)).toEqual(["2027-12-01T14:00:00.000Z"]);
    expect(bench.engine.describeExecution(arn).status).toBe("SUCCEEDED");
    expect(bench.engine.nextDueAt()).toBeUndefined();
  });
});

describe("task tokens", () => {
  it("take one answer; a used token has timed out, a made-up one is invalid", async () => {
    const bench = new EngineBench();
    const arn = bench.start({ Hold: holdTask() });
    await bench.engine.runUntilIdle();
    const taskToken = lastToken(bench.called);
    bench.engine.sendTaskSuccess({ taskToken, output: { outcome: "approved" } });
    const again = () => bench.engine.sendTaskSuccess({ taskToken, output: {} });
    expect(again).toThrow(expect.objectContaining({ name: "TaskTimedOut" }));
    await bench.engine.runUntilIdle();
    expect(bench.engine.describeExecution(arn).output).toEqual({ outcome: "approved" });
    expect(again).toThrow(expect.objectContaining({ name: "TaskTimedOut" }));
    expect(() => bench.engine.sendTaskHeartbeat({ taskToken: "made up" })).toThrow(
      expect.objectContaining({ name: "InvalidToken" }),
    );
    await bench.engine.deleteAllExecutions();
    expect(again).toThrow(expect.objectContaining({ name: "TaskDoesNotExist" }));
  });

  it("may be answered while the function that takes it still runs", async () => {
    const bench = new EngineBench();
    bench.answer = (_name, payload) => {
      const { token } = payload as { readonly token: string };
      bench.engine.sendTaskFailure({ taskToken: token, error: "EpisodeMovedOnError" });
      return { ok: true, payload: {} };
    };
    const arn = bench.start({ Hold: holdTask() });
    await bench.engine.runUntilIdle();
    expect(bench.engine.describeExecution(arn).error).toBe("EpisodeMovedOnError");
  });
});
