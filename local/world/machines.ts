import { readFileSync } from "node:fs";
import { workflowNames } from "../../shared/care/episode/workflow-name.ts";
import type { StepFunctionsEngine } from "../step-functions/engine.ts";

export const machinePrefix = "throughcare-";
const functionArnPrefix = "arn:aws:lambda:us-east-1:000000000000:function:throughcare-";

/** The functions that the machines' placeholders stand for. */
export const functionPlaceholders: Readonly<Record<string, string>> = {
  AdvanceCareFunctionArn: "advance-care",
  HoldCareFunctionArn: "hold-care",
  SendMessageFunctionArn: "send-message",
  PageOnCallFunctionArn: "page-on-call",
};

/** A machine's definition with its placeholders filled in, as a deployment would. */
export function localDefinition(workflow: string): string {
  const file = new URL(`../../workflows/${workflow}/${workflow}.asl.json`, import.meta.url);
  return readFileSync(file, "utf8").replace(/\$\{(\w+)\}/g, (_match, placeholder: string) => {
    const name = functionPlaceholders[placeholder];
    if (name === undefined)
      throw new Error(`The machine ${workflow} names an unknown placeholder: ${placeholder}`);
    return `${functionArnPrefix}${name}`;
  });
}

/** The bare function name behind what a machine calls. */
export function bareFunctionName(called: string): string {
  const name = called.split(":function:").at(-1) ?? called;
  return name.replace(/:.*$/, "").replace(/^throughcare-/, "");
}

/** Creates the six machines, or gives them their present definition, each under its alias `live`. */
export function installMachines(engine: StepFunctionsEngine): void {
  const known = new Map(
    engine.listStateMachines().map((machine) => [machine.name, machine.stateMachineArn]),
  );
  for (const workflow of workflowNames) {
    const name = `${machinePrefix}${workflow}`;
    const definition = localDefinition(workflow);
    const arn = known.get(name);
    if (arn === undefined) {
      const created = engine.createStateMachine({ name, definition, publish: true });
      if (created.stateMachineVersionArn === undefined)
        throw new Error(`The machine ${name} got no version`);
      engine.createAlias({
        name: "live",
        routingConfiguration: [
          { stateMachineVersionArn: created.stateMachineVersionArn, weight: 100 },
        ],
      });
      continue;
    }
    if (engine.describeStateMachine(arn).definition === definition) continue;
    const updated = engine.updateStateMachine({ stateMachineArn: arn, definition, publish: true });
    if (updated.stateMachineVersionArn === undefined)
      throw new Error(`The machine ${name} got no version`);
    engine.updateAlias({
      stateMachineAliasArn: `${arn}:live`,
      routingConfiguration: [
        { stateMachineVersionArn: updated.stateMachineVersionArn, weight: 100 },
      ],
    });
  }
}
