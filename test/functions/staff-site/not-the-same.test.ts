import { describe, expect, it } from "vitest";
import type { OtherRecord } from "../../../shared/care/episode/episode.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const casey = "casey-riverside";
const path = `/staff/episodes/${episodeId}/about`;
const otherEpisodeId = "01JHTEST0000000000000000B2";

async function worldWith(other: Partial<OtherRecord>): Promise<StaffWorld> {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", {
      status: "active",
      others: [
        { episodeId: otherEpisodeId, how: "earlier", at: "2027-01-11T15:00:00.000Z", ...other },
      ],
    }),
    items: [],
  });
  return world;
}

const form = `not-the-same-${otherEpisodeId}`;

describe("the page about a person, where another record was said to be theirs", () => {
  it("takes the two apart with a reason, and says so", async () => {
    const world = await worldWith({ took: { consents: ["sms"] } });
    const page = await world.page(casey, path);
    expect(page.html).toContain("They are two people: what was said on Jan 11, 2027 is a mistake");
    const fields = await world.formFields(casey, path, form);
    const refused = await world.page(casey, path, { ...fields, reason: "" });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain("How it came about");
    const saved = await world.page(casey, path, { ...fields, reason: "Two sisters" });
    expect([saved.status, world.errors]).toEqual([303, []]);
    const after = (await world.page(casey, saved.location ?? "")).html;
    expect(after).toContain("Not the same person after all: the two records were taken apart");
    expect(after).toContain("Two sisters");
    expect(after).not.toContain("They are two people");
  });

  it("says where it cannot: it was not kept then what passed between the two", async () => {
    const world = await worldWith({});
    const { html } = await world.page(casey, path);
    expect(html).toContain("What was said on Jan 11, 2027 cannot be taken apart here");
    expect(html).not.toContain("Take the two records apart");
    const { status, body } = await world.call(
      casey,
      "POST",
      `/episodes/${episodeId}/same-person-taken-back`,
      { otherEpisodeId, reason: "Two sisters" },
    );
    expect([status, JSON.stringify(body)]).toEqual([
      409,
      expect.stringContaining("enter a new referral for whoever needs one"),
    ]);
  });
});
