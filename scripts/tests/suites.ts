/** One group of test files that is run, counted and timed on its own. */
export interface Suite {
  /** The word to run it alone: `node scripts/run-tests.ts <name>`. */
  readonly name: string;
  /** Path prefixes of its test files, relative to the project. */
  readonly files: readonly string[];
  /** Path prefixes that other suites run. */
  readonly exclude?: readonly string[];
  /** A required suite without a single test file fails the run. */
  readonly isRequired: boolean;
  /** End-to-end files each start servers of their own, one after the other on two cores. */
  readonly isOneFileAtATime: boolean;
  /** The suite whose run is measured for coverage of the rules of care. */
  readonly measuresCoverage: boolean;
  /** The suite is stopped and counted as failed after this long (minutes). */
  readonly limitMinutes: number;
}

const ownEndToEndFiles = ["main-job", "kills", "browser", "fuzz"];

function endToEnd(name: string): Suite {
  return {
    name,
    files: [`test/e2e/${name}`],
    isRequired: false,
    isOneFileAtATime: true,
    measuresCoverage: false,
    limitMinutes: 10,
  };
}

/** Every suite of `npm test`, in the order in which they run: the cheap ones first. */
export const suites: readonly Suite[] = [
  {
    name: "unit",
    files: ["test/unit/"],
    isRequired: true,
    isOneFileAtATime: false,
    measuresCoverage: true,
    limitMinutes: 10,
  },
  {
    name: "store-and-engine",
    files: ["test/contract/", "test/workflows/"],
    isRequired: true,
    isOneFileAtATime: false,
    measuresCoverage: false,
    limitMinutes: 10,
  },
  {
    name: "infra",
    files: ["test/infra/"],
    isRequired: false,
    isOneFileAtATime: false,
    measuresCoverage: false,
    limitMinutes: 10,
  },
  {
    name: "simulation",
    files: ["test/simulation/"],
    isRequired: false,
    isOneFileAtATime: false,
    measuresCoverage: false,
    limitMinutes: 10,
  },
  ...ownEndToEndFiles.map(endToEnd),
  {
    name: "e2e",
    files: ["test/e2e/"],
    exclude: ownEndToEndFiles.map((name) => `test/e2e/${name}`),
    isRequired: false,
    isOneFileAtATime: true,
    measuresCoverage: false,
    limitMinutes: 10,
  },
];
