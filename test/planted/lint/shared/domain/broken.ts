// expect: lint/style/noRestrictedImports
import { z } from "zod";

// expect: lint/suspicious/noExplicitAny
export const anything: any = z;

const texts: readonly (string | undefined)[] = [];
// expect: lint/style/noNonNullAssertion
export const first = texts[0]!;

// expect: lint/style/noEnum
export enum Channel {
  Email = "email",
}

// expect: lint/suspicious/noTsIgnore
// @ts-ignore
export const ignored: number = "six";
