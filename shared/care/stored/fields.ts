import * as z from "zod";

/** A value as it was read from the store: nobody changes it in place. */
export type DeepReadonly<Value> = Value extends readonly (infer Element)[]
  ? readonly DeepReadonly<Element>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
    : Value;

/** What a schema of stored data lets through. */
export type Stored<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;

/** RFC 3339 in UTC; instants are compared as texts, so that any other form would decide wrongly. */
export const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
/** A local date, `YYYY-MM-DD`. */
export const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);
/** A wall time, `HH:MM`. */
export const wallTime = z.string().regex(/^\d\d:\d\d$/);
/** A count, a position in a list or a version. */
export const count = z.int().min(0);
/** Where an aggregate's audit chain stands. */
export const auditChain = z.object({ sequence: count, hash: z.string() });
