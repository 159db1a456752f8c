import * as z from "zod";

/** The environment every function that touches care reads; parsed once by each `dependencies.ts`. */
export const careEnvironmentSchema = z.object({
  CARE_TABLE: z.string().min(3),
  IDENTITY_TABLE: z.string().min(3),
  AUDIT_TABLE: z.string().min(3),
  // What is wrong with a secret is said by what reads it, in a sentence and without the secret.
  LINK_SECRET: z.string().default(""),
  CONTACT_SECRET: z.string().default(""),
});
export type CareEnvironment = z.infer<typeof careEnvironmentSchema>;
