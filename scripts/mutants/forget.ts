import { inject } from "vitest";

/** Takes the mutant before out of a thread that is kept: files of tests load as the product is. */
const told = inject as (name: string) => string | undefined;
const space: unknown = Reflect.get(globalThis, told("globalNamespace") ?? "");
const isAsked = told("mutantActivation") === "static";
if (!isAsked && typeof space === "object" && space !== null) {
  Reflect.set(space, "activeMutant", undefined);
}
