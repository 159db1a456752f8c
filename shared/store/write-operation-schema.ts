import * as z from "zod";

const table = z.enum(["care", "identity", "audit"]);
const mutableTable = z.enum(["care", "identity"]);
const key = { pk: z.string(), sk: z.string() };
const plain = z.union([z.string(), z.number(), z.boolean()]);

const condition = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("absent") }),
  z.object({ kind: z.literal("present") }),
  z.object({ kind: z.literal("equals"), attributes: z.record(z.string(), plain.optional()) }),
  z.object({ kind: z.literal("absent-or-below"), attribute: z.string(), value: z.number() }),
  z.object({
    kind: z.literal("absent-or-at-most"),
    attribute: z.string(),
    value: z.union([z.string(), z.number()]),
  }),
]);
const maybe = z.exactOptional(condition);

/** A write as it is stored where a commit is larger than a transaction: see `WriteOperation` of the store. */
export const writeOperationSchema = z.union([
  z.object({
    put: z.object({
      table,
      item: z.looseObject({ ...key, schemaVersion: z.int() }),
      condition: maybe,
    }),
  }),
  z.object({ delete: z.object({ table: mutableTable, ...key, condition: maybe }) }),
  z.object({ check: z.object({ table, ...key, condition }) }),
  z.object({
    add: z.object({
      table: mutableTable,
      ...key,
      attribute: z.string(),
      by: z.number(),
      set: z.exactOptional(z.record(z.string(), plain)),
      condition: maybe,
    }),
  }),
]);
