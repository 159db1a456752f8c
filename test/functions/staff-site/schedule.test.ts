import { beforeEach, describe, expect, it } from "vitest";
import { StaffWorld } from "../../fakes/staff-world.ts";

/** Tuesday morning in New York; Thursday's group is in two days. */
const now = "2027-01-12T16:00:00.000Z";
const who = "taylor-riverside";
const thursday = "/staff/schedule/riverside:adult-iop:2027-01-14:thu-group";

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(now);
});

async function send(form: string, words: Readonly<Record<string, string>>) {
  const fields = await world.formFields(who, thursday, form);
  return world.page(who, thursday, { ...fields, words: "As agreed", ...words });
}

describe("the schedule", () => {
  it("shows the week, and a session with what can be changed about it", async () => {
    const { html } = await world.page(who, "/staff/schedule?on=2027-01-14");
    expect(html).toContain("Schedule, week of Monday, January 11, 2027");
    expect(html).toContain(`href="${thursday}"`);
    // Two programs meet here, and each has a medication visit.
    expect(html).toContain("Adult intensive outpatient program");
    expect(html).toContain("Intensive outpatient program for substance use");
    // The topics of Friday’s group go on week by week.
    expect(html).toMatch(/Topic series<\/a><div class="quiet">When things get hard again/);
    const next = await world.page(who, "/staff/schedule?on=2027-01-21");
    expect(next.html).toMatch(/Topic series<\/a><div class="quiet">What sets it off/);
    const session = await world.page(who, thursday);
    for (const form of ["Cancel it", "Move it", "Put it online, or in a room", "another leader"])
      expect(session.html).toContain(form);
  });

  it("cancels a session in one form, shows why and by whom, and takes it back", async () => {
    expect((await send("cancel", { words: "The leader is ill" })).status).toBe(303);
    const cancelled = await world.page(who, thursday);
    expect(cancelled.html).toContain("The leader is ill");
    expect(cancelled.html).toMatch(/How it stands<\/dt><dd>Cancelled/);
    const week = await world.page(who, "/staff/schedule?on=2027-01-14");
    expect(week.html).toContain('<span class="tag">Cancelled</span>');
    const [, undo = ""] = /name="form" value="(undo\.[^"]+)"/.exec(cancelled.html) ?? [];
    const fields = await world.formFields(who, thursday, undo);
    expect((await world.page(who, thursday, fields)).status).toBe(303);
    expect((await world.page(who, thursday)).html).toMatch(/How it stands<\/dt><dd>As planned/);
  });

  it("moves a session, puts it in a room and gives it a leader, with all that follow", async () => {
    expect((await send("move", { on: "2027-01-15", startTime: "13:00" })).status).toBe(303);
    expect((await send("place", { room: "Room 2", which: "following" })).status).toBe(303);
    expect((await send("leader", { leaderId: "avery-riverside", which: "following" })).status).toBe(
      303,
    );
    const { html } = await world.page(who, thursday);
    expect(html).toContain("Friday, January 15, 2027");
    expect(html).toMatch(/Time<\/dt><dd>1:00 PM – 4:00 PM/);
    expect(html).toMatch(/Where<\/dt><dd>Room 2/);
    expect(html).toMatch(/Leader<\/dt><dd>Avery/);
    // What was changed names people and no ids.
    const changes = html.slice(html.indexOf("What was changed")).replaceAll(/<[^>]+>/g, " ");
    expect(changes).toContain("Led by Avery Chen (fictional), from Thursday, January 14, 2027 on");
    expect(changes).toMatch(/Taylor Brooks \(fictional\), Tue, Jan 12, 2027/);
    expect(changes).not.toMatch(/(taylor|avery)-riverside,/);
    const later = await world.page(who, thursday.replace("01-14", "02-11"));
    expect(later.html).toContain("Thursday, February 11, 2027");
    expect(later.html).toMatch(/Where<\/dt><dd>Room 2/);
  });

  it("says in words what stands in the way, and keeps what was typed", async () => {
    const refused = await send("move", { on: "2027-01-15", startTime: "10:00" });
    expect(refused.status).toBe(409);
    expect(refused.html).toContain("The same people are expected in");
    expect(refused.html).toContain('value="10:00"');
    const noWords = await send("cancel", { words: "" });
    expect(noWords.status).toBe(400);
    expect(noWords.html).toContain("Why:");
    const badAddress = await send("place", { onlineAddress: "meet.example.org" });
    expect(badAddress.status).toBe(400);
    expect((await send("place", {})).status).toBe(400);
  });

  it("shows a session of another site to nobody", async () => {
    const elsewhere = thursday.replace("riverside", "mesa");
    expect((await world.page(who, elsewhere)).status).toBe(404);
  });
});
