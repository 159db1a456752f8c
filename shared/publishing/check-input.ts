import type * as z from "zod";
import type { ProgramFile } from "../contracts/program-file.ts";
import type {
  instrumentFileSchema,
  MessagesFile,
  policyFileSchema,
  sitesFileSchema,
} from "../contracts/program-seed-files.ts";
import type { DocumentPath, Finding, FindingDetails } from "./finding.ts";
import type { CheckedFile } from "./schema-findings.ts";

export type InstrumentFile = z.infer<typeof instrumentFileSchema>;
export type PolicyFile = z.infer<typeof policyFileSchema>;
export type SitesFile = z.infer<typeof sitesFileSchema>;

/** The files of one program whose shape is right, and those beside it. */
export type CheckInput = {
  readonly program: CheckedFile<ProgramFile>;
  /** By language. */
  readonly messages: ReadonlyMap<string, CheckedFile<MessagesFile>>;
  readonly instruments: ReadonlyMap<string, CheckedFile<InstrumentFile>>;
  readonly policy: CheckedFile<PolicyFile> | undefined;
  readonly sites: CheckedFile<SitesFile> | undefined;
};

/** Notes a finding in one file. */
export type Report = (path: DocumentPath, details: FindingDetails) => void;

/** Collects the findings of one file. */
export function reporter(file: CheckedFile<unknown>, findings: Finding[]): Report {
  return (path, details) => {
    findings.push(file.parsed.finding(path, details));
  };
}

/** Positions of values that stand more than once, the first time excepted. */
export function repeats(
  values: readonly string[],
): readonly { readonly index: number; readonly value: string }[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index ? [{ index, value }] : [],
  );
}
