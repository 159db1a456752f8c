import { beforeEach, describe, expect, it } from "vitest";
import { buildSession } from "../../builders/attendance.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { origin, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "casey-riverside";
const path = "/staff/imports/attendance";
const session = buildSession();
let world: StaffWorld;

/** Sends a form with a file as a browser does. */
async function send(
  fields: Readonly<Record<string, string>>,
  file?: string | Uint8Array<ArrayBuffer>,
): Promise<{ readonly status: number; readonly html: string }> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  if (file !== undefined) body.set("csv", new File([file], "attendance.csv"));
  const response = await world.fetch(
    new Request(`${origin}${path}`, {
      method: "POST",
      headers: { cookie: world.sessionCookie(as), origin },
      body,
    }),
  );
  return { status: response.status, html: await response.text() };
}

const look = async (file: string | Uint8Array<ArrayBuffer>) =>
  send(await world.formFields(as, path, "look"), file);

/** What the form that enters the differences carries along. */
function applyFields(html: string): Record<string, string> {
  const form = [...html.matchAll(/<form method="post"[\s\S]*?<\/form>/g)].find(([whole]) =>
    whole.includes('name="form" value="apply"'),
  )?.[0];
  const hidden = (form ?? "").matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return Object.fromEntries(
    [...hidden].map(([, name = "", value = ""]) => [
      name,
      value.replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
    ]),
  );
}

const good =
  '\uFEFFDay;Begins;Name;Reference;Attendance;"Mood, 0 to 10"\r\n2027-01-11;09:00;Robin T.;TC-0001;Present;7\r\n2027-01-11;09:00;;TC-0099;Present;\r\n';

async function attendance() {
  return (await world.item(episodeId, session.sk))?.attendance;
}

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-08", week: 1 }),
    items: [session],
  });
});

describe("the page that enters attendance from a file", () => {
  it("is reached from the page of attendance and names the headings", async () => {
    expect((await world.page(as, "/staff/attendance")).html).toContain(`href="${path}"`);
    expect((await world.page(as, path)).html).toContain("It needs Day; Begins; Attendance.");
  });

  it("shows the differences and writes nothing, then enters them, and a second click changes nothing", async () => {
    const shown = await look(good);
    expect(shown.status).toBe(200);
    expect(shown.html).toContain("Nothing is written yet. Lines: 1 to enter, 1 left out.");
    expect(shown.html).toContain("not entered → present, mood 7");
    expect(shown.html).toContain("Nobody with the reference TC-0099 is expected");
    expect(await attendance()).toBeUndefined();
    const fields = applyFields(shown.html);
    const entered = await send(fields);
    expect(entered.html).toContain("The file is entered. Lines: 1 entered, 1 left out.");
    expect(await attendance()).toMatchObject({ status: "present", mood: 7, recordedBy: as });
    expect((await send(fields)).html).toContain("0 entered, 1 stand there already, 1 left out");
    expect(await attendance()).toMatchObject({ corrections: 0 });
  });

  it("enters nothing where something has changed meanwhile, and shows the differences anew", async () => {
    const fields = applyFields((await look(good)).html);
    await world.call(as, "PUT", `/sessions/${session.groupSessionId}/attendance`, [
      { episodeId, status: "excused" },
    ]);
    const late = await send(fields);
    expect(late.status).toBe(409);
    expect(late.html).toContain("what stands there has changed since you looked, on line 2");
    expect(late.html).toContain("excused → present, mood 7");
    expect(await attendance()).toMatchObject({ status: "excused" });
  });

  it.each([
    ["no file", undefined, 400, "Choose a file first."],
    ["an empty file", "\uFEFF \n", 400, "The file is empty."],
    ["a file that is not UTF-8", Buffer.from("Day,Jos\xe9\n", "latin1"), 400, "not in UTF-8"],
    [
      "a file with 10,000 lines",
      `Day\n${"2027-01-11,09:00,TC-1\n".repeat(10_000)}`,
      413,
      "send it in parts",
    ],
  ])("says what is wrong with %s, and changes nothing", async (_what, file, status, sentence) => {
    const answer =
      file === undefined
        ? await send(await world.formFields(as, path, "look"))
        : await look(typeof file === "string" ? file : new Uint8Array(file));
    expect([answer.status, answer.html]).toEqual([status, expect.stringContaining(sentence)]);
    expect(await attendance()).toBeUndefined();
  });

  it("takes no file that did not come from this page", async () => {
    const answer = await send({ form: "look", key: "made-up-key" }, good);
    expect([answer.status, answer.html]).toEqual([400, expect.stringContaining("Choose a file")]);
  });

  it("lets those alone book visits who change the schedule", async () => {
    expect((await world.page(as, "/staff/imports/visits")).status).toBe(200);
    expect((await world.page("avery-riverside", "/staff/schedule")).html).toContain(
      "/staff/imports/visits",
    );
    expect((await world.page(as, "/staff/imports/toString")).status).toBe(404);
  });
});
