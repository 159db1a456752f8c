import { siteProblems } from "../care/program/site-problems.ts";
import { compilePattern, type WordClasses } from "../care/safety/word-pattern.ts";
import { ownValue } from "../care/text/own-value.ts";
import { type CheckInput, type PolicyFile, type Report, repeats, reporter } from "./check-input.ts";
import type { DocumentPath, Finding, FindingDetails } from "./finding.ts";

/** Words that must end all texts, whatever else a policy adds. */
const requiredStopWords = [
  "STOP",
  "STOPALL",
  "UNSUBSCRIBE",
  "CANCEL",
  "END",
  "QUIT",
  "REVOKE",
  "OPT OUT",
  "OPTOUT",
  "REMOVE",
  "ARRET",
  "TD",
  "ALTO",
  "PARAR",
  "CANCELAR",
];

/** `policy.yaml` and `sites.yaml`. */
export function checkSeeds(input: CheckInput): readonly Finding[] {
  const findings: Finding[] = [];
  const { languages, programId } = input.program.content;
  if (input.policy !== undefined)
    checkPolicy(reporter(input.policy, findings), input.policy.content, languages);
  if (input.sites !== undefined) {
    const report = reporter(input.sites, findings);
    const { sites } = input.sites.content;
    for (const { index, value } of repeats(sites.map((site) => site.siteId))) {
      report(["sites", index, "siteId"], {
        found: `the site "${value}" a second time`,
        allowed: "every site once",
      });
    }
    for (const [index, site] of sites.entries()) {
      const others = sites.slice(0, index).filter(({ siteId }) => siteId !== site.siteId);
      for (const { path, ...details } of siteProblems(site, {
        others,
        policy: input.policy?.content,
      }))
        report(["sites", index, ...path], details);
    }
    if (!sites.some((site) => site.programs.includes(programId))) {
      report(["sites"], {
        severity: "warning",
        found: `no site that runs "${programId}"`,
        allowed: "at least one",
      });
    }
  }
  return findings;
}

function checkPolicy(report: Report, policy: PolicyFile, languages: readonly string[]): void {
  for (const key of ["crisisWords", "crisisText", "forbiddenWords"] as const) {
    for (const language of languages) {
      if (ownValue<unknown>(policy[key], language) === undefined) {
        report([key], {
          found: `nothing in ${language}`,
          allowed: `every language of the program: ${languages.join(", ")}`,
        });
      }
    }
  }
  checkWordPatterns(report, policy);
  const words = new Set(policy.stopWords.map((word) => word.toUpperCase()));
  for (const word of requiredStopWords) {
    if (!words.has(word))
      report(["stopWords"], { found: `no "${word}"`, allowed: requiredStopWords.join(", ") });
  }
  for (const [name, required] of [
    ["startWords", "START"],
    ["helpWords", "HELP"],
  ] as const) {
    if (!policy[name].some((word) => word.toUpperCase() === required)) {
      report([name], { found: `no "${required}"`, allowed: `${required} and others` });
    }
  }
  for (const name of ["inProgram", "inAftercare"] as const) {
    const { perDay, perWeek } = policy.caps[name];
    if (perDay > perWeek)
      report(["caps", name, "perDay"], {
        found: `${perDay}`,
        allowed: `at most ${perWeek}, the cap of a week`,
      });
  }
  for (const name of ["routine", "scheduleNotice"] as const) {
    const { from, to } = policy.quietHours[name];
    if (from >= to)
      report(["quietHours", name], {
        found: `${from} to ${to}`,
        allowed: "hours that end after they begin",
      });
  }
}

type PatternProblem = { readonly path: DocumentPath; readonly details: FindingDetails };

/** A policy's patterns are some thousand, and the policy is checked with every program that it serves. */
const patternProblems = new WeakMap<PolicyFile, readonly PatternProblem[]>();

function checkWordPatterns(report: Report, policy: PolicyFile): void {
  const problems = patternProblems.get(policy) ?? findPatternProblems(policy);
  patternProblems.set(policy, problems);
  for (const { path, details } of problems) report(path, details);
}

/** Every pattern must be one that can be matched, and every rule one that can be named. */
function findPatternProblems(policy: PolicyFile): readonly PatternProblem[] {
  const problems: PatternProblem[] = [];
  const checker =
    (path: readonly string[], classes: WordClasses) =>
    (at: readonly (string | number)[], patterns: readonly string[]) => {
      for (const [index, pattern] of patterns.entries()) {
        const { problem } = compilePattern(pattern, classes);
        if (problem !== undefined)
          problems.push({
            path: [...path, ...at, index],
            details: { found: problem, allowed: patternWords },
          });
      }
    };
  for (const [language, { classes, notOptOut, patterns }] of Object.entries(policy.optOutWords)) {
    const checkPatterns = checker(["optOutWords", language], classes);
    checkPatterns(["notOptOut"], notOptOut);
    checkPatterns(["patterns"], patterns);
  }
  for (const [language, { classes, everyday, past, rules }] of Object.entries(policy.crisisWords)) {
    const path = ["crisisWords", language];
    const checkPatterns = checker(path, classes);
    for (const { index, value } of repeats(rules.map((rule) => rule.ruleId))) {
      problems.push({
        path: [...path, "rules", index, "ruleId"],
        details: { found: `the rule "${value}" a second time`, allowed: "every rule once" },
      });
    }
    checkPatterns(["everyday"], everyday);
    checkPatterns(["past", "marks"], past?.marks ?? []);
    checkPatterns(["past", "present"], past?.present ?? []);
    for (const [index, rule] of rules.entries())
      checkPatterns(["rules", index, "patterns"], rule.patterns);
  }
  return problems;
}

const patternWords =
  "words with word*, word~, a/b, <class>, word?, ..3, # (a number of 5 or more), ^ and $";
