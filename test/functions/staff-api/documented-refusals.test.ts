import { beforeAll, describe, expect, it } from "vitest";
import { noPause } from "../../../local/in-memory/no-pause.ts";
import { type ApiRoute, refusalsOf } from "../../../shared/contracts/routes/route.ts";
import { apiRoutes } from "../../../shared/contracts/routes/table.ts";
import { StoreUnavailableError } from "../../../shared/errors/store-unavailable-error.ts";
import { TransactionConflictError } from "../../../shared/errors/transaction-conflict-error.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { rememberRequest } from "../../../shared/store/carry-out-once.ts";
import { MemoryStore } from "../../../shared/store/memory/memory-store.ts";
import { tuesdayMorning } from "../../builders/state.ts";
import { addressOf, type Ids, somebody } from "../../fakes/one-of-everything.ts";
import { StaffWorld } from "../../fakes/staff-world.ts";

/** Each way in which a route says that it refuses is met once; `StaffWorld` holds the answer against its schema. */

const nowhere = "nothing-of-this-name";
let state: "up" | "down" | "in the way" = "up";
let world: StaffWorld<Store>;
let ids: Ids;
let site: object;

/** A store that can be gone, or in which others are always first. */
function overMemory(memory: MemoryStore): Store {
  const unlessDown = <Result>(read: () => Promise<Result>): Promise<Result> =>
    state === "down" ? Promise.reject(new StoreUnavailableError("The store is gone", {})) : read();
  return {
    get: (...args) => unlessDown(() => memory.get(...args)),
    getMany: (...args) => unlessDown(() => memory.getMany(...args)),
    query: (...args) => unlessDown(() => memory.query(...args)),
    queryIndex: (...args) => unlessDown(() => memory.queryIndex(...args)),
    transact: (...args) =>
      state === "in the way"
        ? Promise.reject(new TransactionConflictError("Others were first", {}))
        : unlessDown(() => memory.transact(...args)),
  };
}

beforeAll(async () => {
  world = await StaffWorld.over(
    tuesdayMorning,
    overMemory(new MemoryStore({ conflictRate: 0 })),
    noPause,
  );
  ids = await somebody(world);
  site = (await world.call("taylor-riverside", "GET", "/sites/riverside")).body;
  await world.put({
    ...keys.staff("operator"),
    schemaVersion: 1,
    kind: "staff",
    staffId: "operator",
    name: "Operator",
    functions: ["operator"],
    siteIds: ["riverside"],
  });
});

const bodies: Readonly<Record<string, () => unknown>> = {
  "PUT /sites/:siteId": () => site,
  "PUT /sessions/:sessionId/attendance": () => [{ episodeId: ids.episode, status: "present" }],
  // Differences that nobody has looked at are not entered.
  "POST /imports/attendance": () => ({
    csv: "Day,Begins,Reference,Attendance\n2027-01-12,10:00,TC-0001,Present\n",
    seen: "none",
  }),
  "POST /imports/roster": () => ({
    csv: "Reference,Groups,First day\nTC-0001,Evenings,2027-01-25\n",
    seen: "none",
  }),
  "POST /imports/visits": () => ({
    csv: "Day,Begins,Minutes,Kind,Reference,With\n2027-01-25,18:00,50,Individual,TC-0001,Avery Chen\n",
    seen: "none",
  }),
};

/** What a call cannot be made without. */
const queries: Readonly<Record<string, string>> = {
  "GET /episodes/:episodeId/program-version": "?to=1",
};

/**
 * Where there is one track, one version and one person alone, and no check-in is asked yet, nothing is changed, and nobody
 * can be in the way.
 */
const neverInTheWay = [
  "POST /episodes/:episodeId/check-ins",
  "POST /episodes/:episodeId/apart",
  "POST /episodes/:episodeId/group-track",
  "POST /imports/roster",
  "POST /episodes/:episodeId/program-version",
];

async function answered(
  route: ApiRoute,
  input: {
    readonly as?: string;
    readonly path?: string;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<number> {
  const { as = "taylor-riverside", path = addressOf(route.path, ids), headers = {} } = input;
  const own = bodies[`${route.method} ${route.path}`];
  const body = "body" in input ? input.body : (own?.() ?? route.example);
  const { status } = await world.call(
    as === "nobody" ? undefined : as,
    route.method,
    path,
    body,
    headers,
  );
  return status;
}

async function whileStore(is: typeof state, call: () => Promise<number>): Promise<number> {
  state = is;
  try {
    return await call();
  } finally {
    state = "up";
  }
}

const ways: Readonly<Record<number, (route: ApiRoute) => Promise<number>>> = {
  400: (route) =>
    route.body === undefined
      ? answered(route, {
          path: `${addressOf(route.path, ids)}?cursor=%00&from=x&to=x&tab=x&search=${"x".repeat(500)}`,
        })
      : answered(route, { body: "{ no JSON" }),
  401: (route) => answered(route, { as: "nobody" }),
  404: (route) =>
    route.path.includes(":")
      ? answered(route, {
          path: `${route.path.replaceAll(/:\w+/g, nowhere)}${queries[`${route.method} ${route.path}`] ?? ""}`,
          ...(route.method === "PUT" && route.path === "/sites/:siteId"
            ? { body: { ...site, siteId: nowhere } }
            : {}),
        })
      : answered(route, { as: "operator" }),
  409: (route) => whileStore("in the way", () => answered(route, {})),
  413: (route) =>
    answered(route, {
      body: JSON.stringify("x".repeat((route.largestBodyBytes ?? 32 * 1024) + 1024)),
    }),
  415: (route) => answered(route, { headers: { "content-type": "text/plain" } }),
  422: async (route) => {
    const key = `once-${route.path.replaceAll(/\W/g, "-")}`;
    const other = { scope: "taylor-riverside", key, method: "POST", path: "/", body: "another" };
    const { deps } = world;
    await deps.store.transact([
      rememberRequest(deps.secrets, other, { status: 200, body: "{}" }, deps.clock.now()),
    ]);
    return answered(route, { headers: { "idempotency-key": key } });
  },
  503: (route) => whileStore("down", () => answered(route, {})),
};

describe("a route refuses in every way that its description names, and as it says there", () => {
  it.each(
    apiRoutes
      .filter(({ who }) => who !== "senders")
      .map((route) => [`${route.method} ${route.path}`, route] as const),
  )("%s", async (_name, route) => {
    // What anybody may read is in no store.
    const documented = [...refusalsOf(route).keys()].filter((status) =>
      status === 503
        ? route.who !== "anyone"
        : status !== 409 || !neverInTheWay.includes(`${route.method} ${route.path}`),
    );
    const met: number[] = [];
    for (const status of documented) met.push((await ways[status]?.(route)) ?? 0);
    expect(met).toEqual(documented);
  });
});
