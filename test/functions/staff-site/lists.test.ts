// Long because it is all that lists of staff have in common, over one world of people.
import { beforeEach, describe, expect, it } from "vitest";
import { noPause } from "../../../local/in-memory/no-pause.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { contactPointEpisodeItem } from "../../../shared/store/contact-point-items.ts";
import { MemoryStore } from "../../../shared/store/memory/memory-store.ts";
import { buildTask, tuesdayMorning } from "../../builders/state.ts";
import { CountingStore } from "../../fakes/counting-store.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "casey-riverside";
const idOf = (letter: string, number: number) =>
  `01JHEP00000000000000000${letter}${String(number).padStart(2, "0")}`.slice(0, 22) +
  String(number).padStart(4, "0");

/** Adds people, each with one task, and two pages of work besides. */
async function addPeople<Kept extends Store>(world: StaffWorld<Kept>, count: number) {
  for (let number = 1; number <= count; number += 1)
    await world.add({
      episode: personAt("riverside", {
        episodeId: idOf("E", number),
        participantId: idOf("P", number),
        reference: `TC-${String(number).padStart(4, "0")}`,
      }),
      items: [
        buildTask({
          sk: "TASK#first-contact-call#intake",
          taskId: idOf("T", number),
          assignedFunction: number % 2 === 0 ? "case-manager" : "nurse",
          dueAt: `2027-01-13T16:00:00.${String(number).padStart(3, "0").slice(-3)}Z`,
        }),
      ],
      given: `Given${number}`,
      family: `Family${number}`,
    });
}

/** How often a page calls the store. */
async function callsOf(people: number, path: string): Promise<number> {
  const store = new CountingStore(new MemoryStore({ conflictRate: 0 }));
  const world = await StaffWorld.over(tuesdayMorning, store, noPause);
  await addPeople(world, people);
  store.begin();
  const page = await world.page(as, path);
  expect(page.status).toBe(200);
  return store.calls;
}

describe("the list of people", () => {
  it.each([
    "/staff/people",
    "/staff/people?page=2",
    "/staff/people?phase=referred&page=2",
    "/staff/people?search=given1",
    "/staff/people?search=%28212%29+555-0177",
    "/staff/people?search=1990-02-03&page=3",
  ])(
    "%s calls the store as often for 1,200 people as for 50, and 12 times at most",
    {
      timeout: 120_000,
    },
    async (path) => {
      const few = await callsOf(50, path);
      expect(few).toBeLessThanOrEqual(12);
      expect(await callsOf(1200, path)).toBe(few);
    },
  );
});

describe("the queue", () => {
  it.each(["/staff", "/staff?tab=work", "/staff?tab=work&whose=team&page=2", "/staff?tab=done"])(
    "%s calls the store as often for 1,200 people as for 40, and 12 times at most",
    { timeout: 120_000 },
    async (path) => {
      const few = await callsOf(40, path);
      expect(few).toBeLessThanOrEqual(12);
      expect(await callsOf(1200, path)).toBe(few);
    },
  );
});

describe("lists on staff pages", () => {
  let world: StaffWorld;
  beforeEach(async () => {
    world = await StaffWorld.create(tuesdayMorning);
    await addPeople(world, 45);
  });
  const rowsOf = (html: string) => html.match(/<th scope="row"/g)?.length ?? 0;

  it("show the work twenty to a page, in the order to do it, and lose none of it between pages", async () => {
    const seen: string[] = [];
    for (const [page, rows] of [
      [1, 20],
      [2, 20],
      [3, 5],
    ]) {
      const { html } = await world.page(as, `/staff?tab=work&page=${page}`);
      expect(rowsOf(html)).toBe(rows);
      seen.push(...[...html.matchAll(/\/staff\/tasks\/(\w+)/g)].map(([, id = ""]) => id));
    }
    expect(seen).toEqual(Array.from({ length: 45 }, (_, index) => idOf("T", index + 1)));
    expect(rowsOf((await world.page(as, "/staff?tab=work&page=99")).html)).toBe(5);
  });

  it("show one's team the work of its functions, and oneself what is one's own", async () => {
    const team = await world.page(as, "/staff?tab=work&whose=team");
    expect(team.html).toContain("of 22 tasks");
    const mine = await world.page(as, "/staff?tab=work&whose=mine");
    expect(mine.html).toContain("see All");
    expect((await world.page(as, "/staff?tab=work")).html).toContain("of 45 tasks");
  });

  it("lead back to the page they were opened from when something was saved", async () => {
    const { html } = await world.page(as, "/staff?tab=work&whose=team&page=2");
    const [, path = ""] = /href="(\/staff\/tasks\/[^"]+)"/.exec(html) ?? [];
    const fields = await world.formFields(as, path, "snooze");
    const saved = await world.page(as, path, {
      ...fields,
      hours: "24",
    });
    // The row that was there is done: the one after it stands in its place.
    expect(saved.location).toBe("/staff?tab=work&whose=team&page=2#row-1");
    expect(html).toContain('id="row-1"');
  });

  it("stand beside what was opened from them, with the ones before and after, and are kept on the way to other pages", async () => {
    const path = `/staff/tasks/${idOf("T", 22)}?back=work-all-2-2`;
    const { html } = await world.page(as, path);
    const beside = /<nav class="beside"[\s\S]*?<\/nav>/.exec(html)?.[0] ?? "";
    expect(beside.match(/<li>/g)).toHaveLength(20);
    expect(beside).toContain('href="/staff?tab=work&amp;page=2#row-2"');
    expect(beside).toMatch(new RegExp(`href="/staff/tasks/${idOf("T", 21)}[^"]*" rel="prev"`));
    expect(beside).toMatch(new RegExp(`href="/staff/tasks/${idOf("T", 23)}[^"]*" rel="next"`));
    expect(beside.match(/aria-current="true"/g)).toHaveLength(1);
    const person = `/staff/episodes/${idOf("E", 22)}`;
    for (const onward of [`${person}?`, `${person}/about?`])
      expect(html).toContain(`href="${onward}back=work-all-2-2"`);
    const own = await world.page(as, `${person}?back=work-all-2-2`);
    expect(own.html).toContain('href="/staff?tab=work&amp;page=2#row-2"');
    expect(own.html).toContain(`href="${person}/plans/crisis?back=work-all-2-2"`);
    const fields = await world.formFields(as, `${person}?back=work-all-2-2`, "contact");
    const saved = await world.page(as, `${person}?back=work-all-2-2`, {
      ...fields,
      channel: "phone",
      outcome: "reached",
      safetyConcern: "no",
    });
    expect(saved.location).toBe(`${person}?back=work-all-2-2`);
    // Whoever was spoken with says so in the list.
    const again = await world.page(as, "/staff?tab=work&page=2");
    expect(again.html).toContain("Jan 12, spoken with");
    expect(again.html).toContain("not yet");
    // Nobody is sent elsewhere by an address that is made up.
    const odd = await world.page(as, `${person}?back=https://example.org`);
    expect(odd.html).not.toContain("Back to the list");
  });

  it("are given by the API a page at a time, too", async () => {
    const seen: unknown[] = [];
    let next: unknown = "";
    let calls = 0;
    await addPeople(world, 60);
    do {
      const { body } = await world.call(
        as,
        "GET",
        `/queue?tab=work${next === "" ? "" : `&cursor=${next}`}`,
      );
      seen.push(...itemsOf(body).map(({ taskId }) => taskId));
      next = body.next;
      calls += 1;
    } while (typeof next === "string");
    expect(calls).toBe(2);
    expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => idOf("T", index + 1)));
    const team = await world.call(as, "GET", "/queue?tab=work&whose=team");
    expect(itemsOf(team.body)).toHaveLength(30);
  });

  it("find people by birth date, record number, phone and email, and say what was looked at", async () => {
    await world.name(idOf("P", 7), {
      given: "Zoë",
      family: "Núñez",
      birthDate: "1987-03-04",
      recordNumber: "MRN-55012",
    });
    for (const address of ["+12125550177", "zoe@example.org"])
      await world.put(
        contactPointEpisodeItem(world.deps.secrets.contactPointId(address), {
          episodeId: idOf("E", 7),
          siteId: "riverside",
          participantId: idOf("P", 7),
        }),
      );
    for (const search of [
      "nunez zoe",
      "1987-03-04",
      "3/4/1987",
      "zoe 03/04/1987",
      "mrn-55012",
      "55012",
      "(212) 555-0177",
      "+1 212 555 0177",
      "Zoe@example.org",
      "tc-0007",
    ]) {
      const found = await world.page(as, `/staff/people?search=${encodeURIComponent(search)}`);
      expect([search, found.status, found.location]).toEqual([
        search,
        303,
        `/staff/episodes/${idOf("E", 7)}`,
      ]);
    }
    for (const search of ["3/5/1987", "(212) 555-0178", "zoe 1990-02-03"])
      expect(
        (await world.page(as, `/staff/people?search=${encodeURIComponent(search)}`)).html,
      ).toContain("No participant matches");
  });

  it("ask for a person from every page, and show where they are, what is next and whose it is", async () => {
    for (const path of ["/staff", "/staff/people", "/staff/attendance", "/staff/closures"]) {
      const { html } = await world.page(as, path);
      expect([path, /<search class="find"><form[^>]*action="\/staff\/people"/.test(html)]).toEqual([
        path,
        true,
      ]);
    }
    const { html } = await world.page(as, "/staff/people?search=GIVEN4");
    expect(rowsOf(html)).toBe(7);
    expect(html).toContain("Referred</td>");
    expect(html).toContain("First call");
    expect(html).toContain("case manager");
    expect(html).toContain("nurse");
  });

  it("find people whose entry an earlier release wrote, in their phase", async () => {
    const id = idOf("E", 12);
    const entry = world.store
      .all("care")
      .find(({ sk, pk }) => pk.startsWith("ROSTER#") && sk.endsWith(id));
    const {
      status: _status,
      participantId: _participantId,
      reference: _reference,
      ...older
    } = entry ?? { pk: "", sk: "", schemaVersion: 1 };
    await world.put(older);
    const found = await world.page(as, "/staff/people?search=family12+given12");
    expect(found.location).toBe(`/staff/episodes/${id}`);
    const active = await world.page(as, "/staff/people?search=family12&phase=referred");
    expect(rowsOf(active.html)).toBe(1);
  });

  it("hide nobody because one record cannot be read, and say which it is", async () => {
    const broken = keys.episode(idOf("E", 3));
    await world.put({ ...broken, schemaVersion: 1, kind: "episode", siteId: "riverside" });
    await world.put({ ...keys.profile(idOf("P", 4)), schemaVersion: 1 }, "identity");
    const listed = await world.call(as, "GET", "/participants");
    expect(listed.body.unreadable).toEqual([idOf("E", 3)]);
    expect(itemsOf(listed.body)).toHaveLength(44);
    expect(itemsOf(listed.body).map(({ name }) => name)).toContain("Name cannot be read");
    const { html, status } = await world.page(as, "/staff/people?search=given3");
    // Given3 and Given30 to Given39: the one that cannot be read is told, and the others stand there.
    expect([status, rowsOf(html)]).toEqual([200, 10]);
    expect(html).toContain(idOf("E", 3));
    expect((await world.page(as, "/staff/people?search=family9")).status).toBe(303);
    expect((await world.page(as, "/staff?tab=work")).html).toContain("Cannot be read");
  });

  it("show a person's page with what can be read, and say that it is not everything", async () => {
    const id = idOf("E", 5);
    await world.put({
      ...keys.episodeItem(id, "MSG#broken#1#sms"),
      schemaVersion: 1,
      kind: "message",
    });
    const { html, status } = await world.page(as, `/staff/episodes/${id}`);
    expect(status).toBe(200);
    expect(html).toContain("One entry of this record");
    expect(html).toContain("Call the person.");
  });

  it("ask for the attendance of a session in one line, until the last of its people is marked", async () => {
    const other = await StaffWorld.create(tuesdayMorning);
    const group = "riverside:adult-iop:2027-01-12:tuesday-morning";
    const mark = (number: number) =>
      buildTask({
        sk: `TASK#mark-attendance#s${number}`,
        taskId: idOf("T", number),
        taskKind: "mark-attendance",
        assignedFunction: "group-leader",
        priority: number === 1 ? "urgent" : "normal",
        evidence: {
          on: "2027-01-12",
          session: "Process group",
          startsAt: "2027-01-12T14:00:00.000Z",
          groupSessionId: group,
        },
      });
    const add = (number: number, isDone = false) =>
      other.add({
        episode: personAt("riverside", {
          episodeId: idOf("E", number),
          participantId: idOf("P", number),
          reference: `TC-${number}`,
        }),
        items: [{ ...mark(number), ...(isDone ? { status: "done" as const } : {}) }],
        given: `Given${number}`,
      });
    for (let number = 1; number <= 25; number += 1) await add(number);
    const { html } = await other.page(as, "/staff?tab=work");
    expect(rowsOf(html)).toBe(1);
    expect(html).toContain(`href="/staff/attendance/${group}?back=work-all-1-1"`);
    expect(html).toContain("25 people");
    expect(html.replaceAll(/\s+/g, " ")).toContain("Process group, Jan 12, 9:00 AM");
    expect(html).toContain("To do (1)");
    for (let number = 1; number <= 24; number += 1) await add(number, true);
    const last = await other.page(as, "/staff?tab=work");
    expect([rowsOf(last.html), last.html.includes("Given25")]).toEqual([1, true]);
    await add(25, true);
    expect((await other.page(as, "/staff?tab=work")).html).toContain("Nothing needs you here.");
  });
});
