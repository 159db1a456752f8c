// Long because it is one table: what a program can lack that people come to harm by, and what the check says of it.
import { describe, expect, test } from "vitest";
import { compileProgram } from "../../../shared/publishing/compile-program.ts";
import { expectFound, type Mistake } from "../../builders/planted-mistake.ts";
import { shippedFiles } from "../../builders/program-files.ts";

const program = "adult-iop/program.yaml";
const sud = "sud-iop/program.yaml";

/** A part of a shipped file, from one text up to another. */
function part(file: string, from: string, upTo: string): string {
  const text = shippedFiles[file] ?? "";
  const start = text.indexOf(from);
  const end = text.indexOf(upTo, start + from.length);
  if (start < 0 || end < 0) throw new Error(`${file} does not hold: ${from} … ${upTo}`);
  return text.slice(start, end);
}

/** One item of a list, up to the next one. */
const item = (file: string, key: string, name: string, indent = "    ") =>
  part(file, `${indent}- ${key}: ${name}\n`, `\n${indent}- ${key}: `);

const gone = (file: string, text: string, at: string, found: string): Omit<Mistake, "why"> => ({
  file,
  from: text,
  to: "",
  pointsAt: { file, text: at },
  found,
});

const screens = part(program, "  - screenId: in-the-room", "# The supply of a medicine");
const question = (id: string) => part(program, `      - id: ${id}\n`, "\n      - id: ");
const asked = (id: string) =>
  part(program, `    - id: ${id}\n      text`, "\n    - id: ").replace(/\n\s*#.*$/, "");

const gaps: readonly Mistake[] = [
  {
    why: "a ladder without a welfare rung",
    ...gone(
      program,
      item(program, "rung", "welfare-decision"),
      "missedSession:\n",
      "no rung on which a clinician decides about a welfare check",
    ),
  },
  {
    why: "a welfare decision that is nobody's to make",
    file: program,
    from: "      action: welfare-decision\n      assignTo: clinician",
    to: "      action: welfare-decision\n      assignTo: front-desk",
    at: "front-desk",
    found: 'a welfare decision for "front-desk"',
    allowed: "clinician",
  },
  {
    why: "an aftercare day without a ladder for silence",
    file: program,
    from: item(program, "rung", "second-call"),
    to: "",
    pointsAt: { file: program, text: "missedSession:\n" },
    found: "one call at most: whoever does not answer once is given up",
  },
  {
    why: "no suicide screen at the discharge",
    ...gone(
      program,
      item(program, "item", "suicide-screen"),
      "checklist:\n",
      "completed, transfer-up, transfer-down without a suicide screen by staff",
    ),
  },
  {
    why: "a discharge without a measure that is answered again",
    file: program,
    from: part(program, "  completion: {", "\n  dispositions"),
    to: "",
    pointsAt: { file: program, text: "discharge:\n  remindAfterHours" },
    found: "a completed program in which nothing is measured again",
  },
  {
    why: "no measures on the discharge checklist",
    ...gone(
      program,
      item(program, "item", "last-measures"),
      "checklist:\n",
      "completed without measures that are answered again",
    ),
  },
  {
    why: "a discharge without a follow-up visit",
    ...gone(
      program,
      item(program, "item", "follow-up-visit"),
      "checklist:\n",
      "completed, transfer-up, transfer-down without a visit with a named receiver",
    ),
  },
  {
    why: "a discharge on which the medicine runs out",
    ...gone(
      program,
      item(program, "item", "medication-supply"),
      "checklist:\n",
      "completed, transfer-down without a supply of medicine",
    ),
  },
  {
    why: "a discharge without the person's word on aftercare",
    ...gone(
      program,
      item(program, "item", "aftercare-consent"),
      "checklist:\n",
      "completed without the person's word on aftercare",
    ),
  },
  {
    why: "an administrative discharge without the crisis plan",
    file: program,
    from: "requiredFor: [completed, transfer-down, coverage-ended, administrative]",
    to: "requiredFor: [completed, transfer-down, coverage-ended]",
    at: "requiredFor",
    found: "administrative without the crisis plan in the person's hands",
  },
  {
    why: "somebody who left without a reviewer",
    file: program,
    from: "requiredFor: [left-before-completing, lost-contact]",
    to: "requiredFor: [lost-contact]",
    at: "requiredFor",
    found: "left-before-completing without a review by the supervisor",
  },
  {
    why: "a decision nobody may take",
    file: program,
    from: "  discharge:\n    decidedBy: [case-manager, clinician, clinical-lead]",
    to: "  discharge:\n    decidedBy: [front-desk, peer]",
    at: "[front-desk",
    found: "front-desk, peer: nobody who may decide it",
    allowed: "case-manager",
  },
  {
    why: "an approval without a second reviewer",
    file: program,
    from: "  admission:\n    decidedBy: [case-manager, clinician, clinical-lead]",
    to: "  admission:\n    decidedBy: [clinical-lead]",
    pointsAt: { file: program, text: "clinical-lead\n    escalateEveryHours" },
    found: '"clinical-lead", who has it already',
  },
  {
    why: "an hour with nobody on call",
    file: "sites.yaml",
    from: part("sites.yaml", "    # Reached where no entry", "\n  - siteId: mesa"),
    to: "",
    pointsAt: { file: "sites.yaml", text: "riverside\n" },
    found: '"riverside" with nobody on call',
  },
  {
    why: "no crisis plan before the first week is over",
    file: program,
    from: "{ plan: crisis, writtenByWeek: 1, assignTo: clinician }",
    to: "{ plan: crisis, writtenByWeek: 4, assignTo: clinician }",
    pointsAt: { file: program, text: "plans:\n  - { plan: crisis" },
    found: "no crisis plan before the first week is over",
  },
  {
    why: "no plan for staying well",
    ...gone(
      program,
      "  - { plan: relapse-prevention, writtenByWeek: 4, assignTo: case-manager }\n",
      "plans:\n  - { plan: crisis",
      "no plan for staying well",
    ),
  },
  {
    why: "an answer to item 9 that nobody follows up",
    file: program,
    from: part(
      program,
      "    - {\n        instrumentId: phq-9,\n        itemId: phq9-9,\n        atLeast: 1",
      "    - {\n        instrumentId: phq-9,\n        itemId: phq9-9,\n        atLeast: 2",
    ),
    to: "",
    pointsAt: { file: program, text: "- {\n        instrumentId: phq-9,\n        itemId: phq9-9" },
    found: 'an answer of 1 to "phq9-9" of phq-9 that alerts nobody',
  },
  {
    why: "no 988 in a language",
    file: "policy.yaml",
    from: "  es: Si piensa hacerse daño, llame al 988 (oprima 2) o mande AYUDA al 988 ahora (24/7).",
    to: "  es: Si piensa hacerse daño, llame ahora.",
    at: "Si piensa",
    found: "no 988 or no 911",
  },
  {
    why: "an instrument without published wording in a language",
    file: program,
    from: "staffInstruments: [phq-8, audit-c]",
    to: "staffInstruments: [phq-8, audit-c] #",
    at: "audit-c",
    found: '"audit-c" has no wording in es',
    severity: "warning",
  },
  {
    why: "an aftercare with half a year of silence and more",
    ...gone(
      program,
      "    - { number: 7, day: 180, kind: check-in, windowDays: 7 }\n",
      "365, kind",
      "275 days without a contact before day 365",
    ),
  },
  {
    why: "a first check-in after two weeks",
    file: program,
    from: "{ number: 2, day: 7, kind: check-in, windowDays: 1, answerDays: 2 }",
    to: "{ number: 2, day: 11, kind: check-in, windowDays: 1, answerDays: 2 }",
    at: "11,",
    found: "the first check-in on day 11",
    allowed: "day 7 at the latest",
  },
  {
    why: "an aftercare that ends after half a year",
    ...gone(
      program,
      "    - { number: 8, day: 365, kind: check-in, windowDays: 7 }\n",
      "180, kind",
      "the last contact on day 180",
    ),
    severity: "warning",
  },
  {
    why: "opioid use without a clinician the same day",
    file: program,
    from: "        - when: { equals: true }\n          action: same-day-call\n          reason: Opioid use after abstinence",
    to: "        - when: { equals: true }\n          action: call-within-48-hours\n          reason: Opioid use after abstinence",
    pointsAt: {
      file: program,
      text: "actions:\n        - when: { equals: true }\n          action: call-within-48-hours\n          reason: Opioid",
    },
    found: "opioid use after abstinence, without a call on the same day",
  },
  {
    why: "a key medicine that is stopped, and nobody asks",
    ...gone(
      program,
      asked("key-medication-stopped"),
      "questions:\n    - id: phq-2",
      "no question key-medication-stopped",
    ),
  },
  {
    why: "a person who wants a call and cannot say so",
    ...gone(
      program,
      part(program, "    - id: wants-call", "\nsafety:"),
      "questions:\n    - id: phq-2",
      "no question wants-call",
    ),
  },
  {
    why: "a supply of medicine without an owner",
    ...gone(
      program,
      "medication: { supplyTaskStaffedDays: 5, assignTo: nurse, opioidGapTier: ORANGE }\n",
      "medication-management\n    title",
      "visits about medicine, and nobody who follows how long the supply lasts",
    ),
  },
  {
    why: "a missed visit about medicine that waits for days",
    file: program,
    from: "missedModalities: [medication-management]",
    to: "missedModalities: []",
    at: "missedModalities",
    found: "a missed visit about medicine after which nobody decides the same day",
  },
  {
    why: "a leave that ends, and an intake that begins, without questions about withdrawal",
    ...gone(
      program,
      question("last-benzodiazepines"),
      "screens:\n",
      "no question that asks benzodiazepines",
    ),
  },
  {
    why: "everybody asked in the room, and nobody about alcohol, pregnancy or housing",
    ...gone(program, screens, "screens:\n", "no question that asks pregnancy"),
  },
  {
    why: "an admission that does not wait for the suicide screen",
    file: program,
    from: "screens: [suicide-screen, in-the-room]",
    to: "screens: [in-the-room]",
    at: "screens",
    found: "an admission that does not wait for the questions about suicide",
    allowed: "suicide-screen",
  },
  {
    why: "an admission that nobody may make without what is missing",
    file: program,
    from: "withoutBy: [case-manager, clinician, clinical-lead]",
    to: "withoutBy: []",
    at: "[]",
    found: "a list of 0",
    allowed: "name who may admit without",
  },
  {
    why: "a welfare check that nobody made and nobody is rung about",
    file: program,
    from: "        welfare: ORANGE,",
    to: "        welfare: ROUTINE,",
    at: "ROUTINE",
    found: "a welfare check that nobody made rings nobody",
  },
  {
    why: "a call of the same day that may wait",
    file: program,
    from: "        same-day-call: YELLOW,",
    to: "        same-day-call: ROUTINE,",
    at: "ROUTINE",
    found: "ROUTINE: nobody is told outside the list",
  },
  {
    why: "an ending that happens and cannot be recorded",
    ...gone(program, "    - deceased\n", "dispositions:\n", 'no "deceased"'),
  },
  {
    why: "no naloxone at the discharge of a program that treats opioid use",
    folder: "sud-iop",
    ...gone(
      sud,
      item(sud, "item", "naloxone"),
      "checklist:\n",
      "no naloxone at the discharge, in a program that treats opioid use",
    ),
  },
  {
    why: "a program that treats opioid use and does not ask about naloxone",
    folder: "sud-iop",
    file: sud,
    from: "        asks: naloxone\n",
    to: "        asks: other\n",
    pointsAt: { file: sud, text: "screens:\n  # Asked" },
    found: "no question that asks naloxone",
  },
];

describe("program check finds what people could come to harm by", () => {
  test.each(gaps.map((gap) => [gap.why, gap] as const))("%s", (_why, gap) => expectFound(gap));

  test.each(["adult-iop", "sud-iop"])("and nothing of it in %s, within a second", (folder) => {
    const started = process.cpuUsage();
    const { ok, findings } = compileProgram(shippedFiles, folder);
    const { user, system } = process.cpuUsage(started);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(ok).toBe(true);
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});
