import { beforeAll, describe, expect, it } from "vitest";
import { noPause } from "../../local/in-memory/no-pause.ts";
import { apiRoutes } from "../../shared/contracts/routes/table.ts";
import { publishFiles } from "../../shared/publishing/publish-files.ts";
import { MemoryStore } from "../../shared/store/memory/memory-store.ts";
import { filesWith } from "../builders/program-files.ts";
import { tuesdayMorning } from "../builders/state.ts";
import { CountingStore } from "../fakes/counting-store.ts";
import { IntakeSender, selfReferral } from "../fakes/intake-sender.ts";
import { addressOf, somebody } from "../fakes/one-of-everything.ts";
import { fictionalAnswers, SiteVisitor } from "../fakes/site-visitor.ts";
import { SiteWorld } from "../fakes/site-world.ts";
import { StaffWorld } from "../fakes/staff-world.ts";
import { liveFully } from "../simulation/stored-fields/full-life.ts";

/** Nothing is loaded twice in one invocation; where it is, this says what and where. */

const twoTracks =
  "groupTracks: [{ track: day, title: Days }, { track: evening, title: Evenings }]\nsessions:\n";

/** Into the version whose program has two tracks. */
const toTheLatest = (world: StaffWorld<CountingStore>, episodeId: string) =>
  world.call("taylor-riverside", "POST", `/episodes/${episodeId}/program-version`, {
    version: 2,
    reason: "Evenings are offered now",
  });

describe("a call of the API", () => {
  let world: StaffWorld<CountingStore>;
  let site: object;
  beforeAll(async () => {
    // Without conflicts: after one, everything is read again, and should be.
    const store = new CountingStore(new MemoryStore({ conflictRate: 0 }));
    world = await StaffWorld.over(tuesdayMorning, store, noPause);
    site = (await world.call("taylor-riverside", "GET", "/sites/riverside")).body;
    await publishFiles(
      world.deps,
      filesWith("adult-iop/program.yaml", "sessions:\n", twoTracks).files,
    );
  });

  it.each(
    apiRoutes
      .filter(({ who }) => who !== "senders")
      .map((one) => [`${one.method} ${one.path}`, one] as const),
  )("%s loads nothing twice", async (name, route) => {
    const ids = await somebody(world);
    const bodies: Readonly<Record<string, unknown>> = {
      "PUT /sites/:siteId": site,
      "PUT /sessions/:sessionId/attendance": [{ episodeId: ids.episode, status: "present" }],
    };
    const isApart = name === "POST /episodes/:episodeId/apart";
    const apart = isApart && {
      otherEpisodeId: (await somebody(world)).episode,
      reason: "Divorced",
    };
    const body = bodies[name] ?? (apart || route.example);
    if (route.path.endsWith("/group-track")) await toTheLatest(world, ids.episode);
    const query = name === "GET /episodes/:episodeId/program-version" ? "?to=2" : "";
    world.store.begin();
    const answer = await world.call(
      "taylor-riverside",
      route.method,
      `${addressOf(route.path, ids)}${query}`,
      body,
    );
    // Nobody here is asked a check-in.
    if (!route.path.endsWith("/check-ins")) expect([200, 409]).toContain(answer.status);
    expect(world.store.twice).toEqual([]);
  });
});

describe("a page for staff", () => {
  const pages = new Set<string>();
  let world: StaffWorld<CountingStore>;
  beforeAll(async () => {
    const store = new CountingStore(new MemoryStore({ conflictRate: 0 }));
    world = await StaffWorld.over(tuesdayMorning, store, noPause);
    for (const route of world.routes)
      if (/^GET \/staff(\/|$)/.test(route) && !/\*|sign|style/.test(route))
        pages.add(route.slice(4));
  });

  it("loads nothing twice, whichever it is", async () => {
    expect(pages.size).toBeGreaterThan(8);
    const twice: string[] = [];
    for (const path of pages) {
      const ids = await somebody(world);
      world.store.begin();
      const address = addressOf(
        path
          .replace(":planKind", "crisis")
          .replace(":screenId", "in-the-room")
          .replace(":medicine", "lithium")
          .replace(":service", "peer")
          .replace(":table", "attendance")
          .replace(":programId/:version", "adult-iop/1"),
        ids,
      );
      const page = await world.page("taylor-riverside", address);
      twice.push(...world.store.twice.map((read) => `${path}: ${read}`));
      // Nothing is printed of a plan that nobody has written, and nothing asked by a name that is no measure or check-in.
      if (!/measures|check-ins|print$/.test(path)) expect([path, page.status]).toEqual([path, 200]);
    }
    expect(twice).toEqual([]);
  });
});

class CountedVisitor extends SiteVisitor {
  readonly #store: CountingStore;
  readonly visited: string[] = [];
  readonly twice: string[] = [];

  constructor(world: SiteWorld, store: CountingStore) {
    super(world);
    this.#store = store;
  }

  override async request(path: string, init: RequestInit = {}): Promise<Response> {
    this.#store.begin();
    const response = await super.request(path, init);
    const what = `${init.method ?? "GET"} ${path.split("?")[0]}`;
    this.visited.push(what);
    this.twice.push(...this.#store.twice.map((read) => `${what}: ${read}`));
    return response;
  }
}

describe("a page for participants", () => {
  let store: CountingStore;
  let world: SiteWorld;
  let visitor: CountedVisitor;
  beforeAll(async () => {
    world = await SiteWorld.start({
      conflictRate: 0,
      watch: (beneath) => {
        store = new CountingStore(beneath);
        return store;
      },
    });
    visitor = new CountedVisitor(world, store);
  });

  async function answerAll(end: string): Promise<void> {
    for (let page = 0; page < 40 && visitor.path !== end; page += 1) {
      const [first] = visitor.offered;
      await visitor.submit(first === undefined ? {} : { [first.name]: first.value });
      expect(visitor.status).toBe(200);
    }
    await visitor.submit();
  }

  it("loads nothing twice, whichever it is", async () => {
    await visitor.fillIn(fictionalAnswers);
    await visitor.submit();
    const episodeId = await world.participant("en", {
      given: "Wren",
      phone: "+12125550143",
      email: "wren@example.org",
    });
    const forms = await world.askForm(episodeId);
    await visitor.open(`/k/${forms}`);
    await visitor.submit();
    await visitor.open("/leave");
    await visitor.open(`/k/${forms}`);
    await visitor.submit();
    await answerAll("/screen/check");
    const checkIn = await world.openCheckIn(episodeId);
    await visitor.open(`/k/${checkIn}`);
    await visitor.submit();
    await answerAll("/check-in/check");
    const week = await world.beginWeek(episodeId, "2027-01-11");
    await visitor.open(`/k/${week}`);
    await visitor.submit();
    await visitor.open(/href="(\/preferences[^"]*)"/.exec(visitor.html)?.[1] ?? "/none");
    await visitor.submit();
    for (const { method, path } of world.site.routes)
      if (method !== "ALL")
        await visitor.request(
          path.replaceAll(/:\w+(\{[^}]*\})?/g, "1"),
          method === "POST" ? visitor.form({}) : {},
        );
    expect(new Set(visitor.visited).size).toBeGreaterThan(30);
    expect(visitor.twice).toEqual([]);
    expect(world.problems).toEqual([]);
  });

  it("takes a referral without loading anything twice", async () => {
    store.begin();
    const referral = {
      ...selfReferral,
      participant: { ...selfReferral.participant, phone: "+12125550144" },
    };
    const answer = await new IntakeSender(world).send(referral);
    expect(answer.status).toBe(202);
    expect(store.twice).toEqual([]);
  });
});

/**
 * Each call of these carries out many pieces of work, one after the other, and one may change what the next is
 * about: each looks at things as they stand.
 */
const manyPieces: readonly string[] = ["carry-out-effects", "sweep-stalled-work"];

describe("a step of a workflow", () => {
  it("loads nothing twice, in a life in which everything happens", async () => {
    let store: CountingStore | undefined;
    const twice = new Map<string, string>();
    const called = new Set<string>();
    await liveFully({
      store: (beneath) => {
        store = new CountingStore(beneath);
        return store;
      },
      call: async (name, run) => {
        called.add(name);
        if (store === undefined) return run();
        // Workflows run side by side: each counts for itself.
        const { answer, twice: readTwice } = await store.during(run);
        if (manyPieces.includes(name)) return answer;
        for (const read of readTwice) twice.set(`${name} ${read.replaceAll(/\d/g, "0")}`, read);
        return answer;
      },
    });
    expect([...called]).toEqual(
      expect.arrayContaining(["advance-care", "hold-care", "send-message"]),
    );
    expect([...twice.keys()]).toEqual([]);
  });
});
