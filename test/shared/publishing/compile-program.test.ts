// Long because it holds every kind of mistake a designer can make, one after the other, each beside its line and words.
import { describe, expect, test } from "vitest";
import { compileProgram } from "../../../shared/publishing/compile-program.ts";
import { findingText } from "../../../shared/publishing/finding.ts";
import { programFolders } from "../../../shared/publishing/publish-files.ts";
import { filesWith, shippedFiles } from "../../builders/program-files.ts";

const program = "adult-iop/program.yaml";
const english = "adult-iop/messages.en.yaml";
const phq9 = "instruments/phq-9.yaml";

const ladderOfCheckIns = `missedCheckIn:
    - rung: first-call
      afterStaffedMinutes: 60
      action: call
      assignTo: case-manager
      words: Call the person; the check-in can be done on the phone.
    - rung: second-call
      afterStaffedMinutes: 600
      action: call`;

type Mistake = {
  readonly why: string;
  readonly file: string;
  /** The shipped text, and what a designer wrote instead. */
  readonly from: string;
  readonly to: string;
  /** The finding points at this text: the first such text of the broken file from the edit on. */
  readonly at?: string;
  /** The finding points at the first such text of this file, wherever the edit was. */
  readonly pointsAt?: { readonly file: string; readonly text: string };
  readonly found: string;
  readonly allowed?: string;
  readonly nearest?: string;
  readonly severity?: "warning";
};

const mistakes: readonly Mistake[] = [
  // Keys and names
  {
    why: "a misspelt key",
    file: program,
    from: "weeks: {",
    to: "weks: {",
    at: "weks",
    found: 'unknown key "weks"',
    nearest: "weeks",
  },
  {
    why: "a misspelt key inside a row",
    file: program,
    from: "    durationMinutes: 180",
    to: "    durationMinuts: 180",
    at: "durationMinuts",
    found: 'unknown key "durationMinuts"',
    allowed: "slot, dayOfWeek, startTime, durationMinutes",
    nearest: "durationMinutes",
  },
  {
    why: "a key that is missing",
    file: program,
    from: "levelOfCare: intensive-outpatient\n",
    to: "",
    found: "no levelOfCare",
    allowed: "a text",
    pointsAt: { file: program, text: "programId" },
  },
  {
    why: "a modality that does not exist",
    file: program,
    from: "modality: family",
    to: "modality: familly",
    at: "familly",
    found: 'unknown modality "familly"',
    allowed: "individual, group, family",
    nearest: "family",
  },
  {
    why: "a counting modality that does not exist",
    file: program,
    from: "countingModalities: [group,",
    to: "countingModalities: [gruop,",
    at: "gruop",
    found: 'unknown modality "gruop"',
    nearest: "group",
  },
  {
    why: "a class that does not exist",
    file: program,
    from: "class: routine",
    to: "class: rutine",
    at: "rutine",
    found: 'unknown class "rutine"',
    nearest: "routine",
  },
  {
    why: "an anchor that does not exist",
    file: program,
    from: "anchor: admitted",
    to: "anchor: admited",
    at: "admited",
    found: 'unknown anchor "admited"',
    nearest: "admitted",
  },
  {
    why: "a channel that does not exist",
    file: program,
    from: "channelOrder: [sms, email]",
    to: "channelOrder: [sms, emial]",
    at: "emial",
    found: 'unknown channel "emial"',
    nearest: "email",
  },
  {
    why: "a function that does not exist",
    file: program,
    from: "escalateTo: clinical-lead",
    to: "escalateTo: clinical-leed",
    at: "clinical-leed",
    found: 'unknown escalateTo "clinical-leed"',
    nearest: "clinical-lead",
  },
  {
    why: "a tier that does not exist",
    file: program,
    from: "tier: YELLOW",
    to: "tier: YELOW",
    at: "YELOW",
    found: 'unknown tier "YELOW"',
    allowed: "RED, ORANGE, YELLOW, ROUTINE",
    nearest: "YELLOW",
  },
  {
    why: "a disposition that does not exist",
    file: program,
    from: "    - coverage-ended\n",
    to: "    - coverage-endet\n",
    at: "coverage-endet",
    found: 'unknown disposition "coverage-endet"',
    nearest: "coverage-ended",
  },
  {
    why: "an answer type that does not exist",
    file: program,
    from: "answer: { type: days, maximum: 7 }",
    to: "answer: { type: dais, maximum: 7 }",
    at: "dais",
    found: 'unknown type "dais"',
    allowed: "scale, days, yes-no, instrument",
    nearest: "days",
  },
  {
    why: "an instrument that does not exist",
    file: program,
    from: "instruments: [phq-9, gad-7]",
    to: "instruments: [phq9, gad-7]",
    at: "phq9",
    found: 'unknown instrument "phq9"',
    allowed: "phq-9",
    nearest: "phq-9",
  },
  {
    why: "a template that does not exist",
    file: program,
    from: "templateId: welcome",
    to: "templateId: welcom",
    at: "welcom",
    found: 'the template "welcom" has no words in adult-iop/messages.en.yaml',
    nearest: "welcome",
  },
  {
    why: "a message step that does not exist",
    file: program,
    from: "messageStep: missed-session",
    to: "messageStep: mised-session",
    at: "mised-session",
    found: 'unknown message step "mised-session"',
    nearest: "missed-session",
  },
  {
    why: "an item that does not exist",
    file: program,
    from: "itemId: phq9-9,\n        atLeast: 1",
    to: "itemId: phq9-99,\n        atLeast: 1",
    at: "phq9-99",
    found: 'unknown item "phq9-99" of phq-9',
    nearest: "phq9-9",
  },
  {
    why: "a variable that does not exist",
    file: english,
    from: '  sms: "{org}: you are all set.',
    to: '  sms: "{orgg}: you are all set.',
    at: '"{orgg}',
    found: "unknown-variable: {orgg}",
    nearest: "{org}",
  },
  // Values of the wrong kind
  {
    why: "a text where a number belongs",
    file: program,
    from: "minimumHours: 9",
    to: "minimumHours: nine",
    at: "nine",
    found: '"nine"',
    allowed: "a number",
  },
  {
    why: "half a day",
    file: program,
    from: "dayOfWeek: 2",
    to: "dayOfWeek: 2.5",
    at: "2.5",
    found: "2.5",
    allowed: "a whole number",
  },
  {
    why: "an eighth day of the week",
    file: program,
    from: "dayOfWeek: 5",
    to: "dayOfWeek: 8",
    at: "8",
    found: "8",
    allowed: "at most 7",
  },
  {
    why: "a wall time without its zero",
    file: program,
    from: 'startTime: "12:30"',
    to: 'startTime: "9:30"',
    at: '"9:30"',
    found: '"9:30"',
    allowed: "a wall time",
  },
  {
    why: "an hour that no day has",
    file: program,
    from: 'startTime: "17:00"',
    to: 'startTime: "25:00"',
    at: '"25:00"',
    found: '"25:00"',
    allowed: "a wall time",
  },
  {
    why: "an id with capitals",
    file: program,
    from: "slot: fri-holistic",
    to: "slot: Fri Holistic",
    at: "Fri",
    found: '"Fri Holistic"',
    allowed: "lower-case",
  },
  {
    why: "a list where keys belong",
    file: program,
    from: "weeks: { minimum: 4, planned: 6, maximum: 8 }",
    to: "weeks: [4, 6, 8]",
    at: "[4",
    found: "a list of 3",
    allowed: "keys with values",
  },
  {
    why: "nothing where a list belongs",
    file: program,
    from: "languages: [en, es]",
    to: "languages: []",
    at: "[]",
    found: "a list of 0",
    allowed: "name at least one language",
  },
  {
    why: "a phone without its country",
    file: "sites.yaml",
    from: 'phone: "+12125550110"',
    to: 'phone: "2125550110"',
    at: '"2125550110"',
    found: '"2125550110"',
    allowed: "phone number",
  },
  {
    why: "an address that is none",
    file: "sites.yaml",
    from: "email: office@riverside.example.org",
    to: "email: office",
    at: "office",
    found: '"office"',
    allowed: "email",
  },
  {
    why: "a code that is no LOINC code",
    file: phq9,
    from: "loinc: 44250-9",
    to: "loinc: 442509",
    at: "442509",
    found: "442509",
    allowed: "a text",
  },
  // YAML itself
  {
    why: "a bracket that is not closed",
    file: program,
    from: "languages: [en, es]",
    to: "languages: [en, es",
    found: "",
    allowed: "well-formed YAML",
    pointsAt: { file: program, text: "levelOfCare" },
  },
  {
    why: "a key twice",
    file: program,
    from: "levelOfCare: intensive-outpatient",
    to: "levelOfCare: intensive-outpatient\nname: Again",
    at: "name: Again",
    found: 'the key "name" a second time',
    allowed: "every key once",
  },
  {
    why: "a tab for indentation",
    file: program,
    from: "  minimumHours: 9",
    to: "\tminimumHours: 9",
    found: "",
    allowed: "well-formed YAML",
    pointsAt: { file: program, text: "\tminimumHours" },
  },
  {
    why: "an alias",
    file: program,
    from: "  - { instrumentId: gad-7, everyWeeks: 2 }",
    to: "  - *other",
    at: "*other",
    found: "the alias *other",
    allowed: "every value written out",
  },
  // Hours, weeks and the timetable
  {
    why: "a target below the minimum",
    file: program,
    from: "targetHours: 12",
    to: "targetHours: 8",
    at: "8",
    found: "8",
    allowed: "at least minimumHours, which is 9",
  },
  {
    why: "more planned weeks than there may be",
    file: program,
    from: "planned: 6, maximum: 8",
    to: "planned: 9, maximum: 8",
    at: "8",
    found: "8",
    allowed: "at least planned, which is 9",
  },
  {
    why: "a slot twice",
    file: program,
    from: "slot: tue-skills",
    to: "slot: mon-group",
    at: "mon-group",
    found: 'the slot "mon-group" a second time',
  },
  {
    why: "two sessions at once",
    file: program,
    from: 'startTime: "12:30"',
    to: 'startTime: "11:30"',
    at: '"11:30"',
    found: 'overlaps "thu-group" on Thursday',
  },
  {
    why: "a session past midnight",
    file: program,
    from: 'startTime: "17:00"\n    durationMinutes: 60',
    to: 'startTime: "23:30"\n    durationMinutes: 60',
    at: "60",
    found: "past midnight",
  },
  {
    why: "too few hours a week",
    file: program,
    from: "durationMinutes: 180",
    to: "durationMinutes: 5",
    found: "the timetable adds up to",
    allowed: "9 to 15 h a week",
    pointsAt: { file: program, text: "- slot: mon-group" },
  },
  {
    why: "a modality that counts and is not offered",
    file: program,
    from: "modality: family\n",
    to: "modality: group\n",
    severity: "warning",
    found: '"family" counts but no session offers it',
    pointsAt: { file: program, text: "family, medication-management" },
  },
  {
    why: "a session when nobody is there",
    file: program,
    from: 'startTime: "17:00"',
    to: 'startTime: "19:30"',
    at: '"19:30"',
    severity: "warning",
    found: "lies outside the staffed hours of riverside",
  },
  // The message plan
  {
    why: "a reminder before what it reminds of was asked",
    file: program,
    from: "offsetMinutes: 1440",
    to: "offsetMinutes: -60",
    at: "-60",
    found: "-60, before something that is not known",
  },
  {
    why: "a reminder after the session that it announces",
    file: program,
    from: "offsetMinutes: -1200",
    to: "offsetMinutes: +1200",
    at: "+1200",
    found: "1200: it would go after the session it announces has begun",
    allowed: "less than 0: minutes before the session",
  },
  {
    why: "a reminder as the session begins",
    file: program,
    from: "offsetMinutes: -1200",
    to: "offsetMinutes: 0",
    at: "0",
    found: "0: it would go after the session it announces has begun",
  },
  {
    why: "a question whose forms have ended",
    file: program,
    from: "offsetMinutes: 2880",
    to: "offsetMinutes: 20160",
    at: "20160",
    found: "20160: it would go after what it speaks of is over",
    allowed: 'less than 20160 from "forms-asked"',
  },
  {
    why: "a window that ends before it begins",
    file: program,
    from: 'window: { from: "09:00", to: "19:00" }',
    to: 'window: { from: "19:00", to: "09:00" }',
    at: "{ from",
    found: "19:00 to 09:00",
  },
  {
    why: "a window in quiet hours",
    file: program,
    from: 'window: { from: "09:00", to: "19:00" }',
    to: 'window: { from: "06:00", to: "19:00" }',
    at: "{ from",
    found: "06:00 to 19:00",
    allowed: "quietHours of policy.yaml",
  },
  {
    why: "a link on an anchor that has nothing to open",
    file: program,
    from: "expiresAfterHours: 48\n    link: my-week",
    to: "expiresAfterHours: 48\n    link: check-in",
    at: "check-in",
    found: 'a link to "check-in" on the anchor "week-opened"',
  },
  {
    why: "a link without a row that opens it",
    file: english,
    from: "Questions? Call {phone}. Reply STOP",
    to: "See {link} or call {phone}. Reply STOP",
    found: "holds {link} but this row opens nothing",
    pointsAt: { file: program, text: "intake-received\n    class" },
  },
  {
    why: "a channel twice",
    file: program,
    from: "channelOrder: [sms, email]",
    to: "channelOrder: [sms, sms]",
    at: "[sms",
    found: "a channel twice",
  },
  // Words
  {
    why: "a health word in a text",
    file: english,
    from: "we missed you {dayWord}. Please call {phone}",
    to: "we missed you at therapy. Please call {phone}",
    found: "forbidden-word: therapy",
    pointsAt: { file: english, text: '"{org}: we missed you at therapy' },
  },
  {
    why: "a health word in a subject",
    file: english,
    from: "emailSubject: A message from {org}",
    to: "emailSubject: Your therapy",
    at: "Your therapy",
    found: "health-words-in-subject: therapy",
  },
  {
    why: "the crisis line in a routine text",
    file: english,
    from: "Please call {phone} when you can. Reply STOP",
    to: "In a crisis call 988. Reply STOP",
    found: "crisis-line-in-routine: 988",
    pointsAt: { file: english, text: '"{org}: we missed you {dayWord}. In a crisis' },
  },
  {
    why: "a text of two parts",
    file: english,
    from: "we will remind you".replace("we", "We"),
    to: `We will remind you ${"very ".repeat(20)}kindly and remind you`,
    found: "more-than-one-part: 2 parts",
    pointsAt: { file: english, text: '"{org}: you are all set' },
  },
  {
    why: "a character that doubles the price",
    file: english,
    from: "we missed you {dayWord}",
    to: "we missed you {dayWord} ☺",
    found: "not-gsm-7: ☺",
    pointsAt: { file: english, text: '"{org}: we missed you {dayWord}' },
  },
  {
    why: "a text that does not say how to end it",
    file: english,
    from: "your week is ready: {link} Reply STOP to opt out.",
    to: "your week is ready: {link}",
    found: "missing-stop-wording",
    pointsAt: { file: english, text: '"{org}: your week is ready' },
  },
  {
    why: "a text without its sender",
    file: english,
    from: "{org}: your week is ready",
    to: "Your week is ready",
    found: "missing-sender",
    pointsAt: { file: english, text: '"Your week is ready' },
  },
  {
    why: "an address of one's own",
    file: english,
    from: "Your week is ready to view:",
    to: "See www.example.org:",
    found: "own-link",
    pointsAt: { file: english, text: "|\n    Hello,\n\n    See www" },
  },
  {
    why: "a template that nothing uses",
    file: english,
    from: "# Not part of the message plan",
    to: 'spare:\n  sms: "{org}: hello. Reply STOP to opt out."\n\n#',
    at: "spare",
    severity: "warning",
    found: 'the template "spare", which nothing uses',
  },
  {
    why: "a subject without a body",
    file: "adult-iop/messages.es.yaml",
    from: "  emailBody: |\n    Hola:\n\n    Recibimos",
    to: "  x: |\n    Hola:\n\n    Recibimos",
    at: "x:",
    found: 'unknown key "x"',
    allowed: "sms, emailSubject, emailBody",
  },
  {
    why: "another number of texts than agreed",
    file: english,
    from: "up to 7 a week. Msg&data",
    to: "up to 9 a week. Msg&data",
    found: "how many texts a week",
    pointsAt: { file: english, text: '"{org}: you agreed to texts' },
  },
  // Instruments
  {
    why: "an instrument in the wrong file",
    file: phq9,
    from: "instrumentId: phq-9",
    to: "instrumentId: phq-99",
    at: "phq-99",
    found: '"phq-99" in the file phq-9.yaml',
  },
  {
    why: "bands with a gap",
    file: phq9,
    from: "{ from: 10, to: 14",
    to: "{ from: 11, to: 14",
    at: "{ from: 11",
    found: "11 to 14",
    allowed: "a band from 10 on",
  },
  {
    why: "a maximum that the items cannot reach",
    file: phq9,
    from: "maximum: 27",
    to: "maximum: 30",
    at: "30",
    found: "30",
    allowed: "27, the most the items add up to",
  },
  {
    why: "a cut-off above everything",
    file: phq9,
    from: "positiveAtLeast: 10",
    to: "positiveAtLeast: 28",
    at: "28",
    found: "28",
    allowed: "1 to 27",
  },
  {
    why: "an item twice",
    file: phq9,
    from: "itemId: phq9-2",
    to: "itemId: phq9-1",
    at: "phq9-1",
    found: 'the item "phq9-1" a second time',
  },
  {
    why: "an answer code twice",
    file: phq9,
    from: "code: LA6569-3",
    to: "code: LA6568-5",
    at: "LA6568-5",
    found: "the code LA6568-5 a second time",
  },
  {
    why: "items of a licensed instrument",
    file: phq9,
    from: "licensingStatus: public-domain",
    to: "licensingStatus: license-required",
    found: '"phq-9", whose licensingStatus is license-required',
    pointsAt: { file: program, text: "phq-9, gad-7]" },
  },
  {
    why: "a licence nobody has heard of",
    file: phq9,
    from: "licensingStatus: public-domain",
    to: "licensingStatus: public-domian",
    at: "public-domian",
    found: 'unknown licensingStatus "public-domian"',
    nearest: "public-domain",
  },
  // Care rules
  {
    why: "a suitability rule on nothing",
    file: program,
    from: "when: { fact: pregnant }",
    to: "when: {}",
    at: "{}",
    found: "nothing",
    allowed: "instrumentId with totalAtLeast",
  },
  {
    why: "an approval that goes to who may not decide",
    file: program,
    from: "escalateTo: clinical-lead",
    to: "escalateTo: nurse",
    at: "nurse",
    found: '"nurse", who may not decide it',
  },
  {
    why: "a ladder without a call",
    file: program,
    from: ladderOfCheckIns,
    to: ladderOfCheckIns.replaceAll("action: call", "action: letter"),
    at: "- rung: first-call",
    found: "no rung that is a call",
    allowed: "at least one call by a person",
  },
  {
    why: "check-ins out of order",
    file: program,
    from: "{ number: 4, day: 30,",
    to: "{ number: 4, day: 10,",
    at: "10",
    found: "day 10",
    allowed: "a day after 14",
  },
  {
    why: "a check-in numbered wrongly",
    file: program,
    from: "{ number: 3, day: 14,",
    to: "{ number: 5, day: 14,",
    at: "5",
    found: "5",
    allowed: "3: numbers follow each other",
  },
  {
    why: "a first contact that is not a person",
    file: program,
    from: "day: 2, kind: staff-call",
    to: "day: 2, kind: check-in",
    at: "check-in",
    found: '"check-in"',
    allowed: "the first contact after discharge is a person",
  },
  {
    why: "a first call that is too late",
    file: program,
    from: "firstCallWithinHours: 72",
    to: "firstCallWithinHours: 24",
    at: "2,",
    found: "day 2",
    allowed: "within 24 h",
  },
  {
    why: "a threshold that no answer reaches",
    file: program,
    from: "when: { atLeast: 4 }",
    to: "when: { atLeast: 9 }",
    at: "{ atLeast: 9",
    found: "9",
    allowed: "0 to 7",
  },
  {
    why: "a threshold on a yes or no",
    file: program,
    from: "when: { equals: true }",
    to: "when: { atLeast: 1 }",
    at: "{ atLeast: 1",
    found: "atLeast",
    allowed: "equals: true or equals: false",
  },
  {
    why: "a checklist item for an ending that is not offered",
    file: program,
    from: "    - moved\n",
    to: "",
    at: "moved",
    found: '"moved", which this program does not offer',
  },
  {
    why: "a completed program that takes longer than it is planned for",
    file: program,
    from: "minimumWeeks: 4",
    to: "minimumWeeks: 7",
    at: "7, attendedPercent",
    found: "7 weeks of a program planned for 6",
    allowed: "at most 6",
  },
  {
    why: "a completed program whose last measures are too old when the discharge is decided",
    file: program,
    from: "measuresWithinDays: 21",
    to: "measuresWithinDays: 20",
    at: "20 }",
    found: "20 days where a measure is asked every 2 weeks",
    allowed: "at least 21",
  },
  // Safety
  {
    why: "an answer to a safety item that alerts nobody",
    file: program,
    from: "itemId: phq9-9,\n        atLeast: 1,",
    to: "itemId: phq9-9,\n        atLeast: 2,",
    found: 'an answer of 1 to "phq9-9" of phq-9 that alerts nobody',
    pointsAt: { file: program, text: "- {\n        instrumentId: phq-9,\n        itemId: phq9-9" },
  },
  {
    why: "a tier that falls as the answer rises",
    file: program,
    from: "tier: RED",
    to: "tier: ROUTINE",
    at: "ROUTINE",
    found: "",
    allowed: "tiers that rise with the answer",
  },
  {
    why: "a RED that may wait longer than ORANGE",
    file: program,
    from: "contactWithinMinutes: { RED: 60, ORANGE: 240",
    to: "contactWithinMinutes: { RED: 300, ORANGE: 240",
    at: "240",
    found: "240",
    allowed: "at least 300",
  },
  {
    why: "paging that takes longer than RED allows",
    file: program,
    from: "rota: primary, acknowledgeWithinMinutes: 15",
    to: "rota: primary, acknowledgeWithinMinutes: 45",
    found: "75 minutes until everybody was paged",
    pointsAt: { file: program, text: "- { rota: primary" },
  },
  {
    why: "a rule on an item that is no safety item",
    file: phq9,
    from: "safety: true",
    to: "safety: false",
    found: "not marked as a safety item",
    pointsAt: { file: program, text: "phq9-9,\n        atLeast: 1" },
  },
  {
    why: "a safety item open with nobody there",
    file: "sites.yaml",
    from: '    onCall:\n      primary: { staffId: avery-mesa, name: "Avery Chen (fictional)", phone: "+14805550123" }\n      backup: { staffId: casey-mesa, name: "Casey Morgan (fictional)", phone: "+14805550124" }\n      supervisor: { staffId: taylor-mesa, name: "Taylor Brooks (fictional)", phone: "+14805550125" }\n',
    to: "",
    found: "at mesa a form with a safety item could open with nobody there: Saturday",
    pointsAt: { file: program, text: '{ from: "09:00", to: "15:00" }' },
  },
  // Sites and policy
  {
    why: "a time zone that does not exist",
    file: "sites.yaml",
    from: "timeZone: America/New_York",
    to: "timeZone: America/New_Yorck",
    at: "America/New_Yorck",
    found: 'unknown time zone "America/New_Yorck"',
  },
  {
    why: "a sender name that reveals the care",
    file: "sites.yaml",
    from: "senderName: Riverside Office",
    to: "senderName: Riverside Therapy",
    at: "Riverside Therapy",
    found: "in the name that everybody sees",
  },
  {
    why: "staffed hours that end before they begin",
    file: "sites.yaml",
    from: '{ dayOfWeek: 1, from: "08:00", to: "19:00" }',
    to: '{ dayOfWeek: 1, from: "19:00", to: "08:00" }',
    at: "{ dayOfWeek",
    found: "19:00 to 08:00",
  },
  {
    why: "a site twice",
    file: "sites.yaml",
    from: "siteId: mesa",
    to: "siteId: riverside",
    at: "riverside",
    found: 'the site "riverside" a second time',
  },
  {
    why: "pages from the number for participants",
    file: "sites.yaml",
    from: 'staffPages: "+12125550112"',
    to: 'staffPages: "+12125550111"',
    at: '"+12125550111"',
    found: "the number that participants are texted from",
  },
  {
    why: "a pattern of words with a class that is not there",
    file: "policy.yaml",
    from: "- <kill> ..1 <self>",
    to: "- <kil> ..1 <self>",
    at: "<kil>",
    found: '"<kil>" is no class',
    allowed: "words with word*, word~",
  },
  {
    why: "a pattern of words with a gap that is none",
    file: "policy.yaml",
    from: "- <kill> ..1 <self>",
    to: "- <kill> ..40 <self>",
    at: "<kill> ..40",
    found: '"..40" is no gap: write ..1 to ..9',
  },
  {
    why: "a pattern of words that anything matches",
    file: "policy.yaml",
    from: "- <kill> ..1 <self>",
    to: "- <kill>? ..1",
    at: "<kill>? ..1",
    found: "holds no word that must be there",
  },
  {
    why: "a pattern of words with signs in it",
    file: "policy.yaml",
    from: "- <kill> ..1 <self>",
    to: "- (kill) <self>",
    at: "(kill)",
    found: '"(kill)" is no word: write letters and digits only',
  },
  {
    why: "a class of words that holds more than words",
    file: "policy.yaml",
    from: "myself, my self,",
    to: "myself(s), my self,",
    at: "cut/cuts/cutting/burned/burn",
    found: '"myself(s)" of <self> is more than plain words',
  },
  {
    why: "a rule of words twice",
    file: "policy.yaml",
    from: "- ruleId: kill-self",
    to: "- ruleId: suicide",
    at: "suicide",
    found: 'the rule "suicide" a second time',
    allowed: "every rule once",
  },
  {
    why: "a rule of words without patterns",
    file: "policy.yaml",
    from: "isActUnderWay: true\n        patterns:",
    to: "isActUnderWay: yes please\n        patterns:",
    at: "yes please",
    found: '"yes please"',
    allowed: "true or false",
  },
  {
    why: "a stop word that is missing",
    file: "policy.yaml",
    from: "REVOKE",
    to: "REVOQUE",
    found: 'no "REVOKE"',
    pointsAt: { file: "policy.yaml", text: "- STOP\n" },
  },
  {
    why: "a day's cap above the week's",
    file: "policy.yaml",
    from: "inProgram: { perDay: 2",
    to: "inProgram: { perDay: 9",
    at: "9",
    found: "9",
    allowed: "at most 7",
  },
];

function place(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

describe("program check finds every kind of mistake, where it stands", () => {
  test.each(mistakes)("$why", (mistake) => {
    const { files, index } = filesWith(mistake.file, mistake.from, mistake.to);
    const { ok, findings } = compileProgram(files, "adult-iop");
    const severity = mistake.severity ?? "error";
    expect(ok, "a mistake keeps it from being published, a warning does not").toBe(
      severity === "warning",
    );
    const shown = findings.map(findingText).join("\n");
    const hit = findings.find(
      (finding) =>
        finding.severity === severity &&
        finding.found.includes(mistake.found) &&
        finding.allowed.includes(mistake.allowed ?? "") &&
        finding.nearest === mistake.nearest,
    );
    expect(hit, `no such finding among:\n${shown}`).toBeDefined();
    const target = mistake.pointsAt ?? { file: mistake.file, text: mistake.at ?? mistake.to };
    const pointedFile = files[target.file] ?? "";
    const from = mistake.pointsAt === undefined ? index : 0;
    expect(hit?.file).toBe(target.file);
    expect({ line: hit?.line, column: hit?.column }, shown).toEqual(
      place(pointedFile, pointedFile.indexOf(target.text, from)),
    );
  });
});

describe("program check on whole files", () => {
  test("every shipped program can be published", () => {
    const folders = programFolders(shippedFiles);
    expect(folders).toContain("adult-iop");
    for (const folder of folders) {
      const { ok, findings } = compileProgram(shippedFiles, folder);
      const errors = findings.filter((finding) => finding.severity === "error");
      expect(errors.map(findingText)).toEqual([]);
      expect(ok).toBe(true);
    }
  });

  test("the only warnings about what is shipped are wordings that nobody has published", () => {
    for (const folder of programFolders(shippedFiles)) {
      const { findings } = compileProgram(shippedFiles, folder);
      expect(findings.filter((finding) => !/has no wording in es/.test(finding.found))).toEqual([]);
    }
  });

  test.each([program, english, "policy.yaml", "sites.yaml", phq9])("without %s", (file) => {
    const { [file]: _gone, ...files } = shippedFiles;
    const { ok, findings } = compileProgram(files, "adult-iop");
    expect(ok).toBe(false);
    const name = file === phq9 ? program : file;
    expect(findings.some((finding) => finding.file === name)).toBe(true);
  });

  test("a program in a folder of another name", () => {
    const files = Object.fromEntries(
      Object.entries(shippedFiles).map(([name, text]) => [
        name.replace("adult-iop/", "other/"),
        text,
      ]),
    );
    const { findings } = compileProgram(files, "other");
    expect(findings.map((one) => one.found)).toContain('"adult-iop" in the folder other');
  });

  test("every mistake is told at once, from top to bottom", () => {
    const text = (shippedFiles[program] ?? "")
      .replace("modality: family", "modality: familly")
      .replace("tier: YELLOW", "tier: YELOW")
      .replace("weeks: {", "weks: {");
    const { findings } = compileProgram({ ...shippedFiles, [program]: text }, "adult-iop");
    const ours = findings.filter((finding) => finding.file === program);
    expect(ours.map((finding) => finding.nearest).filter(Boolean)).toEqual([
      "weeks",
      "family",
      "YELLOW",
    ]);
    expect(ours.map((finding) => finding.line)).toEqual(
      ours.map((finding) => finding.line).toSorted((left, right) => left - right),
    );
  });
});
