// Long because it is one table: what a designer writes by mistake, the place, and the words that say so.
import { describe, expect, test } from "vitest";
import { compileProgram } from "../../../shared/publishing/compile-program.ts";
import { expectFound, type Mistake } from "../../builders/planted-mistake.ts";
import { shippedFiles } from "../../builders/program-files.ts";

const program = "adult-iop/program.yaml";
const english = "adult-iop/messages.en.yaml";
const spanish = "adult-iop/messages.es.yaml";

/** A file that is no YAML: said in the words of somebody who writes it, not in those of a parser. */
const syntax: readonly Mistake[] = [
  {
    why: "a line too far left",
    file: program,
    from: "  targetHours: 12",
    to: " targetHours: 12",
    found: "a line that stands further left or right than those of its list or keys",
    allowed: "the same number of spaces",
  },
  {
    why: "a line too far right",
    file: program,
    from: "  targetHours: 12",
    to: "    targetHours: 12",
    found: 'lines after "minimumHours: 9" that stand further right than it',
    pointsAt: { file: program, text: "9\n    targetHours" },
  },
  {
    why: "a list item out of line",
    file: program,
    from: "  - slot: mon-family",
    to: " - slot: mon-family",
    found: "a line that stands further left or right",
  },
  {
    why: "a list item without its hyphen",
    file: program,
    from: "  - slot: mon-family",
    to: "  slot: mon-family",
    found: "a line that stands further left or right",
  },
  {
    why: "a hyphen without a space",
    file: program,
    from: "    - completed\n",
    to: "    -completed\n",
    at: "-completed",
    found: '"-completed - transfer-up',
    allowed: "a list",
  },
  {
    why: "a quotation mark that is not closed",
    file: program,
    from: 'startTime: "09:00"',
    to: 'startTime: "09:00',
    at: '"09:00',
    found: 'a quotation mark " that is not closed',
    allowed: 'a second " where the value ends',
  },
  {
    why: "a colon inside a value",
    file: program,
    from: "name: Adult intensive",
    to: "name: Adults: intensive",
    at: "Adults",
    found: 'a colon inside the value "Adults: intensive outpatient program"',
    allowed: "a value that holds a colon stands in quotes",
  },
  {
    why: "a key without its colon",
    file: program,
    from: "    title: Process group",
    to: "    title Process group",
    at: "title",
    found: '"title Process group" without a colon',
    allowed: "a key, a colon, a space and a value",
  },
  {
    why: "a colon without its space",
    file: program,
    from: "name: Adult",
    to: "name:Adult",
    found: 'no space after the colon of "name:Adult intensive outpatient program"',
  },
  {
    why: "a comma that is missing",
    file: program,
    from: "weeks: { minimum: 4, planned",
    to: "weeks: { minimum: 4 planned",
    at: "4 planned",
    found: "a comma that is missing between two values",
  },
  {
    why: "a comma too many",
    file: program,
    from: "languages: [en, es]",
    to: "languages: [en,, es]",
    at: ", es]",
    found: "a comma too many",
  },
  {
    why: "a bracket too many",
    file: program,
    from: "languages: [en, es]",
    to: "languages: [en, es]]",
    at: "]\nlevelOfCare",
    found: "a bracket ] too many",
  },
  {
    why: "keys whose bracket is not closed",
    file: program,
    from: "planned: 6, maximum: 8 }",
    to: "planned: 6, maximum: 8",
    found: "a bracket { that is not closed",
    pointsAt: { file: program, text: "{ minimum: 4" },
  },
  {
    why: "a sign that begins no value",
    file: program,
    from: "name: Adult",
    to: "name: @Adult",
    at: "@Adult",
    found: "a value that begins with @",
    allowed: "the value in quotes",
  },
  {
    why: "a backslash in quotes",
    file: program,
    from: 'startTime: "09:00"',
    to: 'startTime: "09\\:00"',
    at: "\\:00",
    found: 'a backslash before ":" inside double quotes',
  },
  {
    why: "a second text in one file",
    file: program,
    from: "levelOfCare:",
    to: "---\nlevelOfCare:",
    at: "---",
    found: "a line of three hyphens, after which nothing is read",
  },
];

/** What is named and not there, or named twice. */
const names: readonly Mistake[] = [
  {
    why: "a screen that does not exist",
    file: program,
    from: "screens: [suicide-screen, in-the-room]",
    to: "screens: [suicide-scren, in-the-room]",
    at: "suicide-scren",
    found: 'unknown screen "suicide-scren"',
    allowed: "suicide-screen, in-the-room",
    nearest: "suicide-screen",
  },
  {
    why: "an admission that waits for a plan which nobody writes",
    file: program,
    from: "plans: []",
    to: "plans: [crisis, wellness-recovery]",
    at: "wellness-recovery",
    found: '"wellness-recovery"',
  },
  {
    why: "a rule on a question that nobody asks",
    file: program,
    from: "when: { fact: pregnant }",
    to: "when: { screenPositive: pregnanci }",
    at: "pregnanci",
    found: 'unknown question of a screen "pregnanci"',
    nearest: "pregnancy",
  },
  {
    why: "a language without its file",
    file: program,
    from: "languages: [en, es]",
    to: "languages: [en, es, fr]",
    found: "no such file",
    allowed: "a file adult-iop/messages.fr.yaml",
    pointsAt: { file: "adult-iop/messages.fr.yaml", text: "" },
  },
  {
    why: "a language twice",
    file: program,
    from: "languages: [en, es]",
    to: "languages: [en, es, en]",
    at: "en]",
    found: 'the language "en" a second time',
  },
  {
    why: "a template without words in a language",
    file: spanish,
    from: "weekly-text:",
    to: "weekly-texts:",
    found: 'the template "weekly-text" has no words in adult-iop/messages.es.yaml',
    nearest: "weekly-texts",
    pointsAt: { file: program, text: "weekly-text\n    class" },
  },
  {
    why: "a question without words in a language",
    file: program,
    from: "        es: Desde la última vez que hablamos, ¿ha usado",
    to: "        fr: Desde la última vez que hablamos, ¿ha usado",
    found: "no text in es",
    pointsAt: {
      file: program,
      text: "en: Since we last talked, have you used any opioid",
    },
  },
  {
    why: "a measure twice",
    file: program,
    from: "  - { instrumentId: gad-7, everyWeeks: 2 }",
    to: "  - { instrumentId: phq-9, everyWeeks: 2 }",
    at: "phq-9",
    found: 'the instrument "phq-9" a second time',
  },
  {
    why: "a screen twice",
    file: program,
    from: "screenId: in-the-room",
    to: "screenId: suicide-screen",
    at: "suicide-screen",
    found: 'the screen "suicide-screen" a second time',
  },
  {
    why: "a question of a screen twice",
    file: program,
    from: "id: last-opioids",
    to: "id: last-alcohol",
    at: "last-alcohol",
    found: 'the question "last-alcohol" a second time',
  },
  {
    why: "a disposition twice",
    file: program,
    from: "    - transfer-down\n",
    to: "    - transfer-up\n",
    at: "transfer-up",
    found: 'the disposition "transfer-up" a second time',
  },
  {
    why: "who decides named twice",
    file: program,
    from: "decidedBy: [case-manager, clinical-lead]",
    to: "decidedBy: [clinical-lead, clinical-lead]",
    at: "clinical-lead]",
    found: 'the function "clinical-lead" a second time',
  },
];

/** A message that would go after what it announces, or never. */
const timing: readonly Mistake[] = [
  {
    why: "a circumstance that never holds at its anchor",
    file: program,
    from: "anchor: admitted\n    offsetMinutes: 0",
    to: "anchor: admitted\n    onlyWhen: week-one\n    offsetMinutes: 0",
    at: "week-one",
    found: '"week-one" from "admitted", which never holds there: it would never be sent',
    allowed: 'no onlyWhen from "admitted"',
  },
  {
    why: "a reminder of an anchor that reminds nobody",
    file: program,
    from: "onlyWhen: missed-in-14-days",
    to: "onlyWhen: reminder",
    at: "reminder",
    found: '"reminder" from "session-start"',
    allowed: "week-one, missed-in-14-days",
  },
  {
    why: "a weekly text after its week",
    file: program,
    from: "anchor: week-opened\n    offsetMinutes: 0",
    to: "anchor: week-opened\n    offsetMinutes: 10080",
    at: "10080",
    found: "10080: it would go after what it speaks of is over",
    allowed: 'less than 10080 from "week-opened"',
  },
  {
    why: "a check-in that is closed when it is asked",
    file: program,
    from: 'offsetMinutes: 2880\n    window: { from: "09:00", to: "13:00" }',
    to: 'offsetMinutes: 10080\n    window: { from: "09:00", to: "13:00" }',
    at: "10080",
    found: "10080: it would go after what it speaks of is over",
    allowed: 'less than 10080 from "check-in-opened"',
  },
  {
    why: "a welcome two days late",
    file: program,
    from: "anchor: admitted\n    offsetMinutes: 0",
    to: "anchor: admitted\n    offsetMinutes: 2880",
    at: "2880",
    found: "2880: it would go after what it speaks of is over",
    allowed: 'less than 1440 from "admitted"',
  },
  {
    why: "a notice in the night",
    file: program,
    from: 'window: { from: "06:00", to: "21:00" }',
    to: 'window: { from: "05:00", to: "21:00" }',
    at: "{ from",
    found: "05:00 to 21:00",
    allowed: "within 06:00 to 21:00 (quietHours of policy.yaml)",
  },
  {
    why: "a message of missed sessions that no rung sends",
    file: program,
    from: "      messageStep: missed-session\n      assignTo: case-manager",
    to: "      messageStep: weekly-text\n      assignTo: case-manager",
    found: '"missed-session", which no rung of outreach sends',
    pointsAt: { file: program, text: "missed-session\n    templateId" },
  },
  {
    why: "a rung that sends what something else sends",
    file: program,
    from: "      messageStep: missed-session\n      assignTo: case-manager",
    to: "      messageStep: weekly-text\n      assignTo: case-manager",
    at: "weekly-text",
    found: '"weekly-text", which is sent from "week-opened" and not by a rung',
  },
];

/** Steps, questions and rules that nothing leads to. */
const unreachable: readonly Mistake[] = [
  {
    why: "a question after the last contact",
    file: program,
    from: "      fromDay: 30",
    to: "      fromDay: 400",
    at: "400",
    found: "400: after the last contact, so it is never asked",
    allowed: "at most 365",
  },
  {
    why: "a question that ends before it begins",
    file: program,
    from: "untilDay: 90",
    to: "untilDay: 7",
    at: "7",
    found: "7, before fromDay",
    allowed: "at least 14",
  },
  {
    why: "a measure that is asked less often than the program lasts",
    file: program,
    from: "{ instrumentId: gad-7, everyWeeks: 2 }",
    to: "{ instrumentId: gad-7, everyWeeks: 7 }",
    at: "7 }",
    found: "7: longer than the 6 weeks planned, so it is never asked",
  },
  {
    why: "a plan that is written after the program",
    file: program,
    from: "writtenByWeek: 4",
    to: "writtenByWeek: 9",
    at: "9",
    found: "9: after the 6 weeks planned",
  },
  {
    why: "progress that is looked at after the program",
    file: program,
    from: "onTrackByWeek: 4",
    to: "onTrackByWeek: 7",
    at: "7",
    found: "7: after the 6 weeks planned",
  },
  {
    why: "a session that comes more seldom than the program lasts",
    file: program,
    from: "everyWeeks: 2\n    remind",
    to: "everyWeeks: 8\n    remind",
    at: "8",
    found: "8: longer than the 6 weeks planned",
  },
  {
    why: "work for an answer that there is not",
    file: program,
    from: "{ atLeast: 3, work: review-before-first-group",
    to: "{ atLeast: 5, work: review-before-first-group",
    at: "5",
    found: "5, which no answer reaches",
    allowed: "at most 4",
  },
  {
    why: "a fact that no answer sets",
    file: program,
    from: "sets: { fact: pregnant, atLeast: 2 }",
    to: "sets: { fact: pregnant, atLeast: 3 }",
    at: "3",
    found: "3, which no answer reaches",
  },
  {
    why: "contacts that thin out when none is left",
    file: program,
    from: "stretched: { fromDay: 90",
    to: "stretched: { fromDay: 365",
    at: "365",
    found: "365: no contact is left to thin out",
  },
  {
    why: "spans of calls out of order",
    file: program,
    from: "{ untilDay: 365, everyDays: 14 }",
    to: "{ untilDay: 50, everyDays: 14 }",
    at: "50",
    found: "50: the span before it lasts as long",
    allowed: "more than 56",
  },
];

/** Rules that cannot both hold, and hours that are another level of care. */
const contradictions: readonly Mistake[] = [
  {
    why: "a score that is suitable and not",
    file: program,
    from: "when: { instrumentId: phq-9, totalAtLeast: 20 }",
    to: "when: { instrumentId: phq-9, totalAtLeast: 10 }",
    found: "suitable for what a rule above answers with clinician-decides",
    allowed: "one rule for one answer",
    pointsAt: { file: program, text: "suitable\n    words: PHQ-9 is 10" },
  },
  {
    why: "a score that nobody has",
    file: program,
    from: "when: { instrumentId: phq-9, totalAtLeast: 20 }",
    to: "when: { instrumentId: phq-9, totalAtLeast: 28 }",
    at: "28",
    found: "28: every total of phq-9 is on the same side of it",
    allowed: "1 to 27",
  },
  {
    why: "an answer of two tiers",
    file: program,
    from: "itemId: phq9-9,\n        atLeast: 2",
    to: "itemId: phq9-9,\n        atLeast: 1",
    at: "ORANGE",
    found: "ORANGE for what a rule above answers with YELLOW",
  },
  {
    why: "a safety rule twice",
    file: program,
    from: "itemId: asq-2",
    to: "itemId: asq-1",
    at: "ORANGE",
    found: "ORANGE for what a rule above says already",
  },
  {
    why: "an answer that asks for two things",
    file: program,
    from: "        - when: { atLeast: 1 }\n          action: call-within-48-hours",
    to: "        - when: { atLeast: 4 }\n          action: call-within-48-hours",
    at: "call-within-48-hours",
    found: "call-within-48-hours for what a rule above answers with same-day-call",
  },
  {
    why: "fewer hours than the level of care has",
    file: program,
    from: "minimumHours: 9",
    to: "minimumHours: 6",
    at: "6",
    found: "6 h a week: less than intensive-outpatient care is",
    allowed: "at least 9",
  },
  {
    why: "more hours than the level of care has",
    file: program,
    from: "maximumHours: 15",
    to: "maximumHours: 25",
    at: "25",
    found: "25 h a week: more than intensive-outpatient care is",
    allowed: "at most 19",
  },
  {
    why: "more hours in a week than the program says",
    file: program,
    from: "    durationMinutes: 150",
    to: "    durationMinutes: 480",
    found: "h in week 1",
    allowed: "9 to 15 h a week (weeklyHours)",
    pointsAt: { file: program, text: "- slot: mon-group" },
  },
  {
    why: "a day that counts for the payer only from more minutes on than any day has",
    file: program,
    from: "minimumMinutes: 180",
    to: "minimumMinutes: 300",
    at: "300",
    found: "a day counts from 300 minutes on, and no day of the timetable has more than",
    allowed: "at most",
  },
  {
    why: "a day that counts only with more services than any day has",
    file: program,
    from: "minimumServices: 1",
    to: "minimumServices: 6",
    at: "6",
    found: "a day counts from 6 services on, and no day of the timetable has more than",
    allowed: "at most",
  },
  {
    why: "a day of which fewer minutes are paid than it takes to count",
    file: program,
    from: "maximumMinutes: 360",
    to: "maximumMinutes: 120",
    at: "120",
    found: "120 minutes a day at most: less than the 180 from which a day counts",
    allowed: "at least minimumMinutes, which is 180",
  },
];

/** Words that people who agree to texts are promised. */
const words: readonly Mistake[] = [
  {
    why: "a consent that does not say how to end it",
    file: english,
    from: 'HELP for help, STOP to end. In a crisis call or text 988."\n  emailSubject',
    to: 'HELP for help. In a crisis call or text 988."\n  emailSubject',
    found: "a text that does not say how to end the texts",
    allowed: "STOP, STOPALL",
    pointsAt: { file: english, text: '"{org}: you agreed' },
  },
  {
    why: "a consent that does not speak of what texts cost",
    file: english,
    from: "Msg&data rates may apply. ",
    to: "",
    found: "a text that does not say that texts may cost something",
    pointsAt: { file: english, text: '"{org}: you agreed' },
  },
  {
    why: "a consent without the word for help",
    file: spanish,
    from: "Puede tener costo. AYUDA para ayuda",
    to: "Puede tener costo. Llame para saber",
    found: "a text that does not say how to get help",
    allowed: "HELP, INFO, AYUDA",
    pointsAt: { file: spanish, text: '"{org}: acepta' },
  },
  {
    why: "a farewell that does not say how to come back",
    file: english,
    from: "START to get texts again.",
    to: "Goodbye.",
    found: "a text that does not say how to get texts again",
    pointsAt: { file: english, text: '"{org}: you will get no more texts' },
  },
  {
    why: "a crisis answer without 911",
    file: english,
    from: "988 now. In danger now, call 911. This number",
    to: "988 now. This number",
    found: "a text that does not say 911",
    pointsAt: { file: english, text: '"{org}: if you might hurt' },
  },
  {
    why: "a link that the text does not show",
    file: english,
    from: "please fill in your forms: {link} Reply",
    to: "please fill in your forms. Reply",
    found: 'a link that "ask-forms" (en) does not show on every channel',
    pointsAt: { file: program, text: "forms\n  - step: remind-forms-1" },
  },
  {
    why: "a time in a message that has none",
    file: english,
    from: "we received your request. Someone",
    to: "we received it at {time}. Someone",
    found: '"intake-received" (en) speaks of a time, and "intake-received" has none',
    pointsAt: { file: program, text: "intake-received\n    class" },
  },
  {
    why: "what was before, of something that is not moved",
    file: english,
    from: "your visit {dayWord}, {date}, at {time} is cancelled.",
    to: "your visit {was}, now {dayWord}, is cancelled.",
    found: '"session-off" (en) says when something was before, and "session-off" moves nothing',
    pointsAt: { file: program, text: "session-off\n    class" },
  },
];

const all = [...syntax, ...names, ...timing, ...unreachable, ...contradictions, ...words];

describe("program check on what a designer gets wrong", () => {
  test("there are sixty of them and more", () => {
    expect(new Set(all.map(({ why }) => why)).size).toBeGreaterThanOrEqual(60);
  });

  test.each(all)("$why", expectFound);

  test("one fault of the text is told once, not with all that follows from it", () => {
    const text = (shippedFiles[program] ?? "").replace("languages: [en, es]", "languages: [en, es");
    const { findings } = compileProgram({ ...shippedFiles, [program]: text }, "adult-iop");
    expect(findings.filter(({ file }) => file === program)).toHaveLength(1);
  });

  test("a whole program is checked within a second", () => {
    const text = `${shippedFiles[program] ?? ""}# looked at anew\n`;
    const startedAt = performance.now();
    compileProgram({ ...shippedFiles, [program]: text }, "adult-iop");
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
