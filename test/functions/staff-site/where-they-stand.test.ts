import { describe, expect, it } from "vitest";
import { newContactPoint } from "../../../shared/care/contact-points/contact-point.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { contactPointItem } from "../../../shared/store/contact-point-items.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "casey-riverside";

/** The card as it is read, of somebody who went on leave by the form of their page. */
async function standing(expectedReturnOn: string): Promise<string> {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-08", week: 1 }),
  });
  const path = `/staff/episodes/${episodeId}`;
  const before = cardOf((await world.page(as, path)).html);
  expect(before).not.toContain("Back expected");
  const hold = { kind: "family", contactKeptBy: as, reason: "Her mother is ill" };
  const held = await world.call(as, "POST", `/episodes/${episodeId}/hold`, {
    ...hold,
    ...(expectedReturnOn === "" ? {} : { expectedReturnOn }),
  });
  expect(held.status).toBe(200);
  return cardOf((await world.page(as, path)).html);
}

function cardOf(html: string): string {
  const text = html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
  return text.slice(
    text.indexOf("Where they stand"),
    text.indexOf("Asked in the room", text.indexOf("Where they stand")),
  );
}

describe("where somebody on leave stands", () => {
  it("says since when they are away, and on which day they are expected back", async () => {
    expect(await standing("2027-01-20")).toContain(
      "On leave family, since Jan 12, 2027, contact kept by Casey Morgan (fictional) Back expected Jan 20, 2027",
    );
  });

  it("says so where nobody knows the day", async () => {
    expect(await standing("")).toContain("Back expected no day is known");
  });
});

describe("how somebody is reached", () => {
  /** The card as it is read. */
  async function reached(
    more: Partial<Episode> = {},
    stop?: { readonly how: string } | { readonly failure: string },
  ): Promise<string> {
    const world = await StaffWorld.create(tuesdayMorning);
    await world.add({ episode: personAt("riverside", { status: "active", ...more }) });
    if (stop !== undefined) {
      const point = newContactPoint({ contactPointId: "cp-sms", channel: "sms" });
      const stopped =
        "how" in stop
          ? {
              state: "opted-out" as const,
              optOut: { at: "2027-01-12T03:00:00.000Z", how: stop.how },
            }
          : { state: "failed" as const, hardFailedAt: tuesdayMorning, failure: stop.failure };
      await world.put(contactPointItem({ ...point, ...stopped }));
    }
    const { html } = await world.page(as, `/staff/episodes/${episodeId}`);
    const text = html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
    return text.slice(text.indexOf("Reach them"), text.indexOf("Where they stand"));
  }
  const { consents } = personAt("riverside");

  it.each([
    ["may be left where they agreed to it", {}, "Voicemail may be left"],
    [
      "is not left where they did not",
      { consents: { ...consents, voicemail: false } },
      "leave none",
    ],
  ])("a voicemail %s", async (_what, more, words) => {
    expect(await reached(more)).toContain(words);
  });

  it("by text where they agreed, by a call where they did not, and not where they took it back", async () => {
    expect(await reached()).toContain("Texts agreed");
    expect(await reached({ consents: { ...consents, sms: {} } })).toContain(
      "Texts not agreed: call instead",
    );
    const withdrawn = { grantedAt: tuesdayMorning, withdrawnAt: tuesdayMorning };
    expect(await reached({ consents: { ...consents, sms: withdrawn } })).toContain(
      "Texts not agreed: call instead",
    );
  });

  it("by no text where the number is stopped, although they had agreed: how, on the site's day, or why", async () => {
    expect(await reached({}, { how: "text" })).toContain(
      "Texts stopped: asked for no more by text, Jan 11, 2027",
    );
    expect(await reached({}, { failure: "invalid" })).toContain("Texts stopped: failed");
  });
});

describe("somebody who is not alone with their messages", () => {
  it("is said to hear nothing until it is read, and since when", async () => {
    const world = await StaffWorld.create(tuesdayMorning);
    const notAlone = { occasion: "one", since: "2027-01-12T03:00:00.000Z" };
    await world.add({ episode: personAt("riverside", { status: "active", notAlone }) });
    expect(cardOf((await world.page(as, `/staff/episodes/${episodeId}`)).html)).toContain(
      "Texts and emails held since Jan 11, 2027: somebody may read or listen along",
    );
  });
});
