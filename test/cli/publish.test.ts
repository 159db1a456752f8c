import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keys } from "../../shared/keys/keys.ts";
import type { Store } from "../../shared/ports/store.ts";
import { listVersions } from "../../shared/publishing/list-versions.ts";
import { publishFiles } from "../../shared/publishing/publish-files.ts";
import { removeVersion } from "../../shared/publishing/remove-version.ts";
import { listSites, loadSite } from "../../shared/store/list-sites.ts";
import { loadPolicy } from "../../shared/store/load-policy.ts";
import { loadProgram } from "../../shared/store/load-program.ts";
import { filesWith, shippedFiles, shippedProgram } from "../builders/program-files.ts";
import { buildEpisode } from "../builders/state.ts";
import { storeKinds, type TestStore, write } from "../fakes/test-stores.ts";

const clock = { now: () => "2027-01-05T15:00:00.000Z" };
const program = "adult-iop/program.yaml";
const changed = filesWith(program, "targetHours: 12", "targetHours: 11").files;
const changedAgain = filesWith(program, "targetHours: 12", "targetHours: 13").files;

async function publish(store: Store, files = shippedFiles) {
  const outcome = await publishFiles({ store, clock }, files, ["adult-iop"]);
  if (!outcome.ok) throw new Error("The program cannot be published");
  const [published] = outcome.programs;
  if (published === undefined) throw new Error("Nothing was published");
  return { published, liveData: outcome.liveData };
}

async function everything(store: Store) {
  const versions = await store.query("care", keys.program("adult-iop", 1).pk);
  const live = await store.getMany("care", [
    keys.policy(),
    keys.siteList(),
    keys.site("riverside"),
  ]);
  return { versions: versions.items, live };
}

describe.each(Object.entries(storeKinds))("publishing into the %s store", (_name, start) => {
  let started: TestStore;
  let store: Store;
  beforeAll(async () => {
    started = await start();
    store = started.store;
  });
  afterAll(async () => {
    await started.stop();
  });

  test("the first time writes version 1, the policy and the sites", async () => {
    const { published, liveData } = await publish(store);
    expect(published).toMatchObject({ programId: "adult-iop", version: 1, isNew: true });
    expect(published.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(liveData).toEqual({ policy: "written", newSiteIds: ["riverside", "mesa"] });
    expect((await listSites(store)).map((site) => site.siteId)).toEqual(["riverside", "mesa"]);
  });

  test("the same content again is the same version, and nothing is written", async () => {
    const before = await everything(store);
    const { published, liveData } = await publish(store);
    expect(published).toMatchObject({ version: 1, isNew: false });
    expect(liveData).toEqual({ policy: "unchanged", newSiteIds: [] });
    expect(await everything(store)).toEqual(before);
  });

  test("a program that no site offers is published, and said to be offered by none", async () => {
    const files = Object.fromEntries(
      Object.entries(shippedFiles).map(([name, text]) => [
        name.replace(/^adult-iop\//, "evening-iop/"),
        name === program
          ? text.replace("programId: adult-iop", "programId: evening-iop")
          : name === "sites.yaml"
            ? text.replaceAll("[adult-iop, sud-iop]", "[evening-iop, sud-iop]")
            : text,
      ]),
    );
    const outcome = await publishFiles({ store, clock }, files, ["evening-iop", "sud-iop"]);
    expect(outcome).toMatchObject({ ok: true, atNoSite: ["evening-iop"] });
  });

  test("a version keeps why it was published above capacity, and others say nothing", async () => {
    const { files } = filesWith(program, "targetHours: 12", "targetHours: 10");
    const above = { reason: "Two clinicians begin in March", loads: ["riverside: more"] };
    const contentHash = expect.stringMatching(/^[0-9a-f]{64}$/);
    const fresh = await start();
    try {
      const deps = { store: fresh.store, clock };
      await publishFiles(deps, shippedFiles, ["adult-iop"]);
      await publishFiles(deps, files, ["adult-iop"], { "adult-iop": above });
      expect(await listVersions(fresh.store, "adult-iop")).toEqual([
        { version: 1, publishedAt: clock.now(), contentHash, isLatest: false },
        { version: 2, publishedAt: clock.now(), contentHash, isLatest: true, aboveCapacity: above },
      ]);
    } finally {
      await fresh.stop();
    }
  });

  test("what is read is what was published", async () => {
    const loaded = await loadProgram(store, "adult-iop", 1);
    const content = shippedProgram();
    expect(loaded.templates).toEqual(content.templates);
    expect(loaded.instruments).toEqual(content.instruments);
    const { version, contentHash, ...read } = loaded.program;
    expect(read).toEqual(content.program);
    expect({ version, contentHash }).toEqual({
      version: 1,
      contentHash: (await publish(store)).published.contentHash,
    });
  });

  test("other content is another version, and the first stays as it was", async () => {
    const key = keys.program("adult-iop", 1);
    const before = await store.get("care", key.pk, key.sk);
    expect((await publish(store, changed)).published).toMatchObject({ version: 2, isNew: true });
    expect(await store.get("care", key.pk, key.sk)).toEqual(before);
    expect((await loadProgram(store, "adult-iop", 1)).program.weeklyHours.targetHours).toBe(12);
    expect((await loadProgram(store, "adult-iop", 2)).program.weeklyHours.targetHours).toBe(11);
  });

  test("comments and the order of keys are no other content", async () => {
    const { files } = filesWith(program, "targetHours: 12\n", "targetHours: 11\n# a remark\n");
    expect((await publish(store, files)).published).toMatchObject({ version: 2, isNew: false });
  });

  test("going back begins new episodes on the old version under its old number", async () => {
    expect((await publish(store)).published).toMatchObject({ version: 1, isNew: false });
    const latest = keys.programLatest("adult-iop");
    expect(await store.get("care", latest.pk, latest.sk)).toMatchObject({ version: 1 });
    expect((await publish(store, changedAgain)).published).toMatchObject({
      version: 3,
      isNew: true,
    });
  });

  test("two who publish at once get two versions, never one number twice", async () => {
    const contents = [101, 102, 103].map(
      (hours) =>
        filesWith(program, "planned: 6, maximum: 8", `planned: 6, maximum: ${hours}`).files,
    );
    const published = await Promise.all(contents.map((files) => publish(store, files)));
    const numbers = published.map((one) => one.published.version);
    expect(new Set(numbers).size).toBe(3);
    for (const [index, version] of numbers.entries()) {
      const { program: read } = await loadProgram(store, "adult-iop", version);
      expect(read.weeks.maximum).toBe(101 + index);
    }
  });

  test("one mistake anywhere and nothing is written", async () => {
    const before = await everything(store);
    const { files } = filesWith(program, "modality: family", "modality: familly");
    expect((await publishFiles({ store, clock }, files)).ok).toBe(false);
    expect(await everything(store)).toEqual(before);
  });

  test("a site that staff have changed is left alone; the policy counts at once", async () => {
    const site = await loadSite({ store }, "riverside");
    const edited = { ...site, version: 2, closures: [{ on: "2027-01-18", words: "Holiday" }] };
    await write(store, {
      put: { table: "care", item: { ...keys.site("riverside"), schemaVersion: 1, ...edited } },
    });
    const { files } = filesWith("policy.yaml", "policyVersion: 1", "policyVersion: 2");
    expect((await publish(store, files)).liveData).toEqual({ policy: "written", newSiteIds: [] });
    expect((await loadSite({ store }, "riverside")).closures).toHaveLength(1);
    expect(await loadPolicy({ store })).toMatchObject({ policyVersion: 2 });
  });

  test("a version that a live episode began with is not removed, nor the one for new episodes", async () => {
    await publish(store);
    expect(await removeVersion({ store }, "adult-iop", 1)).toMatchObject({
      removed: false,
      sentence: expect.stringContaining("New episodes begin on version 1"),
    });
    expect(await removeVersion({ store }, "adult-iop", 99)).toMatchObject({
      removed: false,
      sentence: "adult-iop has no version 99.",
    });
    const episodeId = "01KE0000000000000000000001";
    const episode = buildEpisode({ episodeId, programVersion: 2, status: "aftercare" });
    const root = { ...keys.episode(episodeId), schemaVersion: 1, ...episode };
    const roster = {
      ...keys.roster("riverside", `CHUNK#0#${episodeId}`),
      schemaVersion: 1,
      episodeId,
      createdAt: clock.now(),
    };
    await write(
      store,
      { put: { table: "care", item: root } },
      { put: { table: "care", item: roster } },
    );
    expect(await removeVersion({ store }, "adult-iop", 2)).toMatchObject({
      removed: false,
      sentence: expect.stringContaining("1 live episode is on version 2"),
    });
    // Whoever ends the roster of a large site keeps their version, too.
    const others = Array.from(
      { length: 100 },
      (_, index) => `01KD00000000000000000000${String(index).padStart(2, "0")}`,
    );
    for (const id of others)
      await write(
        store,
        {
          put: {
            table: "care",
            item: {
              ...keys.episode(id),
              schemaVersion: 1,
              ...buildEpisode({ episodeId: id, programVersion: 1, status: "aftercare" }),
            },
          },
        },
        {
          put: {
            table: "care",
            item: {
              ...keys.roster("riverside", `CHUNK#0#${id}`),
              schemaVersion: 1,
              episodeId: id,
              createdAt: clock.now(),
            },
          },
        },
      );
    expect(await removeVersion({ store }, "adult-iop", 2)).toMatchObject({ removed: false });
    await write(store, { put: { table: "care", item: { ...root, status: "closed" } } });
    expect(await removeVersion({ store }, "adult-iop", 2)).toEqual({ removed: true });
    const key = keys.program("adult-iop", 2);
    expect(await store.get("care", key.pk, key.sk)).toBeUndefined();
  });

  test("a version that was never published is told by name", async () => {
    await expect(loadProgram(store, "adult-iop", 77)).rejects.toMatchObject({
      name: "NotFoundError",
      details: { programId: "adult-iop", version: 77 },
    });
  });
});
