import type { Template } from "../../../../infra/rules/template.ts";
import type { StackName } from "../synthesised.ts";

/** One thing made wrong in one template, that only AWS's own data can tell. */
export type Fault = {
  /** As the end of "when …". */
  readonly what: string;
  readonly stack: StackName;
  readonly make: (template: Template) => Template;
  /** Words of the finding. */
  readonly finds: string;
};

export function fault(what: string, stack: StackName, make: Fault["make"], finds: string): Fault {
  return { what, stack, make, finds };
}
