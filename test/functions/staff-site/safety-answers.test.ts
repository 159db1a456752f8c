import { describe, expect, it } from "vitest";
import { buildCheckIn, dischargedAt } from "../../builders/aftercare.ts";
import { buildTask, episodeId } from "../../builders/state.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const who = "avery-riverside";
const person = `/staff/episodes/${episodeId}`;
const call = buildTask({ sk: "TASK#first-contact-call#1", taskKind: "first-contact-call" });
const task = `/staff/tasks/${call.taskId}`;
const steady = { confidence: "4", "phq2-1": "0", "phq2-2": "0", "use-days": "0", craving: "0" };
const answers = Object.entries({ ...steady, "wants-call": "no" });

/** Every form of the staff's pages that asks it, and the least that each takes. */
const asking: Readonly<
  Record<string, readonly [string, string, Readonly<Record<string, string>>]>
> = {
  "a contact": [person, "contact", { channel: "phone", outcome: "reached" }],
  "what became of a task": [task, "outcome", { outcome: "reached" }],
  "a plan": [`${person}/plans/crisis`, "plan", { reasons: "My daughter" }],
  "a medicine": [
    `${person}/medicines/lithium`,
    "medicine",
    { isTaken: "yes", prescriber: "Dr. Noor Haddad (fictional)", supplyThrough: "2027-03-01" },
  ],
  "a service": [`${person}/services/holistic`, "service", { state: "declined", topic: "yoga" }],
  "a screen": [`${person}/screens/in-the-room`, "screen", { mode: "in-person" }],
  "a check-in": [
    `${person}/check-ins/2`,
    "check-in",
    { mode: "paper", ...Object.fromEntries(answers.map(([id, value]) => [`answer.${id}`, value])) },
  ],
};

/** Says of every question of a page that the person would not answer it. */
function refusals(html: string): Record<string, string> {
  const inputs = [...html.matchAll(/<input[^>]*>/g)].map(([input]) => {
    const [, name = ""] = /name="([^"]*)"/.exec(input) ?? [];
    const [, value = ""] = /value="([^"]*)"/.exec(input) ?? [];
    return [name, value] as const;
  });
  return Object.fromEntries(
    inputs.filter(([name, value]) => value === "refused" || name.startsWith("refused.")),
  );
}

/** The alerts that are open after the form was sent with this answer. */
async function alertsAfter(what: string, safetyConcern: "yes" | "no") {
  const [path, form, fields] = asking[what] ?? ["", "", {}];
  const isCheckIn = form === "check-in";
  const world = await StaffWorld.create("2027-01-20T15:00:00.000Z");
  await world.add({
    episode: personAt("riverside", {
      week: 2,
      ...(isCheckIn ? { status: "aftercare", dischargedAt } : { status: "active" }),
    }),
    items: isCheckIn
      ? [buildCheckIn({ status: "open", endsAt: "2027-01-21T13:00:00.000Z" })]
      : [call],
  });
  expect((await world.page(who, path)).html).toContain("Are you worried about their safety?");
  const hidden = await world.formFields(who, path, form);
  const refused = form === "screen" ? refusals((await world.page(who, path)).html) : {};
  const sent = await world.page(who, path, { ...hidden, ...refused, ...fields, safetyConcern });
  expect(sent.status, sent.html.replaceAll(/<[^>]+>/g, " ").slice(0, 2000)).toBe(303);
  const { body } = await world.call(who, "GET", `/episodes/${episodeId}/escalations`);
  return itemsOf(body);
}

describe("whoever is worried about a person's safety says so, and is heard", () => {
  it.each(Object.keys(asking))("with %s", async (what) => {
    expect(await alertsAfter(what, "yes")).toMatchObject([{ tier: "ORANGE", status: "open" }]);
    expect(await alertsAfter(what, "no")).toEqual([]);
  });
});
