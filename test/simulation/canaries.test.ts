import { beforeAll, describe, expect, it } from "vitest";
import type { MemoryWorld } from "../../local/in-memory/memory-world.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import { printed } from "../fakes/telemetry.ts";
import { canariesIn } from "./canaries/canary-values.ts";
import { liveFully } from "./stored-fields/full-life.ts";

/** Everything that was written where no health information belongs, by where that was. */
const seen = {
  logs: [] as string[],
  executions: [] as string[],
  queues: [] as string[],
  pages: [] as string[],
  messages: [] as string[],
  stored: [] as string[],
};
/** Link tokens and ids: whoever has one may open what it opens. */
const tokens = new Set<string>();

/** Programs, policy and sites hold words for everybody: those of danger, for one. */
function isProgramData(pk: string): boolean {
  return /^(POLICY|PROGRAM#|SITE)/.test(pk);
}

/** Looks on at what leaves a world by its pager, its sender and its calls of other functions. */
function lookOn(world: MemoryWorld): void {
  const { pager, functions, sender, runner } = world.deps;
  Object.assign(world.deps, {
    pager: {
      text: (page: Parameters<typeof pager.text>[0]) => {
        seen.pages.push(JSON.stringify(page));
        return pager.text(page);
      },
      call: (page: Parameters<typeof pager.call>[0]) => {
        seen.pages.push(JSON.stringify(page));
        return pager.call(page);
      },
    },
    functions: {
      run: (name: Parameters<typeof functions.run>[0], payload: object) => {
        seen.queues.push(JSON.stringify(payload));
        return functions.run(name, { ...payload });
      },
    },
    runner: {
      ...runner,
      start: (input: Parameters<typeof runner.start>[0]) => {
        seen.queues.push(JSON.stringify(input));
        return runner.start(input);
      },
    },
    sender: {
      send: (message: Parameters<typeof sender.send>[0]) => {
        // Where it goes to is known to the provider; what it says is read by others.
        const { to: _to, ...words } = message;
        seen.messages.push(JSON.stringify(words));
        for (const [, token = ""] of message.text.matchAll(/\/[ku]\/([\w.-]+)/g)) {
          tokens.add(token);
          tokens.add(token.slice(0, -23));
        }
        return sender.send(message);
      },
    },
  });
}

beforeAll(async () => {
  let world: MemoryWorld | undefined;
  let isLived = false;
  seen.logs = [
    ...(await printed(async () => {
      await liveFully({
        logger: createTelemetry("a-life").logger,
        begun: (begun) => {
          world = begun;
          lookOn(begun);
        },
        committed: (changes) => {
          for (const change of changes) {
            const { newImage } = change;
            if (!isProgramData(change.keys.pk)) seen.stored.push(JSON.stringify(newImage ?? {}));
          }
        },
      });
      isLived = true;
    })),
  ];
  if (world === undefined || !isLived) throw new Error("The life came to no end");
  for (const { executionArn } of world.engine.listExecutions({})) {
    seen.executions.push(JSON.stringify(world.engine.describeExecution(executionArn)));
    seen.executions.push(JSON.stringify(world.engine.getExecutionHistory(executionArn)));
  }
}, 240_000);

describe("a life in which everything happens that can be written down", () => {
  it.each([
    ["log lines", () => seen.logs],
    ["names, inputs, outputs and histories of executions", () => seen.executions],
    ["bodies of queues and inputs of functions", () => seen.queues],
    ["pages to the on-call", () => seen.pages],
    ["the words of messages", () => seen.messages],
    ["the tables of care and audit, and their streams", () => seen.stored],
  ] as const)("leaves nothing of the person in %s", (_where, lines) => {
    expect(lines().length).toBeGreaterThan(0);
    expect(
      lines().flatMap((line) =>
        canariesIn(line).map((found) => `${found} in ${line.slice(0, 300)}`),
      ),
    ).toEqual([]);
  });

  it.each([
    ["log lines", () => seen.logs],
    ["executions", () => seen.executions],
    ["bodies of queues", () => seen.queues],
    ["pages to the on-call", () => seen.pages],
  ] as const)("leaves no link in %s: whoever reads them could open it", (_where, lines) => {
    expect(tokens.size).toBeGreaterThan(5);
    const links = { "a link": [...tokens].map((token) => token.toLowerCase()) };
    expect(lines().flatMap((line) => canariesIn(line, links))).toEqual([]);
  });

  it("says the same to the on-call whoever it is about: no id, no number, nothing of the alert", () => {
    expect(seen.pages.length).toBeGreaterThan(0);
    for (const page of seen.pages) {
      const { body, words } = JSON.parse(page) as {
        readonly body?: string;
        readonly words?: string;
      };
      expect(body ?? words).toMatch(
        /^(Throughcare [a-z ]+ for [A-Z][A-Za-z ]+\. [A-Za-z ,]+( \d+ minutes)?\.\s?){1,2}$/,
      );
    }
  });
});
