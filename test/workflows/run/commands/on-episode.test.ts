import { beforeEach, describe, expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import { keys } from "../../../../shared/keys/keys.ts";
import type { StaffMember } from "../../../../shared/staff/staff-member.ts";
import { commandOnEpisode } from "../../../../workflows/run/commands/on-episode.ts";
import { episodeId, tuesdayMorning } from "../../../builders/state.ts";
import { personAt, StaffWorld } from "../../../fakes/staff-world.ts";

type Input = Parameters<typeof commandOnEpisode>[2];

let world: StaffWorld;
let keysUsed = 0;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({ episode: personAt("riverside", { status: "active" }) });
});

/** One command of somebody who works at these sites. */
async function command(siteIds: readonly string[], more: Partial<Input> = {}) {
  keysUsed += 1;
  let asked = 0;
  const staff = {
    staffId: "dana",
    name: "Dana",
    functions: ["clinician"],
    siteIds,
  } as unknown as StaffMember;
  const outcome = await commandOnEpisode(
    world.deps,
    {
      staff,
      actor: { kind: "staff", staffId: "dana", functions: ["clinician"] },
      request: {
        scope: "dana",
        key: `key-of-a-command-${keysUsed}`,
        method: "POST",
        path: "/x",
        body: "",
      },
    },
    {
      episodeId,
      decide: (state, ctx) => {
        asked += 1;
        const draft = new Draft(state, ctx);
        draft.set({ language: "es" });
        return draft.finish("language-changed", {});
      },
      answer: ({ episode }) => ({ language: episode.language }),
      ...more,
    },
  );
  const stored = await world.store.get(
    "care",
    keys.episode(episodeId).pk,
    keys.episode(episodeId).sk,
  );
  return { outcome, asked, language: stored?.language };
}

describe("a command on somebody's care", () => {
  it("is carried out for the staff of their site, who are told how it stands afterwards", async () => {
    const { outcome, language } = await command(["mesa", "riverside"]);
    expect(outcome).toEqual({ outcome: "done", body: '{"language":"es"}' });
    expect(language).toBe("es");
  });

  it("of somebody who moved to another site a moment ago is refused to the old site's staff, undecided", async () => {
    const { outcome, asked, language } = await command(["mesa"]);
    expect(outcome).toEqual({
      outcome: "refused",
      refusal: { refused: "not-found", sentence: "There is no such thing here." },
    });
    expect(asked).toBe(0);
    expect(language).not.toBe("es");
  });

  it("that is another site's call is that site's alone", async () => {
    expect((await command(["mesa"], { siteId: "mesa" })).asked).toBe(1);
    expect((await command(["riverside"], { siteId: "mesa" })).asked).toBe(0);
  });

  it("that changes nothing is answered with what is so, and writes nothing", async () => {
    const before = world.store.all("care").filter(({ pk }) => pk === keys.episode(episodeId).pk);
    const { outcome } = await command(["riverside"], { decide: () => undefined });
    expect(outcome).toEqual({ outcome: "done", body: JSON.stringify({ language: "en" }) });
    const after = world.store.all("care").filter(({ pk }) => pk === keys.episode(episodeId).pk);
    expect(after).toEqual(before);
  });
});
