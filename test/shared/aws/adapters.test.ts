import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createS3AuditArchive } from "../../../shared/aws/archive/s3-audit-archive.ts";
import { createFunctionRunner } from "../../../shared/aws/lambda/function-runner.ts";
import { createStepFunctionsRunner } from "../../../shared/aws/step-functions/step-functions-runner.ts";
import type { WorkflowRunner } from "../../../shared/ports/workflow-runner.ts";
import { useAwsTestEnvironment } from "../../fakes/aws-test-environment.ts";
import { jsonError, startWireStub, type WireStub } from "../../fakes/wire-stub.ts";

let stub: WireStub;
beforeAll(async () => {
  useAwsTestEnvironment();
  stub = await startWireStub();
  for (const service of ["SFN", "LAMBDA", "S3"])
    process.env[`AWS_ENDPOINT_URL_${service}`] = stub.url;
});
afterAll(() => stub.stop());
beforeEach(() => stub.reset());

const ok = (answer: unknown) => ({ status: 200, body: JSON.stringify(answer) });
const bodies = () => stub.requests.map(({ body }) => JSON.parse(body));

describe("the runner of workflows", () => {
  const stateMachineArnPrefix = "arn:aws:states:us-east-1:000000000000:stateMachine:throughcare-";
  const execution = { workflow: "intake", name: "intake-01-g1", input: '{"schemaVersion":1}' };
  let runner: WorkflowRunner;
  beforeAll(() => {
    runner = createStepFunctionsRunner({ stateMachineArnPrefix });
  });

  it("starts the live version of a machine by its fixed name, with the input byte by byte", async () => {
    stub.answerNext(ok({ executionArn: "arn", startDate: 1 }));
    expect(await runner.start(execution)).toEqual({ started: true });
    expect(bodies()).toEqual([
      {
        stateMachineArn: `${stateMachineArnPrefix}intake:live`,
        name: execution.name,
        input: execution.input,
      },
    ]);
  });

  it.each(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"])(
    "tells that a name is taken by an execution that is %s",
    async (status) => {
      stub.answerNext(jsonError(400, "ExecutionAlreadyExists"), ok({ status }));
      expect(await runner.start(execution)).toEqual({ started: false, status });
      expect(bodies()[1]).toEqual({
        executionArn:
          "arn:aws:states:us-east-1:000000000000:execution:throughcare-intake:intake-01-g1",
      });
    },
  );

  it("takes a taken name without an execution for one that does not run", async () => {
    stub.answerNext(
      jsonError(400, "ExecutionAlreadyExists"),
      jsonError(400, "ExecutionDoesNotExist"),
    );
    expect(await runner.start(execution)).toEqual({ started: false, status: "ABORTED" });
  });

  it("knows nothing of an execution that does not exist", async () => {
    stub.answerNext(jsonError(400, "ExecutionDoesNotExist"));
    expect(await runner.status("intake", "intake-01-g9")).toBe("unknown");
  });

  it("wakes a wait, and tells when there is none any more", async () => {
    expect(await runner.wake("token-1", "{}")).toBe("woken");
    expect(bodies()).toEqual([{ taskToken: "token-1", output: "{}" }]);
    for (const name of ["InvalidToken", "TaskTimedOut", "TaskDoesNotExist"]) {
      stub.answerNext(jsonError(400, name));
      expect(await runner.wake("token-1", "{}")).toBe("gone");
    }
  });

  it("tells that a call may be repeated, and never that a wait is gone, when it was not carried out", async () => {
    const fault = { status: 500, body: "{}" } as const;
    const throttled = jsonError(400, "ThrottlingException");
    for (const call of [
      () => runner.wake("t", "{}"),
      () => runner.status("intake", "x"),
      () => runner.start(execution),
    ]) {
      stub.reset();
      stub.answerNext(fault, fault, fault);
      await expect(call()).rejects.toMatchObject({
        name: "ProviderUnavailableError",
        isRetryable: true,
      });
    }
    stub.reset();
    stub.answerNext(throttled, throttled, throttled);
    await expect(runner.wake("t", "{}")).rejects.toMatchObject({
      name: "ProviderThrottledError",
      isRetryable: true,
    });
  });
});

describe("the runner of functions", () => {
  it("hands an event to a function by its fixed name and does not wait", async () => {
    stub.answerNext({ status: 202, body: "" });
    await createFunctionRunner().run("send-message", { schemaVersion: 1, messageSk: "MSG#ü" });
    expect(stub.requests).toHaveLength(1);
    expect(stub.requests[0]).toMatchObject({
      method: "POST",
      url: "/2015-03-31/functions/throughcare-send-message/invocations",
      headers: { "x-amz-invocation-type": "Event" },
    });
    expect(bodies()).toEqual([{ schemaVersion: 1, messageSk: "MSG#ü" }]);
  });

  it("tells when nobody took the event", async () => {
    const missing = {
      status: 404,
      body: '{"Message":"no"}',
      headers: { "x-amzn-errortype": "ResourceNotFoundException" },
    };
    stub.answerNext(missing);
    await expect(createFunctionRunner().run("page-on-call", {})).rejects.toMatchObject({
      name: "ProviderUnavailableError",
      details: { provider: "lambda", code: "ResourceNotFoundException" },
    });
  });
});

describe("the audit archive", () => {
  const archive = () => createS3AuditArchive({ bucket: "archive" });

  it("puts an entry once, with the checksum that a locked bucket asks for", async () => {
    stub.answerNext({ status: 200 });
    await archive().putOnce("EP/01 (a)/0000000001.json", '{"a":1}');
    expect(stub.requests[0]).toMatchObject({
      method: "PUT",
      url: "/archive/EP/01%20%28a%29/0000000001.json?x-id=PutObject",
      body: '{"a":1}',
      headers: {
        "if-none-match": "*",
        "content-type": "application/json",
        "x-amz-checksum-sha256": createHash("sha256").update('{"a":1}').digest("base64"),
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=test\/\d{8}\/us-east-1\/s3\/aws4_request, SignedHeaders=[a-z0-9;-]*content-type[a-z0-9;-]*;x-amz-checksum-sha256;/,
        ),
      },
    });
  });

  it("takes an entry that is there already for success", async () => {
    stub.answerNext({ status: 412 });
    await expect(archive().putOnce("EP/1.json", "{}")).resolves.toBeUndefined();
  });

  it.each([
    [{ status: 503 }, "ProviderThrottledError"],
    [{ status: 500 }, "ProviderUnavailableError"],
    [{ status: 403 }, "ProviderUnavailableError"],
    [{ status: 409 }, "ProviderUnavailableError"],
    ["hang-up", "ProviderUnavailableError"],
  ] as const)("tells that %j may be tried again", async (answer, name) => {
    stub.answerNext(answer);
    await expect(archive().putOnce("EP/1.json", "{}")).rejects.toMatchObject({
      name,
      isRetryable: true,
    });
  });
});
