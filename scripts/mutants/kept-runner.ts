import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strykerPlugins as vitestPlugins } from "@stryker-mutator/vitest-runner";
import { type PoolOptions, type PoolWorker, ThreadsPoolWorker, type Vitest } from "vitest/node";

/**
 * Asks the tests about many mutants in one thread, in which what the tests import is loaded once: starting a
 * thread and loading it for each mutant takes seconds, the tests themselves often less than one. What is
 * computed while files load (`mutantActivation: "static"`) needs a new thread, and gets one.
 */
type Runner = {
  readonly ctx: Vitest;
  init(): Promise<void>;
  dryRun(options: unknown): Promise<DryRun>;
  mutantRun(options: {
    readonly mutantActivation: string;
    readonly activeMutant: { readonly id: string };
  }): Promise<{ readonly status: string }>;
  dispose(): Promise<void>;
};
/** Which mutants run while files load, and which in which test: counts by the mutant's id. */
type Coverage = Record<string, number>;
type DryRun = {
  readonly mutantCoverage?: { static: Coverage; readonly perTest: Record<string, Coverage> };
};
type RunnerFactory = {
  (injector: unknown): Runner;
  readonly inject: readonly string[];
};

/** Names the patterns of the part's tests, as JSON. Given as the tool's own option, they would make it try what is static too late. */
export const testsVariable = "THROUGHCARE_MUTANT_TESTS";

/** So many mutants a thread is asked about: what one of them left behind is not carried far. */
const mostOfOneThread = 40;

/** Names in the copy that is mutated what runs while a file loads and in tests, for all who ask the tests. */
const runsTwice = "runs-twice.json";

let thread: ThreadsPoolWorker | undefined;

async function letGo(): Promise<void> {
  const ended = thread;
  thread = undefined;
  await ended?.stop();
}

type Listener = readonly [event: string, callback: (message: unknown) => void];

/** A worker of the test runner that outlives a run: only {@link letGo} ends its thread. */
class KeptWorker implements PoolWorker {
  readonly name = "kept";
  readonly #options: PoolOptions;
  #listeners: Listener[] = [];

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    if (thread !== undefined) return;
    const started = new ThreadsPoolWorker(this.#options);
    await started.start();
    const forget = () => {
      if (thread === started) thread = undefined;
    };
    started.on("exit", forget);
    started.on("error", forget);
    thread = started;
  }

  on(...listener: Listener): void {
    this.#listeners.push(listener);
    thread?.on(...listener);
  }

  off(...[event, callback]: Listener): void {
    this.#listeners = this.#listeners.filter((one) => one[0] !== event || one[1] !== callback);
    thread?.off(event, callback);
  }

  /** A thread that is kept is not told to stop; whoever waits for its word gets it. */
  send(message: Parameters<PoolWorker["send"]>[0]): void {
    if (message.type !== "stop") {
      thread?.send(message);
      return;
    }
    const stopped = { type: "stopped", __vitest_worker_response__: true };
    for (const [event, callback] of this.#listeners) if (event === "message") callback(stopped);
  }

  async stop(): Promise<void> {
    for (const [event, callback] of this.#listeners) thread?.off(event, callback);
    this.#listeners = [];
  }

  deserialize(data: unknown): unknown {
    return data;
  }
}

function keepThread(runner: Runner): Runner {
  const { init, dryRun, mutantRun, dispose } = runner;
  let asked = 0;
  let twice: ReadonlySet<string> | undefined;
  runner.init = async () => {
    await init.call(runner);
    for (const { config } of runner.ctx.projects) {
      // Read from the copy of the project that is mutated: the runner's own place.
      config.setupFiles = [join(process.cwd(), "scripts/mutants/forget.ts"), ...config.setupFiles];
      config.include = JSON.parse(process.env[testsVariable] ?? "[]");
      config.isolate = false;
      Object.assign(config, {
        pool: "kept",
        poolRunner: {
          name: "kept",
          createPoolWorker: (options: PoolOptions) => new KeptWorker(options),
        },
      });
    }
  };
  // What runs while a file loads and in tests as well is tried in the tests first.
  runner.dryRun = async (options) => {
    const result = await dryRun.call(runner, options);
    const { mutantCoverage } = result;
    if (mutantCoverage !== undefined) {
      const inTests = new Set(Object.values(mutantCoverage.perTest).flatMap(Object.keys));
      const ids = Object.keys(mutantCoverage.static);
      writeFileSync(runsTwice, JSON.stringify(ids.filter((id) => inTests.has(id))));
      mutantCoverage.static = Object.fromEntries(
        Object.entries(mutantCoverage.static).filter(([id]) => !inTests.has(id)),
      );
    }
    return result;
  };
  runner.mutantRun = async (options) => {
    const isStatic = options.mutantActivation === "static";
    asked += 1;
    if (isStatic || asked % mostOfOneThread === 0) await letGo();
    const result = await mutantRun.call(runner, options);
    const isSeenLoading = () => {
      twice ??= new Set(JSON.parse(readFileSync(runsTwice, "utf8")));
      return twice.has(options.activeMutant.id);
    };
    if (isStatic) await letGo();
    if (isStatic || result.status !== "survived" || !isSeenLoading()) return result;
    await letGo();
    const whileLoading = await mutantRun.call(runner, { ...options, mutantActivation: "static" });
    await letGo();
    return whileLoading;
  };
  runner.dispose = async () => {
    await letGo();
    await dispose.call(runner);
  };
  return runner;
}

const vitestRunner = vitestPlugins[0]?.factory as unknown as RunnerFactory;
const factory = Object.assign((injector: unknown) => keepThread(vitestRunner(injector)), {
  inject: vitestRunner.inject,
});

/** Read by the mutation tool. */
export const strykerPlugins = [{ kind: "TestRunner", name: "kept", factory }];
