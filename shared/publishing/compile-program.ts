import type { Instrument } from "../care/program/instrument.ts";
import type { Program } from "../care/program/program.ts";
import { ownValue } from "../care/text/own-value.ts";
import { type ProgramFile, programFileSchema } from "../contracts/program-file.ts";
import {
  instrumentFileSchema,
  messagesFileSchema,
  policyFileSchema,
  sitesFileSchema,
} from "../contracts/program-seed-files.ts";
import type { ProgramContent } from "../store/load-program.ts";
import { checkAgreement } from "./check-agreement.ts";
import { checkCareRules } from "./check-care-rules.ts";
import { checkClinicalGaps } from "./check-clinical-gaps.ts";
import { checkClinicalLimits } from "./check-clinical-limits.ts";
import { checkConsentWords } from "./check-consent-words.ts";
import type { CheckInput, InstrumentFile } from "./check-input.ts";
import { checkInstruments, usedInstruments } from "./check-instruments.ts";
import { checkMessagePlan } from "./check-messages.ts";
import { checkReach } from "./check-reach.ts";
import { checkSafety } from "./check-safety.ts";
import { checkSeeds } from "./check-seeds.ts";
import { checkServices } from "./check-services.ts";
import { checkTemplates } from "./check-templates.ts";
import { checkTimetable } from "./check-timetable.ts";
import { type Finding, sortFindings } from "./finding.ts";
import { type ParsedFile, parseYaml, unreadable } from "./parse-yaml.ts";
import { type CheckedFile, schemaCheck } from "./schema-findings.ts";

/** The texts of the files below the programs folder, by path, e.g. `adult-iop/program.yaml`. */
export type ProgramFiles = Readonly<Record<string, string>>;

export type Compiled =
  | { readonly ok: true; readonly content: ProgramContent; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const checkInstrumentFile = schemaCheck(instrumentFileSchema);
const checkPolicyFile = schemaCheck(policyFileSchema);
const checkSitesFile = schemaCheck(sitesFileSchema);
const checkProgramFile = schemaCheck(programFileSchema);
const checkMessagesFile = schemaCheck(messagesFileSchema);

/**
 * Reads, checks and compiles the program in the folder of that name. Pure and total: whatever the
 * files hold, it answers with findings and never throws. Warnings do not keep it from compiling.
 */
export function compileProgram(files: ProgramFiles, folder: string): Compiled {
  const findings: Finding[] = [];
  const open = (file: string): ParsedFile => {
    const text = ownValue(files, file);
    return text === undefined
      ? unreadable(file, "no such file", `a file ${file}`)
      : parseYaml(file, text);
  };
  const keep = <Content>(outcome: {
    readonly file?: CheckedFile<Content>;
    readonly findings: readonly Finding[];
  }) => {
    findings.push(...outcome.findings);
    return outcome.file;
  };
  const instruments = new Map<string, CheckedFile<InstrumentFile>>();
  for (const name of Object.keys(files).filter((one) => /^instruments\/[^/]+\.yaml$/.test(one))) {
    const file = keep(checkInstrumentFile(open(name)));
    if (file !== undefined) instruments.set(file.content.instrumentId, file);
  }
  const policy = keep(checkPolicyFile(open("policy.yaml")));
  const sites = keep(checkSitesFile(open("sites.yaml")));
  const program = keep(checkProgramFile(open(`${folder}/program.yaml`)));
  const languages = program?.content.languages ?? languagesOf(files, folder);
  const messages = new Map(
    languages.flatMap((language) => {
      const file = keep(checkMessagesFile(open(`${folder}/messages.${language}.yaml`)));
      return file === undefined ? [] : [[language, file] as const];
    }),
  );
  if (program === undefined) return { ok: false, findings: sortFindings(findings) };
  const input: CheckInput = { program, messages, instruments, policy, sites };
  findings.push(...checkFolder(program, folder), ...checkAll(input));
  const sorted = sortFindings(findings);
  if (sorted.some((finding) => finding.severity === "error"))
    return { ok: false, findings: sorted };
  return { ok: true, content: contentOf(input), findings: sorted };
}

function languagesOf(files: ProgramFiles, folder: string): readonly string[] {
  const pattern = /\/messages\.([A-Za-z-]+)\.yaml$/;
  return Object.keys(files).flatMap((file) =>
    file.startsWith(`${folder}/`) ? (pattern.exec(file)?.[1] ?? []) : [],
  );
}

function checkFolder(
  { parsed, content }: CheckedFile<ProgramFile>,
  folder: string,
): readonly Finding[] {
  if (content.programId === folder) return [];
  return [
    parsed.finding(["programId"], {
      found: `"${content.programId}" in the folder ${folder}`,
      allowed: `"${folder}"`,
    }),
  ];
}

function checkAll(input: CheckInput): readonly Finding[] {
  return [
    ...checkTimetable(input),
    ...checkServices(input),
    ...checkMessagePlan(input),
    ...checkTemplates(input),
    ...checkInstruments(input),
    ...checkCareRules(input),
    ...checkSafety(input),
    ...checkClinicalGaps(input),
    ...checkClinicalLimits(input),
    ...checkSeeds(input),
    ...checkReach(input),
    ...checkAgreement(input),
    ...checkConsentWords(input),
  ];
}

function contentOf(input: CheckInput): ProgramContent {
  const { suitability, ...program } = input.program.content;
  return {
    program: {
      ...program,
      suitability: suitability.map((rule) => ({ ...rule, when: suitabilityCondition(rule.when) })),
    },
    templates: Object.fromEntries(
      [...input.messages].map(([language, file]) => [language, file.content]),
    ),
    instruments: Object.fromEntries(
      usedInstruments(input).map(({ content }): [string, Instrument] => [
        content.instrumentId,
        content,
      ]),
    ),
  };
}

type SuitabilityWhen = Program["suitability"][number]["when"];

/** The check has made sure that exactly one of the three forms is there. */
function suitabilityCondition(when: ProgramFile["suitability"][number]["when"]): SuitabilityWhen {
  if (when.fact !== undefined) return { fact: when.fact };
  if (when.screenPositive !== undefined) return { screenPositive: when.screenPositive };
  const instrumentId = when.instrumentId ?? "";
  if (when.totalAtLeast !== undefined) return { instrumentId, totalAtLeast: when.totalAtLeast };
  return { instrumentId, totalBelow: when.totalBelow ?? 0 };
}
