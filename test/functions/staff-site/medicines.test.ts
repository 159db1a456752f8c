import { beforeEach, describe, expect, it } from "vitest";
import { episodeId } from "../../builders/state.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const noor = "casey-riverside";
const person = `/staff/episodes/${episodeId}`;
const path = `${person}/medicines/buprenorphine`;

let world: StaffWorld;
beforeEach(async () => {
  // Late on Tuesday, where it is Wednesday by UTC.
  world = await StaffWorld.create("2027-01-13T02:00:00.000Z");
  await world.add({ episode: personAt("riverside", { status: "active", week: 2 }) });
});

const text = (html: string) =>
  html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
const list = async () =>
  /id="medicines"[\s\S]*?<details/.exec((await world.page(noor, person)).html)?.[0] ?? "";

async function record(fields: Readonly<Record<string, string>>) {
  const hidden = await world.formFields(noor, path, "medicine");
  return world.page(noor, path, { ...hidden, ...fields });
}

async function alerts() {
  const { body } = await world.call(noor, "GET", `/episodes/${episodeId}/escalations`);
  return itemsOf(body);
}

const taken = {
  isTaken: "yes",
  prescriber: "Dr. Noor Haddad (fictional)",
  supplyThrough: "2027-01-14",
};

describe("the page of a medicine", () => {
  it("is one click from the task to renew it, which recording the new supply ends", async () => {
    expect((await record(taken)).status).toBe(303);
    const tasks = async () =>
      itemsOf((await world.call(noor, "GET", `/episodes/${episodeId}/tasks`)).body).filter(
        (one) => one.taskKind === "medication-supply" && one.status === "open",
      );
    const [task] = await tasks();
    const { html } = await world.page(noor, `/staff/tasks/${String(task?.taskId)}`);
    expect(html).toContain(`<a href="${path}">Record the new supply</a>`);
    expect(text(html)).toContain("Agreed with the person: somebody else follows it from now on");
    expect((await record({ ...taken, supplyThrough: "2027-03-01" })).status).toBe(303);
    expect((await tasks()).map(({ taskId }) => taskId)).not.toContain(task?.taskId);
  });

  it("takes off the list what was recorded by mistake, with the reason, and alerts nobody", async () => {
    await record(taken);
    const unsaid = await record({ isTaken: "mistake" });
    expect([unsaid.status, text(unsaid.html)]).toEqual([
      400,
      expect.stringContaining("Say in the note how you know that it was a mistake."),
    ]);
    expect((await record({ isTaken: "mistake", note: "Meant for somebody else" })).status).toBe(
      303,
    );
    expect(await alerts()).toEqual([]);
    expect(await list()).not.toContain(path);
    const { html } = await world.page(noor, person);
    expect(html).toContain("Medicine taken off the list: recorded by mistake");
    expect(text((await world.page(noor, path)).html)).toContain("recorded by mistake: not taken");
  });

  it("takes a stop without anybody who prescribes it, and tells its day as it was here", async () => {
    expect((await record({ isTaken: "no" })).status).toBe(303);
    expect(await alerts()).toMatchObject([{ tier: "ORANGE" }]);
    expect(text(await list())).toContain("not taken (recorded Jan 12, 2027)");
  });
});
