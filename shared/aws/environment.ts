import * as z from "zod";

/** The environment every function that touches care reads; parsed once by each `dependencies.ts`. */
export const careEnvironmentSchema = z.object({
  CARE_TABLE: z.string().min(3),
  IDENTITY_TABLE: z.string().min(3),
  AUDIT_TABLE: z.string().min(3),
  LINK_SECRET: z.string().min(32),
});
export type CareEnvironment = z.infer<typeof careEnvironmentSchema>;
