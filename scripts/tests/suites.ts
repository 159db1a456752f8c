/** One group of test files that is run, counted and timed on its own. */
export interface Suite {
  /** The word to run it alone: `node scripts/run-tests.ts <name>`. */
  readonly name: string;
  /** Path prefixes of its test files, relative to the project. */
  readonly files: readonly string[];
  /** Path prefixes that other suites run. */
  readonly exclude?: readonly string[];
  /** End-to-end files each start servers of their own, one after the other; two such suites run side by side. */
  readonly isOneFileAtATime: boolean;
  /** Each file loads everything for itself; else those that run in one worker share what they load. */
  readonly isIsolated: boolean;
  /** Its tests start many processes of Node from the sources: what one of them compiled is kept for the others. */
  readonly keepsCompiled: boolean;
  /** The suite whose run is measured for coverage of the rules of care. */
  readonly measuresCoverage: boolean;
  /** The suite is stopped and counted as failed after this long (minutes). */
  readonly limitMinutes: number;
}

/** The longest first. */
const ownEndToEndFiles = ["browser", "kills", "main-job", "fuzz"];

function suiteOf(name: string, files: readonly string[], own: Partial<Suite> = {}): Suite {
  return {
    name,
    files,
    isOneFileAtATime: false,
    isIsolated: false,
    keepsCompiled: false,
    measuresCoverage: false,
    // Beside two suites more, on a slow machine, the longest takes the half of it.
    limitMinutes: 40,
    ...own,
  };
}

/** Rooms under test/shared whose tests drive a database, a clock of the machine or AWS's own clients. */
const outsideTheRules = ["test/shared/store/", "test/shared/aws/"];

/** Unit tests at length, or of what is no rule of care: counting the lines that they run through would double their time. */
const unmeasured = [
  "test/shared/publishing/",
  "test/shared/care/safety/words-of-danger.test.ts",
  "test/shared/care/safety/find-crisis-phrase.test.ts",
  "test/programs/",
  "test/scripts/",
];

/**
 * Every suite of `npm test`, in the order in which each begins as soon as there are lanes for it. Beside the first of
 * those that run one file at a time come the cheap ones and those that wait for others; then the rest of the former
 * beside each other; last those that keep all cores busy to their end.
 */
export const suites: readonly Suite[] = [
  suiteOf("unit", ["test/shared/", "test/workflows/"], {
    exclude: [...outsideTheRules, ...unmeasured],
    measuresCoverage: true,
  }),
  suiteOf("functions", ["test/functions/"]),
  suiteOf("store-and-engine", [...outsideTheRules, "test/local/", "test/cli/"], {
    keepsCompiled: true,
  }),
  suiteOf("e2e", ["test/e2e/"], {
    exclude: ownEndToEndFiles.map((name) => `test/e2e/${name}`),
    isOneFileAtATime: true,
    // What they load is little: the servers that they start load the rest.
    isIsolated: true,
  }),
  ...ownEndToEndFiles.map((name) =>
    suiteOf(name, [`test/e2e/${name}`], { isOneFileAtATime: true }),
  ),
  suiteOf("infra", ["test/infra/"], { keepsCompiled: true }),
  suiteOf("simulation", ["test/simulation/"]),
  suiteOf("unit-at-length", unmeasured),
];
