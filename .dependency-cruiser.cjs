// Who may import whom. Every layer lists all that it may import; anything else is an error.
// `npm run check:dependencies` also runs these rules on test/planted/dependencies, where each rule is broken once.

const anyPackage = "(^|/)node_modules/";
// dependency-cruiser names Node's own modules without the `node:` prefix.
const nodeBuiltIn =
  "^(node:)?(assert|async_hooks|buffer|child_process|crypto|dns|events|fs|http|http2|https|inspector|module|net|os|path|perf_hooks|process|querystring|readline|sqlite|stream|string_decoder|test|timers|tls|tty|url|util|v8|vm|worker_threads|zlib)(/|$)";
const awsSdk = "(^|/)node_modules/(@aws-sdk|@smithy)/";
const awsLambdaTypes = "aws-lambda";

/** The patterns of npm packages by name, or by scope when the name ends in a slash; their types included. */
function packages(...names) {
  return names.map((name) => `(^|/)node_modules/(@types/)?${name}${name.endsWith("/") ? "" : "/"}`);
}

/** The patterns of folders of `shared`. */
function shared(...folders) {
  return folders.map((folder) => `^shared/${folder}/`);
}

/**
 * @param name - the layer, as it appears in the error message
 * @param from - pattern of its files
 * @param may - patterns of everything that it may import
 * @param comment - why, shown with the error
 */
function layer(name, from, may, comment) {
  return {
    name,
    severity: "error",
    comment,
    from: { path: from },
    to: { pathNot: may, couldNotResolve: false },
  };
}

const sharedFolders = [
  "keys",
  "care",
  "questions",
  "messages",
  "contracts",
  "ports",
  "store",
  "sending",
  "staff",
  "web",
  "publishing",
  "aws",
  "middleware",
  "observability",
  "errors",
];
/** Without the files that talk to the outside: `dependencies.ts` of a function wires them, its logic never sees them. */
const sharedWithoutAdapters = sharedFolders
  .filter((folder) => folder !== "aws")
  .map((folder) => (folder === "store" ? "^shared/store/(?!memory/)" : `^shared/${folder}/`));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    layer(
      "errors-import-nothing",
      "^shared/errors/",
      shared("errors"),
      "Errors are names that every layer and the state machines share: they depend on nothing.",
    ),
    layer(
      "care-is-pure",
      "^shared/care/",
      [
        ...shared("care", "errors", "keys"),
        ...packages("zod", "temporal-polyfill", "libphonenumber-js"),
      ],
      "What a workflow speaks of is decided without input, output or a clock: only itself, errors, zod, Temporal and the reader of phone numbers.",
    ),
    layer(
      "questions-know-care-only",
      "^shared/questions/",
      [...shared("questions", "care", "errors", "keys"), ...packages("zod", "temporal-polyfill")],
      "Asking, checking, keeping and scoring answers is pure, and knows no workflow and no message.",
    ),
    layer(
      "messages-know-care-only",
      "^shared/messages/",
      [
        ...shared("messages", "care", "errors", "keys"),
        ...packages("zod", "temporal-polyfill", "sms-segments-calculator"),
      ],
      "Planning, gating and rendering are pure, and know no workflow and no question.",
    ),
    layer(
      "ports-know-care-only",
      "^shared/ports/",
      shared("ports", "care", "errors"),
      "A port is an interface in the words of care.",
    ),
    layer(
      "contracts-are-schemas",
      "^shared/contracts/",
      [
        ...shared("contracts", "care", "questions", "errors"),
        ...packages("zod", "@aws-lambda-powertools/parser", "csv-parse", "csv-stringify"),
      ],
      "A contract is a zod schema over the types of care; those of AWS's own events are Powertools', and tables come and go as CSV.",
    ),
    layer(
      "keys-import-nothing",
      "^shared/keys/",
      ["^$"],
      "The key definitions are read by infrastructure, the local run and tests: they must stay free of all of them.",
    ),
    layer(
      "store-knows-no-workflow",
      "^shared/store/",
      [
        ...shared("store", "care", "messages", "contracts", "ports", "errors", "keys"),
        ...packages("zod"),
        nodeBuiltIn,
      ],
      "Loading, deciding and committing serve every workflow and know none.",
    ),
    layer(
      "sending-uses-ports",
      "^shared/sending/",
      shared("sending", "store", "messages", "care", "ports", "errors", "keys"),
      "The only code that may write to a participant goes through the gate, the claim and a port.",
    ),
    layer(
      "staff-see-through-the-store",
      "^shared/staff/",
      shared(
        "staff",
        "store",
        "sending",
        "messages",
        "questions",
        "care",
        "contracts",
        "ports",
        "errors",
        "keys",
      ),
      "Who is on the staff and what they see serves the API and the pages; it decides nothing and knows no workflow.",
    ),
    layer(
      "web-is-a-kit-of-parts",
      "^shared/web/",
      [...shared("web", "care", "contracts", "ports", "errors"), ...packages("hono", "zod")],
      "What the pages are drawn and guarded with knows neither whose pages they are nor the store.",
    ),
    layer(
      "programs-are-read-with-zod-and-yaml",
      "^shared/publishing/",
      [
        ...shared(
          "publishing",
          "store",
          "messages",
          "care",
          "contracts",
          "ports",
          "errors",
          "keys",
        ),
        ...packages("zod", "yaml"),
      ],
      "Checking what a designer wrote needs the reader of YAML and the schemas; no function does.",
    ),
    layer(
      "aws-stays-below-functions",
      "^shared/aws/",
      [
        ...shared("aws", "store", "messages", "care", "contracts", "ports", "errors", "keys"),
        anyPackage,
        nodeBuiltIn,
      ],
      "An adapter implements a port; it knows nothing of workflows, middleware, functions or the local run.",
    ),
    layer(
      "middleware-is-thin",
      "^shared/(middleware|observability)/",
      [
        ...shared("middleware", "observability", "errors", "contracts", "ports"),
        ...packages("zod", "@middy/", "@aws-lambda-powertools/", awsLambdaTypes),
        nodeBuiltIn,
      ],
      "Middleware and logging serve every function, so they know none of the care logic.",
    ),
    layer(
      "shared-has-known-folders",
      `^shared/(?!(${sharedFolders.join("|")})/)`,
      ["^$"],
      "A new folder of shared/ needs its own rule here first.",
    ),
    layer(
      "a-workflow-knows-no-other",
      "^workflows/(?!run/)([^/]+)/",
      ["^workflows/$1/", ...shared("care", "questions", "messages", "errors", "keys")],
      "What starts or ends another workflow is said through shared/care: a run to start, a thing to do.",
    ),
    layer(
      "workflows-run-through-ports",
      "^workflows/(run/|[^/]+\\.ts$)",
      ["^workflows/", ...sharedWithoutAdapters],
      "What every workflow does loads, decides and commits through ports.",
    ),
    {
      name: "aws-sdk-in-adapters-only",
      severity: "error",
      comment: "Only shared/aws talks to AWS (the local run and tests stand in for AWS itself).",
      from: {
        pathNot: [...shared("aws"), "^local/", "^test/", "^infra/", "^scripts/", anyPackage],
      },
      to: { path: awsSdk },
    },
    layer(
      "function-logic-without-adapters",
      "^functions/([^/]+)/(?!(dependencies\\.ts|handler\\.tsx?)$)",
      ["^functions/$1/", "^workflows/", ...sharedWithoutAdapters, anyPackage, nodeBuiltIn],
      "The logic of a function takes its adapters as parameters; dependencies.ts and handler.ts wire them.",
    ),
    layer(
      "functions-never-import-each-other",
      "^functions/([^/]+)/(dependencies\\.ts|handler\\.tsx?)$",
      ["^functions/$1/", "^workflows/", "^shared/", anyPackage, nodeBuiltIn],
      "What two functions need lives in shared/.",
    ),
    {
      name: "function-logic-not-wired-by-itself",
      severity: "error",
      comment:
        "Logic that imports its own dependencies.ts cannot be tested without the environment.",
      from: { path: "^functions/([^/]+)/(?!(dependencies\\.ts|handler\\.tsx?)$)" },
      to: {
        path: "^functions/$1/(dependencies\\.ts|handler\\.tsx?)$",
        dependencyTypesNot: ["type-only"],
      },
    },
    layer(
      "infra-takes-functions-by-path",
      "^infra/",
      [
        "^infra/",
        ...shared("keys"),
        "^shared/care/episode/workflow-name\\.ts$",
        "^workflows/[^/]+/[^/]+\\.asl\\.json$",
        "^scripts/build-functions\\.ts$",
        anyPackage,
        nodeBuiltIn,
      ],
      "Infrastructure knows tables, workflow files and the paths of functions, never their code.",
    ),
    layer(
      "worlds-in-memory-play-functions",
      "^local/(seeds/demo|simulation|in-memory)/",
      [
        "^local/",
        "^functions/[^/]+/(?!(dependencies|handler)\\.)",
        "^workflows/",
        "^shared/",
        anyPackage,
        nodeBuiltIn,
      ],
      "The demonstration and the counted pathway play care in memory: the logic of the functions, without their wiring.",
    ),
    layer(
      "local-runs-handlers",
      "^local/(?!(seeds/demo|simulation|in-memory)/)",
      [
        "^local/",
        "^functions/[^/]+/handler\\.tsx?$",
        "^workflows/",
        "^shared/",
        "^scripts/build-functions\\.ts$",
        anyPackage,
        nodeBuiltIn,
      ],
      "The local run calls the very handlers that Lambda runs.",
    ),
    layer(
      "cli-is-an-api-client",
      "^cli/",
      [
        "^cli/",
        // A program is previewed by the very rules that plan it for people.
        "^workflows/weekly-program/open-week\\.ts$",
        ...shared("care", "errors", "publishing", "messages", "contracts"),
        ...shared("aws/program-files", "aws/dynamodb", "aws/aws-client", "aws/clock"),
        anyPackage,
        nodeBuiltIn,
      ],
      "The command line is a client of the API and knows care; programs it checks and publishes itself.",
    ),
    layer(
      "scripts-know-workflows-and-shared-only",
      "^scripts/",
      ["^scripts/", "^workflows/", "^shared/", anyPackage, nodeBuiltIn],
      "Build scripts must work before anything else does.",
    ),
    {
      name: "nothing-imports-test-local-cli",
      severity: "error",
      comment: "Nothing that is deployed can reach the tests, the local run or the command line.",
      from: { pathNot: "^(test|local|cli)/" },
      to: { path: "^(test|local|cli)/" },
    },
    {
      name: "scenarios-act-over-http",
      severity: "error",
      comment:
        "A scenario acts as people do: requests to the API, forms of the pages, texts. What reads, and what runs by itself, may be called; lives of random moves draw from the commands.",
      from: { path: "^test/simulation/", pathNot: "^test/simulation/lives\\.test\\.ts$" },
      to: {
        path: "^(workflows/|shared/questions/|shared/store/(decide-and-commit|commit-[^/]+)\\.ts$)",
        pathNot:
          "^workflows/run/(ask-for-due-attendance|carry-out-outbox-entry|start-run|foresee-decision|preview-decision)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "no-cycles",
      severity: "error",
      comment:
        "Imports in a circle, type imports included: move what both need into a file of its own.",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolvable",
      severity: "error",
      comment: "The imported file or package does not exist.",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["(^|/)dist/", "(^|/)cdk\\.out/", "^test/planted/"] },
    // Type imports count: a layer that needs another's types depends on it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["node", "import", "types", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json", ".d.ts"],
    },
  },
};
