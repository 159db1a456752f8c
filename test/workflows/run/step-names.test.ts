import { describe, expect, it } from "vitest";
import { workflowNames } from "../../../shared/care/episode/workflow-name.ts";
import { nextStep, resumeStep, stepOf } from "../../../workflows/run/next-step.ts";

describe("a step named by an event from outside", () => {
  it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
    "is in no workflow's table when it is called %s",
    (name) => {
      for (const workflow of workflowNames) {
        expect(stepOf(workflow, name)).toBeUndefined();
        expect(nextStep(workflow, name, "done")).toBeUndefined();
        expect(nextStep(workflow, "finish", name)).toBeUndefined();
        expect(resumeStep(workflow, name, name)).toBeUndefined();
      }
    },
  );
});
