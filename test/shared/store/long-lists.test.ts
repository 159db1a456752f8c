import { describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import type { StoredItem } from "../../../shared/ports/store.ts";
import { MemoryStore } from "../../../shared/store/memory/memory-store.ts";
import { readReleases } from "../../../shared/store/read-releases.ts";
import { readServiceHistory } from "../../../shared/store/read-services.ts";
import { listSeatSessions, listSeatsOfDay } from "../../../shared/store/seats.ts";
import { listStaff } from "../../../shared/store/site-staff.ts";

const at = "2027-01-11T14:00:00.000Z";
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const padded = (number: number) => String(number).padStart(4, "0");

async function storeOf(
  table: "care" | "identity",
  items: readonly StoredItem[],
): Promise<MemoryStore> {
  const store = new MemoryStore({ conflictRate: 0 });
  for (let from = 0; from < items.length; from += 100)
    await store.transact(items.slice(from, from + 100).map((item) => ({ put: { table, item } })));
  return store;
}

const stored = (key: { pk: string; sk: string }, attributes: object): StoredItem => ({
  ...attributes,
  ...key,
  schemaVersion: 1,
});

describe("a list that is longer than what one call reads", () => {
  it("of everybody at a site has them all, and nobody who has left or has no function", async () => {
    const member = (staffId: string, functions: readonly string[], siteId = "riverside") => [
      stored(keys.siteStaff("riverside", staffId), { kind: "site-staff", staffId }),
      stored(keys.staff(staffId), {
        kind: "staff",
        staffId,
        name: `Person ${staffId} (fictional)`,
        functions,
        siteIds: [siteId],
      }),
    ];
    const ids = numbers(230).map(padded);
    const store = await storeOf("care", [
      ...ids.flatMap((id) => member(id, ["peer"])),
      ...member("left", ["peer"], "mesa"),
      ...member("none", []),
    ]);
    expect((await listStaff(store, ["riverside"])).map(({ staffId }) => staffId)).toEqual(ids);
  });

  it("of everybody who is expected on a day, or in a group, leaves out nobody", async () => {
    const groups = ["group-a", "group-b"];
    const seat = (groupSessionId: string, episodeId: string) =>
      stored(keys.seat(groupSessionId, episodeId), {
        kind: "seat",
        groupSessionId,
        episodeId,
        sessionSk: `SESSION#${groupSessionId}`,
      });
    const day = (on: string, groupSessionId: string) =>
      stored(keys.siteDay("riverside", on, groupSessionId), {
        kind: "group-session",
        groupSessionId,
      });
    const people = numbers(450).map(padded);
    const last = keys.episodeItem("0450", "SESSION#group-a");
    const store = await storeOf("care", [
      ...groups.map((group) => day("2027-01-11", group)),
      day("2027-01-12", "group-c"),
      seat("group-c", "other-day"),
      ...people.flatMap((id) => groups.map((group) => seat(group, id))),
      stored(last, {
        kind: "session",
        version: 1,
        sessionId: "last",
        groupSessionId: "group-a",
        slot: "mon-group",
        week: 1,
        on: "2027-01-11",
        scheduledStartAt: at,
        scheduledEndAt: "2027-01-11T17:00:00.000Z",
        timeZone: "America/New_York",
        modality: "group",
        counts: true,
        status: "planned",
      }),
    ]);
    const seats = await listSeatsOfDay(store, "riverside", "2027-01-11");
    const wanted = groups.flatMap((group) => people.map((id) => [id, `SESSION#${group}`]));
    expect(seats.map(({ episodeId, sessionSk }) => [episodeId, sessionSk])).toEqual(wanted);
    expect(await listSeatSessions(store, "group-a")).toMatchObject([
      { episodeId: "0450", sessionId: "last" },
    ]);
  });
});

describe("a history that is longer than what is shown", () => {
  it("of releases shows the newest, each as it stands itself", async () => {
    const releases = numbers(130).map((number) => ({
      from: "2027-01-01",
      until: number % 2 === 0 ? "2027-01-10" : "2027-12-31",
    }));
    const store = await storeOf(
      "identity",
      releases.map((_one, index) =>
        stored(keys.release("episode-1", index + 1), {
          kind: "release",
          number: index + 1,
          name: "Ana Marrow (fictional)",
          relation: "sister",
          about: "How it goes",
          purpose: "Family sessions",
          how: "in-person",
          at,
          by: "casey-riverside",
        }),
      ),
    );
    const shown = await readReleases(store, { episodeId: "episode-1", releases }, "2027-01-11");
    const newest = numbers(130).reverse().slice(0, 100);
    expect(shown.map(({ number, standing }) => [number, standing])).toEqual(
      newest.map((number) => [number, number % 2 === 0 ? "expired" : "valid"]),
    );
  });

  it("of a service shows the newest", async () => {
    const store = await storeOf(
      "identity",
      numbers(70).map((version) =>
        stored(keys.service("episode-1", "holistic", version), {
          kind: "service",
          service: "holistic",
          version,
          state: "declined",
          at,
          by: "casey-riverside",
        }),
      ),
    );
    const of = { episodeId: "episode-1", services: { holistic: 70 } };
    expect((await readServiceHistory(store, of, "holistic")).map(({ version }) => version)).toEqual(
      numbers(70).reverse().slice(0, 50),
    );
  });
});
