// Who may import whom. Every layer lists all that it may import; anything else is an error.
// `npm run check:dependencies` also runs these rules on test/planted/dependencies, where each rule is broken once.

const anyPackage = "(^|/)node_modules/";
// dependency-cruiser names Node's own modules without the `node:` prefix.
const nodeBuiltIn =
  "^(node:)?(assert|async_hooks|buffer|child_process|crypto|dns|events|fs|http|http2|https|module|net|os|path|perf_hooks|process|querystring|readline|sqlite|stream|string_decoder|test|timers|tls|tty|url|util|v8|vm|worker_threads|zlib)(/|$)";
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
  "domain",
  "ports",
  "table",
  "adapters",
  "services",
  "contracts",
  "messages",
  "middleware",
  "errors",
  "observability",
];
const sharedWithoutAdapters = shared(...sharedFolders.filter((folder) => folder !== "adapters"));

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
      "domain-is-pure",
      "^shared/domain/",
      [...shared("domain", "errors"), ...packages("zod", "temporal-polyfill")],
      "The domain decides without input, output or a clock: only itself, errors, zod and Temporal.",
    ),
    layer(
      "ports-know-the-domain-only",
      "^shared/ports/",
      shared("ports", "domain", "errors"),
      "A port is an interface in the words of the domain.",
    ),
    layer(
      "contracts-are-schemas",
      "^shared/contracts/",
      [...shared("contracts", "domain", "errors"), ...packages("zod")],
      "A contract is a zod schema over domain types.",
    ),
    layer(
      "table-imports-nothing",
      "^shared/table/",
      shared("table"),
      "The table definition is read by infrastructure, the local run and tests: it must stay free of all of them.",
    ),
    layer(
      "messages-render-only",
      "^shared/messages/",
      shared("messages", "domain", "contracts", "errors"),
      "Rendering depends on the domain and on contracts, never on how a message is sent.",
    ),
    layer(
      "programs-are-read-with-zod-and-yaml",
      "^shared/services/publish-program/",
      [
        ...shared("services", "domain", "ports", "contracts", "messages", "table", "errors"),
        ...packages("zod", "yaml"),
      ],
      "Checking what a designer wrote needs the reader of YAML and the schemas; no function does.",
    ),
    layer(
      "services-use-ports",
      "^shared/services/(?!publish-program/)",
      shared("services", "domain", "ports", "contracts", "messages", "table", "errors"),
      "A use case talks to the outside through ports.",
    ),
    layer(
      "adapters-stay-below-functions",
      "^shared/adapters/",
      [
        ...shared(
          "adapters",
          "domain",
          "ports",
          "contracts",
          "messages",
          "services",
          "table",
          "errors",
        ),
        anyPackage,
        nodeBuiltIn,
      ],
      "An adapter implements a port; it knows nothing of middleware, functions or the local run.",
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
    {
      name: "aws-sdk-in-adapters-only",
      severity: "error",
      comment:
        "Only shared/adapters talks to AWS (the local run and tests stand in for AWS itself).",
      from: {
        pathNot: ["^shared/adapters/", "^local/", "^test/", "^infra/", "^scripts/", anyPackage],
      },
      to: { path: awsSdk },
    },
    layer(
      "function-logic-without-adapters",
      "^functions/([^/]+)/(?!(dependencies\\.ts|handler\\.tsx?)$)",
      ["^functions/$1/", ...sharedWithoutAdapters, anyPackage, nodeBuiltIn],
      "The logic of a function takes its adapters as parameters; dependencies.ts and handler.ts wire them.",
    ),
    layer(
      "functions-never-import-each-other",
      "^functions/([^/]+)/(dependencies\\.ts|handler\\.tsx?)$",
      ["^functions/$1/", "^shared/", anyPackage, nodeBuiltIn],
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
      "workflow-contracts-are-schemas",
      "^workflows/",
      ["^workflows/([^/]+)/[^/]+\\.json$", ...shared("domain", "contracts"), ...packages("zod")],
      "The contract of a workflow is made of domain types and contracts.",
    ),
    layer(
      "infra-takes-functions-by-path",
      "^infra/",
      [
        "^infra/",
        "^shared/table/",
        "^workflows/",
        "^scripts/build-functions\\.ts$",
        anyPackage,
        nodeBuiltIn,
      ],
      "Infrastructure knows tables, workflow files and the paths of functions, never their code.",
    ),
    layer(
      "worlds-in-memory-play-functions",
      "^local/(seeds/demo|simulation)/",
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
      "^local/(?!(seeds/demo|simulation)/)",
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
      "console-talks-to-the-api",
      "^console/",
      ["^console/", "^shared/contracts/", anyPackage],
      "The console is a client of the API and knows its contracts.",
    ),
    {
      name: "console-takes-types-only",
      severity: "error",
      comment: "Only `import type` from contracts: their code must not reach the browser bundle.",
      from: { path: "^console/" },
      to: { path: "^shared/contracts/", dependencyTypesNot: ["type-only"] },
    },
    layer(
      "cli-is-an-api-client",
      "^cli/",
      [
        "^cli/",
        ...shared("domain", "errors", "services/publish-program"),
        ...shared("adapters/program-files", "adapters/dynamodb", "adapters/clock"),
        anyPackage,
        nodeBuiltIn,
      ],
      "The command line is a client of the API and of the domain; programs it checks and publishes itself.",
    ),
    layer(
      "scripts-know-shared-only",
      "^scripts/",
      ["^scripts/", "^shared/", anyPackage, nodeBuiltIn],
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
