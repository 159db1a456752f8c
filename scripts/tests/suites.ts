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
  /** The suite whose run is measured for coverage of the rules of care. */
  readonly measuresCoverage: boolean;
  /** The suite is stopped and counted as failed after this long (minutes). */
  readonly limitMinutes: number;
}

const ownEndToEndFiles = ["main-job", "kills", "browser", "fuzz"];

function suiteOf(name: string, files: readonly string[], own: Partial<Suite> = {}): Suite {
  return {
    name,
    files,
    isOneFileAtATime: false,
    measuresCoverage: false,
    limitMinutes: 10,
    ...own,
  };
}

/** Rooms under test/shared whose tests drive a database, a clock of the machine or AWS's own clients. */
const outsideTheRules = ["test/shared/store/", "test/shared/aws/"];

/** Every suite of `npm test`, in the order in which they run: the cheap ones first. */
export const suites: readonly Suite[] = [
  suiteOf("unit", ["test/shared/", "test/workflows/", "test/programs/", "test/scripts/"], {
    exclude: outsideTheRules,
    measuresCoverage: true,
  }),
  suiteOf("functions", ["test/functions/"]),
  suiteOf("store-and-engine", [...outsideTheRules, "test/local/", "test/cli/"]),
  suiteOf("infra", ["test/infra/"]),
  suiteOf("simulation", ["test/simulation/"]),
  ...ownEndToEndFiles.map((name) =>
    suiteOf(name, [`test/e2e/${name}`], { isOneFileAtATime: true }),
  ),
  suiteOf("e2e", ["test/e2e/"], {
    exclude: ownEndToEndFiles.map((name) => `test/e2e/${name}`),
    isOneFileAtATime: true,
  }),
];
