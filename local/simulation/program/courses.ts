/** How the people of a simulation fare, each course with its share. Shares are assumptions, and said with the result. */
export type Course = {
  readonly course: string;
  readonly words: string;
  /** Of a hundred people. */
  readonly share: number;
  /** Chance that they come to a session. */
  readonly attends: number;
  /** Chance that they answer a form or a check-in themselves. */
  readonly answers: number;
  /** Chance that a call reaches them. */
  readonly isReached: number;
  /** How they answer items of 0 to 3, at the start and after each week. */
  readonly startsAt: number;
  readonly changesBy: number;
  /** Chance that an answer to a safety item is more than "not at all". */
  readonly danger: number;
  /** Chance of a worrying answer to a check-in's yes-or-no question. */
  readonly worries: number;
  /** Chance to leave the program, each week from the second on. */
  readonly leaves: number;
};

export const courses: readonly Course[] = [
  {
    course: "improving",
    words: "come, answer and get better",
    share: 40,
    attends: 0.94,
    answers: 0.9,
    isReached: 0.8,
    startsAt: 2,
    changesBy: -0.22,
    danger: 0.01,
    worries: 0.02,
    leaves: 0,
  },
  {
    course: "steady",
    words: "come and answer, scores stay",
    share: 20,
    attends: 0.9,
    answers: 0.8,
    isReached: 0.75,
    startsAt: 1.6,
    changesBy: 0,
    danger: 0.03,
    worries: 0.05,
    leaves: 0.01,
  },
  {
    course: "worsening",
    words: "come less, scores rise, danger is named",
    share: 12,
    attends: 0.8,
    answers: 0.75,
    isReached: 0.7,
    startsAt: 1.6,
    changesBy: 0.18,
    danger: 0.3,
    worries: 0.25,
    leaves: 0.03,
  },
  {
    course: "silent",
    words: "come, answer nothing that is sent",
    share: 10,
    attends: 0.85,
    answers: 0.03,
    isReached: 0.35,
    startsAt: 1.5,
    changesBy: 0,
    danger: 0.02,
    worries: 0.05,
    leaves: 0.01,
  },
  {
    course: "stopping",
    words: "leave the program before its end",
    share: 10,
    attends: 0.75,
    answers: 0.5,
    isReached: 0.6,
    startsAt: 1.8,
    changesBy: 0,
    danger: 0.05,
    worries: 0.1,
    leaves: 0.4,
  },
  {
    course: "no-shows",
    words: "miss every third session",
    share: 8,
    attends: 0.66,
    answers: 0.6,
    isReached: 0.55,
    startsAt: 1.7,
    changesBy: -0.05,
    danger: 0.04,
    worries: 0.1,
    leaves: 0.02,
  },
];

/** The course of the person of that number, so that every group has its share of each. */
export function courseOf(number: number): Course {
  // 37 and 100 have no common divisor: a hundred people in a row hold each place once.
  let place = (number * 37) % 100;
  for (const course of courses) {
    if (place < course.share) return course;
    place -= course.share;
  }
  throw new Error("The shares of the courses are less than a hundred");
}
