import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { type CheckInByStaff, recordCheckIn } from "../../../workflows/run/record-check-in.ts";
import { buildCheckIn, inAftercare, participant } from "../../builders/aftercare.ts";
import { buildContext, staff } from "../../builders/state.ts";

const now = "2027-01-20T15:00:00.000Z";
const open = buildCheckIn({ status: "open" });
const casey = staff("casey", "case-manager");

function record(
  input: Partial<CheckInByStaff> = {},
  about: { readonly checkIn?: CheckIn; readonly episode?: Partial<Episode> } = {},
  actor: typeof casey | typeof participant = casey,
) {
  const state = inAftercare([about.checkIn ?? open], about.episode);
  const ctx = buildContext({ now, actor });
  const decided = recordCheckIn(
    state,
    { number: 2, answers: { "phq2-1": 1 }, mode: "paper", ...input },
    ctx,
  );
  if (isRefusal(decided)) return decided.refused;
  const written = new Map(decided.puts.map(({ item }) => [item.sk, item] as const));
  return { episode: decided.episode, items: written };
}

function recorded(...given: Parameters<typeof record>) {
  const after = record(...given);
  if (typeof after === "string") throw new Error(`Refused: ${after}`);
  return after;
}

describe("a check-in that staff enter", () => {
  it("on paper was answered by the person, and in a talk they were spoken with", () => {
    expect(recorded().episode.lastContact).toEqual({ at: now, how: "answered" });
    expect(recorded({ mode: "phone" }).episode.lastContact).toEqual({
      at: now,
      how: "spoke",
      by: "casey",
    });
  });

  it("that was missed starts the count of missed contacts over", () => {
    const missed = { ...open, status: "missed" } as const;
    const { episode, items } = recorded({}, { checkIn: missed, episode: { unreachedContacts: 1 } });
    expect(episode.unreachedContacts).toBe(0);
    expect(items.get(open.sk)).toMatchObject({ status: "answered", assessedAt: now });
  });

  it("raises the concern of whoever writes it down", () => {
    const { items } = recorded({ note: "Looked grey", safetyConcern: true });
    const alerts = [...items.values()].filter(({ kind }) => kind === "escalation");
    expect(alerts).toMatchObject([{ tier: "ORANGE", status: "open" }]);
  });

  it.each([
    ["twice", { checkIn: { ...open, status: "answered" } as const }, "already-decided"],
    ["before it is open", { checkIn: { ...open, status: "planned" } as const }, "not-now"],
    ["after the end", { episode: { status: "closed" } as const }, "not-now"],
    ["of another number", { checkIn: buildCheckIn({ number: 3, status: "open" }) }, "not-found"],
  ])("is not taken %s", (_when, about, refused) => {
    expect(record({}, about)).toBe(refused);
  });

  it("is taken from staff alone", () => {
    expect(record({}, {}, participant)).toBe("not-allowed");
  });
});
