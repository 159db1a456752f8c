import { describe, expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import type { WhatStood } from "../../../../shared/care/episode/episode.ts";
import { addMinutes } from "../../../../shared/care/time/instants.ts";
import { standAgain } from "../../../../workflows/run/people/stand-again.ts";
import { buildSession } from "../../../builders/attendance.ts";
import { buildMessage } from "../../../builders/message.ts";
import { buildContext, buildEpisode, buildState, tuesdayMorning } from "../../../builders/state.ts";

const stood: WhatStood = {
  recordedAt: tuesdayMorning,
  timeZone: "America/New_York",
  status: "active",
  unreachedContacts: 0,
  weeks: [],
  items: [],
};
/** An hour after the mistake. */
const now = addMinutes(tuesdayMorning, 60);

describe("care that was ended by mistake", () => {
  it("sends and expects what is still to come, and not what has passed or was ended for another reason", () => {
    const message = (occurrence: string, sendAt: string, reason = "deceased") =>
      buildMessage({ occurrence, sendAt, status: "CANCELLED", reason });
    const toCome = message("w2", addMinutes(now, 1));
    const passed = message("w1", now);
    const other = message("w3", addMinutes(now, 1), "on-leave");
    const session = (id: string, scheduledStartAt: string) =>
      buildSession({ sk: `SESSION#${id}`, sessionId: id, scheduledStartAt, status: "cancelled" });
    const later = session("later", addMinutes(now, 1));
    const began = session("began", now);
    const items = [toCome, passed, other, later, began];
    const draft = new Draft(
      buildState(buildEpisode({ status: "closed", disposition: "deceased" }), items),
      buildContext({ now }),
    );
    const ended = items.map(({ sk, status }) => ({ sk, status }));
    standAgain(draft, buildContext({ now }), { ...stood, items: ended }, "deceased", []);
    expect(draft.episode.status).toBe("active");
    expect(items.map(({ sk }) => draft.item(sk))).toMatchObject([
      { status: "PLANNED" },
      { status: "CANCELLED", reason: "deceased" },
      { status: "CANCELLED", reason: "on-leave" },
      { status: "planned" },
      { status: "cancelled" },
    ]);
  });
});
