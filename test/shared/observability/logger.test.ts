import { describe, expect, it } from "vitest";
import { InvalidInputError } from "../../../shared/errors/invalid-input-error.ts";
import { StoreUnavailableError } from "../../../shared/errors/store-unavailable-error.ts";
import { createTelemetry } from "../../../shared/observability/telemetry.ts";
import { fc } from "../../builders/properties.ts";
import { printed } from "../../fakes/telemetry.ts";

const secret = "amina.q@example.org wants to die";
const { logger } = createTelemetry("a-function");
/** What a caller may hand over once the types are forgotten. */
const log = (fields: unknown) =>
  printed(async () => {
    for (const level of ["info", "warn", "error"] as const)
      Reflect.apply(logger[level], logger, ["Something happened", fields]);
  });

/** An error as libraries make them: its text, its fields and its cause quote what they were given. */
function errorOfALibrary(): Error {
  const error = new TypeError(`Cannot store ${secret}`, { cause: new Error(secret) });
  return Object.assign(error, { input: secret, issues: [{ path: [secret] }] });
}

describe("a log line", () => {
  it("keeps codes and ids, and of an error of ours its name and its sentence", async () => {
    const error = new StoreUnavailableError("The store did not answer", { table: "care" });
    const lines = await log({ episodeId: "01J0", code: "timeout", count: 3, error });
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[2] ?? "")).toMatchObject({
      level: "ERROR",
      message: "Something happened",
      episodeId: "01J0",
      code: "timeout",
      count: 3,
      errorName: "StoreUnavailableError",
      errorMessage: "The store did not answer",
    });
  });

  it.each<[string, unknown]>([
    [
      "fields of other names",
      { name: secret, phone: secret, path: secret, url: secret, text: secret },
    ],
    ["an error of a library, with its text, fields and cause", { error: errorOfALibrary() }],
    ["an error that is a text", { error: secret }],
    ["an error that is an object", { error: { message: secret, stack: secret } }],
    [
      "what came with an error of ours",
      {
        error: new InvalidInputError("The body is not right", [{ path: "name", problem: secret }], {
          cause: errorOfALibrary(),
        }),
      },
    ],
    ["a whole object in the place of an id", { episodeId: { name: secret }, code: [secret] }],
  ])("leaves out %s", async (_what, fields) => {
    const lines = await log(fields);
    expect(lines).toHaveLength(3);
    expect(lines.filter((line) => line.includes("amina"))).toEqual([]);
  });

  it("leaves out whatever has another name than those that hold ids and codes", async () => {
    const ids =
      /^(episodeId|driverId|workflow|step|outcome|messageId|escalationId|taskId|effectKey|functionName|route|status|count|code)$/;
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.string().filter((key) => !ids.test(key)),
          fc.constant(secret),
        ),
        async (fields) => {
          expect((await log(fields)).filter((line) => line.includes("amina"))).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });
});
