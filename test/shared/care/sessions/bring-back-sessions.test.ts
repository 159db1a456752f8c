import { expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import type { EpisodeItem } from "../../../../shared/care/episode/episode-item.ts";
import {
  bringBackSessions,
  letSessionsGo,
} from "../../../../shared/care/sessions/bring-back-sessions.ts";
import { buildSession, endAt, startAt } from "../../../builders/attendance.ts";
import { buildContext, buildEpisode, buildState } from "../../../builders/state.ts";

const gone = buildSession({ status: "cancelled", mayReturn: true });
const overlapping = buildSession({
  sk: "SESSION#2027-01-11#visit",
  sessionId: "session-2",
  scheduledStartAt: startAt,
  scheduledEndAt: endAt,
});

function draftWith(now: string, ...items: readonly EpisodeItem[]) {
  return new Draft(buildState(buildEpisode({ status: "active" }), items), buildContext({ now }));
}

it("brings back what has not begun and is at the time of nothing else, and leaves no mark behind", () => {
  const before = "2027-01-11T13:00:00.000Z";
  const back = draftWith(before, gone);
  expect(bringBackSessions(back)).toMatchObject([{ sk: gone.sk, status: "planned" }]);
  expect(back.item(gone.sk)).not.toHaveProperty("mayReturn");
  for (const draft of [draftWith(endAt, gone), draftWith(before, gone, overlapping)]) {
    expect(bringBackSessions(draft)).toEqual([]);
    expect(draft.item(gone.sk)).toMatchObject({ status: "cancelled" });
    expect(draft.item(gone.sk)).not.toHaveProperty("mayReturn");
  }
});

it("lets them go for good where the ending stands", () => {
  const draft = draftWith(startAt, gone);
  letSessionsGo(draft);
  expect(draft.item(gone.sk)).toMatchObject({ status: "cancelled" });
  expect(draft.item(gone.sk)).not.toHaveProperty("mayReturn");
});
