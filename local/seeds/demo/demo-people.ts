import type { TaskKind } from "../../../shared/care/episode/task-kinds.ts";

/** One fictional person of the demonstration, and how their story goes up to the present. */
export type DemoPerson = {
  readonly given: string;
  readonly family: string;
  /** Last two digits of the phone, 555-01xx. */
  readonly number: string;
  readonly siteId: "riverside" | "mesa";
  readonly language: "en" | "es";
  readonly source: "self" | "referrer";
  /**
   * When the referral comes: minutes before the present, or on the Friday before the week in which
   * the program begins, so many weeks before the present one.
   */
  readonly begins: { readonly minutesAgo: number } | { readonly weeksAgo: number };
  /** Whether the answers come with the referral; otherwise the person is asked by link. */
  readonly bringsAnswers: boolean;
  /** The answer to every question of a questionnaire, 0 to 3; item 9 excepted. */
  readonly answers: number;
  /** PHQ-9 item 9 as it comes with the referral. */
  readonly item9?: number;
  readonly admission: "admit" | "wait" | "leave-open";
  /** What the staff have not got round to: stays open. */
  readonly leavesOpen: readonly TaskKind[];
  /** Since how many days; 7 where left out. */
  readonly leavesOpenForDays?: number;
  readonly attendance: "present" | "no-show-at-the-last" | "short-of-hours";
  readonly checkIns: "well" | "unanswered" | "worse-at-the-last";
  /** Goes on leave on the last day before the present. */
  readonly goesOnLeave?: boolean;
};

const ordinary = {
  siteId: "riverside",
  language: "en",
  source: "self",
  bringsAnswers: true,
  answers: 1,
  admission: "admit",
  leavesOpen: [],
  attendance: "present",
  checkIns: "well",
} as const;

/** Twelve people at different points of the pathway, from the first referral to the closing. */
export const demoPeople: readonly DemoPerson[] = [
  {
    ...ordinary,
    given: "Hollis",
    family: "Adeyemi",
    number: "41",
    leavesOpenForDays: 14,
    begins: { weeksAgo: 60 },
    leavesOpen: ["closing-approval"],
  },
  {
    ...ordinary,
    given: "Marisol",
    family: "Quintero",
    number: "42",
    begins: { weeksAgo: 9 },
    checkIns: "unanswered",
    leavesOpen: ["outreach-call"],
  },
  {
    ...ordinary,
    given: "Devon",
    family: "Whitaker",
    number: "43",
    begins: { weeksAgo: 8 },
    checkIns: "worse-at-the-last",
    leavesOpen: ["check-in-call"],
  },
  {
    ...ordinary,
    given: "Priya",
    family: "Raman",
    number: "44",
    begins: { weeksAgo: 6 },
    bringsAnswers: false,
    leavesOpen: ["discharge-approval"],
  },
  {
    ...ordinary,
    given: "Jonah",
    family: "Feldt",
    number: "45",
    begins: { weeksAgo: 3 },
    goesOnLeave: true,
  },
  {
    ...ordinary,
    given: "Keisha",
    family: "Lindqvist",
    number: "46",
    begins: { weeksAgo: 2 },
    attendance: "short-of-hours",
    leavesOpen: ["hours-review"],
  },
  {
    ...ordinary,
    given: "Tobias",
    family: "Marchetti",
    number: "47",
    begins: { weeksAgo: 2 },
    attendance: "no-show-at-the-last",
    leavesOpen: ["outreach-call"],
  },
  {
    ...ordinary,
    given: "Lucía",
    family: "Benavides",
    number: "48",
    begins: { weeksAgo: 0 },
    siteId: "mesa",
    language: "es",
  },
  {
    ...ordinary,
    given: "Wren",
    family: "Castellano",
    number: "49",
    begins: { weeksAgo: 0 },
    siteId: "mesa",
    admission: "wait",
    leavesOpen: ["waiting-call"],
  },
  {
    ...ordinary,
    given: "Amara",
    family: "Nwosu",
    number: "50",
    begins: { minutesAgo: 300 },
    source: "referrer",
    answers: 2,
    admission: "leave-open",
    leavesOpen: ["admission-approval", "first-contact-call"],
  },
  {
    ...ordinary,
    given: "Silas",
    family: "Brandt",
    number: "51",
    begins: { minutesAgo: 8 },
    answers: 2,
    item9: 1,
    admission: "leave-open",
    leavesOpen: ["admission-approval", "first-contact-call"],
  },
  {
    ...ordinary,
    given: "Imogen",
    family: "Tran",
    number: "52",
    begins: { minutesAgo: 3 },
    bringsAnswers: false,
    admission: "leave-open",
    leavesOpen: ["first-contact-call"],
  },
];
